import type { ForecastPoint } from '../core/run';
import { drawn } from './elements';

/** The latest known values, if any, and the forecast with its bands, evenly spaced in steps. */
export interface Drawing {
  known: number[];
  points: ForecastPoint[];
  /** Of the first and the last known row and the last step. */
  ends: [string, string, string];
  /** Of the page's column, in pixels: a letter is drawn as large as it is read. */
  width: number;
  label: string;
  number: (value: number) => string;
}

const inner = { left: 8, right: 76, top: 12, bottom: 28 };

export function chartOf({ known, points, ends, width, label, number }: Drawing): SVGElement {
  const size = { width: Math.min(860, Math.max(300, width - 48)), height: width < 600 ? 220 : 300 };
  const steps = known.length - 1 + Math.max(...points.map(({ step }) => step));
  const values = [...known, ...points.flatMap((p) => [p.value, p.lower95 ?? p.value, p.upper95 ?? p.value])];
  const ticks = ticksOf(Math.min(...values), Math.max(...values));
  const [low, high] = [Math.min(ticks[0]!, ...values), Math.max(ticks.at(-1)!, ...values)];
  const right = size.width - inner.right;
  const bottom = size.height - inner.bottom;
  const x = (at: number) => inner.left + ((right - inner.left) * at) / Math.max(1, steps);
  const y = (value: number) => bottom - ((bottom - inner.top) * (value - low)) / (high - low || 1);
  const now = known.length - 1;
  const at = (step: number) => x(now + step);
  const line = (places: [number, number][]) => places.map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`).join(' ');
  const past = known.map((value, i): [number, number] => [x(i), y(value)]);
  const band = (lower: 'lower80' | 'lower95', upper: 'upper80' | 'upper95') => {
    const some = points.filter((p) => p[lower] !== null && p[upper] !== null);
    const edge = (key: typeof lower | typeof upper) =>
      some.map((p): [number, number] => [at(p.step), y(p[key] as number)]);
    if (some.length === 0) return [];
    const around = [...past.slice(-1), ...edge(upper), ...edge(lower).reverse()];
    return [drawn('polygon', { class: lower, points: line(around) })];
  };
  const ahead = [...past.slice(-1), ...points.map((p): [number, number] => [at(p.step), y(p.value)])];
  const last = ahead.at(-1)!;
  return drawn(
    'svg',
    { viewBox: `0 0 ${size.width} ${size.height}`, role: 'img', 'aria-label': label },
    ...ticks.flatMap((tick) => [
      drawn('line', { class: 'grid', x1: inner.left, x2: right, y1: y(tick), y2: y(tick) }),
      drawn('text', { x: right + 8, y: y(tick) + 4 }, number(tick)),
    ]),
    ...(known.length > 0 ? [drawn('line', { class: 'now', x1: x(now), x2: x(now), y1: inner.top, y2: bottom })] : []),
    ...band('lower95', 'upper95'),
    ...band('lower80', 'upper80'),
    drawn('polyline', { class: 'known', points: line(past) }),
    drawn('polyline', { class: 'ahead', points: line(ahead) }),
    drawn('circle', { class: 'ahead', cx: last[0], cy: last[1], r: 2.5 }),
    drawn('text', { x: x(0), y: size.height - 8 }, ends[0]),
    ...(x(now) - x(0) > 200 && right - x(now) > 90
      ? [drawn('text', { x: x(now), y: size.height - 8, 'text-anchor': 'middle' }, ends[1])]
      : []),
    drawn('text', { x: right, y: size.height - 8, 'text-anchor': 'end' }, ends[2]),
  );
}

/** About four round numbers within a range. */
export function ticksOf(low: number, high: number): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (rough / power < 1.5 ? 1 : rough / power < 3 ? 2 : rough / power < 7 ? 5 : 10);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}
