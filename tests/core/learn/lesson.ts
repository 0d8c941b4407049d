import v8 from 'node:v8';
import type { WindowTable } from '../../../src/core/data/windows';
import type { Control, Engine, TrainEvent, Trained, TrainOptions } from '../../../src/core/learn/engine';
import type { ModelSpec } from '../../../src/core/nn/model';

v8.setFlagsFromString('--experimental-wasm-relaxed-simd');

export const control: Control = {
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
  now: () => performance.now(),
  stopping: false,
  whileAllowed: () => Promise.resolve(),
};

export const options: TrainOptions = {
  epochs: 20,
  patience: 0,
  batch: 32,
  learningRate: 0.01,
  optimizer: 'adam',
  clip: 1,
  tbptt: 0,
  loss: 'mse',
  seed: 1,
  threads: 1,
  kernels: 'plain',
  rollout: 1,
};

/** A sine in windows of T, the next value to be learned; the last 30 % for validation. */
export function sine(rows: number, T: number, centre: 'none' | 'last' = 'none'): WindowTable {
  const inputs = Float32Array.from({ length: rows }, (_, t) => Math.sin(t * 0.37));
  const starts = Int32Array.from({ length: rows - T }, (_, s) => s);
  const cut = Math.floor(starts.length * 0.7);
  return {
    rows,
    D: 1,
    targetColumns: 1,
    inputs,
    T,
    firstStep: 1,
    steps: 1,
    centre,
    starts: { train: starts.slice(0, cut), validation: starts.slice(cut), test: starts.slice(cut) },
  };
}

export const spec = (cell: ModelSpec['cell'], more: Partial<ModelSpec> = {}): ModelSpec => ({
  cell,
  activation: 'tanh',
  D: 1,
  H: 12,
  L: 1,
  O: 1,
  dropout: 0,
  ...more,
});

/** A training to its end, with all it said. */
export async function whole(
  engine: Engine,
  request: Parameters<Engine['train']>[0],
  by: Control = control,
): Promise<{ trained: Trained; epochs: Extract<TrainEvent, { type: 'epoch' }>[] }> {
  const epochs: Extract<TrainEvent, { type: 'epoch' }>[] = [];
  const steps = engine.train(request, by);
  for (;;) {
    const step = await steps.next();
    if (step.done) return { trained: step.value, epochs };
    if (step.value.type === 'epoch') epochs.push(step.value);
  }
}
