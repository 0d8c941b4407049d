import type { BaselineRequest, Forecaster } from './baselines';
import { mean } from './statistics';

/**
 * Exponential smoothing in component form (Hyndman & Athanasopoulos, "Forecasting: Principles and Practice", 8.1–8.3).
 * Parameters minimise the sum of squared one-step errors of the training rows, found on a grid that is refined round its
 * best point; nothing is random. States then run on through all rows, each forecast reading the states of its origin.
 */

/** Rows the parameters are fitted on, the last ones of the training part: more change nothing that counts. */
const mostRows = 20_000;

/** States after each row. `season [rows + m]`: s(t) stands at t + m, the first m being the initial ones. */
export interface Smoothed {
  level: Float64Array;
  trend: Float64Array | null;
  seasonal: Float64Array | null;
  /** Sum of squared one-step errors. */
  squaredError: number;
}

export interface SmoothingWeights {
  alpha: number;
  beta: number;
  gamma: number;
}

/** Simple exponential smoothing: ℓ(t) = α y(t) + (1 − α) ℓ(t−1), ŷ(t + k) = ℓ(t). ℓ(0) is fitted as well. */
export const fitSmoothing = ({ values, trainRows }: BaselineRequest): Forecaster => {
  const { alpha, initial } = bestSmoothing(recent(values, trainRows));
  const { level } = smooth(values, alpha, trainRows > mostRows ? values[0]! : initial);
  return (origin) => level[origin]!;
};

const recent = (values: Float64Array, trainRows: number): Float64Array =>
  values.subarray(Math.max(0, trainRows - mostRows), trainRows);

export function bestSmoothing(values: Float64Array) {
  const run = (alpha: number) => smoothFromBestLevel(values, alpha);
  const [alpha = 0] = refinedMinimum([[0, 1]], ([a = 0]) => run(a).states.squaredError);
  return { alpha, ...run(alpha) };
}

/**
 * One-step errors are linear in the initial level ℓ₀: e(t) = e₀(t) − (1−α)^(t−1) ℓ₀ with e₀ the errors from level 0,
 * so the ℓ₀ that minimises their squares is known in closed form.
 */
function smoothFromBestLevel(values: Float64Array, alpha: number) {
  let top = 0;
  let bottom = 0;
  let level = 0;
  let weight = 1;
  for (let t = 0; t < values.length; t++) {
    top += weight * (values[t]! - level);
    bottom += weight * weight;
    level += alpha * (values[t]! - level);
    weight *= 1 - alpha;
  }
  const initial = top / bottom;
  return { initial, states: smooth(values, alpha, initial) };
}

export function smooth(values: Float64Array, alpha: number, initial: number): Smoothed {
  const levels = new Float64Array(values.length);
  let level = initial;
  let squaredError = 0;
  for (let t = 0; t < values.length; t++) {
    const error = values[t]! - level;
    squaredError += error * error;
    level += alpha * error;
    levels[t] = level;
  }
  return { level: levels, trend: null, seasonal: null, squaredError };
}

/**
 * Holt–Winters' additive method; without a season Holt's linear trend:
 *   ℓ(t) = α (y(t) − s(t−m)) + (1 − α)(ℓ(t−1) + b(t−1))
 *   b(t) = β (ℓ(t) − ℓ(t−1)) + (1 − β) b(t−1)
 *   s(t) = γ (y(t) − ℓ(t−1) − b(t−1)) + (1 − γ) s(t−m)
 *   ŷ(t + k) = ℓ(t) + k b(t) + s(t + k − m⌈k/m⌉)
 */
export const fitHoltWinters = ({ values, trainRows, season }: BaselineRequest): Forecaster => {
  const m = season > 1 && trainRows >= 2 * season ? season : 1;
  const weights = bestHoltWinters(recent(values, trainRows), m);
  const { level, trend, seasonal } = holtWinters(values, m, weights, initialStates(values, m));
  return (origin, step) => {
    const line = level[origin]! + step * trend![origin]!;
    return m === 1 ? line : line + seasonal![origin + step - m * Math.ceil(step / m) + m]!;
  };
};

export function bestHoltWinters(values: Float64Array, m: number): SmoothingWeights {
  const initial = initialStates(values, m);
  const ranges: [number, number][] = m > 1 ? unitRanges(3) : unitRanges(2);
  const [alpha = 0, beta = 0, gamma = 0] = refinedMinimum(ranges, ([a = 0, b = 0, c = 0]) => {
    return holtWinters(values, m, { alpha: a, beta: b, gamma: c }, initial).squaredError;
  });
  return { alpha, beta, gamma };
}

export interface InitialStates {
  level: number;
  trend: number;
  /** [m] */
  seasonal: Float64Array;
}

/**
 * Start values from the first two seasons: the mean change per row between them, the line of that slope through the middle
 * of the first, and the first season's distances from the line, so that a line with a season is met exactly.
 */
export function initialStates(values: Float64Array, m: number): InitialStates {
  if (m === 1)
    return { level: values[0]!, trend: values.length > 1 ? values[1]! - values[0]! : 0, seasonal: new Float64Array(1) };
  const first = values.subarray(0, m);
  const trend = (mean(values.subarray(m, 2 * m)) - mean(first)) / m;
  const level = mean(first) - (trend * (m + 1)) / 2;
  return { level, trend, seasonal: first.map((value, t) => value - level - trend * (t + 1)) };
}

export function holtWinters(
  values: Float64Array,
  m: number,
  { alpha, beta, gamma }: SmoothingWeights,
  initial: InitialStates,
): Smoothed {
  const levels = new Float64Array(values.length);
  const trends = new Float64Array(values.length);
  const seasonal = new Float64Array(values.length + m);
  seasonal.set(initial.seasonal);
  let { level, trend } = initial;
  let squaredError = 0;
  for (let t = 0; t < values.length; t++) {
    const expected = level + trend;
    const place = m > 1 ? seasonal[t]! : 0;
    const error = values[t]! - expected - place;
    squaredError += error * error;
    const before = level;
    level = expected + alpha * error;
    trend = beta * (level - before) + (1 - beta) * trend;
    seasonal[t + m] = place + gamma * error;
    levels[t] = level;
    trends[t] = trend;
  }
  return { level: levels, trend: trends, seasonal, squaredError };
}

const unitRanges = (count: number): [number, number][] => Array.from({ length: count }, () => [0, 1]);

/** Least value of `f` over a box: six points per axis, then six round the best one in a box a third as wide, and so on. */
function refinedMinimum(ranges: [number, number][], f: (point: number[]) => number): number[] {
  const points = 6;
  let box = ranges;
  let best = ranges.map(([low, high]) => (low + high) / 2);
  let least = f(best);
  for (let round = 0; round < 8; round++) {
    for (const point of grid(box, points)) {
      const value = f(point);
      if (value < least) {
        least = value;
        best = point;
      }
    }
    box = box.map(([low, high], axis) => {
      const reach = (high - low) / 6;
      const [lowest, highest] = ranges[axis]!;
      return [Math.max(lowest, best[axis]! - reach), Math.min(highest, best[axis]! + reach)];
    });
  }
  return best;
}

function grid(box: [number, number][], points: number): number[][] {
  return box.reduce<number[][]>(
    (partial, [low, high]) =>
      partial.flatMap((head) =>
        Array.from({ length: points }, (_, i) => [...head, low + ((high - low) * i) / (points - 1)]),
      ),
    [[]],
  );
}
