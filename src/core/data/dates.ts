import { dayMs, daysInMonth, daysOf, hourMs, minuteMs, wallTime } from './civil';
import { namedMonth, readClock } from './date-words';

/**
 * One cell as a time. A column has one kind, found on the sample (date-kinds.ts); each kind has one reader.
 * A reader gives the wall clock the cell shows, in milliseconds since 1970, NaN when the cell is no such date or no
 * date that exists. Cells of kind `numeric` (1/2/2024, 01-02-24) leave day, month and year open until the whole column
 * has been seen: they are packed, and unpacked once the order is known.
 */
export const dateOrders = ['ymd', 'dmy', 'mdy'] as const;
export type DateOrder = (typeof dateOrders)[number];
export type DateKind =
  | 'iso'
  | 'numeric'
  | 'named'
  | 'compact'
  | 'month'
  | 'quarter'
  | 'week'
  | 'ordinal'
  | 'year'
  | 'excel'
  | 'seconds'
  | 'milliseconds'
  | 'microseconds'
  | 'nanoseconds';

/** A cell's time and its offset from UTC in minutes, NaN without one. Readers fill the one given, so that nothing is made per cell. */
export interface Moment {
  time: number;
  offset: number;
}

/** Two digits of a year: 70–99 are of the last century, 00–69 of this one (POSIX: strptime, %y, one year apart). */
export const fullYear = (year: number) => (year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year);

/** Two digits of ASCII from `at` on; far out of every range when they are none. */
function pair(bytes: Uint8Array, at: number): number {
  const [tens, ones] = [bytes[at]! - 48, bytes[at + 1]! - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 10_000;
}

const [hyphen, colon, blank, letterT] = [45, 58, 32, 84];

/** The longest cell read the quick way. */
const longestQuick = 'YYYY-MM-DD HH:MM:SS'.length;
const codes = new Uint8Array(longestQuick);

/** A cell's character codes, as `quickIso` and `quickNumeric` read them; false when it is too long for these. */
function coded(cell: string): boolean {
  if (cell.length > longestQuick) return false;
  for (let i = 0; i < cell.length; i++) codes[i] = Math.min(cell.charCodeAt(i), 127);
  return true;
}

/** The last day read by `quickIso`: neighbouring cells are often of the same one. */
let quickDate = -1;
let quickDay = 0;

/** `YYYY-MM-DD`, alone or with ` HH:MM` or ` HH:MM:SS`, as ASCII: what most large files are made of. NaN: look closer. */
export function quickIso(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length !== 10 && length !== 16 && length !== 19) return Number.NaN;
  if (bytes[from + 4] !== hyphen || bytes[from + 7] !== hyphen) return Number.NaN;
  const year = pair(bytes, from) * 100 + pair(bytes, from + 2);
  const [month, day] = [pair(bytes, from + 5), pair(bytes, from + 8)];
  const date = year * 10_000 + month * 100 + day;
  if (date !== quickDate) {
    if (!(year < 10_000 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return Number.NaN;
    quickDate = date;
    quickDay = daysOf(year, month, day) * dayMs;
  }
  if (length === 10) return quickDay;
  const between = bytes[from + 10];
  if (between !== blank && between !== letterT) return Number.NaN;
  return quickDay + quickClock(bytes, from + 11, to);
}

/** `HH:MM` or `HH:MM:SS` in milliseconds. */
function quickClock(bytes: Uint8Array, from: number, to: number): number {
  const long = to - from === 8;
  if (bytes[from + 2] !== colon || (long && bytes[from + 5] !== colon)) return Number.NaN;
  const [hour, minute, second] = [pair(bytes, from), pair(bytes, from + 3), long ? pair(bytes, from + 6) : 0];
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  return hour * hourMs + minute * minuteMs + second * 1000;
}

/** 2024-01-02, 2024/1/2, 2024. 1. 30., 2024년 1월 2일 (화), 2024年1月2日 — then a clock, if any. */
const isoShape = /^(\d{4})\s*([-/.년年])\s*(\d{1,2})\s*(?:[-/.]|월|月)\s*(\d{1,2})\s*[.일日]?(?![\d/-])(.*)$/s;
/** 2/1/2024, 02.01.24, 2-1-2024 — then a clock, if any. */
const numericShape = /^(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\.?(?![\d/-])(.*)$/s;
const compactShape = /^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(?::?(\d{2}):?(\d{2})?)?Z?)?$/;
const weekdayWord = /^(?:[A-Za-zÀ-ÿ]{2,10}\.?,?|[월화수목금토일]요일,?|\([월화수목금토일](?:요일)?\))\s+/;

function iso(cell: string, out: Moment): boolean {
  const quick = coded(cell) ? quickIso(codes, 0, cell.length) : Number.NaN;
  if (!Number.isNaN(quick)) {
    out.time = quick;
    out.offset = Number.NaN;
    return true;
  }
  const found = isoShape.exec(cell.trim().replace(weekdayWord, ''));
  if (!found) return false;
  const [, year = '', , month = '', day = '', rest = ''] = found;
  return withClock(wallTime(+year, +month, +day), rest, out);
}

function withClock(date: number, rest: string, out: Moment): boolean {
  if (!readClock(rest, out)) return false;
  out.time += date;
  return true;
}

/** Room for a whole day and its 24:00. */
const packedDay = 2 * dayMs;

/** `DD.MM.YYYY` with any mark, alone or with ` HH:MM` or ` HH:MM:SS`, packed, as ASCII. NaN: look closer. */
export function quickNumeric(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  const mark = bytes[from + 2];
  if ((length !== 10 && length !== 16 && length !== 19) || mark !== bytes[from + 5]) return Number.NaN;
  if (mark !== 47 && mark !== 46 && mark !== hyphen) return Number.NaN;
  const [a, b] = [pair(bytes, from), pair(bytes, from + 3)];
  const [century, year] = [pair(bytes, from + 6), pair(bytes, from + 8)];
  if (a > 99 || b > 99 || century > 99 || year > 99) return Number.NaN;
  const date = ((century * 100 + year) * 10_000 + a * 100 + b) * packedDay;
  if (length === 10) return date;
  return bytes[from + 10] === blank ? date + quickClock(bytes, from + 11, to) : Number.NaN;
}

function numeric(cell: string, out: Moment): boolean {
  const quick = coded(cell) ? quickNumeric(codes, 0, cell.length) : Number.NaN;
  if (!Number.isNaN(quick)) return done(out, quick);
  const found = numericShape.exec(cell.trim().replace(weekdayWord, ''));
  if (!found) return false;
  const [, a = '', , b = '', c = '', rest = ''] = found;
  return withClock(((+c * 100 + +a) * 100 + +b) * packedDay, rest, out);
}

/** The three numbers of a packed cell in the order they are written, and its clock. */
export function unpack(packed: number): { a: number; b: number; c: number; clock: number } {
  const fields = Math.floor(packed / packedDay);
  const [c, a, b] = [Math.floor(fields / 10_000), Math.floor(fields / 100) % 100, fields % 100];
  return { a, b, c, clock: packed - fields * packedDay };
}

/** A packed cell in the order now known; NaN when there is no such day. */
export function inOrder(packed: number, order: DateOrder): number {
  const { a, b, c, clock } = unpack(packed);
  if (order === 'ymd') return wallTime(fullYear(a), b, c) + clock;
  return (order === 'dmy' ? wallTime(fullYear(c), b, a) : wallTime(fullYear(c), a, b)) + clock;
}

function compact(cell: string, out: Moment): boolean {
  const found = compactShape.exec(cell.trim().replace(/\.0$/, ''));
  if (!found) return false;
  const [year, month, day, hour, minute, second] = found.slice(1).map((part) => +(part ?? 0));
  return done(out, wallTime(year!, month!, day!, hour, minute, second));
}

function done(out: Moment, time: number): boolean {
  out.time = time;
  out.offset = Number.NaN;
  return true;
}

function named(cell: string, out: Moment): boolean {
  const found = namedMonth(cell.trim());
  if (!found) return false;
  return withClock(wallTime(fullYear(found.year), found.month, found.day), found.rest, out);
}

/** 2024-01, 2024/1, 2024.01, 2024년 1월, 2024M01, 202401, 01/2024. */
const monthShape = /^(\d{4})\s*[-/.년年 M]\s*(\d{1,2})\s*[월月.]?$/i;
const monthFirstShape = /^(\d{1,2})\s*[-/.]\s*(\d{4})$/;
function month(cell: string, out: Moment): boolean {
  const text = cell.trim();
  const found = monthShape.exec(text) ?? /^((?:1[5-9]|2[01])\d\d)(0[1-9]|1[0-2])$/.exec(text);
  if (found) return done(out, wallTime(+found[1]!, +found[2]!, 1));
  const turned = monthFirstShape.exec(text);
  return turned !== null && done(out, wallTime(+turned[2]!, +turned[1]!, 1));
}

/** 2024Q1, 2024-Q1, 2024:Q1, FY2024 Q1, 2024 1Q, Q1 2024, 1Q24, 2024년 1분기. */
const quarterShape = /^(?:FY\s*)?(\d{4})\s*년?[-/ .:]?\s*(?:Q([1-4])|([1-4])\s*(?:Q|분기|사분기|\/4분기))$/i;
const quarterFirstShape = /^(?:Q([1-4])|([1-4])Q)[-/ .:']?\s*(?:FY\s*'?)?(\d{4}|\d{2})$/i;
function quarter(cell: string, out: Moment): boolean {
  const text = cell.trim();
  const found = quarterShape.exec(text);
  if (found) return done(out, wallTime(+found[1]!, +(found[2] ?? found[3])! * 3 - 2, 1));
  const turned = quarterFirstShape.exec(text);
  return turned !== null && done(out, wallTime(fullYear(+turned[3]!), +(turned[1] ?? turned[2])! * 3 - 2, 1));
}

/** ISO 8601 weeks (2024-W05, 2024W05-3, 2024년 5주): week 1 has the year's first Thursday; the time is the Monday's. */
const weekShape = /^(\d{4})\s*(?:년\s*|-?\s*W)(\d{1,2})(?:주차?)?(?:-?([1-7]))?$/i;
function week(cell: string, out: Moment): boolean {
  const found = weekShape.exec(cell.trim());
  if (!found) return false;
  const [year, number, weekday] = [+found[1]!, +found[2]!, +(found[3] ?? 1)];
  const fourth = daysOf(year, 1, 4);
  const monday = fourth - ((((fourth + 3) % 7) + 7) % 7);
  const weeks = daysOf(year + 1, 1, 4) - fourth > 0 ? weeksIn(year) : 52;
  return done(out, number >= 1 && number <= weeks ? (monday + (number - 1) * 7 + weekday - 1) * dayMs : Number.NaN);
}

function weeksIn(year: number): number {
  const mondayOfWeekOne = (of: number) => daysOf(of, 1, 4) - ((((daysOf(of, 1, 4) + 3) % 7) + 7) % 7);
  return (mondayOfWeekOne(year + 1) - mondayOfWeekOne(year)) / 7;
}

/** A year and the day of it, as archives of weather count; `splitDate` joins the two with `-D`. */
function ordinal(cell: string, out: Moment): boolean {
  const found = /^(\d{4})-D(\d{1,3})$/.exec(cell.trim());
  if (!found) return false;
  const [year, day] = [+found[1]!, +found[2]!];
  const days = daysOf(year + 1, 1, 1) - daysOf(year, 1, 1);
  return done(out, day >= 1 && day <= days ? (daysOf(year, 1, 1) + day - 1) * dayMs : Number.NaN);
}

function year(cell: string, out: Moment): boolean {
  const found = /^(\d{4})\s*년?(?:\.0)?$/.exec(cell.trim());
  return found !== null && done(out, wallTime(+found[1]!, 1, 1));
}

/** Days since 1899-12-30, which makes serials right from March 1900 on, past the leap day that never was. */
const excelEpoch = daysOf(1899, 12, 30);
function excel(cell: string, out: Moment): boolean {
  const serial = /^\d{4,6}(?:[.,]\d+)?$/.test(cell.trim()) ? Number(cell.trim().replace(',', '.')) : Number.NaN;
  return serial > 0 && done(out, excelEpoch * dayMs + Math.round(serial * 86_400) * 1000);
}

function seconds(cell: string, out: Moment): boolean {
  return /^-?\d{1,11}(?:\.\d+)?$/.test(cell.trim()) && done(out, Math.round(Number(cell) * 1000));
}

function milliseconds(cell: string, out: Moment): boolean {
  return /^-?\d{1,14}(?:\.\d+)?$/.test(cell.trim()) && done(out, Math.round(Number(cell)));
}

/** Finer counts than milliseconds keep only these: more than a double and a calendar need. */
const finer = (perMs: number, digits: RegExp) => (cell: string, out: Moment) =>
  digits.test(cell.trim()) && done(out, Math.round(Number(cell) / perMs));

const readers: Record<DateKind, (cell: string, out: Moment) => boolean> = {
  iso,
  numeric,
  named,
  compact,
  month,
  quarter,
  week,
  ordinal,
  year,
  excel,
  seconds,
  milliseconds,
  microseconds: finer(1e3, /^-?\d{1,17}$/),
  nanoseconds: finer(1e6, /^-?\d{1,20}$/),
};

/** Longer cells are no dates. */
const longest = 80;

/** `01.01.2023 00:00 - 01.01.2023 01:00`, `2023-01-01T00Z/2023-01-01T01Z`, `2023-01-01 ~ 2023-01-07`: where each begins and ends. */
const interval = /^(.{8,32}?)(?:\s+(?:[-–—~]|to)\s+|\s*~\s*|(?<=[\dZ])\/(?=\d{4}-))(.{4,32})$/;

const fullWidth = /[\uff10-\uff19]/;

/** Whether a cell is of its kind; `time` is NaN when it is, but there is no such day. An interval is of the time it begins. */
export function readDate(kind: DateKind, cell: string, out: Moment): boolean {
  if (cell.length > longest) return false;
  const read = readers[kind];
  if (read(cell, out)) return true;
  if (fullWidth.test(cell)) return readDate(kind, cell.normalize('NFKC'), out);
  if (cell.length < 17 || kind === 'excel') return false;
  const [, begin, end] = interval.exec(cell.trim()) ?? [];
  return begin !== undefined && (read(end!, out) || /^\d{1,2}:\d\d/.test(end!)) && read(begin, out);
}
