import Papa from 'papaparse';
import { formatTime } from '../core/data/calendar';
import { CsvParser } from '../core/data/csv';
import { Growing } from '../core/data/growing';
import { LabError } from '../core/errors';
import { marked, markFor } from '../core/export/mark';
import { naiveAt } from '../core/forecast/metrics';
import type { Edge, Edges, Predictions, RunRecord } from '../core/run';

/**
 * Forecasts of the test part as CSV, a line per forecast value: the time and the truth, per model its forecast and bands,
 * then where the value belongs: `origin` is the row (0 = first of the series) of the last value the forecast has seen,
 * `step` how far after it, `last` the target's value there; of curves, which no value stands before, the step's value by naive.
 */
export interface Forecasts {
  /** One per model, over the same windows. Bands are written for forecasts that have them. */
  models: { name: string; test: Predictions }[];
  /** Of the forecast value `at` [windows × steps] as text, empty without dates. */
  timeAt(at: number): string;
}

/** What one run forecast, as it is read back. */
export interface StoredForecasts {
  test: Predictions;
  edges: Edges | null;
  /** [windows × steps] as text, empty without dates. */
  times: string[];
}

const edgeNames: Edge[] = ['lower80', 'upper80', 'lower95', 'upper95'];
/** Lines written or characters read at a time: long horizons make millions of lines, and other work goes on between. */
const pieceLines = 4096;
const pieceCharacters = 1 << 20;

/** The times of forecasts in a series with these times. */
export function timesIn(series: Float64Array | null, dateOnly: boolean, { origins, firstStep, steps }: Predictions) {
  if (!series) return () => '';
  const text = Array.from(series, (time) => formatTime(time, dateOnly));
  return (at: number) => text[origins[Math.floor(at / steps)]! + firstStep + (at % steps)] ?? '';
}

/** The table in pieces of some thousand lines. */
export function* writePredictions({ models, timeAt }: Forecasts): Generator<string> {
  const headed = models.flatMap(({ name, test }) => [
    name,
    ...(test.edges ? edgeNames.map((edge) => `${name} ${edge}`) : []),
  ]);
  let piece = markFor(models.map(({ name }) => name)) + csv([['time', 'actual', ...headed, 'origin', 'step', 'last']]);
  const { origins, firstStep, steps, actual } = models[0]!.test;
  for (let at = 0; at < actual.length; at++) {
    const window = Math.floor(at / steps);
    const forecasts = models.map(({ test }) => `${short(test.values[at]!)}${edgesAt(test, at)}`).join(',');
    const place = `${origins[window]},${firstStep + (at % steps)},${naiveAt(models[0]!.test, at)}`;
    piece += `${timeAt(at)},${actual[at]},${forecasts},${place}\n`;
    if (at % pieceLines > 0) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/** Twelve significant digits: scores computed from the file agree with the record's, and a quarter of it is saved. */
const short = (value: number): string => String(Number(value.toPrecision(12)));

function edgesAt({ edges }: Predictions, at: number): string {
  if (!edges) return '';
  return edgeNames.map((edge) => (Number.isNaN(edges[edge][at]!) ? ',' : `,${short(edges[edge][at]!)}`)).join('');
}

/** The forecasts of one run; null when the text is not such a table. */
export function readPredictions(text: string): StoredForecasts | null {
  const table = tableOf(text);
  const model = table?.titles[2] ?? '';
  const column = (title: string) => table?.columns[table.titles.indexOf(title)] ?? new Float64Array();
  const [actual, values, origin, step, last] = ['actual', model, 'origin', 'step', 'last'].map(column) as Five;
  const starts: number[] = [];
  step.forEach((value, row) => {
    if (value === step[0]) starts.push(row);
  });
  const steps = step.length / starts.length;
  const regular = starts.every((row, window) => row === window * steps);
  const whole = [actual, values, origin, last].every(
    (numbers) => numbers.length === step.length && numbers.every(Number.isFinite),
  );
  if (!table || step.length === 0 || !regular || !whole) return null;
  const edges = table.titles.includes(`${model} lower80`)
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
    ...(last.some((value, row) => value !== last[row - (row % steps)]) && { naive: last }),
  };
  return { test, edges, times: table.first };
}
type Five = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

function tableOf(text: string): Table | null {
  try {
    return numbersOf(text);
  } catch (thrown) {
    if (thrown instanceof LabError) return null;
    throw thrown;
  }
}

interface Table {
  titles: string[];
  first: string[];
  columns: Float64Array[];
}

/** A text of its own: a part of a file's text would keep all of it. Times stand in many windows, so there are few. */
function copied(text: string, known: Map<string, string>): string {
  const own = Buffer.from(text).toString();
  known.set(own, own);
  return own;
}

/** A table's first column as text, the others as numbers, NaN where a cell is empty or none. */
function numbersOf(text: string): Table | null {
  const parser = new CsvParser(',');
  const first: string[] = [];
  const known = new Map<string, string>();
  let titles: string[] | null = null;
  let columns: Growing<Float64Array>[] = [];
  for (let from = 0; from < text.length; from += pieceCharacters) {
    const { cells } = parser.push(text.slice(from, from + pieceCharacters), from + pieceCharacters >= text.length);
    for (const row of cells) {
      if (!titles) {
        titles = row;
        columns = row.map(() => Growing.doubles(1024));
      } else if (row.length === titles.length) {
        first.push(known.get(row[0]!) ?? copied(row[0]!, known));
        columns.forEach((column, i) => {
          if (i > 0) column.push(row[i] === '' ? Number.NaN : Number(row[i]));
        });
      } else if (row.length > 1) return null;
    }
  }
  return titles && { titles, first, columns: columns.map((column) => column.finish()) };
}

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
  return marked(csv([head, ...lines]));
}

const csv = (lines: (string | number)[][]): string =>
  `${Papa.unparse(lines, { newline: '\n', escapeFormulae: true })}\n`;
