import v8 from 'node:v8';
import { expect, test } from 'vitest';
import type { WindowTable } from '../../../src/core/data/windows';
import { createEngine } from '../../../src/core/learn';
import type { Control, TrainOptions } from '../../../src/core/learn/engine';
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
/** A sine, so short a window that it must be learned, not copied. */
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
const spec = (cell: ModelSpec['cell']): ModelSpec => ({
  cell,
  activation: 'tanh',
  D: 1,
  H: 12,
  L: 1,
  O: 1,
  dropout: 0,
});

test.each(['rnn', 'lstm', 'gru'] as const)('%s learns a sine and rolls it out', async (cell) => {
  const engine = createEngine({ kernels: 'plain', threads: 1 });
  const table = sine(400, 12, cell === 'gru' ? 'last' : 'none');
  const training = engine.train({ model: spec(cell), table, options }, control);
  let step = await training.next();
  const losses: number[] = [];
  for (; !step.done; step = await training.next()) if (step.value.type === 'epoch') losses.push(step.value.validation);
  const { weights, bestEpoch } = step.value;
  expect(losses).toHaveLength(20);
  expect(Math.min(...losses)).toBeLessThan(2e-3);
  expect(losses[bestEpoch - 1]).toBe(Math.min(...losses));
  const forecast = engine.predict(spec(cell), weights, table, table.starts.validation);
  const squares = Array.from(forecast, (y, i) => (y - table.inputs[table.starts.validation[i]! + 12]!) ** 2);
  expect(squares.reduce((a, b) => a + b) / squares.length).toBeCloseTo(losses[bestEpoch - 1]!, 6);
  const rolled = engine.rollOut(spec(cell), weights, table, table.starts.validation.slice(0, 5), 9);
  for (let w = 0; w < 5; w++)
    for (let k = 0; k < 9; k++)
      expect(rolled[w * 9 + k]).toBeCloseTo(table.inputs[table.starts.validation[w]! + 12 + k]!, 0);
});
