import type { LineLook } from '../../core/draw/dashes';
import type { ExperimentPlan, RunDetail, SeriesView } from '../../core/protocol';
import type { ForecastPoint } from '../../core/run';
import { millisecondsOf } from '../format';
import type { Range, RowAxis } from '../state/view';
import { firstAtLeast } from '../state/view';

/** What there is to draw of a series and its forecasts, placed on the horizontal axis; colours come later. */
export interface Point {
  x: number;
  y: number;
}
export interface Interval extends Point {
  lower80: number | null;
  upper80: number | null;
  lower95: number | null;
  upper95: number | null;
}
export interface ModelScene extends LineLook {
  name: string;
  /** Forecasts of the test part; NaN breaks the line between forecasts from different origins. */
  test: Point[];
  future: Interval[];
}
export interface Scene {
  name: string;
  actual: Point[];
  models: ModelScene[];
  parts: { kind: 'train' | 'validation' | 'test' | 'future'; from: number; to: number }[];
  /** Place and value of the last row. */
  now: Point | null;
  /** What the naive forecast says of every row to come. */
  carried: number | null;
  /** Usual distance between rows. */
  perRow: number;
  dated: boolean;
}

/** One model's forecasts as the scene takes them. */
export interface Forecast extends LineLook {
  name: string;
  test: RunDetail['test'];
  future: ForecastPoint[];
}

export function sceneOf(
  views: { overview: SeriesView; detail: SeriesView | null },
  axis: RowAxis,
  visible: Range,
  parts: ExperimentPlan['parts'],
  forecasts: Forecast[],
  whole: Range,
): Scene {
  const { overview, detail } = views;
  const covers = detail && axis.rowOf(visible.from) >= (detail.at[0] ?? 0) - 1 && axis.rowOf(visible.to) >= 0;
  const finest = covers && reaches(detail, axis, visible) ? detail : overview;
  const last = lastKnown(overview);
  return {
    name: overview.column,
    actual: pointsOf(finest),
    models: forecasts.map((forecast) => ({
      tone: forecast.tone,
      dash: forecast.dash,
      name: forecast.name,
      test: forecast.test ? testPoints(forecast.test, axis) : [],
      future: forecast.future.map((point) => futurePoint(point, axis)),
    })),
    parts: partsOf(parts, axis, whole),
    now: last === null ? null : { x: axis.end, y: last },
    carried: last,
    perRow: (axis.end - axis.start) / Math.max(1, overview.rows - 1),
    dated: axis.dated,
  };
}

function reaches(detail: SeriesView, axis: RowAxis, visible: Range): boolean {
  const lastVisible = Math.min(axis.rowOf(visible.to), axis.lastRow);
  return (detail.at.at(-1) ?? 0) >= lastVisible - 1;
}

function pointsOf({ at, times, values }: SeriesView): Point[] {
  return at.map((row, i) => ({ x: times ? times[i]! : row, y: values[i] ?? Number.NaN }));
}

function lastKnown({ values }: SeriesView): number | null {
  return values.findLast((value) => value !== null) ?? null;
}

/**
 * Every test row forecast once. One step ahead that is every window; further ahead windows overlap, so those are
 * taken whose steps tile the part, counted back from its end, and the line is broken between them. Curves do not overlap.
 */
export function testPoints(test: NonNullable<RunDetail['test']>, axis: RowAxis): Point[] {
  const { origins, values, steps, firstStep } = test;
  const points: Point[] = [];
  const apart = origins.length > 1 ? origins[1]! - origins[0]! : 1;
  const every = Math.max(1, Math.ceil(steps / apart));
  for (let w = (origins.length - 1) % every; w < origins.length; w += every) {
    for (let k = 0; k < steps; k++) {
      const x = axis.placeOf(origins[w]! + firstStep + k);
      if (k === 0 && steps > 1 && points.length > 0) points.push({ x, y: Number.NaN });
      points.push({ x, y: values[w]![k]! });
    }
  }
  return points;
}

function futurePoint(point: ForecastPoint, axis: RowAxis): Interval {
  const { time, step, value, lower80, upper80, lower95, upper95 } = point;
  const x = time && axis.dated ? millisecondsOf(time) : axis.placeOf(axis.lastRow + step);
  return { x, y: value, lower80, upper80, lower95, upper95 };
}

function partsOf(parts: ExperimentPlan['parts'], axis: RowAxis, whole: Range): Scene['parts'] {
  if (!parts) return [];
  const at = (row: number) => axis.placeOf(row);
  return [
    { kind: 'train', from: at(parts.train[0]), to: at(parts.validation[0]) },
    { kind: 'validation', from: at(parts.validation[0]), to: at(parts.test[0]) },
    { kind: 'test', from: at(parts.test[0]), to: axis.end },
    { kind: 'future', from: axis.end, to: whole.to },
  ];
}

/** The points within a range and one on either side, so that lines run off the edge. */
export function clip<P extends Point>(points: P[], { from, to }: Range): P[] {
  if (points.length === 0) return points;
  const xs = points.map(({ x }) => x);
  const first = Math.max(0, firstAtLeast(xs, from) - 1);
  return points.slice(first, Math.min(points.length, firstAtLeast(xs, to) + 2));
}

/** The values of all series at the time nearest to `x`. */
export interface Readout {
  x: number;
  actual: number | null;
  models: (LineLook & { name: string; value: number | null; interval: Interval | null })[];
}

export function readoutAt(scene: Scene, x: number): Readout | null {
  const lists = [scene.actual, ...scene.models.flatMap(({ test, future }) => [test, future])];
  const nearest = lists.map((points) => nearestTo(points, x)?.x).filter((found) => found !== undefined);
  if (nearest.length === 0) return null;
  const at = nearest.reduce((best, found) => (Math.abs(found - x) < Math.abs(best - x) ? found : best));
  const valueAt = <P extends Point>(points: P[]): P | null => {
    const found = nearestTo(points, at);
    return found && Math.abs(found.x - at) < scene.perRow * 0.4 ? found : null;
  };
  return {
    x: at,
    actual: valueAt(scene.actual)?.y ?? null,
    models: scene.models.map(({ tone, dash, name, test, future }) => {
      const interval = valueAt(future);
      return { tone, dash, name, value: interval?.y ?? valueAt(test)?.y ?? null, interval };
    }),
  };
}

/** The place one step before or after `x` among those anything is drawn at. */
export function neighbour(scene: Scene, x: number | null, direction: 1 | -1): number | null {
  const places = [scene.actual, ...scene.models.flatMap(({ future }) => [future])].flat().map((point) => point.x);
  if (x === null) return scene.now?.x ?? null;
  const beyond = places.filter((place) => (place - x) * direction > scene.perRow * 1e-3);
  if (beyond.length === 0) return x;
  return direction > 0 ? Math.min(...beyond) : Math.max(...beyond);
}

function nearestTo<P extends Point>(points: P[], x: number): P | null {
  let best: P | null = null;
  // at the same place a broken line has its gap before its point
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]!.x < x) low = middle + 1;
    else high = middle;
  }
  for (let i = Math.max(0, low - 2); i < Math.min(points.length, low + 3); i++) {
    const point = points[i]!;
    if (Number.isNaN(point.y)) continue;
    if (!best || Math.abs(point.x - x) < Math.abs(best.x - x)) best = point;
  }
  return best;
}
