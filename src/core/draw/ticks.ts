import { utcMonth, utcTicks } from 'd3-time';
import type { Step } from '../data/frame';
import type { Formatter } from '../format';
import type { Axis } from './svg';
import { shortened, widthOf } from './words';

/** Where axes have their marks, on the screen and on paper: few and round. */
const day = 86_400_000;

/** At most about `count` round moments between two times, in UTC as the data is, none finer than the data's step. */
export function timeTicks(from: number, to: number, count: number, step: Step = 'irregular'): number[] {
  const months = { year: 12, quarter: 3, month: 1 }[step as string];
  const ticks = utcTicks(new Date(from), new Date(to), Math.max(2, count));
  const coarse = (tick: Date) => tick.getUTCMonth() % months! === 0 && tick.getUTCDate() === 1 && +tick % day === 0;
  if (!months || ticks.every(coarse)) return ticks.map(Number);
  return utcMonth
    .every(months)!
    .range(new Date(from), new Date(to + 1))
    .map(Number);
}

/** As many decimals as tell neighbouring ticks apart. */
export function linearLabel(value: number, ticks: { value: number }[], format: Formatter): string {
  const step = ticks.length > 1 ? Math.abs(ticks[1]!.value - ticks[0]!.value) : Math.abs(value);
  const decimals = step > 0 ? Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) : 0;
  return format.number(value, Math.min(8, decimals));
}

/** Without what is left of a tenth in binary: 0.3, not 0.30000000000000004. */
const bare = (value: number) => Number(value.toPrecision(12));

/** Round values between two positive ones, as few as tell enough: decades, then 1-2-5, then a few more, all digits, even steps. */
export function logarithmicTicks(low: number, high: number): number[] {
  const decades = Array.from(
    { length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 },
    (_, i) => 10 ** (Math.floor(Math.log10(low)) + i),
  );
  for (const digits of [[1], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [1, 2, 3, 4, 5, 6, 7, 8, 9]]) {
    const ticks = decades.flatMap((decade) => digits.map((digit) => bare(digit * decade)));
    const within = ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
    if (within.length >= 3) return within;
  }
  const step = 10 ** Math.floor(Math.log10(high - low));
  const even = (high - low) / step < 3 ? step / 2 : step;
  const first = Math.ceil(low / even);
  return Array.from({ length: Math.max(0, Math.floor(high / even) - first + 1) }, (_, i) => bare((first + i) * even));
}

/** Names of columns below their middles, as many as stand apart; the letters of a text, which are read together, close by each other. */
export function namedTicks(
  count: number,
  nameOf: (column: number) => string,
  left: number,
  right: number,
): Axis['ticks'] {
  const across = (right - left) / Math.max(1, count);
  const names = Array.from({ length: count }, (_, column) => shortened(nameOf(column), 150, 11));
  const widest = names.reduce((most, name) => Math.max(most, widthOf(name, 11)), 1);
  const apart = names.every((name) => Array.from(name).length === 1) ? 2 : 14;
  const every = Math.max(1, Math.ceil((widest + apart) / across));
  return names.flatMap((label, column) =>
    column % every === 0 ? [{ at: left + (column + 0.5) * across, label }] : [],
  );
}
