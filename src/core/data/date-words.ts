import { dayMs, hourMs, minuteMs } from './civil';
import type { Moment } from './dates';

/** Month names by their first letters, in the languages exports come in. Longer beginnings win. */
const beginnings: [string, number][] = [
  ...months('jan feb mar apr may jun jul aug sep oct nov dec'),
  ...months('jän feb mär apr mai jun jul aug sep okt nov dez'),
  ...months('janv févr mars avr mai juin juil août sept oct nov déc'),
  ...months('ene feb mar abr may jun jul ago sep oct nov dic'),
  ...months('jan fev mar abr mai jun jul ago set out nov dez'),
  ...months('gen feb mar apr mag giu lug ago set ott nov dic'),
  ...months('jan feb mrz apr mei jun jul aou sep okt nov dez'),
  ...months('jan feb mrt apr maj jun jul aug sep okt nov dec'),
];
function months(list: string): [string, number][] {
  return list.split(' ').map((name, i) => [name, i + 1]);
}
const byLength = beginnings.sort(([a], [b]) => b.length - a.length);

/** 1–12 for the name of a month or its beginning, 0 for another word. */
export function monthOf(word: string): number {
  const lower = word.toLowerCase();
  if (!/^\p{L}{3,10}$/u.test(lower)) return 0;
  return byLength.find(([beginning]) => lower.startsWith(beginning))?.[1] ?? 0;
}

interface NamedDate {
  year: number;
  month: number;
  day: number;
  /** What stands after the date. */
  rest: string;
}

const weekday = /^\p{L}{2,12}\.?,\s*|^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\s+/iu;
const dayFirst =
  /^\[?(\d{1,2})(?:st|nd|rd|th|\.)?[\s\-/]*(?:of\s+|de\s+)?(\p{L}{3,10})\.?(?:\s+de)?[\s\-/,]*'?(\d{4}(?=:)|(?:\d{4}|\d{2})(?!\d|:))(.*)$/isu;
const monthFirst = /^(\p{L}{3,10})\.?[\s\-/]*(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|[\s\-/]+)(\d{4})(.*)$/isu;
const yearFirst = /^(\d{4})[\s\-/]*(\p{L}{3,10})\.?[\s\-/]*(\d{1,2})(?!\d)(.*)$/isu;
/** As C's asctime writes it, the year behind the clock: Jan  1 09:30:00 2023, with a zone between where there is one. */
const yearLast = /^(\p{L}{3,10})\s+(\d{1,2})\s+(\d{1,2}:\d{2}(?::\d{2})?(?:\s+(?:[A-Z]{3,4}|[+-]\d{4}))?)\s+(\d{4})$/iu;
const monthAlone = /^(\p{L}{3,10})\.?[\s\-/,]*(?:de\s+)?'?(\d{4}|\d{2})$/iu;
const yearThenMonth = /^(\d{4})[\s\-/]*(\p{L}{3,10})\.?$/iu;

/** 2 Jan 2024, 10/Oct/2000:13:55:36 -0700 (as web servers log), Jan 2, 2024, Tue 02-Jan-24, 2024-Jan-02, January 2024. The cell is of this kind only if it names a month. */
export function namedMonth(cell: string): NamedDate | null {
  const text = cell.replace(weekday, '');
  const shapes: [RegExp, number, number, number, number][] = [
    [dayFirst, 3, 2, 1, 4],
    [monthFirst, 3, 1, 2, 4],
    [yearFirst, 1, 2, 3, 4],
    [yearLast, 4, 1, 2, 3],
    [monthAlone, 2, 1, 0, 0],
    [yearThenMonth, 1, 2, 0, 0],
  ];
  for (const [shape, year, month, day, rest] of shapes) {
    const found = shape.exec(text);
    const number = found ? monthOf(found[month]!) : 0;
    if (!found || number === 0) continue;
    return { year: +found[year]!, month: number, day: day ? +found[day]! : 1, rest: rest ? found[rest]! : '' };
  }
  return null;
}

const clock =
  /^(?:[T,\s]|에|:)*(?:(오전|오후|am|pm)\s*)?(\d{1,2})(?::(\d{2})|시(?:\s*(\d{1,2})분)?)?(?::(\d{2}(?:[.,]\d{1,9})?)|\s*(\d{1,2})초)?\s*(오전|오후|[ap]\.?m\.?(?![a-z]))?\s*(?:(?:GMT|UTC)(?=[+-]))?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}|[ECMP][SD]T|KST|CES?T|JST|[A-Z]\w+(?:\/\w+)+)?(?:\s*[[(][^\])]*[\])])?$/i;
const zones: Record<string, number> = {
  z: 0,
  utc: 0,
  gmt: 0,
  est: -300,
  edt: -240,
  kst: 540,
  cet: 60,
  cest: 120,
  jst: 540,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
};

/** A weekday in brackets or behind the date, which says nothing new. */
const trailingWeekday =
  /^\s*(?:\(?[월화수목금토일](?:요일)?\)?|\(?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\)?|[日月火水木金土]|\([日月火水木金土]\))(?=\s|$)/i;

/** The clock behind a date into `out`, as time within the day; false when what stands there is none. */
export function readClock(rest: string, out: Moment): boolean {
  out.time = 0;
  out.offset = Number.NaN;
  const text = rest
    .replace(trailingWeekday, '')
    .replace(/\]$/, (end) => (rest.includes('[') ? end : ''))
    .trimEnd();
  if (text === '') return true;
  if (/^\s*(?:Z|[+-]\d{2}:\d{2})$/.test(text)) {
    out.offset = offsetOf(text.trim());
    return true;
  }
  const found = clock.exec(text);
  if (!found || !/[:시]|[ap]\.?m|오/i.test(text)) return false;
  const [, before, hourText = '', colonMinute, wordMinute, colonSecond, wordSecond, after, zone] = found;
  const half = (before ?? after ?? '').toLowerCase().replaceAll('.', '');
  let hour = +hourText;
  if (half !== '' && (hour < 1 || hour > 12)) return false;
  if (half === 'pm' || half === '오후') hour = (hour % 12) + 12;
  else if (half !== '') hour %= 12;
  const minute = +(colonMinute ?? wordMinute ?? 0);
  const second = +(colonSecond ?? wordSecond ?? '0').replace(',', '.');
  if (zone) out.offset = offsetOf(zone);
  out.time = hour * hourMs + minute * minuteMs + Math.round(second * 1000);
  if (hour > 24 || minute > 59 || second >= 61 || out.time > dayMs) out.time = Number.NaN;
  return true;
}

/** Minutes east of UTC. */
function offsetOf(zone: string): number {
  const known = zones[zone.toLowerCase()];
  if (known !== undefined) return known;
  if (zone.includes('/')) return Number.NaN; // a place by name: its wall clock is what stands there
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return sign * (+digits.slice(0, 2) * 60 + +digits.slice(2));
}
