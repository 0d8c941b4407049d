import type { ChartDataset, Scale, ScaleOptionsByType } from 'chart.js';
import type { Step } from '../../core/data/frame';
import { linearLabel, logarithmicTicks, timeTicks } from '../../core/draw/ticks';
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

export function valueScale(palette: Palette, format: Formatter, logarithmic = false, percent = false) {
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
        percent
          ? `${linearLabel(100 * Number(value), ticks.map(hundredfold), format)}%`
          : logarithmic
            ? format.short(Number(value), 3)
            : linearLabel(Number(value), ticks, format),
    },
  };
}

/** An axis' title. */
export function titled(text: string, palette: Palette) {
  return { display: true, text, color: palette.ink3, font };
}

const hundredfold = ({ value }: { value: number }) => ({ value: 100 * value });

/** Where forecasts that say nothing lie: at no error, at no change. */
export function zeroLine(
  { from, to }: { from: number; to: number },
  palette: Palette,
): ChartDataset<'line', { x: number; y: number }[]> {
  const data = [
    { x: from, y: 0 },
    { x: to, y: 0 },
  ];
  const look = { borderColor: palette.ink3, borderWidth: 1, pointRadius: 0, pointHitRadius: 0 };
  return { ...look, label: '', data };
}
