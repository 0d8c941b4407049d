import { expect, test } from 'vitest';
import { foldsOf, foldsRefusal } from '../../../src/core/forecast/backtest';
import { judge } from '../../../src/core/forecast/verdict';
import type { Settings } from '../../../src/core/settings';
import { experimentOn, settingsFor } from './laboratory';
import { noisySine, randomWalk, seriesFrom } from './series';

const sine = seriesFrom(noisySine(400, 2));

test('test blocks of equal size lie one after another up to the end, and validation lies before each', () => {
  const folds = foldsOf(400, settingsFor(sine, {}), 4).map(({ splitRows }) => splitRows!);
  expect(folds.map((rows) => rows[2])).toEqual([50, 50, 50, 50]);
  expect(folds.map(([train, validation]) => train + validation)).toEqual([200, 250, 300, 350]);
  expect(folds[0]).toEqual([165, 35, 50]);
});

test('too many folds for the rows are refused with the figures', () => {
  const settings = settingsFor(sine, { lookback: 20, horizon: 10 });
  expect(foldsRefusal(400, settings, 5)).toBeNull();
  expect(foldsRefusal(400, settings, 30)!.message).toMatch(/30 folds.*400 rows.*6 for testing/);
});

async function backtested(values: Float64Array, refit: boolean, chosen: Partial<Settings> = {}) {
  const { events } = await experimentOn(seriesFrom(values), chosen, undefined, { folds: 4, refit });
  const results = events.flatMap((event) => (event.type === 'backtested' ? [event.result] : []));
  return { events, results };
}

test('each fold is judged, and all together', async () => {
  const { events, results } = await backtested(sine.values[0]!, true, {
    task: 'many-to-many',
    horizon: 3,
    epochs: 25,
    hidden: 16,
  });
  const [result] = results;
  expect(result!.folds.map(({ metrics }) => metrics.test.n)).toEqual(Array(4).fill(48 * 3));
  expect(result!.metrics.test.n).toBe(4 * 48 * 3);
  const maes = result!.folds.map(({ metrics }) => metrics.test.mae!);
  const mean = maes.reduce((a, b) => a + b) / 4;
  expect(result!.metrics.test.mae).toBeCloseTo(mean, 12);
  expect(result!.overFolds.mae.mean).toBeCloseTo(mean, 12);
  expect(result!.overFolds.mae.deviation).toBeCloseTo(
    Math.sqrt(maes.reduce((sum, mae) => sum + (mae - mean) ** 2, 0) / 3),
    12,
  );
  const done = events.flatMap((event) => (event.type === 'progress' ? [event.done] : []));
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect(done.at(-1)).toBeLessThanOrEqual(1);
  expect(judge(results, result!.baselines)).toMatchObject({ beatsNaive: true });
});

test('with refit every fold has its own scaler; without, the first fold’s model is used on', async () => {
  const rising = randomWalk(400, 3).map((value, t) => value + t / 5);
  const chosen: Partial<Settings> = { transform: 'none', scale: 'standard' };
  const offsets = (result: { folds: { preparation: { columns: { offset: number }[] } }[] }) =>
    new Set(result.folds.map(({ preparation }) => preparation.columns[0]!.offset)).size;
  const [anew] = (await backtested(rising, true, chosen)).results;
  const [once] = (await backtested(rising, false, chosen)).results;
  expect(offsets(anew!)).toBe(4);
  expect(offsets(once!)).toBe(1);
  expect(once!.folds.map(({ trained }) => trained)).toEqual([true, false, false, false]);
  expect(once!.folds[0]).toEqual(anew!.folds[0]);
});

test('a fold knows nothing of the rows after it', async () => {
  const values = sine.values[0]!;
  const poisoned = values.map((value, t) => (t >= 300 ? 1e6 : value));
  const [clean] = (await backtested(values, true, { transform: 'auto', scale: 'auto' })).results;
  const [dirty] = (await backtested(poisoned, true, { transform: 'auto', scale: 'auto' })).results;
  expect(dirty!.folds.slice(0, 2)).toEqual(clean!.folds.slice(0, 2));
  expect(dirty!.folds[2]).not.toEqual(clean!.folds[2]);
});

test('a stopped backtest says in which fold', async () => {
  let calls = 0;
  const { events } = await experimentOn(sine, { epochs: 50 }, () => ++calls > 200, { folds: 4, refit: true });
  expect(events.at(-1)).toMatchObject({ type: 'failed', error: { code: 'experiment.backtest-stopped' } });
});
