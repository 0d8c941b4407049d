import { LabError } from '../errors';
import type { Series } from '../protocol';
import { futureTimes } from './calendar';
import { type FilledRows, fillGaps } from './fill';
import type { Frame, NumberColumn } from './frame';
import { countMissing, gather } from './order';

export interface SeriesChoice {
  target: string;
  inputs: string[];
  /** What becomes of rows that miss the target or an input. */
  missing: 'leave-out' | 'carry-forward' | 'interpolate';
  /** Columns known ahead: also read in the `horizon` rows after the last one. */
  future?: string[];
  /** Steps past the end for which times are wanted. */
  horizon: number;
  season: number;
}

/**
 * The columns a forecast needs, without missing values. `leave-out` leaves out rows that miss one of them and takes the
 * gaps in time as they are; the other two fill missing values, and the rows that gaps lack, between the first and the
 * last known target: nothing is invented at the ends.
 * @throws LabError data.unknown-column, data.not-numbers, data.no-values, data.gaps-too-large, data.future-missing
 */
export function seriesOf(frame: Frame, choice: SeriesChoice): Series {
  const { target, inputs, missing, horizon, season, future = [] } = choice;
  const columns = [target, ...inputs.filter((name) => name !== target)].map((name) => numbersNamed(frame, name));
  const ahead = future.map((name) => numbersNamed(frame, name));
  for (const column of [...columns, ...ahead])
    if (column.missing === frame.rows) throw new LabError('data.no-values', { column: column.name });
  const filled = missing === 'leave-out' ? null : fillGaps(frame);
  const every = filled?.rows ?? Int32Array.from({ length: frame.rows }, (_, row) => row);
  const rows =
    missing === 'leave-out' ? completeRows([...columns, ...ahead], frame.rows) : spanOf(columns[0]!.values, every);
  const valuesOf = (column: NumberColumn) => {
    const kept = Float64Array.from(rows, (row) => (row < 0 ? Number.NaN : column.values[row]!));
    if (missing === 'carry-forward') carryForward(kept);
    if (missing === 'interpolate') interpolate(kept);
    return kept;
  };
  const after = rowsAfter(every, rows, ahead, choice);
  const times = timesOf(frame, filled, every, rows);
  return {
    names: columns.map(({ name }) => name),
    values: columns.map(valuesOf),
    ...(ahead.length > 0 && {
      ahead: {
        names: future,
        values: ahead.map((column) => joined(valuesOf(column), gather(column.values, after))),
      },
    }),
    times,
    future: frame.times && ahead.length > 0 ? gather(frame.times, after) : futureTimes({ ...frame, times }, horizon),
    dateOnly: frame.dateOnly,
    season,
  };
}

/** The `horizon` rows after the last one that is used, where columns known ahead have their values. */
function rowsAfter(every: Int32Array, rows: Int32Array, ahead: NumberColumn[], { target, horizon }: SeriesChoice) {
  const last = every.lastIndexOf(rows.at(-1) ?? -1);
  const after = every.slice(last + 1, last + 1 + horizon);
  for (const { name, values } of ahead) {
    const missing = after.findIndex((row) => row < 0 || Number.isNaN(values[row]!));
    const given = missing < 0 ? after.length : missing;
    if (given < horizon) throw new LabError('data.future-missing', { column: name, target, given, horizon });
  }
  return after;
}

function timesOf(frame: Frame, filled: FilledRows | null, every: Int32Array, rows: Int32Array): Float64Array | null {
  if (!frame.times) return null;
  if (!filled) return gather(frame.times, rows);
  const first = every.indexOf(rows[0]!);
  return filled.times.slice(first, first + rows.length);
}

/** @throws LabError data.unknown-column, data.not-numbers */
export function numbersNamed(frame: Frame, name: string): NumberColumn {
  const column = frame.columns.find((one) => one.name === name);
  if (!column) throw new LabError('data.unknown-column', { column: name, columns: namesOf(frame) });
  if (column.kind !== 'number') throw new LabError('data.not-numbers', { column: name, columns: namesOf(frame) });
  return column;
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

const namesOf = (frame: Frame) =>
  frame.columns.flatMap(({ kind, name }) => (kind === 'number' ? [name] : [])).join(', ');

function completeRows(columns: NumberColumn[], rows: number): Int32Array {
  const kept: number[] = [];
  for (let row = 0; row < rows; row++) if (columns.every(({ values }) => !Number.isNaN(values[row]!))) kept.push(row);
  return Int32Array.from(kept);
}

/** Of all rows, those from the first to the last that has a value. */
function spanOf(values: Float64Array, every: Int32Array): Int32Array {
  const known = (row: number) => row >= 0 && !Number.isNaN(values[row]!);
  return every.slice(every.findIndex(known), every.findLastIndex(known) + 1);
}

/** The last known value; what is missing before the first takes the first. */
export function carryForward(values: Float64Array): void {
  let known = values.find((value) => !Number.isNaN(value)) ?? 0;
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row]!)) values[row] = known;
    else known = values[row]!;
  }
}

/** A straight line between the known neighbours; the nearest known value at the ends. */
export function interpolate(values: Float64Array): void {
  let before = -1;
  for (let row = 0; row <= values.length; row++) {
    if (row < values.length && Number.isNaN(values[row]!)) continue;
    if (row < values.length && before >= 0) {
      const slope = (values[row]! - values[before]!) / (row - before);
      for (let i = before + 1; i < row; i++) values[i] = values[before]! + slope * (i - before);
    } else if (before >= 0) values.fill(values[before]!, before + 1, row);
    else if (row < values.length) values.fill(values[row]!, 0, row);
    before = row;
  }
  if (countMissing(values) > 0) values.fill(0);
}
