import { ticks } from 'd3-array';
import type { Step } from '../data/frame';
import type { Formatter } from '../format';
import type { Drawing, Place } from './svg';
import { linearLabel, logarithmicTicks, namedTicks, timeTicks } from './ticks';

/** A chart as data: what is to be drawn, in the data's own units. */
export interface Plot {
  title: string;
  note?: string;
  summary: string;
  lines: {
    points: Point[];
    name: string;
    colour: string;
    opacity?: number;
    width: number;
    dash: number[];
    end?: boolean;
  }[];
  bands: { points: { x: number; low: number; high: number }[]; colour: string; opacity: number }[];
  dots: { x: number; y: number; radius: number; colour: string }[];
  spans: { from: number; to: number; colour: string | null; word: string }[];
  rule: { at: number; word: string } | null;
  /** `step`: rows are so far apart in time; null: places are counted. `names`: those of the places from 0 on, which stand in columns. */
  x: { title: string; step: Step | null; names?: string[] };
  y: { title: string; logarithmic: boolean; fromZero: boolean };
}
export interface Point {
  x: number;
  /** Not finite: the line is broken. */
  y: number;
}
export interface Look {
  ink: string;
  faint: string;
  grid: string;
  surface: string | null;
  font: string;
}

const pixelsPerTick = 110;

/** The plot on paper of this size; `left` and `right`: pixels beside the axes, where they are to stand over another's. */
export function drawingOf(
  plot: Plot,
  { width, height, ...given }: { width: number; height: number; left?: number; right?: number },
  look: Look,
  format: Formatter,
): Drawing {
  const ending = plot.lines.some(({ end }) => end);
  const { left = plot.y.title ? 76 : 64, right = ending ? 110 : 16 } = given;
  const area = { left, top: 18, right: width - right, bottom: height - (plot.x.title ? 40 : 24) };
  const scales = scalesOf(plot, area);
  const { placed, at } = scales;
  const drawable = ({ x, y }: Point): Place | null =>
    Number.isFinite(y) && !(plot.y.logarithmic && y <= 0) ? at(x, y) : null;
  return {
    ...{ width, height, area },
    ...look,
    title: plot.title,
    ...(plot.note === undefined ? {} : { note: plot.note }),
    summary: plot.summary,
    legend: plot.lines.flatMap(({ name, colour, dash, end }) => (name && !end ? [{ word: name, colour, dash }] : [])),
    spans: plot.spans.map(({ from, to, colour, word }) => ({ left: placed(from), right: placed(to), colour, word })),
    rule: plot.rule && { at: placed(plot.rule.at), word: plot.rule.word },
    ...axesOf(plot, scales, format),
    fills: plot.bands.map(({ points, colour, opacity }) => ({
      points: [...points.map(({ x, high }) => at(x, high)), ...points.toReversed().map(({ x, low }) => at(x, low))],
      colour,
      opacity,
    })),
    lines: plot.lines.map(({ points, colour, opacity = 1, width, dash }) => ({
      points: points.map(drawable),
      ...{ colour, opacity, width, dash },
    })),
    dots: plot.dots.map(({ x, y, radius, colour }) => ({ at: at(x, y), radius, colour, opacity: 1 })),
    bars: [],
    ends: plot.lines.flatMap(({ points, name, colour, end }) => {
      const last = end && points.findLast((point) => drawable(point) !== null);
      return last ? [{ at: at(last.x, last.y), word: name, colour }] : [];
    }),
  };
}

interface Scales {
  x: Extent;
  y: Extent;
  xCount: number;
  area: Drawing['area'];
  placed(x: number): number;
  valued(y: number): number;
  at(x: number, y: number): Place;
}
interface Extent {
  low: number;
  high: number;
}

function scalesOf({ lines, bands, spans, x, y }: Plot, area: Drawing['area']): Scales {
  const points = lines.flatMap((each) => each.points);
  const across = x.names
    ? { low: -0.5, high: Math.max(1, x.names.length) - 0.5 }
    : extentOf([...points.map((point) => point.x), ...spans.flatMap(({ from, to }) => [from, to])]);
  const values = [
    ...points.map((point) => point.y),
    ...bands.flatMap((band) => band.points.flatMap(({ low, high }) => [low, high])),
  ];
  const kept = values.filter((value) => Number.isFinite(value) && !(y.logarithmic && value <= 0));
  const bare = extentOf(y.fromZero ? [0, ...kept] : kept);
  const up = y.logarithmic ? widenedRatio(bare) : widened(bare, y.fromZero);
  const curve = (value: number) => (y.logarithmic ? Math.log(value) : value);
  const placed = (value: number) =>
    area.left + ((value - across.low) / (across.high - across.low)) * (area.right - area.left);
  const valued = (value: number) =>
    area.bottom - ((curve(value) - curve(up.low)) / (curve(up.high) - curve(up.low))) * (area.bottom - area.top);
  const xCount = (area.right - area.left) / pixelsPerTick;
  return { x: across, y: up, xCount, area, placed, valued, at: (px, py) => [placed(px), valued(py)] };
}

/** Never empty: what has no width is given some, so that everything has a place. */
function extentOf(values: number[]): Extent {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(low)) return { low: 0, high: 1 };
  if (low < high) return { low, high };
  const room = Math.abs(low) * 0.05 || 1;
  return { low: low - room, high: high + room };
}

const widened = ({ low, high }: Extent, fromZero: boolean): Extent => {
  const room = (high - low) * 0.04;
  return { low: fromZero && low >= 0 ? low : low - room, high: high + room };
};

const widenedRatio = ({ low, high }: Extent): Extent => {
  const room = (high / low) ** 0.03;
  return { low: low / room, high: high * room };
};

function axesOf({ x, y }: Plot, scales: Scales, format: Formatter): Pick<Drawing, 'x' | 'y'> {
  const { low, high } = scales.x;
  const across = x.step
    ? timeTicks(low, high, scales.xCount, x.step)
    : ticks(low, high, Math.min(12, scales.xCount)).filter(Number.isInteger);
  const upCount = Math.max(2, Math.min(6, (scales.area.bottom - scales.area.top) / 30));
  const up = y.logarithmic
    ? logarithmicTicks(scales.y.low, scales.y.high)
    : ticks(scales.y.low, scales.y.high, upCount);
  const steps = up.map((value) => ({ value }));
  return {
    x: {
      title: x.title,
      ticks: x.names
        ? namedTicks(x.names.length, (place) => x.names![place]!, scales.area.left, scales.area.right)
        : across.map((value) => ({
            at: scales.placed(value),
            label: x.step ? format.tick(value, x.step) : format.integer(value),
          })),
    },
    y: {
      title: y.title,
      ticks: up.map((value) => ({
        at: scales.valued(value),
        label: y.logarithmic ? format.short(value, 3) : linearLabel(value, steps, format),
      })),
    },
  };
}
