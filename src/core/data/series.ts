import { LabError } from '../errors';
import type { Series } from '../protocol';
import { futureTimes } from './calendar';
import type { Frame, NumberColumn } from './frame';
import { countMissing, gather } from './order';

export interface SeriesChoice {
  target: string;
  inputs: string[];
  /** What becomes of rows that miss the target or an input. */
  missing: 'leave-out' | 'carry-forward' | 'interpolate';
  /** Steps past the end for which times are wanted. */
  horizon: number;
  season: number;
}

/**
 * The columns a forecast needs, without missing values. Rows before the first and after the last known target are left
 * out whatever is chosen: nothing is invented at the ends.
 * @throws LabError data.unknown-column, data.not-numbers, data.no-values
 */
export function seriesOf(frame: Frame, { target, inputs, missing, horizon, season }: SeriesChoice): Series {
  const columns = [target, ...inputs.filter((name) => name !== target)].map((name) => numbersNamed(frame, name));
  if (columns[0]!.missing === frame.rows) throw new LabError('data.no-values', { column: target });
  const rows = missing === 'leave-out' ? completeRows(columns, frame.rows) : spanOf(columns[0]!.values);
  const whole = rows.length === frame.rows;
  const values = columns.map((column) => {
    const kept = whole ? column.values.slice() : gather(column.values, rows);
    if (missing === 'carry-forward') carryForward(kept);
    if (missing === 'interpolate') interpolate(kept);
    return kept;
  });
  const times = frame.times && (whole ? frame.times : gather(frame.times, rows));
  return {
    names: columns.map(({ name }) => name),
    values,
    times,
    future: futureTimes({ ...frame, times }, horizon),
    dateOnly: frame.dateOnly,
    season,
  };
}

function numbersNamed(frame: Frame, name: string): NumberColumn {
  const column = frame.columns.find((one) => one.name === name);
  if (!column) throw new LabError('data.unknown-column', { column: name, columns: namesOf(frame) });
  if (column.kind !== 'number') throw new LabError('data.not-numbers', { column: name, columns: namesOf(frame) });
  return column;
}

const namesOf = (frame: Frame) =>
  frame.columns.flatMap(({ kind, name }) => (kind === 'number' ? [name] : [])).join(', ');

function completeRows(columns: NumberColumn[], rows: number): Int32Array {
  const kept: number[] = [];
  for (let row = 0; row < rows; row++) if (columns.every(({ values }) => !Number.isNaN(values[row]!))) kept.push(row);
  return Int32Array.from(kept);
}

/** From the first to the last row that has a value. */
function spanOf(values: Float64Array): Int32Array {
  const first = values.findIndex((value) => !Number.isNaN(value));
  const last = values.findLastIndex((value) => !Number.isNaN(value));
  return Int32Array.from({ length: last - first + 1 }, (_, i) => first + i);
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
