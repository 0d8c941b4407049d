import { LabError } from '../errors';
import type { Series } from '../protocol';
import type { Frame, NumberColumn } from './frame';
import { numbersNamed } from './series';

export interface CurveChoice {
  /** Columns that are the steps of a curve, in order. */
  outputs: string[];
  inputs: string[];
}

/** The rows of a file that are examples, and those whose inputs are known and whose curve is not. */
interface Examples {
  whole: number[];
  open: number[];
}

/**
 * The curves of a file one after another as one series, K = outputs.length values to a row, beside the inputs of each row,
 * which stand at all K of its values. Rows that miss an input or an output are left out; of those after the last example the
 * first whose inputs are known and whose outputs are all missing is what is to be forecast past the end.
 *
 * Row e of the examples is values e·K … e·K + K − 1. Their times divide the time from a row to the next evenly.
 *
 * @throws LabError data.unknown-column, data.not-numbers, data.no-values
 */
export function curvesOf(frame: Frame, { outputs, inputs }: CurveChoice): Series {
  const steps = outputs.map((name) => numbersNamed(frame, name));
  const read = inputs.map((name) => numbersNamed(frame, name));
  const { whole, open } = examplesOf(frame.rows, steps, read);
  if (whole.length === 0) throw new LabError('data.no-values', { column: curveName(outputs) });
  const after = open.find((row) => row > whole.at(-1)!);
  return {
    ...curveSeries(frame, { outputs, inputs }, whole, after === undefined ? [] : [after]),
    values: [Float64Array.from({ length: whole.length * outputs.length }, (_, i) => valueAt(steps, whole, i))],
  };
}

/** The rows whose curve is to be forecast: those with inputs and without outputs; all that have inputs where none is. */
export function rowsToForecast(frame: Frame, { outputs, inputs }: CurveChoice): number[] {
  const found = outputs.flatMap((name) => frame.columns.filter((column) => column.name === name));
  const steps = found.filter((column): column is NumberColumn => column.kind === 'number');
  const read = inputs.map((name) => numbersNamed(frame, name));
  const { open, whole } = examplesOf(frame.rows, steps.length === outputs.length ? steps : [], read);
  return open.length > 0 ? open : whole;
}

/** Rows of a file as examples without curves: all that is known of them is what is read. */
export function openCurves(frame: Frame, choice: CurveChoice, rows: number[]): Series {
  return { ...curveSeries(frame, choice, [], rows), values: [new Float64Array(0)] };
}

/** What a target of several columns is called. */
export const curveName = (outputs: string[]): string => `${outputs[0]} … ${outputs.at(-1)}`;

function examplesOf(rows: number, steps: NumberColumn[], inputs: NumberColumn[]): Examples {
  const has = ({ values }: NumberColumn, row: number) => !Number.isNaN(values[row]!);
  const whole: number[] = [];
  const open: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (!inputs.every((column) => has(column, row))) continue;
    if (steps.every((column) => has(column, row))) whole.push(row);
    else if (!steps.some((column) => has(column, row))) open.push(row);
  }
  return { whole, open };
}

const valueAt = (steps: NumberColumn[], rows: number[], i: number): number =>
  steps[i % steps.length]!.values[rows[Math.floor(i / steps.length)]!]!;

function curveSeries(
  frame: Frame,
  { outputs, inputs }: CurveChoice,
  rows: number[],
  after: number[],
): Omit<Series, 'values'> {
  const K = outputs.length;
  const all = [...rows, ...after];
  const spread = (values: Float64Array) =>
    Float64Array.from({ length: all.length * K }, (_, i) => values[all[Math.floor(i / K)]!]!);
  const times = frame.times && stepTimes(frame.times, all, K);
  return {
    names: [curveName(outputs)],
    curve: K,
    ahead: { names: inputs, values: inputs.map((name) => spread(numbersNamed(frame, name).values)) },
    times: times?.subarray(0, rows.length * K) ?? null,
    future: times?.subarray(rows.length * K) ?? null,
    dateOnly: false,
    season: K,
  };
}

/** The times of all steps: from a row's time on, a K-th of the way to the file's next row apart. */
function stepTimes(times: Float64Array, rows: number[], K: number): Float64Array {
  const gap = (row: number) => {
    const from = row + 1 < times.length ? row : row - 1;
    return from < 0 ? 0 : times[from + 1]! - times[from]!;
  };
  return Float64Array.from({ length: rows.length * K }, (_, i) => {
    const row = rows[Math.floor(i / K)]!;
    return times[row]! + ((i % K) * gap(row)) / K;
  });
}
