import type { WindowTable } from '../data/windows';
import { instantiate, type Kernels, newMemory } from '../kernels/index';
import type { CellName, ModelSpec } from '../nn/model';
import type { KernelName } from '../settings';
import type { TrainOptions } from './engine';
import { Forecaster } from './forecaster';
import { planTraining, type TrainPlan } from './plan';
import { Seat } from './session';
import { placeTable } from './table';
import { alone, Lesson, type Team } from './train';

/** Which shapes are measured: every cell in every shape. */
export interface BenchGrid {
  D: number;
  cells: CellName[];
  shapes: { T: number; B: number; H: number; layers?: number; cells?: CellName[] }[];
}
export const defaultGrid: BenchGrid = {
  D: 1,
  cells: ['rnn', 'lstm', 'gru'],
  shapes: [
    { T: 30, B: 32, H: 32 },
    { T: 60, B: 32, H: 64 },
    { T: 60, B: 64, H: 128 },
    { T: 96, B: 64, H: 256 },
    { T: 336, B: 64, H: 128 },
  ],
};

export interface BenchRow {
  task: 'train' | 'infer';
  cell: CellName;
  layers: number;
  T: number;
  B: number;
  D: number;
  H: number;
  threads: number;
  kernels: KernelName | 'reference';
  /** Median of one step, or of one forecast. */
  ms: number;
  samplesPerSecond: number;
  /** Floating-point operations counted as 2·G·H·(inputs + H) per sample, layer and step, three times that in training. */
  gflops: number;
}

/** The most one thread can do: the median rate of the in-register multiply-add loop. */
export function peak(k: Kernels, now: () => number): number {
  const n = 200_000;
  k.fma(n);
  return median(Array.from({ length: 9 }, () => (64 * n) / (1e6 * timed(() => k.fma(n), now))));
}

const gateCount: Record<CellName, number> = { rnn: 1, lstm: 4, gru: 3 };

export function operations(model: ModelSpec, T: number, B: number): number {
  let sum = 0;
  for (let l = 0; l < model.L; l++)
    sum += 2 * gateCount[model.cell] * model.H * ((l === 0 ? model.D : model.H) + model.H);
  return sum * T * B;
}

export interface Case {
  cell: CellName;
  T: number;
  B: number;
  D: number;
  H: number;
  layers: number;
}

/** A training of random numbers, ready to be stepped: what `unroll bench` times, and what its memory table shows. */
export function trainingOf(
  { cell, T, B, D, H, layers }: Case,
  threads: number,
): { plan: TrainPlan; table: WindowTable; options: TrainOptions } {
  const windows = 4 * B;
  const rows = windows + T;
  const starts = Int32Array.from({ length: windows }, (_, s) => s);
  const inputs = Float32Array.from({ length: rows * D }, (_, i) => Math.sin(i * 12.9898) * 2);
  const table: WindowTable = {
    rows,
    D,
    targetColumns: 1,
    inputs,
    T,
    firstStep: 1,
    steps: 1,
    centre: 'none',
    starts: { train: starts, validation: new Int32Array(0), test: new Int32Array(0) },
  };
  const options: TrainOptions = {
    epochs: 1,
    patience: 0,
    batch: B,
    learningRate: 1e-3,
    optimizer: 'adam',
    clip: 1,
    tbptt: 0,
    loss: 'mse',
    seed: 1,
    threads,
    kernels: 'plain',
    rollout: 1,
  };
  const model: ModelSpec = { cell, activation: 'tanh', D, H, L: layers, O: 1, dropout: 0 };
  return { plan: planTraining({ model, table, options }, threads), table, options };
}

/** One training step after another, on one thread or by whatever team `teamOf` makes of its memory. */
export function stepper(
  module: WebAssembly.Module,
  { plan, table, options }: ReturnType<typeof trainingOf>,
  teamOf: (seat: Seat, memory: WebAssembly.Memory) => Team = alone,
): () => void {
  const memory = newMemory(plan.bytes);
  const order = placeTable(plan, memory, table);
  const seat = new Seat(plan, 0, instantiate(module, memory), new Float32Array(memory.buffer), options);
  const lesson = new Lesson(seat, teamOf(seat, memory), order, options);
  lesson.beginEpoch();
  let b = 0;
  return () => {
    lesson.step(b++ % 4);
  };
}

/** Forecasts of B windows by a ready model. */
export function forecaster(module: WebAssembly.Module, of: Case): () => void {
  const { plan, table } = trainingOf(of, 1);
  const ready = new Forecaster(module, plan.model, table, 1);
  ready.take(new Float32Array(plan.network.size).fill(0.01).subarray(0, ready.count), table);
  const starts = table.starts.train.subarray(0, of.B);
  return () => {
    ready.predict(starts);
  };
}

/** Milliseconds of one call. */
export function timed(call: () => void, now: () => number): number {
  const begun = now();
  call();
  return now() - begun;
}

/** Median milliseconds of one call, after warming up; short calls are timed in groups. */
export function measure(call: () => void, now: () => number, budget: number): number {
  const until = now() + budget / 2;
  let calls = 0;
  while (now() < until || calls < 3) {
    call();
    calls++;
  }
  const each = budget / 2 / calls;
  const group = Math.max(1, Math.round(2 / each));
  const rounds = Math.max(5, Math.round(budget / (each * group)));
  const times = Array.from({ length: rounds }, () => {
    const begun = now();
    for (let i = 0; i < group; i++) call();
    return (now() - begun) / group;
  });
  return median(times);
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
