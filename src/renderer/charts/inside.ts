import { ticks } from 'd3-array';
import type { Num } from '../../core/inside/view';

/** What the inside view draws, as plain numbers: colours of heat maps, paths of lines, ticks. No canvas, no document. */
export type Rgb = readonly [number, number, number];

/** A moment of the series without what says nothing: 2018-06-26T19:00:00 as 2018-06-26 19:00. */
export const momentText = (time: string | null | undefined): string | undefined =>
  time?.replace('T', ' ').replace(/( \d\d:\d\d):00$/, '$1');

/** `rgb(r, g, b)` as the browser writes a colour. */
export function rgbOf(colour: string): Rgb {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b];
}

/** Largest size of a signed matrix; 1 where it is all zero. */
export const reachOf = (matrix: Num[][]): number =>
  matrix.reduce((most, row) => row.reduce<number>((m, value) => Math.max(m, Math.abs(value ?? 0)), most), 0) || 1;

/**
 * A signed matrix [columns][rows] as pixels, one per number, row after row in `order`: from `negative` through `zero` to
 * `positive`, as far as `reach`.
 */
export function heatPixels(
  matrix: Num[][],
  order: number[],
  reach: number,
  { negative, zero, positive }: { negative: Rgb; zero: Rgb; positive: Rgb },
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(matrix.length * order.length * 4);
  let at = 0;
  for (const row of order)
    for (const column of matrix) {
      const share = Math.max(-1, Math.min(1, (column[row] ?? 0) / reach));
      const end = share < 0 ? negative : positive;
      const size = Math.abs(share);
      for (let c = 0; c < 3; c++) pixels[at++] = zero[c]! + (end[c]! - zero[c]!) * size;
      pixels[at++] = 255;
    }
  return pixels;
}

export interface Scale {
  low: number;
  high: number;
  logarithmic: boolean;
}

/** A scale that holds all numbers; a logarithmic one all positive ones, over ten decades at most. */
export function scaleOf(lines: Num[][], logarithmic = false): Scale {
  const all = lines.flat().filter((value): value is number => value !== null && (!logarithmic || value > 0));
  if (all.length === 0) return { low: logarithmic ? 0.1 : 0, high: 1, logarithmic };
  const [low, high] = [Math.min(...all), Math.max(...all)];
  if (logarithmic) return { low: Math.max(low, high * 1e-10), high: high > low ? high : high * 10, logarithmic };
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return { low: low - room, high: high + room, logarithmic };
}

/** 0 at the bottom of the scale, 1 at its top. */
export function placeOn({ low, high, logarithmic }: Scale, value: number): number {
  if (!logarithmic) return (value - low) / (high - low);
  return Math.log(Math.max(value, low) / low) / Math.log(high / low);
}
/** The value at a place of a linear scale. */
export const valueAt = ({ low, high }: Scale, place: number): number => low + place * (high - low);

/** An SVG path through the numbers, evenly over the width; null breaks it. What has no neighbour lies across its column. */
export function pathOf(values: Num[], scale: Scale, width: number, height: number): string {
  // what lies under a logarithmic scale is not drawn as if it stood on its floor
  const drawn = values.map((value) => (value === null || (scale.logarithmic && value < scale.low) ? null : value));
  const gap = (i: number) => (drawn[i] ?? null) === null;
  return drawn
    .map((value, i) => {
      if (value === null) return '';
      const y = (height * (1 - placeOn(scale, value))).toFixed(1);
      const at = (place: number) => columnCentre(place, values.length, width).toFixed(1);
      if (gap(i - 1) && gap(i + 1)) return `M${at(i - 0.5)} ${y}H${at(i + 0.5)}`;
      return `${gap(i - 1) ? 'M' : 'L'}${at(i)} ${y}`;
    })
    .join('');
}

/** The middle of column i of `count`, so that lines stand over the columns of a heat map. */
export const columnCentre = (i: number, count: number, width: number): number => ((i + 0.5) * width) / count;
export const columnAt = (x: number, count: number, width: number): number =>
  Math.max(0, Math.min(count - 1, Math.floor((x / width) * count)));

export const isPower = (value: number): boolean => Number.isInteger(Math.round(1e9 * Math.log10(value)) / 1e9);

/** A power of ten as it is written: 10⁻⁶. */
export function powerText(power: number): string {
  const digits = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };
  const exponent = String(Math.round(Math.log10(power)));
  return `10${[...exponent].map((digit) => digits[digit as keyof typeof digits]).join('')}`;
}

/** Powers of ten within a logarithmic scale, at most four of them, or where it has not two its ends; of a linear one round numbers. */
export function ticksOf(scale: Scale): number[] {
  if (!scale.logarithmic) return ticks(scale.low, scale.high, 3);
  const [from, to] = [Math.ceil(Math.log10(scale.low)), Math.floor(Math.log10(scale.high))];
  if (to - from < 1) return [scale.high, scale.low];
  const stride = Math.max(1, Math.ceil((to - from + 1) / 4));
  return Array.from({ length: Math.max(0, Math.floor((to - from) / stride) + 1) }, (_, i) => 10 ** (to - i * stride));
}
