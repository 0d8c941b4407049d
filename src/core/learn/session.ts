import type { Kernels } from '../kernels/index';
import { coinThreshold, dropOf } from '../nn/layers';
import { quantilesOf } from '../nn/model';
import { type Network, openNetwork, type Windows } from '../nn/network';
import type { Random } from '../nn/random';
import type { LossName } from '../settings';
import type { TrainOptions } from './engine';
import { type Labelling, labelLoss, placeTargets, termsOf } from './labels';
import type { TrainPlan } from './plan';
import { mostTasks } from './words';

/** What one task of a phase is: a slice of a training batch, or a run of validation windows. */
export const phases = { train: 0, validate: 1 } as const;
export type Phase = (typeof phases)[keyof typeof phases];

/** Names the dropout masks by its seed, and how many of its own outputs a model is fed. */
export type LessonOptions = Pick<
  TrainOptions,
  'loss' | 'seed' | 'sampling' | 'unroll' | 'epochs' | 'batch' | 'training'
>;

/** From here on Huber's loss grows linearly, in scaled units. */
export const huberDelta = 1;
export const lossKinds: Record<Exclude<LossName, 'quantile' | 'cross-entropy'>, number> = { mse: 0, mae: 1, huber: 2 };

/**
 * One thread's view of a training: its own instance of the kernels and its own workspace over the memory all share.
 * Does single tasks; whoever leads decides which.
 */
export class Seat {
  readonly k: Kernels;
  readonly net: Network;
  readonly f: Float32Array | Float64Array;
  readonly losses: Float64Array;
  readonly plan: TrainPlan;
  protected readonly options: LessonOptions;
  /** null: the model forecasts values. */
  readonly #labels: Labelling | null;

  constructor(plan: TrainPlan, index: number, k: Kernels, f: Float32Array | Float64Array, options: LessonOptions) {
    this.k = k;
    this.plan = plan;
    this.net = openNetwork(k, f, plan.model, plan.network, index);
    this.f = f;
    this.losses =
      f instanceof Float32Array ? new Float64Array(f.buffer, plan.lossesAt, mostTasks) : new Float64Array(mostTasks);
    this.options = options;
    const { labels } = plan;
    this.#labels = labels && { k, f, plan, places: labels, outputs: this.net.outputs };
  }

  /** Numbers the loss of one training sample is a sum over, tasks of a validation, and numbers it judges in all. */
  get valuesPerSample(): number {
    return termsOf(this.plan);
  }
  /** Batches of the same windows in an epoch: one per task where a batch learns one task after the other. */
  get passes(): number {
    return this.options.training === 'alternating' ? (this.plan.model.sharing?.tasks ?? 1) : 1;
  }
  get validationTasks(): number {
    return Math.min(Math.ceil(this.plan.table.validation / this.plan.S), 1000);
  }
  get validationValues(): number {
    const { labels, table, model } = this.plan;
    const { validation, rollout, C } = table;
    if (labels) return labels.validationCount;
    return validation * (rollout > 1 ? rollout * C : model.O);
  }

  /** Before an epoch, by the leader alone: the training windows in a new order. */
  begin(random: Random, order: Int32Array): void {
    random.shuffle(order);
  }

  /** Names the dropout masks of one slice in one step. */
  protected maskKey(step: number, index: number): number {
    return Math.imul(Math.imul(this.options.seed, 0x9e3779b1) + step, 0x85ebca6b) + index * 8;
  }

  /** Task `index` of a phase over `count` windows from number `from` on; `step` counts training batches. */
  run(phase: Phase, index: number, from: number, count: number, step: number): void {
    if (phase === phases.train) this.#trainSlice(index, from, count, step);
    else this.#validate(index, count);
  }

  /**
   * A slice of a batch. Unrolled (scheduled sampling: Bengio et al. 2015), a window of the next step goes on by its own
   * outputs or true values, by a coin, and each step is learned as if what it reads were given: as there, no gradient goes
   * through what was fed back. The loss is the mean over the steps.
   */
  #trainSlice(index: number, from: number, count: number, step: number): void {
    const { plan, net } = this;
    const { O, dropout } = plan.model;
    const windows = this.#windows(plan.trainAt, from + index * plan.S, count - index * plan.S);
    const key = this.maskKey(step, index);
    if (this.#labels) {
      this.losses[index] = this.#learnLabels(this.#labels, windows, index, 1 / (count * this.valuesPerSample), key);
      return;
    }
    const share = this.#ownShare(step);
    const { unroll = 1 } = this.options;
    const { passes } = this;
    let loss = 0;
    net.learnOnly?.(passes > 1 ? (step - 1) % passes : null);
    net.gather(windows);
    for (let u = 0; u < unroll; u++) {
      const drop = dropOf(dropout, key ^ Math.imul(u, 0x27d4eb2f));
      this.#targets(windows, plan.table.firstStep + u, plan.table.steps);
      if (u > 0) net.centreTargets(windows);
      net.forward(windows.S, drop, share);
      loss += this.#loss(windows, O, passes / (count * O * unroll));
      net.backward(index, windows.S, drop, u > 0);
      if (u + 1 < unroll) net.advance(windows, { key: key ^ 0x68bc21eb, threshold: coinThreshold(share) });
    }
    this.losses[index] = loss / unroll;
  }

  #learnLabels(labels: Labelling, windows: Windows, index: number, scale: number, key: number): number {
    const { net, plan } = this;
    const drop = dropOf(plan.model.dropout, key);
    net.gather(windows);
    placeTargets(labels, windows, false);
    net.forward(windows.S, drop);
    const loss = labelLoss(labels, windows, scale);
    net.backward(index, windows.S, drop);
    return loss;
  }

  #ownShare(step: number): number {
    const { sampling = 0, epochs, batch } = this.options;
    const rise = (epochs * Math.ceil(this.plan.table.train / batch)) / 2;
    return sampling * Math.min(1, step / rise);
  }

  /** Validation windows are cut into as many tasks as there may be at most; each goes through them S at a time. */
  #validate(index: number, tasks: number): void {
    const { plan, net } = this;
    const { validation, C, rollout, steps, firstStep } = plan.table;
    const chunks = Math.ceil(validation / plan.S);
    let sum = 0;
    for (let c = index; c < chunks; c += tasks) {
      const windows = this.#windows(plan.validationAt, c * plan.S, validation - c * plan.S);
      net.gather(windows);
      if (this.#labels) {
        placeTargets(this.#labels, windows, true);
        net.forward(windows.S, null);
        sum += labelLoss(this.#labels, windows, 1);
        continue;
      }
      for (let k = 0; k < rollout; k++) {
        net.forward(windows.S, null);
        if (rollout > 1) {
          net.advance(windows);
          this.#targets(windows, k + 1, 1);
        } else this.#targets(windows, firstStep, steps);
        sum += this.#loss(windows, rollout > 1 ? C : plan.model.O, 1);
      }
    }
    this.losses[index] = sum;
  }

  /** Window `first` of a list and those behind it, as many as go together of the `left` that there are. */
  #windows(list: number, first: number, left: number): Windows {
    const { S, table, tableAt } = this.plan;
    const n = Math.min(S, left);
    const { T, D, C, centre } = table;
    return { S: Math.ceil(n / 4) * 4, n, T, D, C, centre, table: tableAt, starts: list + first * 4 };
  }

  #targets({ T, S, n, D, table, starts, centre }: Windows, first: number, steps: number): void {
    const { target } = this.net.outputs;
    this.k.gatherTargets(T, S, n, D, this.plan.table.C, first, steps, table, starts, centre, target);
  }

  /** Sum over the windows' first `O` outputs; leaves its gradient times `scale`. */
  #loss({ S, n }: Windows, O: number, scale: number): number {
    const { y, target, dy, dyRows } = this.net.outputs;
    const { loss } = this.options;
    if (loss === 'cross-entropy') throw new Error('cross-entropy is of classes, and these are values');
    if (loss !== 'quantile') return this.k.loss(lossKinds[loss], S, n, O, y, target, dy, dyRows, scale, huberDelta);
    const Q = quantilesOf(this.plan.model);
    return this.k.pinball(Q, this.plan.levelsAt, S, n, O / Q, y, target, dy, dyRows, scale);
  }

  /** The slices' gradients as one, in the order of the parameter table; returns its global norm. */
  collect(slices: number): number {
    const { network, gradient } = this.plan;
    this.net.collect(slices, gradient);
    return Math.sqrt(this.k.sumSquares(network.size, gradient));
  }
}
