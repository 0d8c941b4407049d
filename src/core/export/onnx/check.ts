import { edgesOf } from '../../forecast/intervals';
import { type Able, forecastAfter } from '../../forecast/predict';
import { lookingAt, targetsOf } from '../../forecast/targets';
import { shapeOf, startsOf, windowTable } from '../../forecast/tasks';
import type { Control } from '../../learn/engine';
import { Random } from '../../nn/random';
import type { Series } from '../../protocol';
import type { Bands, Edges, PreparedColumn, RunRecord } from '../../run';
import { ofCurves } from '../../task-kinds';
import { aheadRows, type Exportable, endingOf, graphRows } from './model';

/** One array that goes into a graph or comes out of it. */
export interface Fed {
  type: 'float32' | 'int64';
  data: Float32Array | BigInt64Array;
  dims: number[];
}
export type Feeds = Record<string, Fed>;
/** Runs a graph in whatever runtime the host has: numbers of each output, one after the other. */
export type RunGraph = (feeds: Feeds) => Promise<Record<string, Float32Array>>;

/** A trained model as the lab runs it. */
export interface LabModel {
  record: Exportable;
  weights: Float32Array;
  engine: Able['engine'];
}

/**
 * The largest relative difference between the lab's own forecasts (and band ends) after `origins` of a series and those of
 * a graph on the same raw rows. Relative to the forecast, or to the mean size of all where that is larger: a forecast near
 * zero has no relative error worth the name. A band that only one of the two has is an infinite difference.
 */
export async function differenceOf(
  lab: LabModel,
  series: Series,
  origins: Int32Array,
  control: Control,
  run: RunGraph,
): Promise<number> {
  const found = await run(feedsFor(lab.record, series, origins));
  let most = 0;
  for (const [column, { bands }] of targetsOf(lab.record).entries()) {
    const { values, edges } = await labForecasts(lab, series, origins, control, { column, bands });
    const usual = values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
    for (const [name, expected] of Object.entries({ forecast: values, ...edges }))
      most = Math.max(most, differenceFrom(expected, found[`${name}${endingOf(column)}`], usual));
  }
  return most;
}

function differenceFrom(expected: Float64Array, given: Float32Array | undefined, usual: number): number {
  if (given?.length !== expected.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [given[i]!, expected[i]!];
    if (Number.isNaN(a) && Number.isNaN(b)) continue;
    const difference = Math.abs(a - b) / Math.max(Math.abs(b), usual, Number.MIN_VALUE);
    if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY;
    most = Math.max(most, difference);
  }
  return most;
}

async function labForecasts(
  { record, weights, engine }: LabModel,
  series: Series,
  origins: Int32Array,
  control: Control,
  { column, bands }: { column: number; bands: Bands | null },
) {
  const { model, settings, preparation } = record;
  const lesson = { series, settings, preparation, table: tableOf(record, series) };
  const able = lookingAt({ engine, model, weights, lesson }, column);
  const { values, edges: own } = await forecastAfter(able, origins, control);
  const { steps } = shapeOf(settings).judged;
  const target = series.values[column]!;
  const edges: Partial<Edges> = own ?? (bands ? edgesOf({ values, steps, origins }, target, bands) : {});
  return { values, edges };
}

function tableOf({ settings, preparation }: Exportable, series: Series) {
  const none = new Int32Array(0);
  return windowTable(series, settings, preparation, { train: none, validation: none, test: none });
}

/** What the graph is given for forecasts after each of `origins`. */
export function feedsFor(record: Exportable, series: Series, origins: Int32Array): Feeds {
  if (ofCurves(record.settings)) return curveFeeds(record, series, origins);
  const { settings, model, preparation } = record;
  const rows = graphRows(record);
  const C = series.values.length;
  const N = origins.length;
  const x = new Float32Array(N * rows * C);
  origins.forEach((origin, n) => {
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < C; c++) x[(n * rows + r) * C + c] = series.values[c]![origin - rows + 1 + r]!;
  });
  const feeds: Feeds = { x: { type: 'float32', data: x, dims: [N, rows, C] } };
  const declared = series.ahead?.values.length ?? 0;
  const features = model.D - preparation.columns.length;
  const { firstStep } = shapeOf(settings).judged;
  if (declared > 0)
    feeds.known = aheadFed(record, origins, declared, (row, i) => series.ahead!.values[i]![row + firstStep]!);
  if (features > 0) {
    const { inputs, D } = tableOf(record, series);
    feeds.calendar = aheadFed(record, origins, features, (row, i) => inputs[row * D + (D - features) + i]!);
  }
  if (settings.task === 'autoregressive')
    feeds.horizon = { type: 'int64', data: BigInt64Array.of(BigInt(settings.horizon)), dims: [] };
  return feeds;
}

/** The rows that are read; the calendar of every step as the table has it (forecast/curves.ts). */
function curveFeeds(record: Exportable, series: Series, origins: Int32Array): Feeds {
  const { settings, model, preparation } = record;
  const inputs = series.ahead!.values;
  const [N, K, C] = [origins.length, settings.horizon, inputs.length];
  const x = Float32Array.from({ length: N * C }, (_, i) => inputs[i % C]![origins[Math.floor(i / C)]! + 1]!);
  const feeds: Feeds = { x: { type: 'float32', data: x, dims: [N, 1, C] } };
  const F = model.D - preparation.columns.length;
  if (F === 0) return feeds;
  const { inputs: rows, D } = tableOf(record, series);
  const start = startsOf(settings);
  const data = Float32Array.from({ length: N * K * F }, (_, i) => {
    const row = start(origins[Math.floor(i / F / K)]!) + (Math.floor(i / F) % K);
    return rows[row * D + D - F + (i % F)]!;
  });
  return { ...feeds, calendar: { type: 'float32', data, dims: [N, K, F] } };
}

/** `valueAt(row, i)`: what is known, beside that row, of the step after it. */
function aheadFed(
  record: Exportable,
  origins: Int32Array,
  F: number,
  valueAt: (row: number, i: number) => number,
): Fed {
  const A = aheadRows(record);
  const data = new Float32Array(origins.length * A * F);
  origins.forEach((origin, n) => {
    const first = origin - record.settings.lookback + 1;
    for (let a = 0; a < A; a++) for (let i = 0; i < F; i++) data[(n * A + a) * F + i] = valueAt(first + a, i);
  });
  return { type: 'float32', data, dims: [origins.length, A, F] };
}

/** Hours between rows that give so many calendar features: of the year; the week; the day. */
const made: Record<number, number> = { 2: 720, 4: 24, 6: 1 };

/** A series as the model may have learned from: its scaled changes are chance, its level that of the run's forecast. */
export function madeUpSeries(
  { preparation, forecast, settings, model }: Exportable & Pick<RunRecord, 'forecast'>,
  rows: number,
): Series {
  const random = new Random(1);
  const past = preparation.columns.filter(({ known }) => !known);
  const known = preparation.columns.filter((column) => column.known);
  const valuesOf = ({ log, floor, lag, offset, factor }: PreparedColumn, i: number, rows: number) => {
    const level = i === 0 ? (forecast[0]?.value ?? 0) : floor * 2e3;
    const base = log ? Math.log(Math.max(level, floor)) : level;
    const g = new Float64Array(rows);
    for (let t = 0; t < rows; t++) {
      const u = offset + factor * (random.uniform() * 2 - 1);
      g[t] = lag === 0 ? u : u + (t < lag ? base : g[t - lag]!);
    }
    return log ? g.map(Math.exp) : g;
  };
  const step = made[model.D - preparation.columns.length] ?? 24;
  const curve = ofCurves(settings) ? { curve: settings.horizon } : {};
  const times = Float64Array.from({ length: rows + settings.horizon }, (_, t) => t * step * 3_600_000);
  return {
    ...curve,
    names: past.map(({ name }) => name),
    values: past.map((column, i) => valuesOf(column, i, rows)),
    ...(known.length > 0 && {
      ahead: {
        names: known.map(({ name }) => name),
        values: known.map((column) => valuesOf(column, 1, rows + settings.horizon)),
      },
    }),
    times: times.subarray(0, rows),
    future: times.subarray(rows),
    dateOnly: step >= 24,
    season: settings.season,
  };
}
