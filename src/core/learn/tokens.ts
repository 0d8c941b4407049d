import { Arena } from '../kernels/arena';
import type { Kernels } from '../kernels/index';
import { dropOf } from '../nn/layers';
import type { ModelSpec } from '../nn/model';
import { placeNetwork, type Windows } from '../nn/network';
import type { Tokens } from '../nn/tokens';
import type { TrainOptions, TrainState } from './engine';
import { sliceRows, type TrainPlan } from './plan';
import { type LessonOptions, type Phase, phases, Seat } from './session';
import { controlWords, mostSeats, mostTasks } from './words';

/** Tokens to learn from, and how they are read: T at a time from each of `starts` on. */
export interface TokenTable {
  /** 0 … V−1. */
  tokens: Int32Array;
  /** What is to be said after each: a class 0 … O−1, or −1 where nothing is judged. As many as tokens. */
  labels: Int32Array;
  T: number;
  starts: { train: Int32Array; validation: Int32Array };
  /**
   * True: `options.batch` streams are read side by side in the order of `starts` ([chunks][streams]), each chunk from the state
   * in which its stream's last one ended. False: every start begins with a zero state, and they are shuffled every epoch.
   */
  carried: boolean;
  /** What a class weighs in the loss: [O]; without, 1 each. */
  weights?: Float32Array;
}

export interface TokenRequest {
  model: ModelSpec;
  table: TokenTable;
  /** `loss` is not looked at: it is the cross-entropy, in nats per judged step. */
  options: TrainOptions;
  /** As of a TrainRequest. */
  from?: TrainState | null;
}

export function planTokens({ model, table, options }: TokenRequest, threads: number): TrainPlan {
  const arena = new Arena();
  const { T, starts, carried } = table;
  const S = sliceRows(options.batch, model.H);
  const slices = Math.ceil(options.batch / S);
  const seats = Math.max(1, Math.min(threads, mostSeats, slices));
  const sizes = { S, T, kept: T, extra: 0, seats, slices, slots: carried ? 2 * slices : 0 };
  const network = placeNetwork(arena, model, sizes);
  const rows = table.tokens.length;
  const [train, validation] = [starts.train.length, starts.validation.length];
  return {
    model,
    table: { rows, D: model.D, C: 1, T, firstStep: 1, steps: 1, centre: 0, train, validation, rollout: 1 },
    labels: null,
    tokens: {
      labelsAt: arena.add('labels', [rows]),
      carried,
      weightsAt: table.weights ? arena.add('class weights', [model.O]) : 0,
    },
    S,
    slices,
    network,
    gradient: arena.add('gradient', [network.size]),
    moments: [arena.add('first moment', [network.size]), arena.add('second moment', [network.size])],
    tableAt: arena.add('tokens', [rows]),
    trainAt: arena.add('training starts', [train]),
    validationAt: arena.add('validation starts', [validation]),
    levelsAt: arena.add('quantile levels', [1]),
    lossesAt: arena.add('losses', [mostTasks], 8),
    controlAt: arena.add('control', [controlWords]),
    memory: arena.table,
    bytes: arena.bytes,
  };
}

/** The tokens and their starts into a training's memory; returns the training starts there. */
export function placeTokenTable(plan: TrainPlan, memory: WebAssembly.Memory, table: TokenTable): Int32Array {
  const place = (at: number, values: Int32Array) => {
    const there = new Int32Array(memory.buffer, at, values.length);
    there.set(values);
    return there;
  };
  place(plan.tableAt, table.tokens);
  place(plan.tokens?.labelsAt ?? 0, table.labels);
  if (table.weights) new Float32Array(memory.buffer, plan.tokens?.weightsAt).set(table.weights);
  place(plan.validationAt, table.starts.validation);
  return place(plan.trainAt, table.starts.train);
}

/** A thread's view of a training on tokens. */
class TokenSeat extends Seat {
  readonly #net: Tokens;
  readonly #i: Int32Array;
  readonly #batch: number;
  readonly #labelsAt: number;
  readonly #carried: boolean;
  readonly #weightsAt: number;

  constructor(plan: TrainPlan, index: number, k: Kernels, f: Float32Array | Float64Array, options: LessonOptions) {
    super(plan, index, k, f, options);
    const { labelsAt, carried, weightsAt } = plan.tokens as NonNullable<TrainPlan['tokens']>;
    this.#net = this.net as Tokens;
    this.#i = new Int32Array(f.buffer);
    this.#batch = options.batch;
    this.#labelsAt = labelsAt;
    this.#carried = carried;
    this.#weightsAt = weightsAt;
  }

  override get valuesPerSample(): number {
    const { train } = this.plan.table;
    return this.#judged(this.plan.trainAt, train) / train;
  }
  /** The streams of a slice are judged one chunk after another, by one task. */
  override get validationTasks(): number {
    if (!this.#carried) return super.validationTasks;
    return this.plan.table.validation > 0 ? this.plan.slices : 0;
  }
  override get validationValues(): number {
    return this.#judged(this.plan.validationAt, this.plan.table.validation);
  }

  override begin(...shuffling: Parameters<Seat['begin']>): void {
    if (!this.#carried) super.begin(...shuffling);
    else for (let slice = 0; slice < this.plan.slices; slice++) this.#net.forget(slice);
  }

  override run(phase: Phase, index: number, from: number, count: number, step: number): void {
    this.losses[index] = phase === phases.train ? this.#train(index, from, count, step) : this.#validate(index, count);
  }

  #train(index: number, from: number, count: number, step: number): number {
    const { plan } = this;
    const rows = this.#rows(plan.trainAt, from + index * plan.S, count - index * plan.S);
    const drop = dropOf(plan.model.dropout, this.maskKey(step, index));
    this.#net.carry(this.#carried ? index : null);
    this.#read(rows);
    this.#net.forward(rows.S, drop);
    const loss = this.#loss(rows, 1 / this.#judged(plan.trainAt + from * 4, count));
    this.#net.backward(index, rows.S, drop);
    return loss;
  }

  #validate(index: number, tasks: number): number {
    const { S, slices, validationAt, table } = this.plan;
    const slot = slices + index;
    if (this.#carried) this.#net.forget(slot);
    this.#net.carry(this.#carried ? slot : null);
    // chunks of the task's own streams, or every so many rows of them all
    const [first, stride, end] = this.#carried
      ? [index * S, this.#batch, (from: number) => from - index * S + this.#batch]
      : [index * S, tasks * S, () => table.validation];
    let sum = 0;
    for (let from = first; from < table.validation; from += stride) {
      const rows = this.#rows(validationAt, from, end(from) - from);
      this.#read(rows);
      this.#net.forward(rows.S, null);
      sum += this.#loss(rows, 1);
    }
    return sum;
  }

  #read(rows: Windows): void {
    this.#net.gather(rows);
    this.#net.label(this.#labelsAt);
  }

  /** Start `first` of a list and those behind it, as many as go together of the `left` that there are. */
  #rows(list: number, first: number, left: number): Windows {
    const { S, table, tableAt } = this.plan;
    const n = Math.min(S, left);
    return { S: Math.ceil(n / 4) * 4, n, T: table.T, D: table.D, centre: 0, table: tableAt, starts: list + first * 4 };
  }

  /** Steps with a label among `count` starts of a list. */
  #judged(list: number, count: number): number {
    const { T } = this.plan.table;
    let judged = 0;
    for (let s = 0; s < count; s++) {
      const first = this.#labelsAt / 4 + (this.#i[list / 4 + s] as number);
      for (let t = 0; t < T; t++) if ((this.#i[first + t] as number) >= 0) judged++;
    }
    return judged;
  }

  #loss({ S, T }: Windows, scale: number): number {
    const { y, target, dy, dyRows } = this.#net.outputs;
    return this.k.crossEntropy(this.plan.model.O, T * S, T * S, 1, y, target, dy, dyRows, scale, this.#weightsAt);
  }
}

/** A thread's view of whichever training a plan is for. */
export function openSeat(
  plan: TrainPlan,
  index: number,
  k: Kernels,
  f: Float32Array | Float64Array,
  options: LessonOptions,
): Seat {
  return plan.tokens ? new TokenSeat(plan, index, k, f, options) : new Seat(plan, index, k, f, options);
}
