import type { Bands, Predictions } from '../run';
import { orNull } from './statistics';

/**
 * Split conformal prediction (Vovk et al. 2005; Lei et al. 2018): the band's half width at level 1 − a is the
 * ⌈(n + 1)(1 − a)⌉-th smallest of n absolute residuals that training did not use. It promises its coverage for
 * exchangeable residuals, of whatever distribution; a series that changes its ways breaks the promise, which is why the
 * coverage measured on the test part stands beside it. Taken per step ahead, as errors grow with it.
 */
export function conformalBands(validation: Predictions, log: boolean): Bands {
  const { steps, origins, values, actual } = validation;
  const g = (value: number) => (log ? Math.log(value) : value);
  const half = (level: number) =>
    Array.from({ length: steps }, (_, k) => {
      const residuals = Float64Array.from(origins, (_, w) =>
        Math.abs(g(actual[w * steps + k]!) - g(values[w * steps + k]!)),
      );
      return conformalQuantile(residuals, level);
    });
  return { log, half80: half(0.8), half95: half(0.95) };
}

/** The ⌈(n + 1) level⌉-th smallest of n scores; null where n is too small to promise the level, or a score not a number. */
export function conformalQuantile(scores: Float64Array, level: number): number | null {
  // (n + 1) · level may land a rounding error above a whole number, which must not cost a rank.
  const rank = Math.ceil((scores.length + 1) * level - 1e-9);
  if (rank > scores.length) return null;
  return orNull(scores.toSorted()[rank - 1]!);
}

/** Lower and upper end of a band round one value. */
export function bandAround(value: number, half: number | null, log: boolean): [number | null, number | null] {
  if (half === null) return [null, null];
  return log
    ? [orNull(value * Math.exp(-half)), orNull(value * Math.exp(half))]
    : [orNull(value - half), orNull(value + half)];
}

/** Share of what came that lies inside its band; null where there is no band for some step. */
export function coverage({ steps, values, actual }: Predictions, half: (number | null)[], log: boolean): number | null {
  if (half.includes(null)) return null;
  let inside = 0;
  for (let i = 0; i < values.length; i++) {
    const [lower, upper] = bandAround(values[i]!, half[i % steps]!, log);
    if (lower !== null && upper !== null && actual[i]! >= lower && actual[i]! <= upper) inside++;
  }
  return values.length === 0 ? null : inside / values.length;
}
