import type { Column } from './frame';

/** Rows in the order of their times, and which of them stand for the same time. */
export interface Arrangement {
  /** Positions in the file's order of the rows kept, in time order; null when that is all rows as they are. */
  rows: Int32Array | null;
  /** Neither ascending nor descending in the file: position of the first row out of order, or -1. */
  firstUnordered: number;
  /** Positions of rows left out because the next one of the same time is equal, or not equal. */
  equalRepeats: number[];
  differingRepeats: number[];
}

/**
 * Sorts rows by time (stable; rows without a time are left out) and keeps the last row of each time.
 * A file that runs backwards is turned around, so that of two rows of one time the one further down still wins.
 */
export function arrange(times: Float64Array, columns: Column[]): Arrangement {
  const { ascending, descending, firstUnordered } = direction(times);
  if (ascending) return { rows: null, firstUnordered: -1, equalRepeats: [], differingRepeats: [] };
  let rows = Int32Array.from({ length: times.length }, (_, row) => row).filter((row) => !Number.isNaN(times[row]!));
  rows = descending ? rows.reverse() : rows.sort((a, b) => times[a]! - times[b]! || a - b);
  const equalRepeats: number[] = [];
  const differingRepeats: number[] = [];
  let kept = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const before = kept > 0 ? rows[kept - 1]! : -1;
    if (before >= 0 && times[before] === times[row]) {
      (sameCells(columns, before, row) ? equalRepeats : differingRepeats).push(Math.min(before, row));
      rows[kept - 1] = Math.max(before, row);
    } else rows[kept++] = row;
  }
  return {
    rows: rows.slice(0, kept),
    firstUnordered: descending ? -1 : firstUnordered,
    equalRepeats,
    differingRepeats,
  };
}

/** `ascending`: strictly, with every time there. `descending`: with equal neighbours. */
function direction(times: Float64Array) {
  let ascending = !Number.isNaN(times[0] ?? 0);
  let rising = true;
  let falling = true;
  let firstUnordered = -1;
  let previous = times[0] ?? 0;
  for (let row = 1; row < times.length; row++) {
    const time = times[row]!;
    if (!(time > times[row - 1]!)) ascending = false;
    if (Number.isNaN(time)) continue;
    if (time < previous) {
      if (rising && falling) firstUnordered = row;
      rising = false;
    } else if (time > previous) {
      if (falling && !rising && firstUnordered < 0) firstUnordered = row;
      falling = false;
    }
    if (!rising && !falling && firstUnordered < 0) firstUnordered = row;
    previous = time;
  }
  return { ascending, descending: falling && !rising, firstUnordered: rising ? -1 : firstUnordered };
}

function sameCells(columns: Column[], a: number, b: number): boolean {
  return columns.every((column) => {
    if (column.kind === 'number')
      return Object.is(column.values[a], column.values[b]) || column.values[a] === column.values[b];
    if (column.kind === 'text') return column.codes[a] === column.codes[b];
    return column.kind === 'empty' || Object.is(column.times[a], column.times[b]);
  });
}

/** The same columns with these rows only, in this order. */
export function take(columns: Column[], rows: Int32Array): Column[] {
  return columns.map((column) => {
    if (column.kind === 'number') {
      const values = gather(column.values, rows);
      return { ...column, values, missing: countMissing(values) };
    }
    if (column.kind === 'date') {
      const times = gather(column.times, rows);
      return { ...column, times, missing: countMissing(times) };
    }
    if (column.kind === 'empty') return { ...column, missing: rows.length };
    const codes = Int32Array.from(rows, (row) => column.codes[row]!);
    return { ...column, codes, missing: codes.reduce((count, code) => count + (code < 0 ? 1 : 0), 0) };
  });
}

export function gather(values: Float64Array, rows: Int32Array): Float64Array {
  const gathered = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) gathered[i] = values[rows[i]!]!;
  return gathered;
}

export function countMissing(values: Float64Array): number {
  let missing = 0;
  for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row]!)) missing++;
  return missing;
}
