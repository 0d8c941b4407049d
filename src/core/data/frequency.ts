import { civilOf, dayMs, daysInMonth, hourMs, minuteMs, secondMs, weekdayOf } from './civil';
import type { Frequency } from './frame';

/** Share of the steps between rows that must be alike before they are called a frequency. */
const regular = 0.5;
/** A weekday is without trade when it has fewer rows than this share of the busiest. */
const rare = 0.05;

/**
 * How far apart rows are, from the steps that are there.
 * @param times ascending, each once, milliseconds
 */
export function frequencyOf(times: Float64Array): Frequency {
  if (times.length < 2) return { step: 'irregular', every: 1 };
  return sameClock(times) ? daysApart(times) : clockApart(times);
}

/** Whether every row is at the same time of day. */
export function sameClock(times: Float64Array): boolean {
  const clock = modulo(times[0]!, dayMs);
  return times.every((time) => modulo(time, dayMs) === clock);
}

export const modulo = (value: number, by: number) => ((value % by) + by) % by;

function daysApart(times: Float64Array): Frequency {
  const months = monthsApart(times);
  if (months) return months;
  const { step, share } = commonStep(times);
  const days = Math.round(step / dayMs);
  if (share < regular) return { step: 'irregular', every: 1 };
  if (days % 7 === 0) return { step: 'week', every: days / 7 };
  if (days === 1) return { step: weekdaysOf(times).length < 7 ? 'business-day' : 'day', every: 1 };
  return { step: 'day', every: days };
}

function clockApart(times: Float64Array): Frequency {
  const { step, share } = commonStep(times);
  if (share < regular || step < secondMs) return { step: 'irregular', every: 1 };
  if (step % dayMs === 0) return { step: 'day', every: step / dayMs };
  if (step % hourMs === 0) return { step: 'hour', every: step / hourMs };
  if (step % minuteMs === 0) return { step: 'minute', every: step / minuteMs };
  return { step: 'second', every: step / secondMs };
}

/** The commonest step; of equally common ones the smallest. */
export function commonStep(times: Float64Array): { step: number; share: number } {
  const counts = new Map<number, number>();
  let run = 0;
  for (let row = 1; row < times.length; row++) {
    const step = times[row]! - times[row - 1]!;
    run++;
    if (row + 1 < times.length && times[row + 1]! - times[row]! === step) continue;
    counts.set(step, (counts.get(step) ?? 0) + run);
    run = 0;
  }
  let best = 0;
  let most = 0;
  for (const [step, count] of counts) {
    if (count > most || (count === most && step < best)) [best, most] = [step, count];
  }
  return { step: best, share: most / (times.length - 1) };
}

/** Months since the year 0. */
export function monthNumber(time: number): number {
  const { year, month } = civilOf(time);
  return year * 12 + month - 1;
}

/** Where in its month a row stands: the same day, the last day, or (months of trading days) anywhere in its last or first days. */
export type MonthPlace = { day: number } | 'end' | 'loose';

export function monthPlace(times: Float64Array): MonthPlace {
  const dates = Array.from(times, civilOf);
  const { day } = dates[0]!;
  if (dates.every((date) => date.day === daysInMonth(date.year, date.month))) return 'end';
  if (
    dates.every((date) => date.day === Math.min(Math.max(day, dates.at(-1)!.day), daysInMonth(date.year, date.month)))
  ) {
    return { day: Math.max(day, dates.at(-1)!.day) };
  }
  return 'loose';
}

/** Months, quarters and years: steps of at least four weeks that keep their place in the month, or close to it. */
function monthsApart(times: Float64Array): Frequency | null {
  if (times.length > 50_000) return null;
  for (let row = 1; row < times.length; row++) if (times[row]! - times[row - 1]! < 26 * dayMs) return null;
  const place = monthPlace(times);
  const { share } = commonStep(times);
  if (place === 'loose' && (share > 0.8 || !closeToMonthEnds(times))) return null;
  const numbers = Float64Array.from(times, monthNumber);
  const { step: months, share: alike } = commonStep(numbers);
  if (alike < regular || months < 1) return null;
  if (months % 12 === 0) return { step: 'year', every: months / 12 };
  return months % 3 === 0 ? { step: 'quarter', every: months / 3 } : { step: 'month', every: months };
}

/** Months of trading days: the first or the last one of each month. */
function closeToMonthEnds(times: Float64Array): boolean {
  const dates = Array.from(times, civilOf);
  return (
    dates.every(({ day }) => day <= 5) || dates.every(({ year, month, day }) => day > daysInMonth(year, month) - 5)
  );
}

/** Weeks' ends that must pass without rows before a weekday is taken for one without trade. */
const weekends = { usual: 1, other: 3 };

/** Weekdays with rows (0 Sunday), all seven unless some are missing week after week. */
export function weekdaysOf(times: Float64Array): number[] {
  const all = [0, 1, 2, 3, 4, 5, 6];
  const counts = new Array<number>(7).fill(0);
  let previous = Number.NaN;
  for (let row = 0; row < times.length; row++) {
    const day = Math.floor(times[row]! / dayMs);
    if (day !== previous) counts[weekdayOf(times[row]!)]!++;
    previous = day;
  }
  const most = Math.max(...counts);
  const absent = all.filter((weekday) => counts[weekday]! <= rare * most);
  const needed = absent.join() === '0,6' ? weekends.usual : weekends.other;
  return pausesOn(times, absent, needed) ? all.filter((weekday) => !absent.includes(weekday)) : all;
}

/** Whether rows stop before one of these weekdays and go on after, at least so many times. */
function pausesOn(times: Float64Array, absent: number[], needed: number): boolean {
  let pauses = 0;
  for (let row = 1; row < times.length && pauses < needed; row++) {
    if (times[row]! - times[row - 1]! > 1.5 * dayMs && absent.includes(weekdayOf(times[row - 1]! + dayMs))) pauses++;
  }
  return pauses >= needed;
}
