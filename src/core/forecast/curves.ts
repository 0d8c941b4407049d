import type { WindowTable } from '../data/windows';
import type { Series } from '../protocol';
import type { Preparation } from '../run';
import type { Settings } from '../settings';
import { ofCurves } from '../task-kinds';
import type { Forecaster } from './baselines';
import { calendarFeatures } from './calendar-features';
import { prepared } from './prepare';
import { partsOf, type Rows } from './split';
import type { Origins } from './tasks';

/**
 * One to many: a vector in, a curve of K values out. The network is the encoder and decoder of nn/seq2seq.ts over a window of
 * one row: the vector x, read once, sets the state the decoder begins from, and the decoder unrolls K steps, each fed the
 * value of the step before.
 *
 *   s₀ = cell(x, 0)        sₖ = cell([yₖ₋₁; xₖ], sₖ₋₁)        yₖ = V sₖ + v
 *
 * That the input is the initial state and outputs are fed back is the one-to-many of Vinyals et al. 2015 ("Show and Tell") and
 * of Karpathy 2015 ("The Unreasonable Effectiveness of Recurrent Neural Networks"). Where every row is an example of its own,
 * xₖ is x at every step (the constant context of the decoder of Cho et al. 2014) and the calendar of step k if asked for; in a
 * series it is what is known ahead of step k.
 *
 * Examples of their own know nothing of each other: a window's target column is 0, the start sign, and not the value before.
 * In the table an example is K + 1 rows, of columns [value | x]:
 *
 *   row 0      0          x₁         the window
 *   row k      yₖ         xₖ₊₁       k = 1 … K, what is learned; beside it what the step after it reads
 */
export function curveTable(
  series: Series,
  settings: Pick<Settings, 'horizon' | 'lookback' | 'calendar' | 'outputs'>,
  preparation: Preparation,
  origins: Origins,
): WindowTable {
  const K = settings.horizon;
  const target = prepared(series.values[0]!, preparation.columns[0]!);
  const ahead = series.ahead?.values.map((values, i) => prepared(values, preparation.columns[1 + i]!)) ?? [];
  const steps = Math.max(target.length, ahead[0]?.length ?? 0);
  const known = [...ahead, ...(settings.calendar ? calendarFeatures(series, 0, steps) : [])];
  const D = 1 + known.length;
  const rows = (steps / K) * (K + 1);
  const inputs = new Float32Array(rows * D);
  for (let row = 0; row < rows; row++) {
    const k = row % (K + 1);
    const next = Math.floor(row / (K + 1)) * K + k;
    if (k > 0) inputs[row * D] = target[next - 1] ?? 0;
    if (k < K) for (let d = 1; d < D; d++) inputs[row * D + d] = known[d - 1]![next]!;
  }
  const start = (origin: number) => startOfCurve(origin, K);
  return {
    ...{ rows, D, known: known.length, targetColumns: 1, inputs, T: 1, firstStep: 1, steps: K, centre: 'none' },
    starts: {
      train: origins.train.map(start),
      validation: origins.validation.map(start),
      test: origins.test.map(start),
    },
  };
}

/** The first row of an example in the table, by the row before its curve in the series. */
export const startOfCurve = (origin: number, K: number): number => ((origin + 1) / K) * (K + 1);

/** The rows before each curve of a part: K values apart, −1 before the first curve of all. */
export const curveOrigins = ({ first, end }: Rows, K: number): Int32Array =>
  Int32Array.from({ length: (end - first) / K }, (_, e) => first + e * K - 1);

/**
 * What a curve is judged against in place of "it stays as it is": the curve of the row before, where rows have dates; where
 * they are examples in no order, the mean curve of the training part.
 */
export function naiveCurve(series: Series, settings: Settings): Forecaster | null {
  if (!ofCurves(settings)) return null;
  const values = series.values[0]!;
  const K = settings.horizon;
  const mean = meanCurve(values, K, partsOf(values.length, settings).train);
  return series.times ? (origin, step) => values[origin + step - K] ?? mean(origin, step) : mean;
}

/** Each step's mean over the curves of `train`; of those only that `like` says are like the one that is forecast. */
export function meanCurve(
  values: Float64Array,
  K: number,
  train: Rows,
  groupOf: (origin: number) => number = () => 0,
): Forecaster {
  const sums = new Map<number, Float64Array>();
  const all = new Float64Array(K + 1);
  for (const origin of curveOrigins(train, K)) {
    const group = groupOf(origin);
    const own = sums.get(group) ?? new Float64Array(K + 1);
    sums.set(group, own);
    for (const sum of [own, all]) {
      for (let k = 0; k < K; k++) sum[k]! += values[origin + 1 + k]!;
      sum[K]! += 1;
    }
  }
  return (origin, step) => {
    const sum = sums.get(groupOf(origin)) ?? all;
    return sum[step - 1]! / sum[K]!;
  };
}
