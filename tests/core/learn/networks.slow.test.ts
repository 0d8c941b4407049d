import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WindowTable } from '../../../src/core/data/windows';
import { createEngine } from '../../../src/core/learn';
import type { TrainRequest } from '../../../src/core/learn/engine';
import type { ModelSpec } from '../../../src/core/nn/model';
import { options, spec, whole } from './lesson';
import { builtThreads } from './threads';

let threads: Awaited<ReturnType<typeof builtThreads>>;
beforeAll(async () => {
  threads = await builtThreads();
});
afterAll(() => threads.remove());

const [T, K] = [24, 8];
/** A wave with a slower one under it; the next eight values to be learned. */
function waves(): WindowTable {
  const rows = 420;
  const inputs = Float32Array.from({ length: rows }, (_, t) => Math.sin(t * 0.5) + 0.5 * Math.sin(t * 0.11));
  const starts = Int32Array.from({ length: rows - T - K + 1 }, (_, s) => s);
  const parts = { train: starts.slice(0, 280), validation: starts.slice(280), test: starts.slice(280) };
  return { rows, D: 1, targetColumns: 1, inputs, T, firstStep: 1, steps: K, centre: 'last', starts: parts };
}
const networks: [string, Partial<ModelSpec>, Partial<TrainRequest['options']>][] = [
  ['segments', { segment: 6, O: K }, {}],
  ['quantiles over segments', { segment: 6, O: 3 * K, quantiles: [0.5, 0.1, 0.9] }, { loss: 'quantile' }],
  ['seq2seq', { O: K, decoder: { steps: K, attention: 'none' } }, {}],
  ['seq2seq, bahdanau', { O: K, decoder: { steps: K, attention: 'bahdanau' } }, { sampling: 0.5 }],
  ['seq2seq, luong', { O: K, decoder: { steps: K, attention: 'luong' } }, {}],
];

describe.each(networks)('%s', (_, model, more) => {
  const request: TrainRequest = {
    model: spec('gru', { H: 16, dropout: 0.1, ...model }),
    table: waves(),
    // the last batch is ragged, and so is its last slice
    options: { ...options, batch: 37, epochs: 25, learningRate: 0.01, threads: 3, ...more },
  };

  test('learns waves, forecasts as it was validated, and the same on any number of threads', async () => {
    const engine = createEngine({ kernels: 'plain', threads: 1 });
    const alone = await whole(engine, request);
    const losses = alone.epochs.map(({ validation }) => validation);
    expect(Math.min(...losses)).toBeLessThan(losses[0]! / 3);
    const { table } = request;
    const { O } = request.model;
    const { weights, bestEpoch } = alone.trained;
    const forecast = engine.predict(request.model, weights, table, table.starts.validation);
    let squares = 0;
    table.starts.validation.forEach((start, w) => {
      for (let k = 0; k < K; k++) squares += (forecast[w * O + k]! - table.inputs[start + T + k]!) ** 2;
    });
    const mse = squares / (K * table.starts.validation.length);
    if (request.options.loss === 'mse') expect(mse).toBeCloseTo(losses[bestEpoch - 1]!, 6);
    expect(mse).toBeLessThan(0.15);
    for (const count of [2, 3]) {
      const shared = createEngine({ kernels: 'plain', threads: count, startThread: threads.startThread });
      const { trained } = await whole(shared, { ...request, options: { ...request.options, epochs: 3 } });
      const same = await whole(engine, { ...request, options: { ...request.options, epochs: 3 } });
      expect(trained.weights).toEqual(same.trained.weights);
      shared.close();
    }
    engine.close();
  });
});
