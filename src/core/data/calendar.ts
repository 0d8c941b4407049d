import { civilOf, dayMs, daysInMonth, daysOf, hourMs, minuteMs, secondMs, weekdayOf } from './civil';
import type { Frame, Frequency } from './frame';
import { modulo, monthNumber, monthPlace, weekdaysOf } from './frequency';

export { formatTime } from './civil';

const unitMs = { second: secondMs, minute: minuteMs, hour: hourMs } as const;

/** Days and hours at which a series has rows, learnt from the rows that are there. */
export interface Calendar {
  frequency: Frequency;
  /** 0 Sunday … 6 Saturday. */
  weekdays: number[];
  /** Times of day with rows, ascending milliseconds since midnight; null where rows go around the clock. */
  session: number[] | null;
  /** `month * 100 + day` of dates that had no rows in any of the series' years. */
  holidays: Set<number>;
}

/** @param times ascending, each once */
export function calendarOf(times: Float64Array, frequency: Frequency): Calendar {
  const { step } = frequency;
  const clocked = step === 'hour' || step === 'minute' || step === 'second';
  const daily = step === 'business-day' || clocked;
  const seen = daily ? weekdaysOf(times) : [0, 1, 2, 3, 4, 5, 6];
  // too few rows to show the days without trade
  const weekdays = step === 'business-day' && seen.length === 7 ? [1, 2, 3, 4, 5] : seen;
  const session = clocked ? sessionOf(times, unitMs[step] * frequency.every) : null;
  const holidays = step === 'business-day' || session ? fixedHolidays(times, weekdays) : new Set<number>();
  return { frequency, weekdays, session, holidays };
}

/** Rows, from the last back, that show at what times of day there are any. */
const rowsOfSession = 100_000;

/** Times of day that half of the days with rows have; null when they fill the clock. */
function sessionOf(all: Float64Array, stepMs: number): number[] | null {
  const times = all.subarray(-rowsOfSession);
  const counts = new Map<number, number>();
  let days = 0;
  let today = Number.NaN;
  for (const time of times) {
    const day = Math.floor(time / dayMs);
    if (day !== today) days++;
    today = day;
    const clock = modulo(time, dayMs);
    counts.set(clock, (counts.get(clock) ?? 0) + 1);
  }
  if (days < 3) return null;
  const usual = [...counts].filter(([, count]) => count >= days / 2).map(([clock]) => clock);
  return usual.length === 0 || usual.length * stepMs >= dayMs ? null : usual.sort((a, b) => a - b);
}

/** Occurrences on a trading weekday, all without rows, after which a date is a certain holiday. */
const certain = 3;

function fixedHolidays(times: Float64Array, weekdays: number[]): Set<number> {
  const open = new Set<number>();
  let today = Number.NaN;
  for (let row = 0; row < times.length; row++) {
    const day = Math.floor(times[row]! / dayMs);
    if (day !== today) open.add(day);
    today = day;
  }
  const [first, last] = [Math.floor(times[0]! / dayMs), Math.floor(times.at(-1)! / dayMs)];
  const closed = new Map<number, number>();
  const traded = new Set<number>();
  for (let day = first; day <= last; day++) {
    if (!weekdays.includes(weekdayOf(day * dayMs))) continue;
    const date = monthDay(day * dayMs);
    if (open.has(day)) traded.add(date);
    else closed.set(date, (closed.get(date) ?? 0) + 1);
  }
  const holidays = new Set<number>();
  for (const [date, count] of closed) if (count >= certain && !traded.has(date)) holidays.add(date);
  return holidays;
}

export function monthDay(time: number): number {
  const { month, day } = civilOf(time);
  return month * 100 + day;
}

/** Whether the series has rows on the day of this time. */
export const isOpen = (calendar: Calendar, time: number) =>
  calendar.weekdays.includes(weekdayOf(time)) && !calendar.holidays.has(monthDay(time));

/**
 * The times of the `count` steps after the last row; null when rows are only counted.
 * Trading days and sessions go on as they were; an irregular series goes on by its median step.
 */
export function futureTimes(frame: Frame, count: number): Float64Array | null {
  const { times, frequency } = frame;
  if (!times || frequency.step === 'index' || times.length === 0) return null;
  const next = stepper(times, calendarOf(times, frequency));
  const last = times.at(-1)!;
  const future = new Float64Array(count);
  for (let k = 0, time = last; k < count; k++) {
    time = next(time, last, k + 1);
    future[k] = time;
  }
  return future;
}

/** The time one step after `time`, which itself is k − 1 steps after `from`: steps by months count from there, so as not to drift. */
export type Stepper = (time: number, from: number, k: number) => number;

export function stepper(times: Float64Array, calendar: Calendar): Stepper {
  const { step, every } = calendar.frequency;
  switch (step) {
    case 'year':
    case 'quarter':
    case 'month': {
      const months = every * { year: 12, quarter: 3, month: 1 }[step];
      const place = monthPlace(times);
      const dayAfter = (from: number) => (place === 'end' ? 31 : place === 'loose' ? looseDay(from) : place.day);
      return (_, from, k) => inMonth(monthNumber(from) + months * k, dayAfter(from), modulo(from, dayMs));
    }
    case 'week':
      return (time) => time + every * 7 * dayMs;
    case 'day':
      return (time) => time + every * dayMs;
    case 'business-day':
      return (time) => nextOpenDay(calendar, time);
    case 'hour':
    case 'minute':
    case 'second':
      return (time) => nextInSession(calendar, time, every * unitMs[step]);
    default: {
      const median = medianStep(times);
      return (time) => time + median;
    }
  }
}

const looseDay = (last: number) => (civilOf(last).day > 15 ? 31 : 1);

/** A day of a month counted since the year 0, or its last day where it has fewer. */
function inMonth(number: number, day: number, clock: number): number {
  const [year, month] = [Math.floor(number / 12), (number % 12) + 1];
  return daysOf(year, month, Math.min(day, daysInMonth(year, month))) * dayMs + clock;
}

function nextOpenDay(calendar: Calendar, time: number): number {
  let next = time + dayMs;
  for (let tries = 0; tries < 60 && !isOpen(calendar, next); tries++) next += dayMs;
  return next;
}

function nextInSession(calendar: Calendar, time: number, stepMs: number): number {
  const { session } = calendar;
  if (!session) {
    const next = time + stepMs;
    return calendar.weekdays.includes(weekdayOf(next))
      ? next
      : nextOpenDay(calendar, Math.floor(next / dayMs) * dayMs - dayMs);
  }
  const clock = modulo(time, dayMs);
  const later = session.find((slot) => slot > clock);
  if (later !== undefined) return time - clock + later;
  return nextOpenDay(calendar, time - clock) + session[0]!;
}

function medianStep(times: Float64Array): number {
  if (times.length < 2) return dayMs;
  const differences = Float64Array.from(times.subarray(1), (time, i) => time - times[i]!).sort();
  return differences[differences.length >> 1]!;
}
