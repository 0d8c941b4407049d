import { type Calendar, isOpen } from './calendar';
import { dayMs, hourMs, minuteMs, secondMs, weekdayOf } from './civil';
import { modulo, monthNumber } from './frequency';

/** Times between two rows at which the calendar expects rows and there are none. */
export interface Gap {
  after: number;
  before: number;
  missing: number;
}

/** Trading days that may be without rows in a row before it is more than holidays, and what recurs in other years. */
const holidayRun = 4;
const lunarDrift = 25;

/** @param times ascending, each once */
export function gapsOf(times: Float64Array, calendar: Calendar): Gap[] {
  const { step, every } = calendar.frequency;
  switch (step) {
    case 'year':
    case 'quarter':
    case 'month': {
      const months = every * { year: 12, quarter: 3, month: 1 }[step];
      return between(times, (a, b) => Math.round((monthNumber(b) - monthNumber(a)) / months) - 1);
    }
    case 'week':
      return between(times, (a, b) => Math.round((b - a) / (every * 7 * dayMs)) - 1);
    case 'day':
      return between(times, (a, b) => Math.round((b - a) / (every * dayMs)) - 1);
    case 'business-day':
      return unexplained(between(times, (a, b) => openDays(calendar, a, b)));
    case 'hour':
    case 'minute':
    case 'second':
      return clockGaps(times, calendar, every * { hour: hourMs, minute: minuteMs, second: secondMs }[step]);
    default:
      return [];
  }
}

function between(times: Float64Array, missing: (after: number, before: number) => number): Gap[] {
  const gaps: Gap[] = [];
  for (let row = 1; row < times.length; row++) {
    const [after, before] = [times[row - 1]!, times[row]!];
    const count = missing(after, before);
    if (count > 0) gaps.push({ after, before, missing: count });
  }
  return gaps;
}

function openDays(calendar: Calendar, after: number, before: number): number {
  if (before - after < 1.5 * dayMs) return 0;
  let count = 0;
  for (let day = after + dayMs; day < before - dayMs / 2; day += dayMs) if (isOpen(calendar, day)) count++;
  return count;
}

/** Leaves out what holidays explain: short closures, and long ones that come back at the same season of another year. */
function unexplained(gaps: Gap[]): Gap[] {
  const year = 365.2425 * dayMs;
  return gaps.filter((gap) => {
    if (gap.missing <= holidayRun) return false;
    const recurs = gaps.some((other) => {
      const apart = Math.abs(other.after - gap.after);
      const years = Math.round(apart / year);
      return years >= 1 && other.missing >= 3 && Math.abs(apart - years * year) <= lunarDrift * dayMs;
    });
    return !recurs || gap.missing > 3 * holidayRun;
  });
}

/**
 * Within a session every step must be there. Between sessions a market is closed: a pause is no gap when it begins at a
 * time at which pauses often begin, on the same weekday or overnight, and lasts no longer than a run of holidays.
 */
function clockGaps(times: Float64Array, calendar: Calendar, stepMs: number): Gap[] {
  const closings = new Map<number, number>();
  for (let row = 1; row < times.length; row++) {
    if (times[row]! - times[row - 1]! > stepMs) {
      for (const key of pauseKeys(times[row - 1]!, times[row]!)) closings.set(key, (closings.get(key) ?? 0) + 1);
    }
  }
  const days = (times.at(-1)! - times[0]!) / dayMs;
  const usual = (after: number, before: number) => {
    const [daily = 0, weekly = 0] = pauseKeys(after, before);
    return (closings.get(daily) ?? 0) >= Math.max(3, days / 4) || (closings.get(weekly) ?? 0) >= Math.max(3, days / 28);
  };
  const longest = (holidayRun + 3) * dayMs;
  const session = calendar.session && new Set(calendar.session);
  return between(times, (after, before) => {
    if (before - after <= stepMs * 1.5) return 0;
    if (before - after < longest && usual(after, before)) return 0;
    const missing = Math.round((before - after) / stepMs) - 1;
    if (!session || missing > 1_000_000) return missing;
    let count = 0;
    for (let time = after + stepMs; time < before; time += stepMs) {
      if (session.has(modulo(time, dayMs)) && isOpen(calendar, time)) count++;
    }
    return count;
  });
}

/** A pause by the time of day it begins at, and by weekday, beginning and end. */
function pauseKeys(after: number, before: number): [number, number] {
  const minute = Math.floor(modulo(after, dayMs) / secondMs);
  const end = Math.floor(modulo(before, dayMs) / secondMs);
  return [minute * 100_000 + end, -((weekdayOf(after) + 1) * 1e10 + minute * 100_000 + end)];
}
