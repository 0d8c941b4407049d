import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WindowTable } from '../../../src/core/data/windows';
import { createEngine } from '../../../src/core/learn';
import type { Engine, TrainRequest } from '../../../src/core/learn/engine';
import { initialWeights } from '../../../src/core/nn/initial';
import { cellNames, sharingNames } from '../../../src/core/nn/model';
import { parameterTable } from '../../../src/core/nn/parameters';
import { Random } from '../../../src/core/nn/random';
import { control, options, spec, whole } from './lesson';
import { builtThreads } from './threads';

let threads: Awaited<ReturnType<typeof builtThreads>>;
/** In this thread, on two and on three. */
let engines: [Engine, Engine, Engine];
beforeAll(async () => {
  threads = await builtThreads();
  const { startThread } = threads;
  const engine = (count: number) => createEngine({ kernels: 'plain', threads: count, startThread });
  engines = [createEngine({ kernels: 'plain', threads: 1 }), engine(2), engine(3)];
});
afterAll(() => {
  for (const engine of engines) engine.close();
  threads.remove();
});

const [T, K, M, D] = [18, 3, 2, 3];
/** Two waves that follow one, and a column that both read. */
function waves(): WindowTable {
  const rows = 320;
  const inputs = Float32Array.from({ length: rows * D }, (_, i) => {
    const t = Math.floor(i / D);
    return [Math.sin(t * 0.5), Math.cos(t * 0.5 + 1) * 0.7 + 0.2, Math.sin(t * 0.11)][i % D]!;
  });
  const starts = Int32Array.from({ length: rows - T - K + 1 }, (_, s) => s);
  const parts = { train: starts.slice(0, 200), validation: starts.slice(200), test: starts.slice(200) };
  return { rows, D, targetColumns: M, inputs, T, firstStep: 1, steps: K, centre: 'last', starts: parts };
}

describe.each(sharingNames)('%s layer', (kind) => {
  describe.each(cellNames)('%s', (cell) => {
    const request = (training: 'joint' | 'alternating', epochs: number): TrainRequest => ({
      model: spec(cell, { H: 12, D, O: K * M, sharing: { kind, tasks: M } }),
      table: waves(),
      // the last batch is ragged, and so is its last slice
      options: { ...options, batch: 37, epochs, learningRate: 0.01, threads: 3, training },
    });

    test.each(['joint', 'alternating'] as const)('%s: learns, and forecasts as it was validated', async (training) => {
      const [engine] = engines;
      const asked = request(training, 12);
      const { epochs, trained } = await whole(engine, asked);
      const losses = epochs.map(({ validation }) => validation);
      expect(Math.min(...losses)).toBeLessThan(losses[0]! / 2);
      const { table, model } = asked;
      const forecast = engine.predict(model, trained.weights, table, table.starts.validation);
      const squares = [0, 0];
      table.starts.validation.forEach((start, w) => {
        for (let o = 0; o < K * M; o++) {
          const truth = table.inputs[(start + T + Math.floor(o / M)) * D + (o % M)]!;
          squares[o % M]! += (forecast[w * K * M + o]! - truth) ** 2 / (K * table.starts.validation.length);
        }
      });
      expect((squares[0]! + squares[1]!) / M).toBeCloseTo(losses[trained.bestEpoch - 1]!, 6);
      // neither task is left behind
      expect(Math.max(...squares)).toBeLessThan(0.15);
    });

    test('bit for bit the same on any number of threads', async () => {
      const [alone, ...shared] = engines;
      for (const training of ['joint', 'alternating'] as const) {
        const one = await whole(alone, request(training, 2));
        for (const engine of shared) {
          const { trained, epochs } = await whole(engine, request(training, 2));
          expect(trained.weights).toEqual(one.trained.weights);
          expect(epochs.map(({ train }) => train)).toEqual(one.epochs.map(({ train }) => train));
        }
      }
    });
  });
});

test('alternating learns one task after the other: with a learning rate of nothing, losses are those of all together', async () => {
  const [engine] = engines;
  const request = (training: 'joint' | 'alternating', learningRate: number): TrainRequest => ({
    model: spec('gru', { H: 12, D, O: K * M, sharing: { kind: 'coupled', tasks: M } }),
    table: waves(),
    options: { ...options, batch: 37, epochs: 1, learningRate, threads: 1, training },
  });
  const [joint, alternating] = [
    await whole(engine, request('joint', 1e-30)),
    await whole(engine, request('alternating', 1e-30)),
  ];
  expect(alternating.epochs[0]!.train).toBeCloseTo(joint.epochs[0]!.train, 6);
  // stopped after its first batch, only the first task's head has moved, and what all share
  const stopped = { ...control, stopping: true };
  const asked = request('alternating', 0.01);
  const steps = engine.train(asked, stopped);
  let step = await steps.next();
  while (!step.done) step = await steps.next();
  const first = initialWeights(asked.model, new Random(asked.options.seed), asked.options.init);
  for (const { name, offset, size } of parameterTable(asked.model)) {
    const [now, then] = [step.value.weights, first].map((all) => all.slice(offset, offset + size));
    expect(String(now) === String(then), name).toBe(name.startsWith('task1.head'));
  }
  const moved = [await whole(engine, request('joint', 0.01)), await whole(engine, request('alternating', 0.01))];
  expect(moved[0]!.trained.weights).not.toEqual(moved[1]!.trained.weights);
});
