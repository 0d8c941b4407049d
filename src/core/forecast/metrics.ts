import type { Metrics, Predictions, ScaledMetrics, StepError } from '../run';
import { mean, orNull } from './statistics';

/** What scores are measured against. */
export interface Yardstick {
  /** Mean absolute error of seasonal naive within the training part: (1/(n−m)) Σ |y(t) − y(t−m)|. */
  seasonalNaiveMae: number;
  /** Population standard deviation of the target in the training part. */
  deviation: number;
}

/**
 * Scores of forecasts ŷ against what came, y, over all windows and steps, in the target's own units.
 *   MAE = mean |y − ŷ|    MSE = mean (y − ŷ)²    RMSE = √MSE
 *   MAPE = mean 100 |y − ŷ| / |y|, not defined where some y is 0
 *   sMAPE = mean 200 |y − ŷ| / (|y| + |ŷ|), a pair of zeros counting 0 (Makridakis & Hibon 2000)
 *   MASE = MAE / in-sample MAE of seasonal naive (Hyndman & Koehler 2006)
 *   R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)², with ȳ the mean of the judged values
 *   direction = share of windows in which the sign of (last step − last known value) is right
 *   skill = 1 − MAE / MAE of naive on the same windows; where `naive` is given it stands for the last known value in both
 * Coverage is left null: it belongs to bands.
 */
export function score(predictions: Predictions, yardstick: Yardstick): Metrics {
  const { values, actual } = predictions;
  const n = values.length;
  let absolute = 0;
  let squared = 0;
  let relative = 0;
  let symmetric = 0;
  for (let i = 0; i < n; i++) {
    const error = Math.abs(actual[i]! - values[i]!);
    absolute += error;
    squared += error * error;
    relative += error / Math.abs(actual[i]!);
    symmetric += error === 0 ? 0 : error / (Math.abs(actual[i]!) + Math.abs(values[i]!));
  }
  const centre = mean(actual);
  const spread = actual.reduce((sum, y) => sum + (y - centre) ** 2, 0);
  const mae = absolute / n;
  return {
    n,
    mae: orNull(mae),
    mse: orNull(squared / n),
    rmse: orNull(Math.sqrt(squared / n)),
    mape: orNull((100 * relative) / n),
    smape: orNull((200 * symmetric) / n),
    mase: orNull(mae / yardstick.seasonalNaiveMae),
    r2: orNull(1 - squared / spread),
    direction: orNull(directionShare(predictions)),
    skill: orNull(1 - mae / naiveMae(predictions)),
    coverage80: null,
    coverage95: null,
  };
}

/** In units of the training part's standard deviation, as the literature on long horizons reports errors. */
export function scoreScaled(metrics: Metrics, { deviation }: Yardstick): ScaledMetrics {
  return {
    mse: metrics.mse === null ? null : orNull(metrics.mse / deviation ** 2),
    mae: metrics.mae === null ? null : orNull(metrics.mae / deviation),
  };
}

/** Mean absolute error of seasonal naive within the training values, one season back. */
export function seasonalNaiveMae(train: Float64Array, season: number): number {
  let sum = 0;
  for (let t = season; t < train.length; t++) sum += Math.abs(train[t]! - train[t - season]!);
  return sum / (train.length - season);
}

/** Whether each window's last step went the way it was forecast to; no change counts only where there was none. */
export function directionHits(predictions: Predictions): boolean[] {
  const { origins, steps, values, actual } = predictions;
  return Array.from(origins, (_, w) => {
    const at = (w + 1) * steps - 1;
    const from = naiveAt(predictions, at);
    return Math.sign(values[at]! - from) === Math.sign(actual[at]! - from);
  });
}

function directionShare(predictions: Predictions): number {
  const hits = directionHits(predictions);
  return hits.filter(Boolean).length / hits.length;
}

/** What naive says of value `i` [windows][steps]: the last known value, or what curves are measured against. */
export const naiveAt = ({ last, steps, naive }: Pick<Predictions, 'last' | 'steps' | 'naive'>, i: number): number =>
  naive ? naive[i]! : last[Math.floor(i / steps)]!;

/** Mean absolute error of naive on the same windows. */
function naiveMae(predictions: Predictions): number {
  const { actual } = predictions;
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += Math.abs(actual[i]! - naiveAt(predictions, i));
  return sum / actual.length;
}

/** Errors at each step ahead, beside naive's. */
export function errorByStep(predictions: Predictions): StepError[] {
  const { firstStep, steps, origins, values, actual } = predictions;
  return Array.from({ length: steps }, (_, k) => {
    let absolute = 0;
    let squared = 0;
    let naive = 0;
    for (let w = 0; w < origins.length; w++) {
      const i = w * steps + k;
      const error = Math.abs(actual[i]! - values[i]!);
      absolute += error;
      squared += error * error;
      naive += Math.abs(actual[i]! - naiveAt(predictions, i));
    }
    const windows = origins.length;
    return {
      step: firstStep + k,
      mae: absolute / windows,
      rmse: Math.sqrt(squared / windows),
      naiveMae: naive / windows,
    };
  });
}
