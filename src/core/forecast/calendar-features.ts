import type { Series } from '../protocol';
import { quantile } from './statistics';

const hour = 3_600_000;
const day = 24 * hour;

/**
 * What the calendar says about the row `ahead` rows after each row: hour, day of week and day of year as points on a
 * circle, so that Sunday lies next to Monday. Known for every future row, so they tell a model which step it is asked for.
 * Hours only where the series has them, days of the week only where rows are at most a day or so apart.
 *
 * @param rows also of rows past the end, as far as their times are known; 0 beyond
 * @returns pairs of columns (sine, cosine), each [rows]
 */
export function calendarFeatures(series: Series, ahead: number, rows = series.values[0]!.length): Float64Array[] {
  const { times, future, dateOnly } = series;
  if (!times || !future) return [];
  const at = (row: number) => times[row] ?? future[row - times.length] ?? Number.NaN;
  const targetTimes = Float64Array.from({ length: rows }, (_, row) => at(row + ahead));
  const known = (value: number) => (Number.isNaN(value) ? 0 : value);
  const steps = times.slice(1).map((time, i) => time - times[i]!);
  const angles: ((time: number) => number)[] = [yearShare];
  if (quantile(steps, 0.5) <= 1.5 * day) angles.push((time) => ((Math.floor(time / day) + 4) % 7) / 7);
  if (!dateOnly) angles.push((time) => (time % day) / day);
  return angles.flatMap((share) => [
    targetTimes.map((time) => known(Math.sin(2 * Math.PI * share(time)))),
    targetTimes.map((time) => known(Math.cos(2 * Math.PI * share(time)))),
  ]);
}

/** Share of the year that has passed, 0–1. */
function yearShare(time: number): number {
  const year = new Date(time).getUTCFullYear();
  const start = Date.UTC(year, 0, 1);
  return (time - start) / (Date.UTC(year + 1, 0, 1) - start);
}
