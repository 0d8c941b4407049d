import type { Kernels } from '../kernels/index';
import type { Outputs } from '../nn/layout';
import type { Windows } from '../nn/network';
import type { LabelPlaces, TrainPlan } from './plan';

/** Class numbers that are not to be learned or judged. */
const none = -1;

/** Terms of the loss in one window: its outputs, or its labels. */
export function termsOf({ model, table }: Pick<TrainPlan, 'model' | 'table'>): number {
  if (model.classes === 'every') return table.T;
  return model.classes === 'last' ? 1 : model.O;
}

/** What one thread needs for the labels of one training. */
export interface Labelling {
  k: Kernels;
  f: Float32Array | Float64Array;
  plan: TrainPlan;
  places: LabelPlaces;
  outputs: Outputs;
}

/**
 * The windows' class numbers as targets: one per window, or where every step is labelled one per step, [1][T·S][8]; then
 * validation asks for the last `judged` steps alone, so that every step it judges has as many before it to read.
 */
export function placeTargets({ k, f, plan, places, outputs }: Labelling, windows: Windows, validating: boolean): void {
  const { T, S, n, starts } = windows;
  const from = validating ? places.validation : places.train;
  const { target } = outputs;
  if (plan.model.classes === 'last') {
    k.gatherTargets(T, S, n, 1, 1, plan.table.firstStep, 1, from, starts, 0, target);
    return;
  }
  const blank = (t: number, first: number) => {
    for (let s = first; s < S; s++) f[target / 4 + (t * S + s) * 8] = none;
  };
  const first = validating ? T - places.judged : 0;
  for (let t = 0; t < T; t++) {
    blank(t, t < first ? 0 : n);
    if (t >= first) k.gatherTargets(t + 1, S, n, 1, 1, 0, 1, from, starts, 0, target + t * S * 32);
  }
}

/** Sum of the weighted cross-entropy over the windows' labels; leaves its gradient times `scale`. */
export function labelLoss({ k, plan, places, outputs }: Labelling, { S, T, n }: Windows, scale: number): number {
  const { y, target, dy, dyRows } = outputs;
  const every = plan.model.classes === 'every';
  const rows = every ? T * S : S;
  return k.crossEntropy(plan.model.O, rows, every ? rows : n, 1, y, target, dy, dyRows, scale, places.weights);
}
