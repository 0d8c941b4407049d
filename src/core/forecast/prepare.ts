import type { Series } from '../protocol';
import type { Preparation, PreparedColumn } from '../run';
import type { Rows } from './split';
import { deviation, mean, quantile } from './statistics';

/**
 * Making columns ready for a network and undoing it. Everything is fitted on the training rows alone, and undone exactly:
 * a forecast of u is turned back with values that are known where the forecast is made.
 */
export type Transform = Preparation['transform'];
export type Scale = Preparation['scale'];

export interface PreparationRequest {
  transform: Transform;
  scale: Scale;
  season: number;
  /** Steps from the last known value to the first value a model learns (1, or the horizon of many-to-one). */
  firstStep: number;
  /** Steps read and values learned at once: how far apart the values are that meet in one window. */
  lookback: number;
  steps: number;
}

export const takesLogarithm = (transform: Transform): boolean => transform.includes('log');

/**
 * Rows between the two values of a difference; 0: no difference. The smallest multiple of the base (1, or a season) that
 * is not shorter than `firstStep`: then the value a forecast difference is added to is known at the origin. So with
 * many-to-one at horizon h the target is y(t + h) − y(t), the change over h steps.
 */
export function differenceLag({ transform, season, firstStep }: PreparationRequest): number {
  if (!transform.includes('diff')) return 0;
  const base = transform.includes('seasonal') ? season : 1;
  return base * Math.ceil(firstStep / base);
}

/** Fits the preparation of every column [columns][rows] on the rows of `train` alone. */
export function fitPreparation(
  names: string[],
  columns: Float64Array[],
  train: Rows,
  request: PreparationRequest,
  ahead?: Series['ahead'],
): Preparation {
  const { transform, scale } = request;
  const part = (values: Float64Array) => values.subarray(train.first, train.end);
  // what is known ahead is no outcome: nothing to be transformed, and no window's last value to centre it on
  const plain: PreparationRequest = { ...request, transform: 'none', scale: scale === 'window' ? 'standard' : scale };
  return {
    transform,
    scale,
    columns: [
      ...columns.map((values, i) => fitColumn(names[i]!, part(values), request)),
      ...(ahead?.values ?? []).map((values, i) => ({
        ...fitColumn(ahead!.names[i]!, part(values), plain),
        known: true,
      })),
    ],
  };
}

function fitColumn(name: string, train: Float64Array, request: PreparationRequest): PreparedColumn {
  const smallest = train.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  // A column with values at or below zero has no logarithm; as a mere input it does without.
  const log = takesLogarithm(request.transform) && smallest > 0;
  const column = { name, log, floor: log ? smallest / 1e3 : 0, lag: differenceLag(request), offset: 0, factor: 1 };
  const fitted = fitScale(transformed(train, column).subarray(column.lag), request);
  return { ...column, ...fitted };
}

/** u(t) of a whole column; its first `lag` rows have no difference and are 0. */
export function transformed(
  values: Float64Array,
  { log, floor, lag }: Pick<PreparedColumn, 'log' | 'floor' | 'lag'>,
): Float64Array {
  const g = log ? values.map((y) => Math.log(Math.max(y, floor))) : values;
  return lag === 0 ? g : g.map((value, t) => (t < lag ? 0 : value - g[t - lag]!));
}

/** x(t) of a whole column. */
export function prepared(values: Float64Array, column: PreparedColumn): Float64Array {
  return transformed(values, column).map((u) => (u - column.offset) / column.factor);
}

function fitScale(u: Float64Array, request: PreparationRequest): { offset: number; factor: number } {
  if (u.length === 0) return { offset: 0, factor: 1 };
  switch (request.scale) {
    case 'none':
      return { offset: 0, factor: 1 };
    case 'standard':
      return { offset: mean(u), factor: deviation(u) || 1 };
    case 'minmax': {
      const low = quantile(u, 0);
      return { offset: low, factor: quantile(u, 1) - low || 1 };
    }
    case 'robust':
      return { offset: quantile(u, 0.5), factor: quantile(u, 0.75) - quantile(u, 0.25) || deviation(u) || 1 };
    case 'window':
      return { offset: mean(u), factor: windowSpread(u, request) || deviation(u) || 1 };
  }
}

/**
 * The usual size of a value once its window's last one is subtracted: the root mean square change over as many rows as
 * lie between values of one window, taken at the geometric mean of the distances back (lookback) and ahead (targets),
 * so that both inputs and targets come out of order one.
 */
function windowSpread(u: Float64Array, { lookback, firstStep, steps }: PreparationRequest): number {
  const ahead = firstStep + (steps - 1) / 2;
  const distance = Math.min(u.length - 1, Math.max(1, Math.round(Math.sqrt((lookback / 2) * ahead))));
  if (distance < 1) return 0;
  let sum = 0;
  for (let t = distance; t < u.length; t++) sum += (u[t]! - u[t - distance]!) ** 2;
  return Math.sqrt(sum / (u.length - distance));
}

/**
 * Forecasts of x, the target's prepared values for steps `firstStep … firstStep + scaled.length − 1` after row `origin`,
 * in the target's own units. A difference is added to the value `lag` rows before it: a known one, or beyond `lag` steps
 * the forecast already made.
 *
 * @param values [rows] the target as it is; only rows up to `origin` are read
 * @param scaled [steps]
 */
export function restored(
  scaled: ArrayLike<number>,
  column: PreparedColumn,
  values: Float64Array,
  origin: number,
  firstStep: number,
): Float64Array {
  const { log, floor, lag, offset, factor } = column;
  const g = new Float64Array(scaled.length);
  for (let k = 0; k < g.length; k++) {
    const u = offset + factor * scaled[k]!;
    const back = firstStep + k - lag;
    let base = 0;
    if (lag > 0 && back > 0) base = g[back - firstStep]!;
    else if (lag > 0) base = log ? Math.log(Math.max(values[origin + back]!, floor)) : values[origin + back]!;
    g[k] = base + u;
  }
  return log ? g.map(Math.exp) : g;
}
