import { expect, test } from 'vitest';
import { seenFrom } from '../../src/core/forecast/compare/targets';
import { bestOf, rowsOf, summarise } from '../../src/renderer/state/comparison';
import { record } from './fake-lab';

const withMae = (id: string, cell: 'rnn' | 'lstm', mae: number | null, seed = 1) => {
  const base = record(id, { cell, seed });
  return { ...base, metrics: { ...base.metrics, test: { ...base.metrics.test, mae } } };
};

test('mean and sample standard deviation', () => {
  // 2, 4, 9: mean 5, squares 9 + 1 + 16 = 26, 26 / 2 = 13
  expect(summarise([2, 4, 9])).toEqual({ mean: 5, spread: Math.sqrt(13) });
  expect(summarise([3])).toEqual({ mean: 3, spread: null });
  expect(summarise([3, null])).toEqual({ mean: null, spread: null });
  expect(summarise([])).toEqual({ mean: null, spread: null });
});

test('one row per model over its seeds, then one per baseline', () => {
  const rows = rowsOf(
    [withMae('a', 'rnn', 1), withMae('b', 'rnn', 3, 2), withMae('c', 'lstm', 1.5)],
    record('x').baselines,
  );
  expect(rows.map((row) => (row.kind === 'model' ? row.cell : row.name))).toEqual(['rnn', 'lstm', 'naive']);
  expect(rows[0]!.scores.mae).toEqual({ mean: 2, spread: Math.SQRT2 });
  expect(rows[1]!.scores.mae).toEqual({ mean: 1.5, spread: null });
});

test('small errors are best, large skill is best, coverage has no best', () => {
  const rows = rowsOf([withMae('a', 'rnn', 1.9), withMae('b', 'lstm', 1.7)], record('x').baselines);
  const best = bestOf(rows);
  expect(best.mae).toBe(rows[1]);
  expect(best.skill).toBe(rows[0]);
  expect(best.coverage95).toBeUndefined();
});

test('a score that is not defined is never best', () => {
  const rows = rowsOf([withMae('a', 'rnn', null), withMae('b', 'lstm', 5)], []);
  expect(bestOf(rows).mae).toBe(rows[1]);
});

test('of several targets each has its own scores, forecast and baselines', () => {
  const base = record('a', {});
  const { metrics, byStep, bands, evidence, forecast, baselines } = withMae('b', 'lstm', 0.25);
  const judged = { metrics, byStep, bands, evidence, baselines };
  const other = { ...judged, name: 'low', forecast: forecast.map((point) => ({ ...point, value: -7 })) };
  const leak = { bestEpoch: 1, test: base.metrics.test };
  const both = { ...base, leak, targets: [{ ...judged, name: 'close', forecast }, other] };
  expect(seenFrom(both, 0)).toBe(both);
  expect(seenFrom(base, 1)).toBe(base);
  const [row] = rowsOf([seenFrom(both, 1)], []);
  expect(row).toMatchObject({ name: rowsOf([both], [])[0]!.name, scores: { mae: { mean: 0.25 } }, next: { mean: -7 } });
  // the leak was demonstrated on the first target alone
  expect(seenFrom(both, 1).leak).toBeNull();
});
