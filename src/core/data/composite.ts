import { monthOf } from './date-words';
import type { DateKind } from './dates';

/** Dates whose parts stand in several columns: year, month, day, hour; year and week; or a date and a clock. */
export interface DateSource {
  /** Positions of the columns, and what is put between their cells to make one text. */
  columns: number[];
  before: string[];
  name: string;
  /** The second column is a clock. */
  clock: boolean;
}

const partNames: [RegExp, string][] = [
  [/^(?:year|yr|yyyy|연도|년도|년|jahr|ano|año|an|anno|年)$/i, ''],
  [/^(?:month|mon|mo|mm|월|monat|mes|mês|mois|mese|月)$/i, '-'],
  [/^(?:day|dd|일|tag|dia|día|jour|giorno|日)$/i, '-'],
  [/^(?:hour|hr|hh|시|시간|stunde|hora|heure|ora|時|时)$/i, ' '],
  [/^(?:minute|min|분|minuto|分)$/i, ':'],
];
const clockName =
  /^<?(?:time|clock|hhmm(?:ss)?|시간|시각|체결시간|hora|uhrzeit|zeit|heure|ora|時刻|時間|时间|(?:anfang|beginn|start|from|von)(?:[\s_]*time)?)>?(?:\s*\(.*\))?$/i;
const hourName = /^(?:hour|hr|hh|시|시간대?|stunde|hora|heure|ora|時|时)$/i;
const nameless = /^Column \d+$/;
const spelledClock = /^\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*$/i;
const hourWord = /^\s*(?:[01]?\d|2[0-4])\s*(?:시|時|时|h)\s*$/i;
const digitClock = /^\s*(?:[01]?\d|2[0-4])(?:[0-5]\d(?:[0-5]\d)?)\s*$/;

const weekName =
  /^(?:(?:iso[\s_]*)?week(?:[\s_]*(?:no|nr|number|of[\s_]*year))?\.?|wk|kw|woche|주차?|semaine|semana|settimana|周|週)$/i;

const dayOfYearName = /^(?:doy|yday|day[\s_]*of[\s_]*(?:the[\s_]*)?year|julian[\s_]*day|jday)$/i;

/** A date in several columns and the kind of text its parts make together. */
export interface SplitDate {
  source: DateSource;
  kind: DateKind;
}

/** Year and month, year and week, or year and day of the year, at least: each a column of whole numbers, months by name as well. */
export function splitDate(names: string[], samples: string[][]): SplitDate | null {
  const columns: number[] = [];
  const before: string[] = [];
  for (const [pattern, mark] of partNames) {
    const column = names.findIndex((name) => pattern.test(name.trim()));
    if (column < 0 || !mostly(samples[column]!, mark === '-' ? isMonthOrDay : isWhole)) break;
    columns.push(column);
    before.push(mark);
  }
  if (columns.length >= 2) return { source: joined(names, columns, before), kind: 'iso' };
  const week = names.findIndex((name) => weekName.test(name.trim()));
  if (columns.length === 1 && week >= 0 && isWithin(samples[week]!, 1, 53)) {
    return { source: joined(names, [columns[0]!, week], ['', '-W']), kind: 'week' };
  }
  const day = names.findIndex((name) => dayOfYearName.test(name.trim()));
  if (columns.length === 1 && day >= 0 && isWithin(samples[day]!, 1, 366)) {
    return { source: joined(names, [columns[0]!, day], ['', '-D']), kind: 'ordinal' };
  }
  return namelessMonths(names, samples);
}

function joined(names: string[], columns: number[], before: string[]): DateSource {
  return { columns, before, name: columns.map((column) => names[column]).join('+'), clock: false };
}

/** A column of years without a name, and next to it one of all twelve months, in numbers or words. */
function namelessMonths(names: string[], samples: string[][]): SplitDate | null {
  const year = names.findIndex((name, i) => nameless.test(name) && isWithin(samples[i]!, 1500, 2200));
  if (year < 0 || !nameless.test(names[year + 1] ?? '')) return null;
  const months = samples[year + 1]!.map((cell) => Number(monthNumber(cell))).filter(
    (month) => month >= 1 && month <= 12,
  );
  const all = new Set(months).size === 12 && months.length >= enough * samples[year + 1]!.length;
  return all ? { source: joined(names, [year, year + 1], ['', '-']), kind: 'iso' } : null;
}

const isWhole = (cell: string) => /^\s*\d{1,4}\s*$/.test(cell);
const isMonthOrDay = (cell: string) => isWhole(cell) || monthOf(cell.trim()) > 0;
const isWithin = (cells: string[], low: number, high: number) =>
  mostly(cells, (cell) => isWhole(cell) && Number(cell) >= low && Number(cell) <= high);

/** Share of a column's cells that must be parts of dates; totals and remarks below the table are none. */
const enough = 0.8;
const mostly = (cells: string[], is: (cell: string) => boolean) =>
  cells.length > 0 && cells.filter(is).length >= enough * cells.length;

/** A month's name as its number; any other cell as it is. */
function monthNumber(cell: string): string {
  const part = cell.trim();
  const month = /^\p{L}/u.test(part) ? monthOf(part) : 0;
  return month > 0 ? String(month) : part;
}

/** A column of clocks (9:30, 0930, 93000) or of hours beside the column of dates. */
export function clockBeside(date: number, names: string[], samples: string[][]): DateSource | null {
  const dates = samples[date]!;
  if (dates.some((cell) => cell.includes(':'))) return null;
  const repeating = new Set(dates).size < dates.length;
  const clock = names.findIndex((name, column) => {
    const cells = samples[column]!;
    if (column === date || cells.length === 0) return false;
    const every = (shape: RegExp) => cells.every((cell) => shape.test(cell));
    if (clockName.test(name.trim()) && (every(spelledClock) || every(hourWord) || (repeating && every(digitClock))))
      return true;
    if (hourName.test(name.trim())) return repeating && every(/^\s*(?:[01]?\d|2[0-4])\s*$/);
    return nameless.test(name) && cells.some((cell) => cell.includes(':')) && every(spelledClock);
  });
  if (clock < 0) return null;
  return { columns: [date, clock], before: ['', ' '], name: `${names[date]}+${names[clock]}`, clock: true };
}

/** Marks before a month, a day, an hour or a minute. */
const twoDigits = ['-', ' ', ':'];

/** One text from the parts; a year and month alone are of the month's first day. */
export function joinParts(source: DateSource, cells: string[]): string {
  const { columns, before } = source;
  if (columns.length === 1) return cells[columns[0]!] ?? '';
  if (source.clock) return `${(cells[columns[0]!] ?? '').trim()} ${clockText((cells[columns[1]!] ?? '').trim())}`;
  let text = '';
  for (let i = 0; i < columns.length; i++) {
    const part = monthNumber(cells[columns[i]!] ?? '');
    // two digits, as the quick reading of ISO dates wants them
    text += before[i]! + (part.length === 1 && twoDigits.includes(before[i]!) ? `0${part}` : part);
  }
  if (columns.length === 2) return before[1] === '-' ? `${text}-01` : text;
  return columns.length === 4 ? `${text}:00` : text;
}

/** Any clock with colons: 9.30.00 → 9:30:00, 930 → 9:30, 93000 → 9:30:00, 9 → 9:00, 9시 → 9:00. */
function clockText(cell: string): string {
  if (cell.includes(':')) return cell;
  if (hourWord.test(cell)) return `${Number.parseInt(cell, 10)}:00`;
  if (cell.includes('.')) return cell.replaceAll('.', ':');
  if (cell.length <= 2) return `${cell}:00`;
  const digits = cell.padStart(cell.length <= 4 ? 4 : 6, '0');
  return digits.replace(/(\d\d)(?=\d)/g, '$1:');
}
