import { coinAtLeast } from '../significance';
import { mean } from '../statistics';

/** Outcome of a paired test of right and wrong. */
export interface ErrorTest {
  /** McNemar's z with the design effect in it: below 0 the first is right more often. */
  statistic: number;
  /** One-sided: small when the first is better. */
  p: number;
  /** The same for the second. */
  pSecond: number;
  /** Rows that were judged. */
  windows: number;
}

/**
 * Whether one model is right more often than another on the same rows: McNemar's exact test (McNemar 1947; Dietterich 1998 for
 * learners) with the design effect of rows that hang together, as Eliasziw & Donner (1991) put it to matched pairs in clusters
 * and Rao & Scott (1981) to counts.
 *
 *   d(i) = first(i) − second(i)      L = Σ max(d, 0), lost by the first      W = Σ max(−d, 0), won by it
 *
 * Only rows in which the two differ say anything. Were none of them better, each such row would be won by either with
 * probability ½, so that with independent rows P(at least W of W + L) = Σ_{k ≥ W} C(W + L, k) ½^(W + L) = I_½(W, L + 1). The
 * test of Diebold and Mariano, which numbers are compared by, is the same z for large counts; with few rows that differ, as in
 * 3 : 0, its normal tail promises too much (0.04, where a coin does it one time in 8).
 *
 * Rows are not independent: windows overlap, a block is labelled in one go, and a regime is taken for another from its first
 * row to its last. Under the hypothesis d has mean 0 and Var Σd = Σd² · D, where with c_k = Σ (d(i) − d̄) (d(i − k) − d̄)
 *   D = max(1, 1 + 2 Σ_{k=1}^{K} c_k / c_0)
 * and K is at least `overlap` − 1; beyond it lags are taken in by pairs as long as a pair's sum is above 0 (the initial positive
 * sequence of Geyer 1992). The rows that differ then count as M = (W + L)² / (D Σd²) independent ones: of errors 0 and 1
 * (W + L) / D, of means over seeds what Kish (1965) calls the effective size. p = I_½(M W / (W + L), M L / (W + L) + 1).
 *
 * @param first [n] share of seeds that were wrong in each row, in time order; one seed: 0 or 1
 * @param second [n] the other's, of the same rows
 * @param overlap rows that hang together by the way they are judged
 * @returns null where the two never differ
 */
export function pairedErrors(first: ArrayLike<number>, second: ArrayLike<number>, overlap: number): ErrorTest | null {
  const d = Float64Array.from(first, (error, i) => error - second[i]!);
  let [lost, won] = [0, 0];
  for (const one of d) {
    lost += Math.max(one, 0);
    won += Math.max(-one, 0);
  }
  const apart = lost + won;
  if (apart === 0) return null;
  const variance = d.reduce((sum, one) => sum + one ** 2, 0) * designEffect(d, overlap);
  // as many independent rows as these are worth, over those that differ
  const worth = apart / variance;
  return {
    statistic: (lost - won) / Math.sqrt(variance),
    p: coinAtLeast(worth * won, worth * apart),
    pSecond: coinAtLeast(worth * lost, worth * apart),
    windows: d.length,
  };
}

/** How many times as much the sum of d varies as if its rows were independent; at least 1. */
function designEffect(d: Float64Array, overlap: number): number {
  const centre = mean(d);
  const along = (lag: number) => {
    let sum = 0;
    for (let i = lag; i < d.length; i++) sum += (d[i]! - centre) * (d[i - lag]! - centre);
    return sum;
  };
  const whole = along(0);
  if (whole === 0) return 1;
  let sum = 0;
  let lag = 1;
  for (; lag < Math.min(overlap, d.length); lag++) sum += along(lag);
  for (; lag < d.length; lag += 2) {
    const pair = along(lag) + along(lag + 1);
    if (pair <= 0) break;
    sum += pair;
  }
  return Math.max(1, 1 + (2 * sum) / whole);
}
