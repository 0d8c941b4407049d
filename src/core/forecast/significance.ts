import { mean } from './statistics';

/** Outcome of a Diebold–Mariano test. `p` is one-sided: small when the first forecast's losses are the smaller ones. */
export interface PairedTest {
  statistic: number;
  p: number;
  windows: number;
}

/** Fewest windows, beyond the overlap of their horizons, on which a difference is put to the test. */
const fewest = 8;

/**
 * Whether one forecast is better than another: the test of equal accuracy of Diebold & Mariano (1995) with the
 * correction for small samples of Harvey, Leybourne & Newbold (1997).
 *
 *   d(w) = loss₁(w) − loss₂(w)      V = (γ₀ + 2 Σ_{k=1}^{h−1} γ_k) / n      γ_k = autocovariance of d at lag k
 *   S = d̄ / √V · √((n + 1 − 2h + h(h−1)/n) / n), compared with Student's t of n − 1 degrees of freedom
 *
 * Forecasts h steps ahead overlap in h − 1 of them, hence the autocovariances. Where their plain sum is not positive
 * they are weighted by 1 − k/h (Bartlett), which keeps it so.
 *
 * @param first [windows] mean loss of the first forecast in each window, in time order
 * @param second [windows] the other's, on the same windows
 * @param horizon steps ahead the furthest judged value lies
 * @returns null with too few windows, or when the losses never differ
 */
export function pairedTest(first: ArrayLike<number>, second: ArrayLike<number>, horizon: number): PairedTest | null {
  const n = first.length;
  if (n < horizon + fewest) return null;
  const differences = Array.from(first, (loss, w) => loss - second[w]!);
  const centre = mean(differences);
  const covariance = (lag: number) => {
    let sum = 0;
    for (let w = lag; w < n; w++) sum += (differences[w]! - centre) * (differences[w - lag]! - centre);
    return sum / n;
  };
  const covariances = Array.from({ length: horizon }, (_, lag) => covariance(lag));
  const longRun = (weight: (lag: number) => number) =>
    covariances.reduce((sum, value, lag) => sum + (lag === 0 ? value : 2 * weight(lag) * value), 0);
  let variance = longRun(() => 1) / n;
  if (!(variance > 0)) variance = longRun((lag) => 1 - lag / horizon) / n;
  if (!(variance > 0)) return null;
  const correction = Math.sqrt((n + 1 - 2 * horizon + (horizon * (horizon - 1)) / n) / n);
  const statistic = (centre / Math.sqrt(variance)) * correction;
  return { statistic, p: studentBelow(statistic, n - 1), windows: n };
}

/** P(T ≤ t) for Student's t with `freedom` degrees of freedom. */
export function studentBelow(t: number, freedom: number): number {
  const tail = 0.5 * incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
}

/** P(X ≥ hits) for a fair coin tossed `tosses` times; between whole numbers by the same incomplete beta function. */
export function coinAtLeast(hits: number, tosses: number): number {
  if (hits <= 0) return 1;
  // The binomial tail as an incomplete beta function: P(X ≥ k) = I_{1/2}(k, n − k + 1).
  return incompleteBeta(0.5, hits, tosses - hits + 1);
}

/** Regularised incomplete beta function I_x(a, b) by its continued fraction (Abramowitz & Stegun 26.5.8). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  // Lentz's way of evaluating 1/(1+ d₁/(1+ d₂/(1+ …))) from the front.
  const tiny = 1e-300;
  let c = 1;
  let d = 0;
  let fraction = 1;
  for (let i = 0; i < 1000; i++) {
    const m = Math.floor(i / 2);
    let term = 1;
    if (i > 0 && i % 2 === 0) term = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    else if (i > 0) term = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + term * d || tiny;
    c = 1 + term / c || tiny;
    d = 1 / d;
    fraction *= c * d;
    if (Math.abs(1 - c * d) < 1e-14) break;
  }
  return front * (fraction - 1);
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** ln Γ(z) for z > 0 by Stirling's series after shifting z above 10 (Abramowitz & Stegun 6.1.41). */
function logGamma(z: number): number {
  if (z < 10) return logGamma(z + 1) - Math.log(z);
  const square = 1 / (z * z);
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series;
}
