import { weekdayOf } from '../data/civil';
import type { Series } from '../protocol';
import type { Settings } from '../settings';
import { ofCurves, readsOneRow } from '../task-kinds';
import type { Forecaster } from './baselines';
import { calendarFeatures } from './calendar-features';
import { meanCurve, naiveCurve } from './curves';
import { ridge } from './ridge';
import type { Parts } from './split';
import { type Origins, shapeOf } from './tasks';

/**
 * Forecasts anyone can make from one row, fitted on the training part alone. Of curves (every row an example):
 *
 *   naive           the curve of the row before; without dates the mean curve
 *   mean-curve      each step's mean
 *   weekday-curve   the same over the training curves of the same weekday; where rows are days
 *   linear          each step by linear regression on the inputs (ridge.ts)
 *
 * In a series only the last of them; the others are baselines.ts's.
 */
export type RowBaselineName = 'naive' | 'mean-curve' | 'weekday-curve' | 'linear';

export function rowBaselines(
  series: Series,
  settings: Settings,
  parts: Parts,
  origins: Origins,
): { name: RowBaselineName; forecast: Forecaster }[] {
  if (!readsOneRow(settings.task)) return [];
  const linear = { name: 'linear' as const, forecast: linearOf(series, settings, origins.train) };
  const naive = naiveCurve(series, settings);
  if (!naive) return [linear];
  const K = settings.horizon;
  const target = series.values[0]!;
  const mean = { name: 'mean-curve' as const, forecast: meanCurve(target, K, parts.train) };
  const { times } = series;
  if (!times) return [{ name: 'naive', forecast: naive }, linear];
  const weekday = (origin: number) => weekdayOf(times[origin + 1] ?? 0);
  const byWeekday = { name: 'weekday-curve' as const, forecast: meanCurve(target, K, parts.train, weekday) };
  return [{ name: 'naive', forecast: naive }, mean, ...(daily(times, K) ? [byWeekday] : []), linear];
}

/** Whether a row is usually a day, so that weekdays take turns. */
function daily(times: Float64Array, K: number): boolean {
  let days = 0;
  for (let i = K; i < times.length; i += K) if (times[i]! - times[i - K]! === 86_400_000) days++;
  return days > times.length / K / 2;
}

/** Multiply-adds the normal equations may cost; beyond, they are made of evenly spaced rows. */
const budget = 5e8;

/** What stands in the one row that is read, and the values from it on. */
function linearOf(series: Series, settings: Settings, train: Int32Array): Forecaster {
  const target = series.values[0]!;
  const { firstStep, steps } = shapeOf(settings).judged;
  const columns = columnsRead(series, settings);
  const read = (origin: number) => Float64Array.from(columns, (column) => column(origin));
  const cost = train.length * columns.length * (columns.length + steps);
  const stride = Math.max(1, Math.ceil(cost / budget));
  const rows = train.filter((_, i) => i % stride === 0);
  const fitted = ridge(
    Array.from(rows, read),
    Array.from(rows, (origin) => target.slice(origin + firstStep, origin + firstStep + steps)),
  );
  let last: { origin: number; values: Float64Array } = { origin: Number.NaN, values: new Float64Array(0) };
  return (origin, step) => {
    if (last.origin !== origin) last = { origin, values: fitted(read(origin)) };
    return last.values[step - firstStep]!;
  };
}

/** The numbers of an origin's row; of a curve its inputs, of a series the row itself and what is known of the first step. */
function columnsRead(series: Series, settings: Settings): ((origin: number) => number)[] {
  const { firstStep } = shapeOf(settings);
  const at = (values: Float64Array, ahead: number) => (origin: number) => values[origin + ahead] ?? 0;
  const known = (series.ahead?.values ?? []).map((values) => at(values, firstStep));
  const rows = series.values[0]!.length + settings.horizon;
  const calendar = settings.calendar ? calendarFeatures(series, 0, rows).map((values) => at(values, firstStep)) : [];
  const own = ofCurves(settings) ? [] : series.values.map((values) => at(values, 0));
  return [...own, ...known, ...calendar];
}
