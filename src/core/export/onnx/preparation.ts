import type { PreparedColumn } from '../../run';
import type { GraphWriter } from './graph';
import { slice } from './layers';

/**
 * Raw values in, forecasts in the same units out (forecast/prepare.ts), in double precision: what a difference leaves of
 * large values is little, and single precision would spoil it.
 */
export interface Raw {
  /** [N][rows][columns], raw values. */
  values: string;
  /** [N][rows][columns] logarithms where a column takes them, the values themselves elsewhere. */
  level: string;
}

export function rawValues(g: GraphWriter, x: string, columns: PreparedColumn[]): Raw {
  const values = g.op('Cast', 'raw', [x], { to: 11 });
  if (columns.every(({ log }) => !log)) return { values, level: values };
  const floors = g.doubles(columns.map(({ log, floor }) => (log ? floor : 1)));
  const logs = g.op('Log', 'logarithms', [g.op('Max', 'floored', [values, floors])]);
  if (columns.every(({ log }) => log)) return { values, level: logs };
  return { values, level: g.op('Where', 'levels', [g.flags(...columns.map(({ log }) => log)), logs, values]) };
}

/** [N][T][columns]: x(t) = (u(t) − offset) / factor of the last T rows. */
export function preparedValues(
  g: GraphWriter,
  level: string,
  columns: PreparedColumn[],
  { rows, T }: { rows: number; T: number },
): string {
  const lag = lagOf(columns);
  const own = slice(g, 'window', level, 1, rows - T);
  const u = lag === 0 ? own : g.op('Sub', 'changes', [own, slice(g, 'before', level, 1, rows - T - lag, rows - lag)]);
  return scaledBy(g, u, columns);
}

/** The same of columns known ahead [N][any rows][columns], which nothing is subtracted from. */
export function preparedKnown(g: GraphWriter, known: string, columns: PreparedColumn[]): string {
  if (lagOf(columns) > 0) throw new Error('a column known ahead is not differenced');
  return scaledBy(g, rawValues(g, known, columns).level, columns);
}

function scaledBy(g: GraphWriter, u: string, columns: PreparedColumn[]): string {
  const moved = g.op('Sub', 'moved', [u, g.doubles(columns.map(({ offset }) => offset))]);
  return g.op('Div', 'prepared', [moved, g.doubles(columns.map(({ factor }) => factor))]);
}

/** Every column is differenced over the same number of rows. */
export function lagOf(columns: PreparedColumn[]): number {
  const [lag = 0] = columns.map((column) => column.lag);
  if (columns.some((column) => column.lag !== lag)) throw new Error('columns are differenced over different rows');
  return lag;
}

export interface Ahead {
  rows: number;
  firstStep: number;
  /** Steps forecast: a number, or the name of one that is known when the model is used. */
  steps: number | string;
}

/**
 * Forecasts of x as forecasts of y: [N][Q][K] both. A difference is added to the value `lag` rows before it: a known one,
 * or beyond `lag` steps the forecast already made, so that forecasts are sums over every lag-th step.
 */
export function restoredValues(
  g: GraphWriter,
  scaled: string,
  column: PreparedColumn,
  target: string,
  ahead: Ahead,
): string {
  const stretched = g.op('Mul', 'stretched', [scaled, g.double(column.factor)]);
  const u = g.op('Add', 'forecast_changes', [stretched, g.double(column.offset)]);
  const level = column.lag === 0 ? u : added(g, u, column.lag, target, ahead);
  return column.log ? g.op('Exp', 'forecast_values', [level]) : level;
}

function added(g: GraphWriter, u: string, lag: number, target: string, { rows, firstStep, steps }: Ahead): string {
  const first = rows - 1 + firstStep - lag;
  if (typeof steps === 'number' && steps <= lag - firstStep + 1) {
    const known = slice(g, 'known', target, 1, first, first + steps);
    return g.op('Add', 'forecast_levels', [u, g.op('Unsqueeze', 'known_values', [known, g.ints(1)])]);
  }
  if (firstStep !== 1) throw new Error('a forecast of later steps needs a longer difference');
  const known = slice(g, 'known', target, 1, rows - lag);
  const base = g.op('Unsqueeze', 'known_values', [known, g.ints(1, 2)]);
  const padded = g.op('Pad', 'whole_seasons', [u, beyond(g, steps, lag), g.double(0)]);
  const shape = g.op('Shape', 'forecast_shape', [u]);
  const front = slice(g, 'front_axes', shape, 0, 0, 2);
  const cut = g.op('Reshape', 'by_season', [
    padded,
    g.op('Concat', 'season_shape', [front, g.ints(-1, lag)], { axis: 0 }),
  ]);
  const sums = g.op('CumSum', 'sums', [cut, g.int(2)]);
  const levels = g.op('Add', 'season_levels', [sums, base]);
  const flat = g.op('Reshape', 'flat_levels', [levels, g.op('Concat', 'flat_shape', [front, g.ints(-1)], { axis: 0 })]);
  const end = typeof steps === 'number' ? g.ints(steps) : g.op('Unsqueeze', 'last_step_wanted', [steps, g.ints(0)]);
  return g.op('Slice', 'forecast_levels', [flat, g.ints(0), end, g.ints(2)]);
}

/** Pads of [N][Q][K] that make K a multiple of `lag`. */
function beyond(g: GraphWriter, steps: number | string, lag: number): string {
  if (typeof steps === 'number') return g.ints(0, 0, 0, 0, 0, Math.ceil(steps / lag) * lag - steps);
  const rest = g.op('Mod', 'rest', [g.op('Neg', 'missing', [steps]), g.int(lag)]);
  const one = g.op('Unsqueeze', 'rest_axis', [rest, g.ints(0)]);
  return g.op('Concat', 'pads', [g.ints(0, 0, 0, 0, 0), one], { axis: 0 });
}
