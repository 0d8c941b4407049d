import type { Kernels } from '../kernels/index';
import type { LayerShape, Workspace } from '../nn/layout';
import {
  backward,
  collect,
  dropOf,
  forward,
  type Network,
  network,
  noDrop,
  type Pass,
  prepareRows,
} from '../nn/network';
import type { LossName } from '../settings';
import type { TrainPlan } from './plan';
import { mostTasks } from './words';

/** What one task of a phase is: a slice of a training batch, or a run of validation windows. */
export const phases = { train: 0, validate: 1 } as const;
export type Phase = (typeof phases)[keyof typeof phases];

export interface LessonOptions {
  loss: LossName;
  /** Names the dropout masks. */
  seed: number;
}
/** From here on Huber's loss grows linearly, in scaled units. */
export const huberDelta = 1;
export const lossKinds: Record<LossName, number> = { mse: 0, mae: 1, huber: 2 };

/**
 * One thread's view of a training: its own instance of the kernels and its own workspace over the memory all share.
 * Does single tasks; whoever leads decides which.
 */
export class Seat {
  readonly net: Network;
  readonly f: Float32Array | Float64Array;
  readonly losses: Float64Array;
  readonly plan: TrainPlan;
  readonly #work: Workspace;
  /** The same, with nothing kept for the way back. */
  readonly #still: Workspace;
  readonly #options: LessonOptions;

  constructor(plan: TrainPlan, index: number, k: Kernels, f: Float32Array | Float64Array, options: LessonOptions) {
    this.plan = plan;
    this.net = network(k, plan.model, plan.buffers);
    this.f = f;
    this.losses =
      f instanceof Float32Array ? new Float64Array(f.buffer, plan.lossesAt, mostTasks) : new Float64Array(mostTasks);
    this.#work = plan.workspaces[index] as Workspace;
    this.#still = { ...this.#work, kept: 0 };
    this.#options = options;
    prepareRows(f, this.net, this.#work, plan.table.rollout);
  }

  /** Task `index` of a phase over `count` windows from number `from` on; `step` counts training batches. */
  run(phase: Phase, index: number, from: number, count: number, step: number): void {
    if (phase === phases.train) this.#trainSlice(index, from, count, step);
    else this.#validate(index, count);
  }

  #trainSlice(index: number, from: number, count: number, step: number): void {
    const { plan, net } = this;
    const work = this.#work;
    const { O, dropout } = plan.model;
    const n = Math.min(plan.S, count - index * plan.S);
    const S = Math.ceil(n / 4) * 4;
    const starts = plan.trainAt + (from + index * plan.S) * 4;
    const key = Math.imul(Math.imul(this.#options.seed, 0x9e3779b1) + step, 0x85ebca6b) + index * 8;
    const pass: Pass = { S, drop: dropOf(dropout, key), shift: 0, keepState: false };
    this.#gather(starts, n, S);
    this.#targets(starts, n, S, plan.table.firstStep, plan.table.steps);
    forward(net, work, pass);
    const scale = 1 / (count * O);
    this.losses[index] = net.k.loss(
      lossKinds[this.#options.loss],
      S,
      n,
      O,
      work.y,
      work.target,
      work.dy,
      work.dyRows,
      scale,
      huberDelta,
    );
    backward(net, work, plan.gradients, index, pass);
  }

  /** Validation windows are cut into as many tasks as there may be at most; each goes through them S at a time. */
  #validate(index: number, tasks: number): void {
    const { plan, net } = this;
    const work = this.#work;
    const { validation, T, D, C, rollout, centre, steps, firstStep } = plan.table;
    const chunks = Math.ceil(validation / plan.S);
    let sum = 0;
    for (let c = index; c < chunks; c += tasks) {
      const n = Math.min(plan.S, validation - c * plan.S);
      const S = Math.ceil(n / 4) * 4;
      const starts = plan.validationAt + c * plan.S * 4;
      const x = this.#gather(starts, n, S);
      net.k.clear(work.moved, S * D * 4);
      for (let k = 0; k < rollout; k++) {
        forward(net, this.#still, { S, drop: noDrop, shift: k, keepState: false });
        const O = rollout > 1 ? C : plan.model.O;
        if (rollout > 1) {
          const { E, H } = net.shapes[0] as LayerShape;
          net.k.feedBack(T, S, n, D, E + H, work.y, centre, x + k * S * (E + H) * 4, work.moved);
          this.#targets(starts, n, S, k + 1, 1);
        } else this.#targets(starts, n, S, firstStep, steps);
        const kind = lossKinds[this.#options.loss];
        sum += net.k.loss(kind, S, n, O, work.y, work.target, work.dy, work.dyRows, 1, huberDelta);
      }
    }
    this.losses[index] = sum;
  }

  /** The windows into the first layer's rows; returns where. */
  #gather(starts: number, n: number, S: number): number {
    const { T, D, centre } = this.plan.table;
    const { E, H } = this.net.shapes[0] as LayerShape;
    const x = (this.#work.layers[0]?.rows ?? 0) + (E - 1 - D) * 4;
    this.net.k.gather(T, S, n, D, E + H, this.plan.tableAt, starts, centre, x);
    return x;
  }

  #targets(starts: number, n: number, S: number, first: number, steps: number): void {
    const { T, D, C, centre } = this.plan.table;
    const { k } = this.net;
    k.gatherTargets(T, S, n, D, C, first, steps, this.plan.tableAt, starts, centre, this.#work.target);
  }

  /** The slices' gradients as one, in the order of the parameter table; returns its global norm. */
  collect(slices: number): number {
    collect(this.net, this.plan.gradients, slices, this.plan.gradient);
    return Math.sqrt(this.net.k.sumSquares(this.plan.buffers.size, this.plan.gradient));
  }
}
