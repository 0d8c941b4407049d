import Papa from 'papaparse';
import { formatTime } from '../core/data/calendar';
import type { Edge, Edges, Predictions, RunRecord } from '../core/run';

/**
 * Forecasts of the test part as CSV, a line per forecast value: the time and the truth, per model its forecast and bands,
 * then where the value belongs: `origin` is the row (0 = first of the series) of the last value the forecast has seen,
 * `step` how far after it, `last` the target's value there.
 */
export interface Forecasts {
  /** One per model, over the same windows. Bands are written for forecasts that have them. */
  models: { name: string; test: Predictions }[];
  /** [windows][steps] as text, empty without dates. */
  times: string[];
}

/** What one run forecast, as it is read back. */
export interface StoredForecasts {
  test: Predictions;
  edges: Edges | null;
  times: string[];
}

const edgeNames: Edge[] = ['lower80', 'upper80', 'lower95', 'upper95'];

export function timesOf({ origins, firstStep, steps }: Predictions, times: Float64Array | null, dateOnly: boolean) {
  return Array.from(origins).flatMap((origin) =>
    Array.from({ length: steps }, (_, k) => {
      const time = times?.[origin + firstStep + k];
      return time === undefined ? '' : formatTime(time, dateOnly);
    }),
  );
}

export function writePredictions({ models, times }: Forecasts): string {
  const headed = models.flatMap(({ name, test }) => [
    name,
    ...(test.edges ? edgeNames.map((edge) => `${name} ${edge}`) : []),
  ]);
  const lines: (string | number)[][] = [['time', 'actual', ...headed, 'origin', 'step', 'last']];
  const { origins, firstStep, steps, actual, last } = models[0]!.test;
  origins.forEach((origin, window) => {
    for (let k = 0; k < steps; k++) {
      const at = window * steps + k;
      const values = models.flatMap(({ test }) => [test.values[at]!, ...edgesAt(test, at)]);
      lines.push([times[at]!, actual[at]!, ...values, origin, firstStep + k, last[window]!]);
    }
  });
  return csv(lines);
}

function edgesAt({ edges }: Predictions, at: number): (number | string)[] {
  if (!edges) return [];
  return edgeNames.map((edge) => {
    const end = edges[edge][at]!;
    return Number.isNaN(end) ? '' : end;
  });
}

/** The forecasts of one run; null when the text is not such a table. */
export function readPredictions(text: string): StoredForecasts | null {
  const { data, meta } = Papa.parse<Record<string, string>>(text.trim(), { header: true, delimiter: ',' });
  const model = meta.fields?.[2] ?? '';
  const column = (title: string) => Float64Array.from(data, (row) => (row[title] ? Number(row[title]) : Number.NaN));
  const [actual, values, origin, step, last] = ['actual', model, 'origin', 'step', 'last'].map(column) as Five;
  const starts = Array.from(step.keys()).filter((row) => step[row] === step[0]);
  const steps = data.length / starts.length;
  const regular = starts.every((row, window) => row === window * steps);
  const whole = [actual, values, origin, step, last].every((numbers) => numbers.every(Number.isFinite));
  if (data.length === 0 || !regular || !whole) return null;
  const edges = meta.fields?.includes(`${model} lower80`)
    ? (Object.fromEntries(edgeNames.map((edge) => [edge, column(`${model} ${edge}`)])) as Edges)
    : null;
  const origins = Int32Array.from(starts, (row) => origin[row]!);
  const test = {
    firstStep: step[0]!,
    steps,
    origins,
    values,
    actual,
    last: Float64Array.from(starts, (row) => last[row]!),
  };
  return { test, edges, times: data.map((row) => row.time ?? '') };
}
type Five = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

/** The future of several runs: a line per step, a column per model and edge of its bands. */
export function writeForecast(runs: RunRecord[]): string {
  const edges = ['value', ...edgeNames] as const;
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
