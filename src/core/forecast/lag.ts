import { correlation } from './statistics';

/** Pearson's correlation of the forecasts with the truth `shift` rows before the row they are for. */
export interface Shifted {
  shift: number;
  /** NaN where one of the two does not vary, or fewer than three rows can be compared. */
  correlation: number;
}

/**
 * Correlation of forecasts with the truth shifted, for every shift from … to. `forecast[w]` is for row `rows[w]`; a shift
 * of 0 compares it with the truth of that row, a shift of s with the truth of s rows earlier. A forecast that knows
 * something is most like the truth at 0; one that repeats the last known value is most like it at its horizon.
 * `truth(row)` is NaN where it is not known; such pairs are left out.
 */
export function correlationsByShift(
  forecast: ArrayLike<number>,
  rows: ArrayLike<number>,
  truth: (row: number) => number,
  [from, to]: [number, number],
): Shifted[] {
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const shift = from + i;
    const said: number[] = [];
    const was: number[] = [];
    for (let w = 0; w < forecast.length; w++) {
      const value = truth(rows[w]! - shift);
      if (Number.isNaN(value)) continue;
      said.push(forecast[w]!);
      was.push(value);
    }
    return { shift, correlation: said.length < 3 ? Number.NaN : correlation(said, was) };
  });
}

/** The shift with the highest correlation; null where none is defined. */
export function peakOf(shifted: Shifted[]): Shifted | null {
  return shifted.reduce<Shifted | null>(
    (best, next) => (Number.isNaN(next.correlation) || (best && best.correlation >= next.correlation) ? best : next),
    null,
  );
}
