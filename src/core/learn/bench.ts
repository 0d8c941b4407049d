import { instantiate, type Kernels, newMemory } from '../kernels/index';
import { compile } from '../kernels/modules';
import { referenceKernels } from '../kernels/reference/index';
import { single } from '../kernels/reference/memory';
import type { CellName } from '../nn/model';
import type { KernelName } from '../settings';
import { type Case, operations, request, workOf } from './cases';
import { controlOf, crew, wake } from './crew';
import type { MemoryRow } from './engine';
import { Forecaster } from './forecaster';
import type { StartThread, Thread } from './thread';
import { openSeat } from './tokens';
import { alone, Lesson, type Team } from './train';
import { word } from './words';

export type BenchKernels = KernelName | 'reference';

/** Which shapes are measured: every cell in every shape. */
export interface BenchGrid {
  D: number;
  cells: CellName[];
  shapes: BenchShape[];
}
export interface BenchShape {
  T: number;
  B: number;
  H: number;
  layers?: number;
  cells?: CellName[];
  /** Another width of the inputs. */
  D?: number;
  /** With it, a text of so many characters is learned. */
  V?: number;
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
    { T: 50, B: 32, H: 128, D: 64, V: 62 },
    { T: 50, B: 32, H: 128, D: 64, V: 62, layers: 2 },
  ],
};

export interface BenchRow extends Case {
  /** `text`: a training step on a text. */
  task: 'train' | 'infer' | 'text';
  threads: number;
  kernels: BenchKernels;
  /** Median of one training step, or of one forecast of a lone window. */
  ms: number;
  samplesPerSecond: number;
  gflops: number;
  /** Share of what the threads could do at most, by the multiply-add loop run just before and after. */
  ofPeak: number;
}

export interface BenchHost {
  now(): number;
  breathe(): Promise<void>;
  startThread: StartThread;
}

/**
 * Measures every row of the grid, one after another, and yields it: training steps on each number of threads, and the
 * forecast of a lone window. Returns the most one thread can do, the median over all rows.
 *
 * @param milliseconds what one row may take, warm-up included
 */
export async function* bench(
  grid: BenchGrid,
  { threads, kernels, milliseconds }: { threads: number[]; kernels: BenchKernels; milliseconds: number },
  host: BenchHost,
): AsyncGenerator<BenchRow, { gflopsPerThread: number }> {
  const floor = floorOf(kernels);
  const loop = floor.kernels(newMemory(65536));
  const helpers = Array.from({ length: Math.max(...threads) - 1 }, () => host.startThread());
  const peaks: number[] = [];
  const row = (about: Case, task: BenchRow['task'], count: number, call: () => void): BenchRow => {
    const before = peak(loop, host.now);
    const ms = measure(call, host.now, milliseconds);
    const most = Math.max(before, peak(loop, host.now));
    peaks.push(most);
    const gflops = ((task === 'infer' ? 1 : 3) * operations(about)) / ms / 1e6;
    const rate = { ms, samplesPerSecond: (1000 * about.B) / ms, gflops, ofPeak: gflops / (most * count) };
    return { task, ...about, threads: count, kernels, ...rate };
  };
  try {
    for (const about of cases(grid)) {
      for (const count of threads) {
        const training = await open(floor, about, helpers.slice(0, count - 1), host);
        yield row(about, about.V ? 'text' : 'train', count, training.step);
        training.end();
        await host.breathe();
      }
      if (floor.module && !about.V)
        yield row({ ...about, B: 1 }, 'infer', 1, forecastOf(floor.module, { ...about, B: 1 }));
    }
  } finally {
    for (const helper of helpers) helper.end();
  }
  return { gflopsPerThread: median(peaks) };
}

export function cases({ D: inputs, cells, shapes }: BenchGrid): Case[] {
  return shapes.flatMap((shape) =>
    (shape.cells ?? cells).map((cell) => {
      const { T, B, H, layers = 1, D = inputs, V } = shape;
      return { cell, layers, T, B, D, H, ...(V && { V }) };
    }),
  );
}

/** What a training of each case would place in memory. */
export function memoryOf(about: Case, threads: number): { bytes: number; table: MemoryRow[] } {
  const { bytes, memory } = workOf(about, threads).plan;
  return { bytes, table: memory };
}

interface Floor {
  /** Null for the twins, which run on one thread. */
  module: WebAssembly.Module | null;
  kernels(memory: WebAssembly.Memory): Kernels;
}
function floorOf(name: BenchKernels): Floor {
  if (name === 'reference') return { module: null, kernels: (memory) => referenceKernels(single(memory.buffer)) };
  const module = compile(name);
  return { module, kernels: (memory) => instantiate(module, memory) };
}

/** One training step after another, by this thread and the helpers. */
export async function open(floor: Floor, about: Case, helpers: Thread[], { now, breathe }: BenchHost) {
  const { plan, options, place } = workOf(about, helpers.length + 1);
  const memory = newMemory(plan.bytes);
  const order = place(memory);
  const seat = openSeat(plan, 0, floor.kernels(memory), new Float32Array(memory.buffer), options);
  const control = controlOf(plan, memory);
  const wanted = floor.module ? Math.min(helpers.length, plan.network.seats.length - 1) : 0;
  let team: Team = alone(seat);
  for (let i = 0; i < wanted; i++) {
    const task = { job: 0, seat: i + 1, module: floor.module as WebAssembly.Module, memory, plan };
    helpers[i]?.post({ ...task, options, from: null });
    team = crew(seat, control, now);
  }
  while (Atomics.load(control, word.helpers) < wanted) await breathe();
  const lesson = new Lesson(seat, team, order, options);
  lesson.beginEpoch(1);
  let batch = 0;
  return {
    step() {
      lesson.step(batch++ % lesson.batches);
    },
    end() {
      Atomics.store(control, word.over, 1);
      wake(control);
    },
  };
}

/** The forecast of B windows by a model that is ready. */
export function forecastOf(module: WebAssembly.Module, about: Case): () => void {
  const { model, table } = request(about, 1);
  const ready = new Forecaster(module, model, table, 1);
  ready.take(new Float32Array(ready.count).fill(0.01), table);
  const starts = table.starts.train.subarray(0, about.B);
  return () => {
    ready.predict(starts);
  };
}

/** The most one thread can do, in GFLOP/s. */
function peak(k: Kernels, now: () => number): number {
  const n = 100_000;
  const once = () => {
    const begun = now();
    k.fma(n);
    return (64 * n) / (1e6 * (now() - begun));
  };
  return Math.max(...Array.from({ length: 5 }, once));
}

/** Median milliseconds of one call, after warming up for a third of the time; short calls are timed in groups. */
function measure(call: () => void, now: () => number, milliseconds: number): number {
  const begun = now();
  let calls = 0;
  while (now() - begun < milliseconds / 3 || calls < 2) {
    call();
    calls++;
  }
  const each = (now() - begun) / calls;
  const group = Math.max(1, Math.round(1 / each));
  const rounds = Math.max(3, Math.round((2 * milliseconds) / (3 * each * group)));
  const times = Array.from({ length: rounds }, () => {
    const from = now();
    for (let i = 0; i < group; i++) call();
    return (now() - from) / group;
  });
  return median(times);
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2;
}
