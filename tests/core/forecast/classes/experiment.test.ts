import { describe, expect, test } from 'vitest';
import { judgeClasses } from '../../../../src/core/forecast/classes/verdict';
import { partsOf } from '../../../../src/core/forecast/split';
import type { Series } from '../../../../src/core/protocol';
import type { Settings } from '../../../../src/core/settings';
import { experimentOn } from '../laboratory';
import { normals, seriesFrom } from '../series';

/** Three regimes that follow one another, each with its own swing in the one input. */
function regimes(rows: number, seed: number): Series {
  const normal = normals(seed);
  const labels = ['calm', 'slow', 'wild'];
  const codes = Float64Array.from({ length: rows }, (_, t) => [1, 0, 2, 0, 1, 2][Math.floor(t / 17) % 6]!);
  const swing = codes.map((code, t) => [0, Math.sin(t / 2), 2 * Math.sin(2 * t)][code]! + 0.1 * normal());
  return { ...seriesFrom(codes, swing), names: ['regime', 'x'], labels };
}
const chosen: Partial<Settings> = { transform: 'none', scale: 'standard', season: 1, loss: 'cross-entropy' };
const walk = () => {
  const normal = normals(4);
  let level = 100;
  return seriesFrom(Float64Array.from({ length: 400 }, () => (level += normal())));
};

const cases: [Settings['task'], Series, Partial<Settings>][] = [
  ['direction', walk(), { horizon: 2 }],
  ['classify', regimes(400, 3), { horizon: 1 }],
  ['labelling', regimes(400, 3), { lookback: 13, epochs: 12, lr: 0.02 }],
];

describe.each(cases)('%s', (task, series, more) => {
  const settings = { ...chosen, task, ...more };
  const rows = series.values[0]!.length;

  test('is judged on every row of the part, and the same again', async () => {
    const { settings: used, outcomes, events } = await experimentOn(series, settings);
    const outcome = outcomes[0]!;
    const { test: part } = partsOf(rows, used);
    const n = part.end - part.first - (task === 'labelling' ? 0 : used.horizon - 1);
    const { classes, metrics, baselines, loss, bestEpoch } = outcome;
    expect(classes!.metrics.test.n).toBe(n);
    expect(metrics.test).toMatchObject({ n, mae: null, skill: null });
    expect(outcome.test.values.length).toBe(n);
    expect([...new Set(outcome.test.origins.map((origin) => origin + outcome.test.firstStep))].length).toBe(n);
    expect(classes!.balance.test.reduce((sum, count) => sum + count, 0)).toBe(n);
    const right = outcome.test.values.filter((told, i) => told === outcome.test.actual[i]).length;
    expect(classes!.metrics.test.accuracy).toBeCloseTo(right / n, 12);
    expect(baselines.map(({ name }) => name)).toEqual(['majority', 'persistence', 'coin']);
    expect(events.at(-1)!.type).toBe('trained');
    // the epoch is the one of least cross-entropy on the validation part, and that is what the kept weights give there
    const least = Math.min(...loss.validation.map((value) => value!));
    expect(loss.validation[bestEpoch - 1]).toBe(least);
    expect(classes!.metrics.validation.crossEntropy).toBeCloseTo(least, 5);
    const again = await experimentOn(series, settings);
    expect(again.outcomes[0]!.weights).toEqual(outcome.weights);
    expect(again.outcomes[0]!.classes).toEqual(classes);
  });

  test('baselines are scored as an independent computation over the test rows scores them', async () => {
    const { settings: used, outcomes } = await experimentOn(series, { ...settings, epochs: 1 });
    const y = series.values[0]!;
    const { train, test: part } = partsOf(rows, used);
    const h = used.horizon;
    const of = (row: number) => (task === 'direction' ? Math.sign(y[row]! - y[row - h]!) : y[row]!);
    const judged = task === 'labelling' ? part.first : part.first - 1 + h;
    let repeated = 0;
    let n = 0;
    for (let row = judged; row < part.end; row++, n++)
      if (of(row) === of(task === 'labelling' ? part.first - 1 : row - h)) repeated++;
    const counts = new Map<number, number>();
    const from = task === 'labelling' ? 0 : used.lookback - 1 + h;
    for (let row = from; row < train.end; row++) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
    const common = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
    let majority = 0;
    for (let row = judged; row < part.end; row++) if (of(row) === common) majority++;
    const [always, last, coin] = outcomes[0]!.baselines.map(({ classMetrics }) => classMetrics!.test);
    expect(always!.accuracy).toBeCloseTo(majority / n, 12);
    expect(last!.accuracy).toBeCloseTo(repeated / n, 12);
    const all = [...counts.values()].reduce((a, b) => a + b);
    let lucky = 0;
    for (let row = judged; row < part.end; row++) lucky += (counts.get(of(row)) ?? 0) / all;
    expect(coin!.accuracy).toBeCloseTo(lucky / n, 12);
    const reference = Math.max(majority, repeated) / n;
    const { accuracy, skill } = outcomes[0]!.classes!.metrics.test;
    expect(skill).toBeCloseTo(1 - (1 - accuracy!) / (1 - reference), 12);
  });

  test('poison in the labels of the test part changes no weight, scaler, class or epoch', async () => {
    const weighted = { ...settings, classWeights: 'balanced' as const, epochs: 4 };
    const clean = await experimentOn(series, weighted);
    const { test: part } = partsOf(rows, clean.settings);
    const target = series.values[0]!.map((value, t) => {
      if (t < part.first) return value;
      return task === 'direction' ? 1e6 * (1 + (t % 2)) : (value + 1) % 3;
    });
    const dirty = await experimentOn({ ...series, values: [target, ...series.values.slice(1)] }, weighted);
    const [a, b] = [clean.outcomes[0]!, dirty.outcomes[0]!];
    expect(b.weights).toEqual(a.weights);
    expect(b.preparation).toEqual(a.preparation);
    expect(b.bestEpoch).toBe(a.bestEpoch);
    expect(b.loss).toEqual(a.loss);
    expect(b.classes!.weights).toEqual(a.classes!.weights);
    expect(b.classes!.metrics.validation).toEqual(a.classes!.metrics.validation);
    expect(b.classes!.metrics.test.accuracy).not.toBe(a.classes!.metrics.test.accuracy);
  });
});

test('an input that tells the regime is learned: labelling beats both baselines, and the verdict says so', async () => {
  const { outcomes } = await experimentOn(regimes(600, 9), {
    ...chosen,
    task: 'labelling',
    lookback: 16,
    models: ['gru'],
    epochs: 25,
    lr: 0.02,
  });
  const { classes, baselines, cell, test: told } = outcomes[0]!;
  expect(classes!.metrics.test.accuracy).toBeGreaterThan(0.9);
  const settings = { task: 'labelling', horizon: 1, lookback: 16 } as const;
  const verdict = judgeClasses([{ cell, settings, classes, test: told }], baselines);
  expect(verdict).toMatchObject({ best: 'gru', beatsNaive: true, code: 'verdict.class-beats' });
  expect(verdict.sentence).toMatch(/^GRU tells classes best: of 90 unseen rows it is right in 9\d/);
});

test('of a random walk no model beats the baselines, and the verdict names what stands', async () => {
  const { outcomes, settings } = await experimentOn(walk(), { ...chosen, task: 'direction' });
  const { classes, baselines, cell, test: told } = outcomes[0]!;
  const verdict = judgeClasses([{ cell, settings, classes, test: told }], baselines);
  expect(verdict).toMatchObject({ beatsNaive: false, code: 'verdict.class-stands' });
  expect(verdict.sentence).toMatch(
    /^On this series no model beats (always saying “(up|down)”|saying the last known class again)/,
  );
});

test('a class that only the test part has counts as wrong and is learned by nobody', async () => {
  const series = regimes(400, 3);
  const values = [series.values[0]!.map((code, t) => (t >= 380 ? 3 : code)), series.values[1]!];
  const strange = { ...series, values, labels: ['calm', 'slow', 'wild', 'new'] };
  const { outcomes } = await experimentOn(strange, { ...chosen, task: 'classify' });
  const { classes, model } = outcomes[0]!;
  expect(model).toMatchObject({ O: 3, classes: 'last' });
  expect(classes!.names).toEqual(['calm', 'slow', 'wild']);
  expect(classes!.balance).toMatchObject({ classes: ['calm', 'slow', 'wild', 'new'] });
  expect(classes!.balance.train[3]).toBe(0);
  expect(classes!.balance.test[3]).toBe(20);
  const { unseen, n, accuracy, confusion } = classes!.metrics.test;
  expect(unseen).toBe(20);
  expect(accuracy).toBeLessThanOrEqual((n - 20) / n);
  expect(confusion.flat().reduce((a, b) => a + b)).toBe(n - 20);
});
