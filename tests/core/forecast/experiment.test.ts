import { describe, expect, test } from 'vitest';
import { summariseSeeds } from '../../../src/core/forecast/seeds';
import { partsOf } from '../../../src/core/forecast/split';
import { judge } from '../../../src/core/forecast/verdict';
import type { Settings } from '../../../src/core/settings';
import { experimentOn } from './laboratory';
import { noisySine, randomWalk, seriesFrom } from './series';

const sine = seriesFrom(noisySine(400, 2));

describe.each<Partial<Settings>>([
  { task: 'many-to-one', horizon: 1 },
  { task: 'many-to-one', horizon: 5 },
  { task: 'many-to-many', horizon: 5 },
  { task: 'many-to-many', horizon: 5, segment: 4, lookback: 12 },
  { task: 'many-to-many', horizon: 5, loss: 'quantile' },
  { task: 'seq2seq', horizon: 5, attention: 'bahdanau' },
  { task: 'seq2seq', horizon: 5, attention: 'luong', sampling: 0.5, layers: 2 },
  { task: 'autoregressive', horizon: 5 },
  { task: 'autoregressive', horizon: 5, sampling: 0.5 },
])('$task, horizon $horizon', (chosen) => {
  test('forecasts are dated, counted, scored and the same again', async () => {
    const { settings, events, outcomes } = await experimentOn(sine, chosen);
    const [outcome] = outcomes;
    const { horizon, task } = settings;
    const { validation, test: last } = partsOf(400, settings);
    const windows = last.end - last.first - horizon + 1;
    const judged = task === 'many-to-one' ? 1 : horizon;
    expect(outcome!.test.origins.length).toBe(windows);
    expect(outcome!.metrics.test.n).toBe(windows * judged);
    expect(outcome!.metrics.validation.n).toBe((validation.end - validation.first - horizon + 1) * judged);
    expect(outcome!.forecast.map(({ step }) => step)).toEqual(
      task === 'many-to-one' ? [horizon] : Array.from({ length: horizon }, (_, k) => k + 1),
    );
    expect(outcome!.byStep.length).toBe(judged);
    expect(outcome!.forecast.every(({ value, lower80, upper80 }) => lower80! <= value && value <= upper80!)).toBe(true);
    expect(outcome!.loss.train.length).toBe(outcome!.epochs);
    const kinds = events.map(({ type }) => type);
    expect([kinds[0], kinds.at(-1)]).toEqual(['started', 'trained']);
    expect(kinds).toContain('checkpoint');
    const again = await experimentOn(sine, chosen);
    expect(again.outcomes[0]!.weights).toEqual(outcome!.weights);
    expect(again.outcomes[0]!.metrics).toEqual(outcome!.metrics);
  });

  test('naive is scored as an independent computation over the test rows scores it', async () => {
    const { settings, outcomes } = await experimentOn(sine, { ...chosen, epochs: 1 });
    const y = sine.values[0]!;
    const { horizon, task } = settings;
    const { test: part, train } = partsOf(400, settings);
    let sum = 0;
    let squares = 0;
    let count = 0;
    for (let row = part.first - 1; row + horizon < part.end; row++)
      for (let step = task === 'many-to-one' ? horizon : 1; step <= horizon; step++) {
        sum += Math.abs(y[row + step]! - y[row]!);
        squares += (y[row + step]! - y[row]!) ** 2;
        count++;
      }
    const naive = outcomes[0]!.baselines.find(({ name }) => name === 'naive')!.metrics;
    expect(naive.test.mae).toBeCloseTo(sum / count, 12);
    expect(naive.test.n).toBe(count);
    const seen = y.subarray(0, train.end);
    const centre = seen.reduce((a, b) => a + b, 0) / seen.length;
    const variance = seen.reduce((a, b) => a + (b - centre) ** 2, 0) / seen.length;
    expect(naive.testScaled.mse).toBeCloseTo(squares / count / variance, 12);
  });

  test('poison in the test part changes no weight, scaler, epoch or transform', async () => {
    const auto: Partial<Settings> = { ...chosen, transform: 'auto', scale: 'auto', epochs: 4, season: 1 };
    const values = sine.values[0]!.map((value) => value + 5);
    const clean = await experimentOn(seriesFrom(values), auto);
    const { test: part } = partsOf(400, clean.settings);
    const poisoned = values.map((value, t) => (t >= part.first ? 1e6 : value));
    const dirty = await experimentOn(seriesFrom(poisoned), auto);
    const [a, b] = [clean.outcomes[0]!, dirty.outcomes[0]!];
    expect(dirty.settings).toEqual(clean.settings);
    expect(b.weights).toEqual(a.weights);
    expect(b.preparation).toEqual(a.preparation);
    expect(b.bestEpoch).toBe(a.bestEpoch);
    expect(b.bands).toEqual(a.bands);
    expect(b.metrics.validation).toEqual(a.metrics.validation);
    expect(b.metrics.test.mae).not.toBe(a.metrics.test.mae);
  });
});

test('a model that has learned a wave forecasts it past the end', async () => {
  const clean = seriesFrom(noisySine(600, 1, 20, 0.01));
  for (const task of ['many-to-many', 'autoregressive', 'seq2seq'] as const) {
    const { outcomes } = await experimentOn(clean, {
      task,
      horizon: 10,
      epochs: 40,
      hidden: 16,
      lr: 0.01,
      lookback: 20,
    });
    for (const { step, value } of outcomes[0]!.forecast)
      expect(Math.abs(value - Math.sin((2 * Math.PI * (599 + step)) / 20))).toBeLessThan(0.15);
  }
});

test('a random walk: the verdict says that nothing beats naive', async () => {
  const { outcomes } = await experimentOn(seriesFrom(randomWalk(3000, 5)), { models: ['rnn', 'lstm'], epochs: 8 });
  const verdict = judge(outcomes, outcomes[0]!.baselines);
  expect(verdict).toMatchObject({ best: 'naive', beatsNaive: false });
});

test('a noisy sine: RNN and LSTM beat naive with skill above a half', async () => {
  const chosen: Partial<Settings> = { models: ['rnn', 'lstm'], epochs: 25, hidden: 24, lookback: 25, lr: 0.005 };
  const { outcomes } = await experimentOn(seriesFrom(noisySine(2000, 3)), chosen);
  for (const { metrics } of outcomes) expect(metrics.test.skill).toBeGreaterThan(0.5);
  const verdict = judge(outcomes, outcomes[0]!.baselines);
  expect(verdict.beatsNaive).toBe(true);
  expect(['rnn', 'lstm']).toContain(verdict.best);
});

test('extra inputs are read, and rolled out together with the target', async () => {
  const y = noisySine(400, 2);
  // The input knows the target two rows ahead: only a model that reads it can be nearly right.
  const hint = y.map((_, t) => y[Math.min(t + 2, 399)]!);
  const chosen: Partial<Settings> = {
    horizon: 2,
    epochs: 60,
    hidden: 16,
    lr: 0.01,
    scale: 'standard',
    transform: 'none',
  };
  const [without] = (await experimentOn(seriesFrom(y), chosen)).outcomes;
  const [knowing] = (await experimentOn(seriesFrom(y, hint), chosen)).outcomes;
  expect(knowing!.metrics.test.mae!).toBeLessThan(0.5 * without!.metrics.test.mae!);
  const [rolled] = (await experimentOn(seriesFrom(y, hint), { ...chosen, task: 'autoregressive' })).outcomes;
  expect(rolled!.model).toMatchObject({ D: 2, O: 2 });
  expect(rolled!.metrics.test.mae!).toBeLessThan(0.5 * without!.metrics.test.mae!);
});

test('the leak demonstration stands beside the honest run and changes nothing of it', async () => {
  const chosen: Partial<Settings> = { epochs: 10, scale: 'minmax', transform: 'none' };
  const rising = seriesFrom(randomWalk(300, 4).map((value, t) => value + t / 3));
  const honest = (await experimentOn(rising, chosen)).outcomes[0]!;
  const shown = (await experimentOn(rising, { ...chosen, leak: true })).outcomes[0]!;
  expect(shown.weights).toEqual(honest.weights);
  expect(shown.metrics).toEqual(honest.metrics);
  expect(honest.leak).toBeNull();
  expect(shown.leak!.test.mae!).toBeLessThan(honest.metrics.test.mae!);
});

test('refitted on all rows, only the forecast past the end is another', async () => {
  const y = noisySine(300, 2).map((value, t) => value + (t >= 255 ? 3 : 0));
  const chosen: Partial<Settings> = { epochs: 10, transform: 'none', scale: 'standard' };
  const once = (await experimentOn(seriesFrom(y), chosen)).outcomes[0]!;
  const twice = (await experimentOn(seriesFrom(y), { ...chosen, refit: true })).outcomes[0]!;
  expect(twice.weights).toEqual(once.weights);
  expect(twice.metrics).toEqual(once.metrics);
  // The level that only the test part shows is known after refitting.
  expect(Math.abs(twice.forecast[0]!.value - y[299]!)).toBeLessThan(Math.abs(once.forecast[0]!.value - y[299]!));
});

test('several seeds are several runs, summed up by mean and spread', async () => {
  const { outcomes } = await experimentOn(sine, { models: ['rnn', 'gru'], seeds: 3, epochs: 3 });
  expect(outcomes.map(({ run }) => run)).toEqual(['rnn-1', 'rnn-2', 'rnn-3', 'gru-1', 'gru-2', 'gru-3']);
  const [rnn, gru] = summariseSeeds(outcomes);
  expect([rnn!.seeds, gru!.seeds]).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
  const maes = outcomes.slice(0, 3).map(({ metrics }) => metrics.test.mae!);
  const mean = (maes[0]! + maes[1]! + maes[2]!) / 3;
  expect(rnn!.mae.mean).toBeCloseTo(mean, 12);
  expect(rnn!.mae.deviation).toBeCloseTo(Math.sqrt(maes.reduce((sum, mae) => sum + (mae - mean) ** 2, 0) / 2), 12);
  expect(summariseSeeds(outcomes.slice(0, 1))[0]!.mae.deviation).toBeNull();
});

test('stopped between epochs, the best so far is judged; before the first, it is said', async () => {
  const stopped = await experimentOn(sine, { epochs: 50 }, (epochs) => epochs >= 3);
  expect(stopped.outcomes[0]).toMatchObject({ epochs: 3, stopped: 'interrupted' });
  const early = await experimentOn(sine, { epochs: 50 }, () => true);
  expect(early.outcomes).toEqual([]);
  expect(early.events.at(-1)).toMatchObject({ type: 'failed', error: { code: 'experiment.nothing-learned' } });
});

test('a run that diverges is told with its epoch, and the next run is trained', async () => {
  const chosen: Partial<Settings> = {
    models: ['rnn', 'gru'],
    activation: 'relu',
    lr: 10,
    optimizer: 'sgd',
    clip: 0,
    epochs: 30,
  };
  const { events, outcomes } = await experimentOn(sine, chosen);
  const failed = events.find(({ type }) => type === 'failed');
  const told = failed ?? outcomes.find(({ stopped }) => stopped === 'diverged');
  expect(told).toBeDefined();
  expect(events.filter(({ type }) => type === 'started').length).toBe(2);
});
