import type { ColumnSummary, NumberColumn } from './frame';

/** Nines and nothing else: -999, 9999, -99.9, as instruments and archives write them. */
const nines = /^(?:9{2,6}(?:\.9+)?|9\.9+)$/;
/** How many times the largest other value it must be, unless its sign alone sets it apart. */
const factor = 5;
/** A single 9999 above the others may be one. */
const repeated = 2;

/**
 * A column's lowest or highest number where it likely stands for a missing value, and the rows that have it; null when
 * neither does. NOAA and NASA archives document -99.9, -999, -9999 and 9999.9 as such.
 */
export function sentinelOf(
  { values }: NumberColumn,
  { min, max }: ColumnSummary,
): { value: number; rows: number[] } | null {
  for (const value of [min, max]) {
    if (value === null || !nines.test(String(Math.abs(value)))) continue;
    const rows: number[] = [];
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let row = 0; row < values.length; row++) {
      const other = values[row]!;
      if (other === value) rows.push(row);
      else if (other < low) low = other;
      if (other !== value && other > high) high = other;
    }
    if (low > high) continue;
    const far = Math.abs(value) > factor * Math.max(Math.abs(low), Math.abs(high));
    if (value < 0 ? far || low >= 0 : far && value >= 999 && rows.length >= repeated) return { value, rows };
  }
  return null;
}
