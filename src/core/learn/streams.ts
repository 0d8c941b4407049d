import { Arena } from '../kernels/arena';
import type { Kernels } from '../kernels/index';
import { dropOf } from '../nn/layers';
import type { ModelSpec } from '../nn/model';
import { placeNetwork, type Windows } from '../nn/network';
import type { Streams } from '../nn/streams';
import type { TrainOptions } from './engine';
import { sliceRows, type TrainPlan } from './plan';
import { type LessonOptions, type Phase, phases, Seat } from './session';
import { controlWords, mostSeats, mostTasks } from './words';

/** Texts to learn from, as numbers of tokens 0 … V−1. */
export interface Corpus {
  train: Int32Array;
  validation: Int32Array;
}

/**
 * How a language model is trained. `options.batch` streams are read side by side, `options.tbptt` steps at a time: each part
 * of the text is cut into that many equal stretches, and a chunk is one step of the optimizer. What is left over at the
 * ends, less than a chunk per stream, is not read.
 */
export interface StreamRequest {
  model: ModelSpec;
  corpus: Corpus;
  options: TrainOptions;
}

/** First tokens of every chunk of every stream, chunk after chunk: [chunks][N]. The last token of a stream is only a target. */
export function chunkStarts(length: number, N: number, T: number, offset = 0): Int32Array {
  const stretch = Math.floor((length - 1) / N);
  const chunks = Math.max(0, Math.floor(stretch / T));
  return Int32Array.from({ length: chunks * N }, (_, i) => offset + (i % N) * stretch + Math.floor(i / N) * T);
}

export function planStreams({ model, corpus, options }: StreamRequest, threads: number): TrainPlan {
  const arena = new Arena();
  const { batch: N, tbptt: T } = options;
  const S = sliceRows(N, model.H);
  const slices = Math.ceil(N / S);
  const seats = Math.max(1, Math.min(threads, mostSeats, slices));
  const sizes = { S, T, kept: T, extra: 0, seats, slices, slots: 2 * slices };
  const network = placeNetwork(arena, model, sizes);
  const rows = corpus.train.length + corpus.validation.length;
  const train = chunkStarts(corpus.train.length, N, T).length;
  const validation = chunkStarts(corpus.validation.length, N, T).length;
  return {
    model,
    table: { rows, D: model.D, C: 1, T, firstStep: 1, steps: 1, centre: 0, train, validation, rollout: 1 },
    streams: N,
    S,
    slices,
    network,
    gradient: arena.add('gradient', [network.size]),
    moments: [arena.add('first moment', [network.size]), arena.add('second moment', [network.size])],
    tableAt: arena.add('tokens', [rows]),
    trainAt: arena.add('training chunks', [train]),
    validationAt: arena.add('validation chunks', [validation]),
    levelsAt: arena.add('quantile levels', [1]),
    lossesAt: arena.add('losses', [mostTasks], 8),
    controlAt: arena.add('control', [controlWords]),
    memory: arena.table,
    bytes: arena.bytes,
  };
}

/** The texts and their chunks into a training's memory; returns the training chunks there. */
export function placeCorpus(plan: TrainPlan, memory: WebAssembly.Memory, { train, validation }: Corpus): Int32Array {
  const { T } = plan.table;
  const N = plan.streams as number;
  const tokens = new Int32Array(memory.buffer, plan.tableAt);
  tokens.set(train);
  tokens.set(validation, train.length);
  new Int32Array(memory.buffer, plan.validationAt).set(chunkStarts(validation.length, N, T, train.length));
  const order = new Int32Array(memory.buffer, plan.trainAt, plan.table.train);
  order.set(chunkStarts(train.length, N, T));
  return order;
}

/** A thread's view of a language model's training: streams are read in their order, and their states handed on. */
export class StreamSeat extends Seat {
  readonly #net: Streams;

  constructor(plan: TrainPlan, index: number, k: Kernels, f: Float32Array | Float64Array, options: LessonOptions) {
    super(plan, index, k, f, options);
    this.#net = this.net as Streams;
  }

  /** Every token of a chunk is judged. */
  override get valuesPerSample(): number {
    return this.plan.table.T;
  }
  override get validationTasks(): number {
    return this.plan.table.validation > 0 ? this.plan.slices : 0;
  }
  override get validationValues(): number {
    return this.plan.table.validation * this.plan.table.T;
  }

  /** An epoch reads from the beginning; the order of chunks is the text's. */
  override begin(): void {
    for (let slice = 0; slice < this.plan.slices; slice++) this.#net.forget(slice);
  }

  override run(phase: Phase, index: number, from: number, count: number, step: number): void {
    if (phase === phases.train) this.#trainChunk(index, from, count, step);
    else this.#judge(index);
  }

  #trainChunk(index: number, from: number, count: number, step: number): void {
    const { plan } = this;
    const chunk = this.#chunk(plan.trainAt, from, index);
    const drop = dropOf(plan.model.dropout, this.maskKey(step, index));
    this.#net.carry(index);
    this.#net.gather(chunk);
    this.#net.next();
    this.#net.forward(chunk.S, drop);
    this.losses[index] = this.#loss(chunk, 1 / (count * plan.table.T));
    this.#net.backward(index, chunk.S, drop);
  }

  /** All chunks of the held-out text of one slice's streams, one after another. */
  #judge(index: number): void {
    const { plan } = this;
    const slot = plan.slices + index;
    let sum = 0;
    this.#net.forget(slot);
    this.#net.carry(slot);
    for (let from = 0; from < plan.table.validation; from += plan.streams as number) {
      const chunk = this.#chunk(plan.validationAt, from, index);
      this.#net.gather(chunk);
      this.#net.next();
      this.#net.forward(chunk.S, null);
      sum += this.#loss(chunk, 1);
    }
    this.losses[index] = sum;
  }

  #chunk(list: number, from: number, index: number): Windows {
    const { S, streams, table, tableAt } = this.plan;
    const n = Math.min(S, (streams as number) - index * S);
    const starts = list + (from + index * S) * 4;
    return { S: Math.ceil(n / 4) * 4, n, T: table.T, D: table.D, centre: 0, table: tableAt, starts };
  }

  #loss({ S, T }: Windows, scale: number): number {
    const { y, target, dy, dyRows } = this.#net.outputs;
    return this.k.crossEntropy(this.plan.model.O, T * S, T * S, 1, y, target, dy, dyRows, scale);
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
  return plan.streams ? new StreamSeat(plan, index, k, f, options) : new Seat(plan, index, k, f, options);
}
