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
 * Within a session every step must be there. Between sessions a market is closed: a pause is no gap when pauses often
 * begin and end at its times of day, on any day or on its weekday, and it lasts no longer than a run of holidays.
 */
function clockGaps(times: Float64Array, calendar: Calendar, stepMs: number): Gap[] {
  const pauses = countPauses(times, stepMs);
  const days = (times.at(-1)! - times[0]!) / dayMs;
  const often = (name: string, every: number) => (pauses.get(name) ?? 0) >= Math.max(3, days / (4 * every));
  const longest = (holidayRun + 3) * dayMs;
  const session = calendar.session && new Set(calendar.session);
  return between(times, (after, before) => {
    if (before - after <= stepMs * 1.5) return 0;
    const [daily, weekly] = pauseNames(after, before);
    if (before - after < longest && (often(daily, 1) || often(weekly, 7))) return 0;
    const steps = Math.round((before - after) / stepMs) - 1;
    return session && steps <= mostCounted ? openSteps(calendar, session, after, before, stepMs) : steps;
  });
}

/** Steps of one gap that are compared with the session one by one. */
const mostCounted = 1_000_000;

function openSteps(calendar: Calendar, session: Set<number>, after: number, before: number, stepMs: number): number {
  let count = 0;
  for (let time = after + stepMs; time < before; time += stepMs) {
    if (session.has(modulo(time, dayMs)) && isOpen(calendar, time)) count++;
  }
  return count;
}

function countPauses(times: Float64Array, stepMs: number): Map<string, number> {
  const pauses = new Map<string, number>();
  for (let row = 1; row < times.length; row++) {
    if (times[row]! - times[row - 1]! <= stepMs) continue;
    for (const name of pauseNames(times[row - 1]!, times[row]!)) pauses.set(name, (pauses.get(name) ?? 0) + 1);
  }
  return pauses;
}

/** A pause by its times of day, and by these and the weekday. */
function pauseNames(after: number, before: number): [string, string] {
  const clocks = `${modulo(after, dayMs)}–${modulo(before, dayMs)}`;
  return [clocks, `${weekdayOf(after)} ${clocks}`];
}
