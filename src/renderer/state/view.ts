import type { SeriesView } from '../../core/protocol';

/** The visible part of the horizontal axis: milliseconds where the data has dates, else rows. */
export interface Range {
  from: number;
  to: number;
}

/**
 * Where rows stand on the horizontal axis. Known exactly for the rows of the given points, interpolated between them,
 * and extended past the last by the forecast's own times.
 */
export class RowAxis {
  private readonly rows: number[];
  private readonly places: number[];
  readonly dated: boolean;

  constructor(views: readonly SeriesView[]) {
    this.dated = views.every(({ times }) => times !== null);
    const known = new Map<number, number>();
    for (const { at, times } of views)
      for (const [i, row] of at.entries()) known.set(row, this.dated ? times![i]! : row);
    const sorted = [...known].sort(([a], [b]) => a - b);
    this.rows = sorted.map(([row]) => row);
    this.places = sorted.map(([, place]) => place);
  }

  get start(): number {
    return this.places[0] ?? 0;
  }
  get end(): number {
    return this.places.at(-1) ?? 0;
  }
  get lastRow(): number {
    return this.rows.at(-1) ?? 0;
  }

  placeOf(row: number): number {
    return between(this.rows, this.places, row);
  }
  rowOf(place: number): number {
    return between(this.places, this.rows, place);
  }
}

/** y at x on the polyline through (xs, ys); beyond its ends, on the line of its last two points. */
function between(xs: readonly number[], ys: readonly number[], x: number): number {
  if (xs.length < 2) return ys[0] ?? x;
  const right = Math.min(xs.length - 1, Math.max(1, firstAtLeast(xs, x)));
  const [x0, x1, y0, y1] = [xs[right - 1]!, xs[right]!, ys[right - 1]!, ys[right]!];
  return x1 === x0 ? y0 : y0 + ((x - x0) * (y1 - y0)) / (x1 - x0);
}

/** Index of the first of ascending `values` that is ≥ x; their count when none is. */
export function firstAtLeast(values: readonly number[], x: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the last row, the first one read for it and the last one forecast from it stand, in pixels. */
export function bracketAt(
  axis: RowAxis,
  reach: { lookback: number; horizon: number },
  frame: { pixelOf(place: number): number },
): { now: number; lookback: number; horizon: number } {
  return {
    now: frame.pixelOf(axis.end),
    lookback: frame.pixelOf(axis.placeOf(axis.lastRow - reach.lookback)),
    horizon: frame.pixelOf(axis.placeOf(axis.lastRow + reach.horizon)),
  };
}

/** Rows from the last one to a place: back for what is read, ahead for what is forecast. */
export function reachOf(axis: RowAxis, side: 'lookback' | 'horizon', place: number): number {
  const rows = axis.rowOf(place) - axis.lastRow;
  return side === 'horizon' ? rows : -rows;
}

/** `range` kept within `whole`, no wider than it and no narrower than `least`. */
export function clampRange(range: Range, whole: Range, least: number): Range {
  const width = Math.min(whole.to - whole.from, Math.max(least, range.to - range.from));
  const middle = (range.from + range.to) / 2;
  const from = Math.min(Math.max(middle - width / 2, whole.from), whole.to - width);
  return { from, to: from + width };
}

const day = 86_400_000;
export type Preset = { kind: 'all' | 'test' } | { kind: 'years' | 'months' | 'days' | 'hours'; count: number };

const spans: { kind: 'years' | 'months' | 'days' | 'hours'; count: number; milliseconds: number }[] = [
  { kind: 'years', count: 20, milliseconds: 20 * 365.25 * day },
  { kind: 'years', count: 5, milliseconds: 5 * 365.25 * day },
  { kind: 'years', count: 1, milliseconds: 365.25 * day },
  { kind: 'months', count: 3, milliseconds: 91 * day },
  { kind: 'months', count: 1, milliseconds: 30.5 * day },
  { kind: 'days', count: 7, milliseconds: 7 * day },
  { kind: 'days', count: 1, milliseconds: day },
  { kind: 'hours', count: 1, milliseconds: day / 24 },
];

/** The round spans worth a button: shorter than the data, long enough to hold some rows, at most three. */
export function presetsFor(axis: RowAxis, rows: number, tested: boolean): Preset[] {
  const whole = axis.end - axis.start;
  const perRow = whole / Math.max(1, rows - 1);
  const fitting = axis.dated ? spans.filter((s) => s.milliseconds < whole * 0.7 && s.milliseconds > 12 * perRow) : [];
  return [{ kind: 'all' }, ...(tested ? [{ kind: 'test' } as const] : []), ...fitting.slice(0, 3)];
}

export function spanOf(preset: Preset): number {
  return spans.find((s) => s.kind === preset.kind && 'count' in preset && s.count === preset.count)?.milliseconds ?? 0;
}
