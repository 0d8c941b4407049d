import { expect, test } from 'vitest';
import { type BenchRow, bench, cases, defaultGrid, memoryOf } from '../../../src/core/learn/bench';
import { operations } from '../../../src/core/learn/cases';
import { planTraining, sliceRows } from '../../../src/core/learn/plan';
import { options, sine, spec } from './lesson';

const grid = {
  D: 2,
  cells: ['rnn', 'gru'] as const,
  shapes: [
    { T: 5, B: 6, H: 9, layers: 2 },
    { T: 3, B: 4, H: 4 },
    { T: 3, B: 5, H: 4, D: 3, V: 7, layers: 2 },
  ],
};

/** A clock that moves one millisecond at every look. */
const host = () => {
  let clock = 0;
  return {
    now: () => ++clock,
    breathe: () => Promise.resolve(),
    startThread: () => {
      throw new Error('one thread is asked for');
    },
  };
};

test.each(['plain', 'reference'] as const)('every row of the grid is measured: %s', async (kernels) => {
  const steps = bench({ ...grid, cells: [...grid.cells] }, { threads: [1], kernels, milliseconds: 20 }, host());
  const rows: BenchRow[] = [];
  let step = await steps.next();
  for (; !step.done; step = await steps.next()) rows.push(step.value);
  const training = rows.filter(({ task }) => task !== 'infer');
  expect(training.map(({ task, cell, T, layers, B, threads }) => [task, cell, T, layers, B, threads])).toEqual([
    ['train', 'rnn', 5, 2, 6, 1],
    ['train', 'gru', 5, 2, 6, 1],
    ['train', 'rnn', 3, 1, 4, 1],
    ['train', 'gru', 3, 1, 4, 1],
    ['text', 'rnn', 3, 2, 5, 1],
    ['text', 'gru', 3, 2, 5, 1],
  ]);
  // the twins only train here, and a text's model does not forecast
  expect(rows.length).toBe(kernels === 'plain' ? 10 : 6);
  for (const { ms, samplesPerSecond, gflops, ofPeak, B, task, ...about } of rows) {
    expect(samplesPerSecond).toBeCloseTo((1000 * B) / ms, 6);
    expect(gflops).toBeCloseTo(((task === 'infer' ? 1 : 3) * operations({ ...about, B })) / ms / 1e6, 9);
    expect(ofPeak).toBeGreaterThan(0);
  }
  expect(step.value.gflopsPerThread).toBeGreaterThan(0);
});

test('operations are counted as 2·G·H·(inputs + H) per sample, layer and step, and of a text the head', () => {
  expect(operations({ cell: 'lstm', layers: 1, T: 60, B: 32, D: 1, H: 64 })).toBe(2 * 4 * 64 * 65 * 60 * 32);
  expect(operations({ cell: 'gru', layers: 3, T: 7, B: 5, D: 2, H: 10 })).toBe(2 * 3 * 10 * (12 + 20 + 20) * 35);
  expect(operations({ cell: 'gru', layers: 2, T: 7, B: 5, D: 2, H: 10, V: 9 })).toBe(
    (2 * 3 * 10 * (10 + 20) + 2 * 10 * 9) * 35,
  );
});

test('the memory of each case is a table', () => {
  for (const about of cases(defaultGrid)) {
    const one = memoryOf(about, 1);
    const two = memoryOf(about, 2);
    // a second thread brings a workspace, not a second model
    expect(two.bytes).toBeGreaterThan(one.bytes);
    expect(two.bytes).toBeLessThan(2 * one.bytes);
    expect(new Set(one.table.map(({ name }) => name)).size).toBe(one.table.length);
  }
});

test('slices hold the whole batch, whatever the threads', () => {
  for (const H of [8, 64, 256])
    for (const batch of [1, 5, 8, 32, 64, 67, 1000, 4096]) {
      const S = sliceRows(batch, H);
      expect(S % 4).toBe(0);
      const request = { model: spec('gru', { H }), table: sine(80, 9), options: { ...options, batch } };
      const plans = [1, 2, 8].map((threads) => planTraining(request, threads));
      for (const plan of plans) expect([plan.S, plan.slices]).toEqual([S, Math.ceil(batch / S)]);
      expect(Math.ceil(batch / S)).toBeLessThanOrEqual(32);
    }
});
