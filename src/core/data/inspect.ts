import { formatTime } from './civil';
import type { Column, ColumnSummary, Frequency, Inspection } from './frame';
import type { Gap } from './gaps';

/** Gaps spelled out one by one; the problem says how many there are. */
const gapsListed = 1000;

export function summarise(column: Column): ColumnSummary {
  const { name, kind, missing } = column;
  const nothing = { name, kind, missing, min: null, max: null, mean: null };
  if (column.kind !== 'number') return nothing;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let row = 0; row < column.values.length; row++) {
    const value = column.values[row]!;
    if (Number.isNaN(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  const known = column.values.length - missing;
  return known === 0 ? nothing : { name, kind, missing, min, max, mean: sum / known };
}

export const gapsAsText = (gaps: Gap[], dateOnly: boolean): Inspection['gaps'] =>
  gaps.slice(0, gapsListed).map(({ after, before, missing }) => ({
    after: formatTime(after, dateOnly),
    before: formatTime(before, dateOnly),
    missing,
  }));

/** Rows in one season of each frequency, of a day where there are sessions; trading days have none that prices follow. */
export function seasonOf({ step, every }: Frequency, session: number[] | null): number {
  if (session) return session.length;
  const steps = { second: 3600, minute: 1440, hour: 24, day: 7, week: 52, month: 12, quarter: 4 } as const;
  const season = step in steps ? steps[step as keyof typeof steps] / every : 1;
  return Number.isInteger(season) && season > 1 ? season : 1;
}

/** Reads two seasons, or 60 rows where there is none, but no more than a sixth of the rows. */
export function suggest(frequency: Frequency, session: number[] | null, rows: number): Inspection['suggested'] {
  const season = seasonOf(frequency, session);
  const wanted = season > 1 ? Math.min(Math.max(2 * season, 24), 168) : 60;
  const lookback = Math.max(2, Math.min(wanted, Math.floor(rows / 6)));
  return { lookback, horizon: 1, season: rows >= 3 * season ? season : 1 };
}

export function rowOf(
  times: Float64Array | null,
  dateOnly: boolean,
  values: Float64Array,
  row: number,
): Inspection['first'] {
  const value = values[row]!;
  return [times ? formatTime(times[row]!, dateOnly) : null, Number.isNaN(value) ? null : value];
}
