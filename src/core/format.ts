import type { Step } from './data/frame';

/**
 * Numbers and times as a reader of one locale expects them. Times are wall-clock milliseconds kept as UTC, so they
 * are formatted in UTC: what the file says is what is shown, whatever zone the reader is in.
 */
export class Formatter {
  private readonly made = new Map<string, Intl.NumberFormat>();
  private readonly dates = new Map<string, Intl.DateTimeFormat>();

  constructor(readonly locale: string) {}

  integer(value: number): string {
    return this.number(value, 0);
  }

  number(value: number | null, decimals: number): string {
    return this.written(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  }

  /** For scores: `digits` significant digits, but never fewer than the whole part has. */
  significant(value: number | null, digits = 4): string {
    if (value === null || !Number.isFinite(value)) return '–';
    const whole = value === 0 ? digits : Math.floor(Math.log10(Math.abs(value))) + 1;
    return this.number(value, Math.min(10, Math.max(0, digits - whole)));
  }

  /** At most `digits` significant digits, with no zeros to fill up: for ticks. */
  short(value: number, digits: number): string {
    return this.written(value, { maximumSignificantDigits: digits });
  }

  /** A p-value: two significant digits, down to where they say no more than that it is small. */
  probability(p: number): string {
    return p < 1e-4 ? `< ${this.number(1e-4, 4)}` : this.significant(p, 2);
  }

  percent(share: number | null, decimals = 0): string {
    return this.written(share, {
      style: 'percent',
      // nothing is written as less than nothing
      signDisplay: 'negative',
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  }

  /** With its sign, for what is good above and bad below zero. */
  signedPercent(share: number | null, decimals = 1): string {
    return this.written(share, {
      style: 'percent',
      signDisplay: 'exceptZero',
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  }

  /** Seconds as the coarsest two units that say enough. */
  duration(seconds: number): string {
    if (!Number.isFinite(seconds) || seconds < 0) return '–';
    const unit = (value: number, name: 'second' | 'minute' | 'hour', decimals = 0) =>
      this.numberFormat({
        style: 'unit',
        unit: name,
        unitDisplay: 'narrow',
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      }).format(value);
    if (seconds < 9.95) return unit(seconds, 'second', 1);
    if (seconds < 59.5) return unit(Math.round(seconds), 'second');
    const minutes = Math.round(seconds / 60);
    if (seconds < 599.5)
      return `${unit(Math.floor(Math.round(seconds) / 60), 'minute')} ${unit(Math.round(seconds) % 60, 'second')}`;
    if (minutes < 60) return unit(minutes, 'minute');
    return `${unit(Math.floor(minutes / 60), 'hour')} ${unit(minutes % 60, 'minute')}`;
  }

  /** A row's time as finely as rows are apart: a month has no day, a day its weekday, an hour its time. */
  moment(milliseconds: number, step: Step, dateOnly = true): string {
    if (step === 'quarter') return this.quarter(milliseconds);
    return this.dateFormat(partsOfMoment(step, dateOnly)).format(milliseconds);
  }

  /** From one row's time to another's, without weekday and time of day. */
  range(from: number, to: number, step: Step): string {
    const coarse = step === 'year' || step === 'quarter' || step === 'month';
    const end = (time: number) =>
      coarse ? this.moment(time, step) : this.dateFormat({ dateStyle: 'medium' }).format(time);
    return `${end(from)} – ${end(to)}`;
  }

  /** When a run was made: a real instant, so in the reader's own zone. */
  instant(iso: string): string {
    const options: Intl.DateTimeFormatOptions = {
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    };
    return new Intl.DateTimeFormat(this.locale, options).format(new Date(iso));
  }

  /** A tick's label says only what is new at it: the year at New Year, the month at its first, the hour within a day. */
  tick(milliseconds: number, step: Step = 'irregular'): string {
    const date = new Date(milliseconds);
    if (step === 'quarter' && date.getUTCMonth() > 0) return this.quarter(milliseconds, false);
    if (date.getUTCHours() + date.getUTCMinutes() + date.getUTCSeconds() > 0)
      return this.dateFormat({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(date);
    if (date.getUTCDate() > 1) return this.dateFormat({ month: 'short', day: 'numeric' }).format(date);
    if (date.getUTCMonth() > 0) return this.dateFormat({ month: 'short' }).format(date);
    return this.dateFormat({ year: 'numeric' }).format(date);
  }

  /** No standard formatter knows quarters. */
  private quarter(milliseconds: number, withYear = true): string {
    const date = new Date(milliseconds);
    const year = date.getUTCFullYear();
    const quarter = Math.floor(date.getUTCMonth() / 3) + 1;
    if (this.locale.startsWith('ko')) return withYear ? `${year}년 ${quarter}분기` : `${quarter}분기`;
    return withYear ? `Q${quarter} ${year}` : `Q${quarter}`;
  }

  /** What is not known is a dash; what is negative has a true minus, as wide as a plus. */
  private written(value: number | null, options: Intl.NumberFormatOptions): string {
    if (value === null || !Number.isFinite(value)) return '–';
    return this.numberFormat(options).format(value).replace('-', '−');
  }

  private numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = JSON.stringify(options);
    const known = this.made.get(key) ?? new Intl.NumberFormat(this.locale, options);
    this.made.set(key, known);
    return known;
  }

  private dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(options);
    const known = this.dates.get(key) ?? new Intl.DateTimeFormat(this.locale, { timeZone: 'UTC', ...options });
    this.dates.set(key, known);
    return known;
  }
}

function partsOfMoment(step: Step, dateOnly: boolean): Intl.DateTimeFormatOptions {
  if (step === 'year') return { year: 'numeric' };
  const month = { year: 'numeric', month: 'short' } as const;
  if (step === 'month') return month;
  const date = { ...month, day: 'numeric' } as const;
  if (step === 'day' || step === 'business-day') return { weekday: 'short', ...date };
  if (step === 'week' || (step === 'irregular' && dateOnly)) return date;
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return { ...date, ...time, ...(step === 'second' ? { second: '2-digit' } : {}) };
}

/**
 * Decimals with which a column's values are shown: as many as the data has, up to six significant digits of a typical
 * value, since files often carry digits of floating point that no one measured.
 */
export function decimalsOf(values: readonly (number | null)[]): number {
  let written = 0;
  let largest = 0;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    largest = Math.max(largest, Math.abs(value));
    if (written < 6) written = Math.max(written, decimalsIn(value));
  }
  if (largest === 0) return 0;
  return Math.min(written, Math.max(0, 5 - Math.floor(Math.log10(largest))));
}

function decimalsIn(value: number): number {
  for (let decimals = 0; decimals < 6; decimals++)
    if (Math.abs(value * 10 ** decimals - Math.round(value * 10 ** decimals)) < 1e-7 * 10 ** decimals) return decimals;
  return 6;
}

/** A time of the contract, `YYYY-MM-DD` or ISO 8601 without zone, as wall-clock milliseconds. */
export function millisecondsOf(time: string): number {
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(time) || !time.includes('T');
  return Date.parse(zoned ? time : `${time}Z`);
}
