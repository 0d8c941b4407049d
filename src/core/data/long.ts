import { explain } from '../errors';
import type { Column, NumberColumn, Question } from './frame';
import { countMissing, gather } from './order';

/** Series stacked on each other: a column (or two together) names the series, and each time has a row per series. */
export interface LongFormat {
  /** Name of the naming column, two of them joined. */
  name: string;
  /** [rows] position in `labels`, -1 where missing. */
  codes: Int32Array;
  labels: string[];
}

const seriesName =
  /ticker|entity|symbol|종목|코드|code|series|id$|name|item|store|product|country|region|station|city|sensor|isin|지역|상품|매장|지점|銘柄|代码/i;
/** More series than this are neither offered nor set side by side. */
export const mostSeries = 200;

/** How the series are named, when times alone repeat and a naming column tells the repeats apart; else null. */
export function longFormatOf(times: Float64Array, columns: Column[]): LongFormat | null {
  const rows = times.length;
  if (rows < 4 || new Set(times).size > 0.8 * rows) return null;
  const keys = columns.flatMap((column) => keyOf(column) ?? []);
  keys.sort((a, b) => Number(seriesName.test(b.name)) - Number(seriesName.test(a.name)));
  const spread = new Set(times).size;
  const single = keys.find((key) => tellsApart(times, key, spread));
  if (single) return single;
  for (const [i, key] of keys.entries()) {
    for (const other of keys.slice(i + 1)) {
      const pair = joined(key, other);
      if (tellsApart(times, pair, spread)) return pair;
    }
  }
  return null;
}

/** A column that could name series: texts, or whole numbers under a telling name. */
function keyOf(column: Column): LongFormat | null {
  const rows = column.kind === 'text' ? column.codes.length : column.kind === 'number' ? column.values.length : 0;
  if (rows === 0 || column.missing > rows / 10) return null;
  if (column.kind === 'text') {
    return column.labels.length > 1 && column.labels.length <= rows / 2
      ? { name: column.name, codes: column.codes, labels: column.labels }
      : null;
  }
  if (column.kind !== 'number' || !seriesName.test(column.name)) return null;
  const places = new Map<number, number>();
  const codes = Int32Array.from(column.values, (value) => {
    if (!places.has(value)) places.set(value, places.size);
    return places.get(value)!;
  });
  const whole = [...places.keys()].every(Number.isInteger);
  return whole && places.size > 1 && places.size <= 10_000
    ? { name: column.name, codes, labels: [...places.keys()].map(String) }
    : null;
}

function joined(a: LongFormat, b: LongFormat): LongFormat {
  const places = new Map<number, number>();
  const labels: string[] = [];
  const codes = Int32Array.from(a.codes, (code, row) => {
    const key = code * b.labels.length + b.codes[row]!;
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, labels.length);
    return labels.push(`${a.labels[code] ?? ''} ${b.labels[b.codes[row]!] ?? ''}`) - 1;
  });
  return { name: `${a.name}+${b.name}`, codes, labels };
}

/** Rows there are of those there would be if every series had every time; fewer, and these are not series. */
const leastCover = 0.1;

/** Whether next to no row has the time and the name of an earlier one, and the names come back time after time. */
function tellsApart(times: Float64Array, { codes, labels }: LongFormat, spread: number): boolean {
  if (times.length < leastCover * labels.length * spread) return false;
  const seen = new Set<number>();
  let repeats = 0;
  for (let row = 0; row < times.length; row++) {
    const key = times[row]! * labels.length + codes[row]!;
    if (seen.has(key)) repeats++;
    seen.add(key);
  }
  return repeats <= times.length / 100;
}

/** Positions of one series' rows. */
export function rowsOfSeries({ codes, labels }: LongFormat, label: string): Int32Array {
  const wanted = labels.indexOf(label);
  const rows: number[] = [];
  for (let row = 0; row < codes.length; row++) if (codes[row] === wanted) rows.push(row);
  return Int32Array.from(rows);
}

/** All series side by side: a row per time, a column per series and number, named `AAPL price`. */
export function sideBySide(format: LongFormat, times: Float64Array, columns: Column[], dateName: string) {
  const every = Float64Array.from(new Set(times.filter((time) => !Number.isNaN(time)))).sort();
  const place = new Map(Array.from(every, (time, row) => [time, row]));
  const numbers = columns.filter(
    (one): one is NumberColumn => one.kind === 'number' && !format.name.split('+').includes(one.name),
  );
  const wide: Column[] = [{ kind: 'date', name: dateName, times: every, missing: 0 }];
  for (const label of format.labels.slice(0, mostSeries)) {
    const rows = rowsOfSeries(format, label);
    const at = gather(times, rows);
    for (const number of numbers) {
      const values = new Float64Array(every.length).fill(Number.NaN);
      for (let i = 0; i < rows.length; i++) {
        const row = place.get(at[i]!);
        if (row !== undefined) values[row] = number.values[rows[i]!]!;
      }
      const name = numbers.length > 1 ? `${label} ${number.name}` : label;
      wide.push({ kind: 'number', name, values, missing: countMissing(values) });
    }
  }
  return { times: every, columns: wide };
}

/** Which series? Each with its number of rows, and all of them. */
export function askSeries({ name, codes, labels }: LongFormat): Question {
  const counts = new Array<number>(labels.length).fill(0);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const facts = { column: name, series: labels.length };
  const shown = labels.slice(0, mostSeries).map((label, i) => ({ value: label, label, examples: [String(counts[i])] }));
  return {
    code: 'data.long-format',
    facts,
    message: explain('data.long-format', facts).message,
    choices: [...shown, { value: '*', label: '*', examples: [String(codes.length)] }],
  };
}
