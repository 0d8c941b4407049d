import type { Evidence, Predictions } from '../run';
import { correlationsByShift, peakOf } from './lag';
import { directionHits, naiveAt } from './metrics';
import { coinAtLeast, pairedTest } from './significance';
import { mean } from './statistics';

/** Below this probability a result is not put down to chance. */
export const level = 0.05;

/** A forecast this many times as far off as the last known value repeats something else. */
const likeness = 1.5;

/** Mean absolute error within each window: [windows]. */
export function windowLosses({ origins, steps, values, actual }: Predictions): Float64Array {
  return Float64Array.from(origins, (_, w) => {
    let sum = 0;
    for (let i = w * steps; i < (w + 1) * steps; i++) sum += Math.abs(actual[i]! - values[i]!);
    return sum / steps;
  });
}

/** Steps ahead the furthest judged value lies, over which windows overlap; curves stand side by side. */
export const overlap = ({ firstStep, steps, naive }: Pick<Predictions, 'firstStep' | 'steps' | 'naive'>): number =>
  naive ? 1 : firstStep + steps - 1;

/** The same windows forecast by "it stays as it is". */
export function naiveOn(predictions: Predictions): Predictions {
  return { ...predictions, values: predictions.actual.map((_, i) => naiveAt(predictions, i)) };
}

/** What speaks for or against a model, from its forecasts of the test part and the baselines' on the same windows. */
export function evidenceOf(
  test: Predictions,
  target: Float64Array,
  baselines: { name: string; test: Predictions }[] = [],
): Evidence {
  const horizon = overlap(test);
  const hits = directionHits(test);
  const coin = hits.length === 0 ? null : coinAtLeast(hits.filter(Boolean).length, hits.length);
  const lag = bestLag(test, target);
  const losses = windowLosses(test);
  const naive = windowLosses(naiveOn(test));
  const asNear = mean(losses) < likeness * mean(naive);
  return {
    againstNaive: pairedTest(losses, naive, horizon),
    againstBaselines: baselines.flatMap(({ name, test: other }) => {
      const found = pairedTest(losses, windowLosses(other), horizon);
      return found ? [{ name, statistic: found.statistic, p: found.p }] : [];
    }),
    lag,
    coin,
    copy: asNear && lag !== null && lag >= 1 && coin !== null && coin > level,
  };
}

/**
 * The shift of the truth, 0 … 2 × horizon + 3 steps back, with which the last step's forecasts correlate best. A forecast
 * that knows something peaks at 0; one that repeats the last known value peaks at its horizon.
 */
function bestLag({ origins, firstStep, steps, values, naive }: Predictions, target: Float64Array): number | null {
  // curves follow each other, but are no series that a forecast could run after
  if (naive) return null;
  const horizon = firstStep + steps - 1;
  if (origins.length < 10) return null;
  const forecast = Float64Array.from(origins, (_, w) => values[(w + 1) * steps - 1]!);
  const rows = origins.map((origin) => origin + horizon);
  const farthest = Math.min(2 * horizon + 3, rows[0]!);
  return peakOf(correlationsByShift(forecast, rows, (row) => target[row]!, [0, farthest]))?.shift ?? null;
}
