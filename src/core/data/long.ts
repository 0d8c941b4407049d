import type { Column, NumberColumn, TextColumn } from './frame';
import { gather } from './order';

/** Series stacked on each other: one column names the series, and each time has a row per series. */
export interface LongFormat {
  column: TextColumn;
}

const seriesName =
  /ticker|symbol|종목|코드|code|series|id$|name|item|store|product|country|region|station|isin|銘柄|代码/i;
/** More series than this are not offered side by side. */
export const mostSeries = 50;

/** The text column under which every time stands once, when times alone repeat; null for an ordinary table. */
export function longFormatOf(times: Float64Array, columns: Column[]): LongFormat | null {
  const rows = times.length;
  if (rows < 4 || distinctTimes(times) > 0.8 * rows) return null;
  const candidates = columns.filter(
    (column): column is TextColumn => column.kind === 'text' && column.labels.length > 1 && column.missing < rows / 10,
  );
  candidates.sort((a, b) => Number(seriesName.test(b.name)) - Number(seriesName.test(a.name)));
  const column = candidates.find((candidate) => repeats(times, candidate) <= rows / 100);
  return column ? { column } : null;
}

function distinctTimes(times: Float64Array): number {
  return new Set(times).size;
}

/** Rows whose time and label were there before. */
function repeats(times: Float64Array, { codes, labels }: TextColumn): number {
  const seen = new Set<number>();
  let count = 0;
  for (let row = 0; row < times.length; row++) {
    const key = times[row]! * labels.length + codes[row]!;
    if (seen.has(key)) count++;
    seen.add(key);
  }
  return count;
}

/** Positions of one series' rows. */
export function rowsOfSeries({ column }: LongFormat, label: string): Int32Array {
  const code = column.labels.indexOf(label);
  const rows: number[] = [];
  for (let row = 0; row < column.codes.length; row++) if (column.codes[row] === code) rows.push(row);
  return Int32Array.from(rows);
}

/** All series side by side: a row per time, a column per series and number, named `AAPL price`. */
export function sideBySide({ column }: LongFormat, times: Float64Array, columns: Column[]) {
  const every = Float64Array.from(new Set(times.filter((time) => !Number.isNaN(time)))).sort();
  const place = new Map(Array.from(every, (time, row) => [time, row]));
  const numbers = columns.filter((one): one is NumberColumn => one.kind === 'number');
  const wide = column.labels.slice(0, mostSeries).flatMap((label) => {
    const rows = rowsOfSeries({ column }, label);
    const at = gather(times, rows);
    return numbers.map((number): NumberColumn => {
      const values = new Float64Array(every.length).fill(Number.NaN);
      for (let i = 0; i < rows.length; i++) {
        const row = place.get(at[i]!);
        if (row !== undefined) values[row] = number.values[rows[i]!]!;
      }
      const missing = values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
      return { kind: 'number', name: numbers.length > 1 ? `${label} ${number.name}` : label, values, missing };
    });
  });
  return { times: every, columns: wide };
}
