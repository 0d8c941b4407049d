import Papa from 'papaparse';
import { formatTime } from '../core/data/calendar';
import type { Predictions, RunRecord } from '../core/run';

/**
 * Forecasts of the test part as CSV, a line per forecast value: the time and the truth, a column per model, then where
 * the value belongs: `origin` is the row (0 = first of the series) of the last value the forecast has seen, `step` how
 * far after it, `last` the target's value there.
 */
export interface Forecasts {
  /** One per model, over the same windows. */
  models: { name: string; test: Predictions }[];
  /** [windows][steps] as text, empty without dates. */
  times: string[];
}

const before = ['time', 'actual'];
const after = ['origin', 'step', 'last'];

export function timesOf({ origins, firstStep, steps }: Predictions, times: Float64Array | null, dateOnly: boolean) {
  return Array.from(origins).flatMap((origin) =>
    Array.from({ length: steps }, (_, k) => {
      const time = times?.[origin + firstStep + k];
      return time === undefined ? '' : formatTime(time, dateOnly);
    }),
  );
}

export function writePredictions({ models, times }: Forecasts): string {
  const lines: (string | number)[][] = [[...before, ...models.map(({ name }) => name), ...after]];
  const { origins, firstStep, steps, actual, last } = models[0]!.test;
  origins.forEach((origin, window) => {
    for (let k = 0; k < steps; k++) {
      const at = window * steps + k;
      const values = models.map(({ test }) => test.values[at]!);
      lines.push([times[at]!, actual[at]!, ...values, origin, firstStep + k, last[window]!]);
    }
  });
  return csv(lines);
}

/** The forecasts of one run; null when the text is not such a table. */
export function readPredictions(text: string): { test: Predictions; times: string[] } | null {
  const [head, ...rows] = Papa.parse<string[]>(text.trim(), { delimiter: ',' }).data;
  if (!head || rows.length === 0 || [...head.slice(0, 2), ...head.slice(3)].join() !== [...before, ...after].join())
    return null;
  const column = (i: number) => Float64Array.from(rows, (row) => (row[i] ? Number(row[i]) : Number.NaN));
  const [actual, values, origin, step, last] = [1, 2, 3, 4, 5].map(column) as [Float64Array, ...Float64Array[]] &
    Float64Array[];
  const firstStep = step![0]!;
  const starts = Array.from(step!.keys()).filter((row) => step![row] === firstStep);
  const steps = rows.length / starts.length;
  const regular = starts.every((row, window) => row === window * steps);
  if (!regular || ![actual, values, origin, step, last].every((numbers) => numbers!.every(Number.isFinite)))
    return null;
  const test: Predictions = {
    firstStep,
    steps,
    origins: Int32Array.from(starts, (row) => origin![row]!),
    values: values!,
    actual: actual!,
    last: Float64Array.from(starts, (row) => last![row]!),
  };
  return { test, times: rows.map((row) => row[0]!) };
}

/** The future of several runs: a line per step, a column per model and edge of its bands. */
export function writeForecast(runs: RunRecord[]): string {
  const edges = ['value', 'lower80', 'upper80', 'lower95', 'upper95'] as const;
  const head = [
    'step',
    'time',
    ...runs.flatMap(({ name }) => edges.map((edge) => (edge === 'value' ? name : `${name} ${edge}`))),
  ];
  const lines = (runs[0]?.forecast ?? []).map(({ step, time }, k) => [
    step,
    time ?? '',
    ...runs.flatMap(({ forecast }) => edges.map((edge) => forecast[k]![edge] ?? '')),
  ]);
  return csv([head, ...lines]);
}

const csv = (lines: (string | number)[][]): string =>
  `${Papa.unparse(lines, { newline: '\n', escapeFormulae: true })}\n`;
