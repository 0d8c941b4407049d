/** Plain numbers about lists of numbers. All answer NaN for an empty list. */

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Population standard deviation (divides by n). */
export function deviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - centre) ** 2;
  return Math.sqrt(sum / values.length);
}

/** Quantile with linear interpolation between order statistics (Hyndman & Fan 1996, type 7). `q` in 0–1. */
export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = q * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** Pearson's correlation of two equally long lists; NaN where one of them does not vary. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const meanA = mean(a);
  const meanB = mean(b);
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    const da = a[i]! - meanA;
    const db = b[i]! - meanB;
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return ab / Math.sqrt(aa * bb);
}

/**
 * Autocorrelation at one lag, with the mean and variance of the whole list (Box & Jenkins):
 * r_k = Σ_{t>k} (y_t − ȳ)(y_{t−k} − ȳ) / Σ (y_t − ȳ)².
 */
export function autocorrelation(values: ArrayLike<number>, lag: number): number {
  const centre = mean(values);
  let above = 0;
  let below = 0;
  for (let t = 0; t < values.length; t++) {
    const here = values[t]! - centre;
    below += here * here;
    if (t >= lag) above += here * (values[t - lag]! - centre);
  }
  return above / below;
}

/** A number for a record: null where it is not defined. */
export const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
