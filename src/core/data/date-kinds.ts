import { type DateKind, dateOrders, inOrder, type Moment, readDate } from './dates';

/** Names under which columns of dates go. */
const dateName =
  /(?<!up)date|time(?!nt)|day(?![\s-]?ahead)|week|month|year|period|quarter|stamp|epoch|unix|날짜|일자|일시|시점|시간|시각|연도|년도|연월|년월|기준일|거래일|분기|^월$|^년$|^일$|datum|zeit|^tag$|^(?:buchungs|handels)tag$|monat|jahr|^data$|^dia$|^m[eê]s$|^ano$|fecha|^año$|日期|日付|日時|時間|时间|年月|年$|月$/i;
export const isDateName = (name: string) => dateName.test(name.trim());

/** Names that say nothing but when: numbers under them are dates whatever their order. `Weekly Sales` is none of these. */
const dateNameAlone =
  /^(?:(?:order|trade|trading|observation|record|start|end|open|close|event|fiscal|calendar|unix|epoch|local|utc)[\s_]*)?(?:date|datetime|time|timestamp|day|week|month|year|yearmonth|period|quarter|epoch|unix)(?:[\s_]*(?:utc|gmt|local|ms|unix|time|stamp))?(?:\s*\(.*\))?$|^(?:\S*(?:날짜|일자|일시|시점|시각)|시간|연도|년도|연월|년월|기준일|거래일|분기|년|월|일)$|^(?:datum|zeit|monat|jahr|data|dia|m[eê]s|ano|año|fecha|\S*(?:日期|日付|日時|时间|時間|年月))$/i;

/** Share of a sample's cells that must be of a kind before the column is. */
const enough = 0.8;
const sampled = 400;

/** Kinds that cannot be mistaken for numbers, the likeliest first. */
const spelled: DateKind[] = ['iso', 'numeric', 'named', 'quarter', 'week', 'month', 'compact'];

/**
 * The kind of dates in a column of cells, or null. Whole numbers are only dates where more than their form says so:
 * their column's name, or that they run steadily one way.
 */
export function dateKindOf(cells: string[], name: string, first: boolean): DateKind | null {
  if (cells.length === 0) return null;
  const step = Math.max(1, Math.floor(cells.length / sampled));
  const sample = cells.filter((_, i) => i % step === 0);
  const wholeNumbers = sample.filter((cell) => /^\s*\d+(?:\.0+)?\s*$/.test(cell)).length;
  if (wholeNumbers >= enough * sample.length) return numberedKind(sample, name, first);
  const found = spelled.find((kind) => areOf(sample, kind));
  if (found === 'month' && sample.every((cell) => /^\d+\.\d+$/.test(cell)) && !isDateName(name)) return null;
  if (found) return found;
  if (!saysWhen(name, sample)) return null;
  if (between(sample, 20_000, 80_000)) return 'excel';
  return between(sample, 6e8, 4.2e9) ? 'seconds' : null;
}

/** Numbers under a name that merely speaks of time are dates only if they run one way as well. */
const saysWhen = (name: string, sample: string[]) =>
  dateNameAlone.test(name.trim()) || (isDateName(name) && runsOneWay(sample));

function numberedKind(sample: string[], name: string, first: boolean): DateKind | null {
  const named = saysWhen(name, sample);
  const likely = named || (first && runsOneWay(sample));
  const digits = Math.max(...sample.map((cell) => cell.trim().replace(/\.0+$/, '').length));
  if ((digits === 8 || digits === 10 || digits === 12 || digits === 14) && areOf(sample, 'compact')) {
    if (sample.every((cell) => /^(?:1[89]|20|21)/.test(cell.trim()))) return 'compact';
  }
  if (!likely) return null;
  if (digits === 6 && areOf(sample, 'month')) return 'month';
  if (digits === 4 && between(sample, 1500, 2200)) return 'year';
  if (digits === 5 && named && between(sample, 20_000, 80_000)) return 'excel';
  if (digits >= 8 && digits <= 10 && between(sample, 6e7, 4.2e9)) return 'seconds';
  if (digits >= 11 && digits <= 13 && between(sample, 6e10, 4.2e12)) return 'milliseconds';
  if ((digits === 15 || digits === 16) && between(sample, 6e14, 4.2e15)) return 'microseconds';
  if ((digits === 18 || digits === 19) && between(sample, 6e17, 4.2e18)) return 'nanoseconds';
  return null;
}

const scratch: Moment = { time: 0, offset: 0 };

/** Whether enough cells of a sample are of a kind; told as soon as too many are not. */
function areOf(sample: string[], kind: DateKind): boolean {
  let others = 0;
  return sample.every((cell) => {
    if (!readDate(kind, cell, scratch) || (kind === 'numeric' && !existsInSomeOrder())) others++;
    return sample.length - others >= enough * sample.length;
  });
}

/** A packed cell that is a day in one order at least; 18.00.00 is none. */
const existsInSomeOrder = () => dateOrders.some((order) => !Number.isNaN(inOrder(scratch.time, order)));

function between(sample: string[], low: number, high: number): boolean {
  const inside = sample.filter((cell) => Number(cell) >= low && Number(cell) <= high).length;
  return inside >= enough * sample.length;
}

function runsOneWay(sample: string[]): boolean {
  const steps = sample.slice(1).map((cell, i) => Math.sign(Number(cell) - Number(sample[i])));
  return steps.length > 0 && (steps.every((step) => step > 0) || steps.every((step) => step < 0));
}

const wordy: Record<string, [string, string]> = {
  년: ['YYYY년 MM월 DD일', 'YYYY년 MM월'],
  年: ['YYYY年MM月DD日', 'YYYY年MM月'],
};

/** How a kind is written, for people: taken from one of its cells. */
export function describeDates(kind: DateKind, example: string, order: string): string {
  const text = example.trim();
  const clock = /\d:\d\d:\d\d/.test(text) ? ' HH:MM:SS' : /\d:\d\d|\d시/.test(text) ? ' HH:MM' : '';
  const zone = clock !== '' && /\d(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? '±HH:MM' : '';
  const mark = /^\d+\s*([-/.년年])/.exec(text)?.[1] ?? '-';
  const fields = { y: /\d{4}/.test(text) ? 'YYYY' : 'YY', m: 'MM', d: 'DD' };
  switch (kind) {
    case 'iso':
      return (wordy[mark]?.[0] ?? ['YYYY', 'MM', 'DD'].join(mark)) + clock + zone;
    case 'numeric':
      return [...order].map((letter) => fields[letter as 'y' | 'm' | 'd']).join(mark) + clock + zone;
    case 'named':
      if (/^\p{L}+\.?[\s\-/,]*'?\d+$/u.test(text)) return 'MMM YYYY';
      if (/^\d{4}[\s\-/]*\p{L}+\.?$/u.test(text)) return 'YYYY MMM';
      return (/^\p{L}+\.?\s*\d/u.test(text) ? 'MMM DD, YYYY' : 'DD MMM YYYY') + clock + zone;
    case 'compact':
      return `YYYYMMDD${text.length > 8 ? 'HHMMSS'.slice(0, text.replace(/\D/g, '').length - 8) : ''}`;
    case 'month':
      return /^\d{1,2}\D/.test(text)
        ? 'MM/YYYY'
        : /^\d{6}$/.test(text)
          ? 'YYYYMM'
          : (wordy[mark]?.[1] ?? `YYYY${mark}MM`);
    case 'quarter':
      return 'YYYY-Q';
    case 'week':
      return 'YYYY-Www';
    case 'ordinal':
      return 'YYYY-DDD';
    case 'year':
      return 'YYYY';
    case 'excel':
      return 'Excel serial number';
    case 'seconds':
      return 'seconds since 1970';
    case 'milliseconds':
    case 'microseconds':
    case 'nanoseconds':
      return `${kind} since 1970`;
  }
}
