import type { Scale, ScaleOptionsByType } from 'chart.js';
import { utcMonth, utcTicks } from 'd3-time';
import type { Step } from '../../core/data/frame';
import type { Formatter } from '../format';
import type { Palette } from './palette';

/** The scales that all charts share: few round ticks, horizontal grid only, 11 px. */
type Linear = ScaleOptionsByType<'linear'>;
type DeepPartial<T> = T extends (...args: never[]) => unknown ? T : { [K in keyof T]?: DeepPartial<T[K]> };

export const axisFace =
  '11px -apple-system, "Segoe UI", Inter, Roboto, "Noto Sans", "Noto Sans CJK KR", system-ui, sans-serif';
const font = { size: 11, family: axisFace.slice('11px '.length) };
const day = 86_400_000;
const pixelsPerTick = 110;
export const valueAxisPixels = 56;

/** What no chart here does: animate, guess at the data's form, or answer to the pointer by itself. */
export const calm = {
  animation: false as const,
  parsing: false as const,
  normalized: true,
  responsive: true,
  maintainAspectRatio: false,
  events: [] as never[],
};

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

/** Places in time, rows being one `step` apart; null: places are counted. */
export function placeScale(
  step: Step | null,
  palette: Palette,
  format: Formatter,
  visible: { from: number; to: number },
) {
  return {
    type: 'linear' as const,
    min: visible.from,
    max: visible.to,
    grid: { display: false },
    border: { color: palette.line },
    afterBuildTicks: (scale: Scale) => {
      if (!step) return;
      const ticks = timeTicks(scale.min, scale.max, scale.width / pixelsPerTick, step);
      scale.ticks = ticks.map((value) => ({ value }));
    },
    ticks: {
      color: palette.ink3,
      font,
      maxRotation: 0,
      autoSkip: true,
      autoSkipPadding: 24,
      maxTicksLimit: 12,
      precision: 0,
      callback: (value: string | number) => (step ? format.tick(Number(value), step) : format.integer(Number(value))),
    },
  } satisfies DeepPartial<Linear>;
}

export function valueScale(palette: Palette, format: Formatter, logarithmic = false) {
  return {
    type: logarithmic ? ('logarithmic' as const) : ('linear' as const),
    position: 'left' as const,
    grid: { color: palette.grid, drawTicks: false },
    border: { display: false },
    afterBuildTicks: (scale: Scale) => {
      if (logarithmic) scale.ticks = logarithmicTicks(scale.min, scale.max).map((value) => ({ value }));
    },
    // one width whatever the numbers, so that nothing moves when they change
    afterFit: (scale: Scale) => {
      scale.width = valueAxisPixels;
    },
    ticks: {
      color: palette.ink3,
      font,
      padding: 8,
      maxTicksLimit: 7,
      autoSkip: !logarithmic,
      callback: (value: string | number, _: number, ticks: { value: number }[]) =>
        logarithmic ? format.short(Number(value), 3) : linearLabel(Number(value), ticks, format),
    },
  };
}

/** As many decimals as tell neighbouring ticks apart. */
export function linearLabel(value: number, ticks: { value: number }[], format: Formatter): string {
  const step = ticks.length > 1 ? Math.abs(ticks[1]!.value - ticks[0]!.value) : Math.abs(value);
  const decimals = step > 0 ? Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) : 0;
  return format.number(value, Math.min(8, decimals));
}

/** Round values between two positive ones, as few as tell enough: decades, then 1-2-5, then all digits, then even steps. */
export function logarithmicTicks(low: number, high: number): number[] {
  const decades = Array.from(
    { length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 },
    (_, i) => 10 ** (Math.floor(Math.log10(low)) + i),
  );
  for (const digits of [[1], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]]) {
    const ticks = decades.flatMap((decade) => digits.map((digit) => digit * decade));
    const within = ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
    if (within.length >= 3) return within;
  }
  const step = 10 ** Math.floor(Math.log10(high - low));
  const even = (high - low) / step < 3 ? step / 2 : step;
  const first = Math.ceil(low / even);
  return Array.from({ length: Math.max(0, Math.floor(high / even) - first + 1) }, (_, i) => (first + i) * even);
}
