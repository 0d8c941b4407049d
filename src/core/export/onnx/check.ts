import { edgesOf } from '../../forecast/intervals';
import { type Able, forecastAfter } from '../../forecast/predict';
import { shapeOf, windowTable } from '../../forecast/tasks';
import type { Control } from '../../learn/engine';
import type { Series } from '../../protocol';
import type { Edges } from '../../run';
import { type Exportable, graphRows } from './model';

/** One array that goes into a graph or comes out of it. */
export interface Fed {
  type: 'float32' | 'int64';
  data: Float32Array | BigInt64Array;
  dims: number[];
}
export type Feeds = Record<string, Fed>;
/** Runs a graph in whatever runtime the host has: [N · steps] per output. */
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
  const { values, edges } = await labForecasts(lab, series, origins, control);
  const found = await run(feedsFor(lab.record, series, origins));
  const usual = values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
  let most = 0;
  for (const [name, expected] of Object.entries({ forecast: values, ...edges })) {
    const given = found[name];
    if (given?.length !== expected.length) return Number.POSITIVE_INFINITY;
    for (let i = 0; i < expected.length; i++) {
      const [a, b] = [given[i]!, expected[i]!];
      if (Number.isNaN(a) && Number.isNaN(b)) continue;
      const difference = Math.abs(a - b) / Math.max(Math.abs(b), usual, Number.MIN_VALUE);
      if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY;
      most = Math.max(most, difference);
    }
  }
  return most;
}

async function labForecasts(
  { record, weights, engine }: LabModel,
  series: Series,
  origins: Int32Array,
  control: Control,
) {
  const { model, settings, preparation, bands } = record;
  const able = { engine, model, weights, lesson: { series, settings, preparation, table: tableOf(record, series) } };
  const { values, edges: own } = await forecastAfter(able, origins, control);
  const { steps } = shapeOf(settings).judged;
  const edges: Partial<Edges> = own ?? (bands ? edgesOf({ values, steps, origins }, series.values[0]!, bands) : {});
  return { values, edges };
}

function tableOf({ settings, preparation }: Exportable, series: Series) {
  const none = new Int32Array(0);
  return windowTable(series, settings, preparation, { train: none, validation: none, test: none });
}

/** What the graph is given for forecasts after each of `origins`. */
export function feedsFor(record: Exportable, series: Series, origins: Int32Array): Feeds {
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
  const features = model.D - preparation.columns.length;
  if (features > 0) feeds.calendar = calendarFed(record, series, origins, features);
  if (settings.task === 'autoregressive')
    feeds.horizon = { type: 'int64', data: BigInt64Array.of(BigInt(settings.horizon)), dims: [] };
  return feeds;
}

/** The last columns of the table, which no preparation touches. */
function calendarFed(record: Exportable, series: Series, origins: Int32Array, F: number): Fed {
  const { inputs, D } = tableOf(record, series);
  const T = record.settings.lookback;
  const data = new Float32Array(origins.length * T * F);
  origins.forEach((origin, n) => {
    for (let t = 0; t < T; t++)
      for (let f = 0; f < F; f++) data[(n * T + t) * F + f] = inputs[(origin - T + 1 + t) * D + (D - F) + f]!;
  });
  return { type: 'float32', data, dims: [origins.length, T, F] };
}
