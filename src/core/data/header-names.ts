import { isDateName } from './date-kinds';
import { monthOf } from './date-words';
import { isDateCell } from './delimiter';

/** A header may stand behind a number sign. */
export const uncommented = (cells: string[]) =>
  cells.map((cell, i) => (i === 0 ? cell.replace(/^\s*#+\s*(?=\S)/, '') : cell));

/** Characters of a header cell that are taken for a name. */
const longestName = 200;

/**
 * One name per column. Of several header rows, those that name one column alone name the index (yfinance writes
 * "Date" so), those that say the same over all columns are left out unless a column would have no name without them,
 * and the rest are joined.
 */
export function namesOf(rows: string[][], width: number): string[] {
  const clean = rows.map((cells) =>
    Array.from({ length: width }, (_, i) => (cells[i] ?? '').slice(0, longestName).replace(/\s+/g, ' ').trim()),
  );
  if (clean.length <= 1) return clean[0] ?? Array.from({ length: width }, () => '');
  const index = clean.find((cells) => cells[0] !== '' && cells.slice(1).every((cell) => cell === ''));
  const levels = clean.filter((cells) => cells !== index);
  const telling = levels.filter((cells) => new Set(cells.slice(1)).size > 1);
  const named = (column: number) => telling.some((cells) => cells[column] !== '');
  const complete = Array.from({ length: width - 1 }, (_, i) => named(i + 1)).every(Boolean);
  const used = telling.length === 0 ? levels.slice(0, 1) : complete ? telling : levels;
  return Array.from({ length: width }, (_, column) => {
    if (column === 0 && index) return index[0]!;
    if (column === 0) return firstName(used.map((cells) => cells[0]!));
    return [...new Set(used.map((cells) => cells[column]!).filter((part) => part !== ''))].join(' ');
  });
}

/** Of several headings of the first column: the one that names dates, else the one nearest to the data. */
function firstName(headings: string[]): string {
  return headings.find(isDateName) || headings.at(-1) || headings[0] || '';
}

const yearAlone = /^\s*(?:1[5-9]|2[01])\d\d\s*$/;
const hourAlone = /^\s*(?:h|hour\s*)?([01]?\d|2[0-4])(?:\s*시|h|:00)?\s*$/i;

/** The first and the last of the times that head the columns, one each: years, dates, all months or all hours. */
export function timesAcross(names: string[]): { from: string; to: string } | null {
  const ends = (found: string[]) => ({ from: found[0]!.trim(), to: found.at(-1)!.trim() });
  const years = names.filter((name) => yearAlone.test(name));
  const step = Number(years[1]) - Number(years[0]);
  const even = step !== 0 && years.every((year, i) => i === 0 || Number(year) - Number(years[i - 1]) === step);
  if (years.length >= 3 && even) return ends(years);
  const dates = names.filter(isDateCell);
  if (dates.length >= 3 && dates.length === new Set(dates).size) return ends(dates);
  const months = names.filter((name) => monthOf(name.trim()) > 0);
  if (new Set(months.map((name) => monthOf(name.trim()))).size === 12) return ends(months);
  const hours = names.filter((name) => hourAlone.test(name));
  return hours.length === 24 ? ends(hours) : null;
}

/** Every name once: nameless columns are numbered by their place, repeated names by their turn. */
export function unique(given: string[]): { names: string[]; duplicates: string[] } {
  const taken = new Set(given);
  const seen = new Set<string>();
  const duplicates = new Set<string>();
  const turns = new Map<string, number>();
  const names = given.map((name, column) => {
    const base = name || `Column ${column + 1}`;
    if (name !== '' && !seen.has(name)) {
      seen.add(name);
      return name;
    }
    if (name !== '') duplicates.add(name);
    let turn = turns.get(base) ?? (name === '' ? 1 : 2);
    let next = turn === 1 ? base : `${base} (${turn})`;
    while (taken.has(next)) next = `${base} (${++turn})`;
    turns.set(base, turn + 1);
    taken.add(next);
    return next;
  });
  return { names, duplicates: [...duplicates] };
}

/** R writes row names without a heading: the names then stand one column too far left. */
export function shifted(names: string[], rows: string[][]): string[] {
  if (names.length < 2 || names.at(-1) !== '' || names.slice(0, -1).includes('')) return names;
  const counts = rows.every((cells, i) => i === 0 || Number(cells[0]) - Number(rows[i - 1]![0]) === 1);
  const full = rows.every((cells) => (cells.at(-1) ?? '').trim() !== '' && cells.length === names.length);
  return rows.length > 1 && counts && full ? ['', ...names.slice(0, -1)] : names;
}

/** Cells without the empty ones at the end. */
export function withoutTail(cells: string[]): string[] {
  let end = cells.length;
  while (end > 0 && cells[end - 1]!.trim() === '') end--;
  return cells.slice(0, end);
}
