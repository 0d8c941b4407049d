/** Days and milliseconds of the proleptic Gregorian calendar, without time zones. */
export const secondMs = 1000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
export const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
export const daysInMonth = (year: number, month: number) =>
  month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] ?? 0);

/**
 * Days since 1970-01-01; months and days count from 1.
 * The year is taken to begin in March, so that the leap day comes last: 365 y + y/4 − y/100 + y/400 + (153 m + 2)/5 + d.
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
 */
export function daysOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** Milliseconds of a wall clock, NaN for a date that does not exist. 24:00 is the next day's midnight. */
export function wallTime(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return Number.NaN;
  if (minute > 59 || second >= 61 || hour > 24 || (hour === 24 && (minute > 0 || second > 0))) return Number.NaN;
  return daysOf(year, month, day) * dayMs + hour * hourMs + minute * minuteMs + Math.round(second * 1000);
}

/** 0 Sunday … 6 Saturday. */
export const weekdayOf = (time: number) => (((Math.floor(time / dayMs) + 4) % 7) + 7) % 7;

export interface CivilDate {
  year: number;
  month: number;
  day: number;
}
export function civilOf(time: number): CivilDate {
  const date = new Date(time);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** `YYYY-MM-DD` for a table of dates alone, else ISO 8601 of the wall clock, seconds included. */
export function formatTime(time: number, dateOnly: boolean): string {
  const iso = new Date(time).toISOString();
  const [date = '', clock = ''] = iso.split('T');
  if (dateOnly) return date;
  return `${date}T${clock.endsWith('.000Z') ? clock.slice(0, 8) : clock.slice(0, -1)}`;
}
