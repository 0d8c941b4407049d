import Papa from 'papaparse';
import { marked, markFor } from '../core/export/mark';
import type { Predictions, RunRecord } from '../core/run';
import { type Forecasts, readPredictions, type StoredForecasts } from './predictions';

/**
 * Classes told over the test part as CSV, a line per judged row: its time and its class, per model the class it told and
 * the probability of each, then where the row belongs: `origin` is the row (0 = first of the series) the answer was made
 * after, `step` how far after it the judged row is, `last` the label last known there (empty where there is none).
 */
export function* writeClasses({ models, timeAt }: Forecasts): Generator<string> {
  const { origins, firstStep, actual, last, classes } = models[0]!.test;
  const { labels, classes: V } = classes!;
  const names = labels.slice(0, V);
  const headed = models.flatMap(({ name }) => [name, ...names.map((label) => probabilityOf(name, label))]);
  yield markFor([...headed, ...labels]) + csv([['time', 'actual', ...headed, 'origin', 'step', 'last']]);
  for (let from = 0; from < actual.length; from += pieceLines) {
    const lines = Array.from({ length: Math.min(pieceLines, actual.length - from) }, (_, i) => {
      const at = from + i;
      const told = models.flatMap(({ test }) => [
        labels[test.values[at]!]!,
        ...Array.from(test.classes!.probabilities.subarray(at * V, (at + 1) * V), (p) => Number(p.toPrecision(9))),
      ]);
      return [timeAt(at), labels[actual[at]!] ?? '', ...told, origins[at]!, firstStep, labels[last[at]!] ?? ''];
    });
    yield csv(lines);
  }
}

const pieceLines = 4096;
const probabilityOf = (model: string, label: string) => `${model} p(${label})`;
const csv = (lines: (string | number)[][]) => `${Papa.unparse(lines, { newline: '\n', escapeFormulae: true })}\n`;

/** The next class by several runs: a line per step, per model the class and the probability of each. */
export function writeClassForecast(runs: RunRecord[]): string {
  const told = runs.flatMap(({ name, classes }) => (classes ? [{ name, classes }] : []));
  const head = told.flatMap(({ name, classes }) => [name, ...classes.names.map((label) => probabilityOf(name, label))]);
  const lines = (told[0]?.classes.forecast ?? []).map(({ step, time }, k) => [
    step,
    time ?? '',
    ...told.flatMap(({ classes: { forecast } }) => [forecast[k]!.class, ...forecast[k]!.probabilities]),
  ]);
  return marked(csv([['step', 'time', ...head], ...lines]));
}

/** A run's forecasts of the test part as it stored them, values or classes; null when the text is no such table. */
export const forecastsOf = ({ classes }: RunRecord, text: string): StoredForecasts | null =>
  classes ? readClasses(text, classes.balance.classes, classes.names.length) : readPredictions(text);

/** The classes one run told, by the labels its record names; null when the text is not such a table of them. */
export function readClasses(text: string, labels: string[], V: number): StoredForecasts | null {
  const { data, errors } = Papa.parse<string[]>(text.trimEnd());
  const [titles, ...lines] = data;
  if (!titles || errors.length > 0 || titles.length !== 6 + V || lines.some(({ length }) => length !== titles.length))
    return null;
  const codes = new Map(labels.map((label, code) => [escaped(label), code]));
  const column = (i: number) => lines.map((line) => line[i]!);
  const codesOf = (i: number) => Float64Array.from(column(i), (label) => codes.get(label) ?? -1);
  const probabilities = Float64Array.from(lines.flatMap((line) => line.slice(3, 3 + V).map(Number)));
  const origins = Int32Array.from(column(3 + V), Number);
  const [values, actual] = [codesOf(2), codesOf(1)];
  if (lines.length === 0 || probabilities.some(Number.isNaN) || [...values, ...actual].includes(-1)) return null;
  const test: Predictions = {
    ...{ firstStep: Number(lines[0]![4 + V]), steps: 1, origins, values, actual, last: codesOf(5 + V) },
    classes: { labels, classes: V, probabilities },
  };
  return { test, edges: null, times: column(0) };
}

/** As a label stands in the table: a spreadsheet must not take it for a formula. */
const escaped = (label: string) => (/^[=+\-@\t\r]/.test(label) ? `'${label}` : label);
