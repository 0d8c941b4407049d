import { marked } from '../../core/export/mark';
import type { Readout } from '../charts/scene';
import type { Row, Score } from './comparison';
import { scored } from './comparison';

/** Taking results along: tables as CSV, and files by name. */
export type Cell = string | number | null;

/**
 * RFC 4180: what holds a comma, a quote or a line end is quoted; numbers are written as programs read them. Text that a
 * spreadsheet would run as a formula has a quote mark before it, as in the tables the host writes.
 */
export function csvOf(table: Cell[][]): string {
  const cell = (value: Cell) => {
    const text = value === null ? '' : typeof value === 'string' ? neutral(value) : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return marked(`${table.map((row) => row.map(cell).join(',')).join('\n')}\n`);
}

const neutral = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** A place on the horizontal axis as programs read it. */
export const moments =
  (dated: boolean, dateOnly: boolean) =>
  (x: number): Cell => {
    if (!dated) return x + 1;
    const iso = new Date(x).toISOString();
    return dateOnly ? iso.slice(0, 10) : iso.slice(0, 19);
  };

/** Time, truth, and a column per model with the ends of its 95% band where it has one. */
export function valuesTable(target: string, readouts: Readout[], dated: boolean, dateOnly: boolean): Cell[][] {
  const names = readouts[0]?.models.map(({ name }) => name) ?? [];
  const header = [
    dated ? 'time' : 'row',
    target,
    ...names.flatMap((name) => [name, `${name} lower 95%`, `${name} upper 95%`]),
  ];
  const place = moments(dated, dateOnly);
  return [
    header,
    ...readouts.map(({ x, actual, models }) => [
      place(x),
      actual,
      ...models.flatMap(({ value, interval }) => [value, interval?.lower95 ?? null, interval?.upper95 ?? null]),
    ]),
  ];
}

/** Shares, in the window and here in percent, and what their columns are called. */
const percents: Partial<Record<Score, string>> = { skill: 'skill', coverage95: 'coverage of the 95% band' };

/** A share in percent, without the last digits that only the multiplication brought. */
export const percentOf = (share: number | null): number | null =>
  share === null ? null : Number((100 * share).toPrecision(15));

/** The comparison, one line per model and baseline. */
export function comparisonTable(rows: Row[], nameOf: (row: Row) => string): Cell[][] {
  const columns = scored.flatMap((score) => {
    const [word, unit] = percents[score] ? [percents[score], ' (%)'] : [score, ''];
    return [`${word}${unit}`, `${word} spread${unit}`];
  });
  const scoresOf = (row: Row) =>
    scored.flatMap((score) => {
      const { mean, spread } = row.scores[score];
      return percents[score] ? [percentOf(mean), percentOf(spread)] : [mean, spread];
    });
  return [
    ['model', ...columns, 'parameters', 'seconds'],
    ...rows.map((row) => [
      nameOf(row),
      ...scoresOf(row),
      ...(row.kind !== 'baseline' ? [row.parameters, row.seconds] : [null, null]),
    ]),
  ];
}

/** The browser's own way to put a file among the person's downloads. */
export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Letters of a file's name: systems take 255 bytes, of which a letter of Korean needs three. */
const mostLetters = 80;

/** A file's name without what a file's name may not hold; endings of the files it speaks of are left out. */
export function fileName(words: string[], ending: string): string {
  const letters = words
    .join(' ')
    .replace(/\.[a-z]+$/i, '')
    .replace(/\.(?:csv|tsv|tab|txt|gz)(?=[\s,.]|$)/gi, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-');
  const stem = Array.from(letters)
    .slice(0, mostLetters)
    .join('')
    .replace(/^-+|-+$/g, '');
  return `${stem || 'unroll'}.${ending}`;
}
