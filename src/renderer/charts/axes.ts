import type { Scale, ScaleOptionsByType } from 'chart.js';
import { utcTicks } from 'd3-time';
import type { Formatter } from '../format';
import type { Palette } from './palette';

/** The scales that all charts share: few round ticks, horizontal grid only, 11 px. */
type Linear = ScaleOptionsByType<'linear'>;
type DeepPartial<T> = T extends (...args: never[]) => unknown ? T : { [K in keyof T]?: DeepPartial<T[K]> };

export const axisFace =
  '11px -apple-system, "Segoe UI", Inter, Roboto, "Noto Sans", "Noto Sans CJK KR", system-ui, sans-serif';
const font = { size: 11, family: axisFace.slice('11px '.length) };
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

/** At most about `count` round moments between two times, in UTC as the data is. */
export function timeTicks(from: number, to: number, count: number): number[] {
  return utcTicks(new Date(from), new Date(to), Math.max(2, count)).map(Number);
}

export function placeScale(dated: boolean, palette: Palette, format: Formatter, visible: { from: number; to: number }) {
  return {
    type: 'linear' as const,
    min: visible.from,
    max: visible.to,
    grid: { display: false },
    border: { color: palette.line },
    afterBuildTicks: (scale: Scale) => {
      if (dated) scale.ticks = timeTicks(scale.min, scale.max, scale.width / pixelsPerTick).map((value) => ({ value }));
    },
    ticks: {
      color: palette.ink3,
      font,
      maxRotation: 0,
      autoSkip: true,
      autoSkipPadding: 24,
      maxTicksLimit: 12,
      precision: 0,
      callback: (value: string | number) => (dated ? format.tick(Number(value)) : format.integer(Number(value))),
    },
  } satisfies DeepPartial<Linear>;
}

export function valueScale(palette: Palette, format: Formatter, logarithmic = false) {
  return {
    type: logarithmic ? ('logarithmic' as const) : ('linear' as const),
    position: 'left' as const,
    grid: { color: palette.grid, drawTicks: false },
    border: { display: false },
    // one width whatever the numbers, so that nothing moves when they change
    afterFit: (scale: Scale) => {
      scale.width = valueAxisPixels;
    },
    ticks: {
      color: palette.ink3,
      font,
      padding: 8,
      maxTicksLimit: 7,
      callback: (value: string | number, _: number, ticks: { value: number }[]) =>
        logarithmic ? logarithmicLabel(Number(value), ticks, format) : linearLabel(Number(value), ticks, format),
    },
  };
}

/** As many decimals as tell neighbouring ticks apart. */
export function linearLabel(value: number, ticks: { value: number }[], format: Formatter): string {
  const step = ticks.length > 1 ? Math.abs(ticks[1]!.value - ticks[0]!.value) : Math.abs(value);
  const decimals = step > 0 ? Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) : 0;
  return format.number(value, Math.min(8, decimals));
}

const narrowDecades = 0.12;

/** Powers of ten are named, and 2 and 5 between them where there are few. */
export function logarithmicLabel(value: number, ticks: { value: number }[], format: Formatter): string {
  const leading = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
  const decades = Math.log10((ticks.at(-1)?.value ?? 1) / (ticks[0]?.value ?? 1));
  const named = decades > 3 ? [1] : decades > 0.7 ? [1, 2, 5] : [1, 2, 3, 4, 5, 6, 7, 8, 9];
  // so narrow an axis may hold no round value: there every tick is named
  const round = decades < narrowDecades || named.some((digit) => Math.abs(leading - digit) < 1e-6);
  return round ? format.short(value, decades > 0.7 ? 1 : 2) : '';
}
