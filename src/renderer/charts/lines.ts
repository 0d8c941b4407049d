import type { Scale } from 'chart.js';
import { logarithmicTicks } from '../../core/draw/ticks';
import type { Formatter } from '../format';
import { calm, placeScale, titled, valueScale } from './axes';
import type { LineConfiguration } from './forecast';
import { dashes, type Palette } from './palette';

/** How lines of a lesson are told apart, by colour and by dash: models have their own, variants of one model others. */
export const tones = {
  actual: dashes.actual,
  naive: dashes.naive,
  rnn: dashes.rnn,
  lstm: dashes.lstm,
  gru: dashes.gru,
  second: [7, 3],
  third: [2, 3],
} satisfies Partial<Record<keyof Palette, number[]>>;
export type Tone = keyof typeof tones;

export interface Line {
  name: string;
  tone: Tone;
  points: { x: number; y: number | null }[];
}

export interface LinesOptions {
  /** Titles of the axes. */
  x: string;
  y: string;
  logarithmic?: boolean;
  /** Range of the horizontal axis; without, that of the points. */
  from?: number;
  to?: number;
  low?: number;
  high?: number;
}

/** A few lines over steps or epochs; what is not finite, or has no logarithm, leaves a gap. */
export function linesChart(
  lines: Line[],
  options: LinesOptions,
  palette: Palette,
  format: Formatter,
): LineConfiguration {
  const { x, y, logarithmic = false, low, high } = options;
  const value = valueScale(palette, format, logarithmic);
  const places = lines.flatMap(({ points }) => points.map((point) => point.x));
  const [least, most] = places.length > 0 ? [Math.min(...places), Math.max(...places)] : [0, 1];
  const range = { from: options.from ?? least, to: Math.max(options.to ?? most, least + 1) };
  const drawn = (value: number | null) =>
    value !== null && Number.isFinite(value) && !(logarithmic && value <= 0) ? value : Number.NaN;
  return {
    type: 'line',
    data: {
      datasets: lines.map(({ name, tone, points }) => ({
        label: name,
        data: points.map((point) => ({ x: point.x, y: drawn(point.y) })),
        borderColor: palette[tone],
        borderDash: tones[tone],
        borderWidth: 1.75,
        pointRadius: points.length === 1 ? 3 : 0,
        pointBackgroundColor: palette[tone],
        pointHitRadius: 0,
        tension: 0,
      })),
    },
    options: {
      ...calm,
      layout: { padding: { top: 6, right: 12, bottom: 0, left: 4 } },
      scales: {
        x: { ...placeScale(null, palette, format, range), title: titled(x, palette) },
        y: {
          ...value,
          ...(logarithmic ? decades(value.ticks) : {}),
          title: titled(y, palette),
          ...(low === undefined ? {} : { min: low }),
          ...(high === undefined ? {} : { max: high }),
        },
      },
    },
  };
}

/** Powers of ten, as many as there is room for: gradients range over dozens of them. */
function decades<T>(ticks: T) {
  return {
    afterBuildTicks: (scale: Scale) => {
      const [low, high] = [Math.log10(scale.min), Math.log10(scale.max)];
      if (high - low < 3) {
        scale.ticks = logarithmicTicks(scale.min, scale.max).map((value) => ({ value }));
        return;
      }
      const every = Math.max(1, Math.ceil((high - low) / 6));
      const first = Math.ceil(low / every) * every;
      const count = Math.floor((high - first) / every) + 1;
      scale.ticks = Array.from({ length: count }, (_, i) => ({ value: 10 ** (first + i * every) }));
    },
    ticks: {
      ...ticks,
      callback: (value: string | number) => {
        const size = Number(value);
        return size >= 1e-3 && size < 1e5 ? String(size) : size.toExponential(0).replace('e+', 'e');
      },
    },
  };
}

export const stepsOf = (values: (number | null)[], first = 1): Line['points'] =>
  values.map((y, i) => ({ x: i + first, y }));
