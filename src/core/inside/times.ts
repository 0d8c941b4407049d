import { formatTime } from '../data/calendar';
import type { Series } from '../protocol';
import type { Aim, Subject } from './subject';

/** Of a row that was read. */
export const timeAt = ({ times, dateOnly }: Series, row: number): string | null =>
  times?.[row] === undefined ? null : formatTime(times[row], dateOnly);

/** Also of a row past the end, where it is known when that will be. */
export function timeOf(series: Series, row: number): string | null {
  const future = series.future?.[row - series.values[0]!.length];
  return timeAt(series, row) ?? (future === undefined ? null : formatTime(future, series.dateOnly));
}

/** [T] of the window's rows. */
export function timesOf({ series }: Subject, { at, lookback }: Aim): string[] | null {
  if (!series.times) return null;
  if (series.curve) return [timeAt(series, at + 1) ?? formatTime(series.future![0]!, series.dateOnly)];
  return Array.from({ length: lookback }, (_, t) => timeAt(series, at - lookback + 1 + t)!);
}
