import { describe, expect, test } from 'vitest';
import { differenceOf } from '../../../src/core/export/onnx/check';
import type { Series } from '../../../src/core/protocol';
import type { Settings } from '../../../src/core/settings';
import { noisySine, randomWalk, seriesFrom } from '../forecast/series';
import { bytesOf, control, engine, runtime, trained } from './onnx-run';

/**
 * A file that leaves the lab forecasts what the lab forecasts: through onnxruntime, on windows no training has seen, for
 * everything that can be trained.
 */
const cells: Settings['models'] = ['rnn', 'lstm', 'gru'];
const positive = (rows: number, seed: number) => randomWalk(rows, seed).map((value) => 5 + Math.abs(value));
const learned = seriesFrom(positive(240, 1));
const unseen = seriesFrom(positive(120, 2));
const origins = Int32Array.from({ length: 40 }, (_, i) => 50 + i);

async function differences(chosen: Partial<Settings>, series: Series = learned, fresh: Series = unseen) {
  const models = await trained(series, { models: cells, ...chosen });
  return Promise.all(
    models.map(async ({ record, weights }) => {
      const run = await runtime(bytesOf(record, weights));
      return differenceOf({ record, weights, engine }, fresh, origins, control, run);
    }),
  );
}
const within = (found: number[]) => {
  expect(found).toHaveLength(cells.length);
  for (const difference of found) expect(difference).toBeLessThan(1e-5);
};

const tasks: [string, Partial<Settings>][] = [
  ['many-to-one', { task: 'many-to-one' }],
  ['many-to-many', { task: 'many-to-many' }],
  ['autoregressive', { task: 'autoregressive' }],
  ['one-to-many', { task: 'one-to-many', lookback: 1 }],
  ['seq2seq', { task: 'seq2seq' }],
  ['seq2seq, bahdanau', { task: 'seq2seq', attention: 'bahdanau' }],
  ['seq2seq, luong', { task: 'seq2seq', attention: 'luong' }],
  ['seq2seq, luong-dot', { task: 'seq2seq', attention: 'luong-dot' }],
  ['segments', { task: 'many-to-many', segment: 4, horizon: 6 }],
  ['quantiles', { task: 'many-to-many', loss: 'quantile' }],
  ['segments of quantiles', { task: 'many-to-many', segment: 2, loss: 'quantile' }],
];
const transforms: Settings['transform'][] = ['none', 'diff', 'log', 'log-diff', 'seasonal-diff', 'log-seasonal-diff'];
const scales: Settings['scale'][] = ['standard', 'minmax', 'robust', 'window', 'none'];

describe.each(tasks)('%s', (_, task) => {
  test.each([1, 2])('%i layers', async (layers) => {
    within(await differences({ ...task, layers }));
  });
  test.each(transforms)('transform %s', async (transform) => {
    within(await differences({ ...task, transform, season: 2 }));
  });
  test.each(scales)('scale %s', async (scale) => {
    within(await differences({ ...task, scale }));
  });
});

const walks = (rows: number, seed: number) => [seed, seed + 1, seed + 2].map((one) => positive(rows, one));
const withInputs = seriesFrom(...walks(240, 10));
const unseenInputs = seriesFrom(...walks(120, 20));

describe.each(['after', 'input', 'none'] as const)('an RNN with memory %s', (memory) => {
  test.each(tasks)('%s', async (_, task) => {
    for (const more of [{ layers: 1 }, { layers: 2, scale: 'window' as const, activation: 'relu' as const }]) {
      const [found] = await differences({ ...task, ...more, models: ['rnn'], memory });
      expect(found).toBeLessThan(1e-5);
    }
  });
});

describe('with what is known ahead', () => {
  const dated = (series: Series, year: number): Series => {
    const rows = series.values[0]!.length;
    const day = (row: number) => Date.UTC(year, 0, 1 + row, row % 24);
    const times = series.values[0]!.map((_, row) => day(row));
    const future = Float64Array.from({ length: 3 }, (_, k) => day(rows + k));
    const ahead = { names: ['planned'], values: [positive(rows + 3, year)] };
    return { ...series, times, future, dateOnly: false, ahead };
  };
  test.each(tasks)('%s', async (_, task) => {
    for (const more of [{ scale: 'window' as const }, { transform: 'log-diff' as const }])
      within(
        await differences(
          { ...task, horizon: 3, ...more, calendar: true, future: ['planned'] },
          dated(withInputs, 2020),
          dated(unseenInputs, 2023),
        ),
      );
  });
});

describe('curves in rows', () => {
  const K = 3;
  const days = (rows: number, seed: number): Series => {
    const x = positive(rows, seed);
    const times = Float64Array.from({ length: (rows + 1) * K }, (_, i) => Date.UTC(2020, 0, 1) + i * 8 * 3_600_000);
    return {
      names: ['a … c'],
      curve: K,
      values: [Float64Array.from({ length: rows * K }, (_, i) => x[Math.floor(i / K)]! * (1 + (i % K)))],
      ahead: {
        names: ['x', 'y'],
        values: [x, positive(rows, seed + 1)].map((values) =>
          Float64Array.from({ length: (rows + 1) * K }, (_, i) => values[Math.floor(i / K) % rows]!),
        ),
      },
      times: times.subarray(0, rows * K),
      future: times.subarray(rows * K),
      dateOnly: false,
      season: K,
    };
  };
  const curve = { task: 'one-to-many', outputs: ['a', 'b', 'c'], inputs: ['x', 'y'], lookback: 1 } as const;
  test.each([{}, { transform: 'log' }, { calendar: true, layers: 2 }, { scale: 'minmax' }] as Partial<Settings>[])(
    '%o',
    async (more) => {
      const chosen = {
        ...curve,
        outputs: [...curve.outputs],
        inputs: [...curve.inputs],
        season: K,
        scale: 'standard' as const,
      };
      const models = await trained(days(80, 1), { models: cells, ...chosen, transform: 'none', ...more });
      for (const { record, weights } of models) {
        const run = await runtime(bytesOf(record, weights));
        const at = Int32Array.from({ length: 20 }, (_, e) => 5 * K + e * K - 1);
        const difference = await differenceOf({ record, weights, engine }, days(40, 7), at, control, run);
        expect(difference).toBeLessThan(1e-5);
      }
    },
  );
});

describe('with inputs', () => {
  test.each(['many-to-one', 'many-to-many', 'autoregressive', 'seq2seq'] as const)('%s', async (task) => {
    within(await differences({ task, scale: 'window', transform: 'none' }, withInputs, unseenInputs));
    within(await differences({ task, transform: 'log-diff' }, withInputs, unseenInputs));
  });

  test('of which one has no logarithm', async () => {
    const about0 = (rows: number, seed: number) => seriesFrom(positive(rows, seed), noisySine(rows, seed));
    within(await differences({ transform: 'log-diff', task: 'autoregressive' }, about0(240, 5), about0(120, 6)));
  });
});

test('values far from zero keep their small changes', async () => {
  const high = (rows: number, seed: number) => seriesFrom(randomWalk(rows, seed).map((value) => 60_000 + value / 10));
  within(await differences({ transform: 'diff' }, high(240, 1), high(120, 2)));
  within(await differences({ scale: 'window', transform: 'none' }, high(240, 1), high(120, 2)));
});

test.each(['relu', 'sigmoid'] as const)('an RNN of %s', async (activation) => {
  const [model] = await trained(learned, { models: ['rnn'], activation, layers: 2 });
  const { record, weights } = model!;
  const run = await runtime(bytesOf(record, weights));
  expect(await differenceOf({ record, weights, engine }, unseen, origins, control, run)).toBeLessThan(1e-5);
});
