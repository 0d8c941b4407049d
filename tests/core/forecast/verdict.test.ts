import { expect, test } from 'vitest';
import { explain } from '../../../src/core/errors';
import { evidenceOf, naiveOn } from '../../../src/core/forecast/evidence';
import { predictionsOf } from '../../../src/core/forecast/judged';
import { score } from '../../../src/core/forecast/metrics';
import { type Contender, judge } from '../../../src/core/forecast/verdict';
import type { CellName } from '../../../src/core/nn/model';
import type { Metrics, Predictions } from '../../../src/core/run';
import { noisySine, normals, randomWalk } from './series';

const yardstick = { seasonalNaiveMae: 1, deviation: 1 };
const judged = { firstStep: 1, steps: 1 };
const origins = (rows: number, from: number) => Int32Array.from({ length: rows - from - 1 }, (_, i) => from + i);

function metricsOf(predictions: Predictions) {
  const metrics = score(predictions, yardstick);
  return { validation: metrics, test: metrics, testScaled: { mse: metrics.mse, mae: metrics.mae } };
}

/** A model whose forecast of the row after `origin` is `forecast(origin)`. */
function contender(cell: CellName, target: Float64Array, forecast: (origin: number) => number, from = 500): Contender {
  const places = origins(target.length, from);
  const test = predictionsOf(target, places, Float64Array.from(places, forecast), judged);
  return { cell, seed: 1, metrics: metricsOf(test), evidence: evidenceOf(test, target), test };
}
function baselines(
  target: Float64Array,
  from = 500,
  more: Record<string, (origin: number) => number> = {},
): { name: string; metrics: { test: Metrics } }[] {
  const { test } = contender('rnn', target, (origin) => target[origin]!, from);
  const others = Object.entries(more).map(([name, forecast]) => ({
    name,
    metrics: contender('rnn', target, forecast, from).metrics,
  }));
  return [{ name: 'naive', metrics: metricsOf(naiveOn(test!)) }, ...others];
}

const walk = randomWalk(1000, 11);
const wave = noisySine(1000, 4);
const clean = (t: number) => Math.sin((2 * Math.PI * t) / 25);

test('a random walk: nothing beats naive, and a copy is called one', () => {
  const random = normals(5);
  const copy = contender('lstm', walk, (t) => walk[t]! + 0.05 * random());
  expect(copy.evidence).toMatchObject({ lag: 1, copy: true });
  const verdict = judge([copy], baselines(walk));
  expect(verdict).toMatchObject({ best: 'naive', beatsNaive: false });
  expect(verdict.sentence).toContain('no model');
  expect(judge([contender('lstm', walk, (t) => walk[t]! + 0.4 * Math.sin(t))], baselines(walk)).beatsNaive).toBe(false);
});

test('what follows the past from afar is worse, not a copy', () => {
  const far = contender('lstm', walk, (t) => walk[t]! + 5 + 0.05 * Math.sin(t));
  expect(far.evidence.lag).toBe(1);
  expect(far.evidence.copy).toBe(false);
  expect(judge([far], baselines(walk)).facts.why).toBe('worse');
});

test('luck on a random walk is called chance', () => {
  // As good as naive but for a few lucky windows.
  const lucky = contender('gru', walk, (t) => (t > 990 ? walk[t + 1]! : walk[t]!));
  expect(lucky.metrics.test.skill).toBeGreaterThan(0);
  const verdict = judge([lucky, contender('rnn', walk, (t) => walk[t]! + 1)], baselines(walk));
  expect(verdict.beatsNaive).toBe(lucky.evidence.againstNaive!.p * 2 < 0.05);
});

test('a baseline between the model and naive is not said to do better than the model', () => {
  const [naive] = baselines(walk);
  const within = <T extends { test: Metrics }>(metrics: T, share: number) => ({
    ...metrics,
    test: { ...metrics.test, mae: share * naive!.metrics.test.mae! },
  });
  const far = contender('gru', walk, (t) => walk[t]! + 5);
  const unproven = { ...far, metrics: within(far.metrics, 0.8) };
  const beside = (share: number) =>
    judge([unproven], [naive!, { name: 'mean', metrics: within(naive!.metrics, share) }]);
  expect(beside(0.9)).toMatchObject({ best: 'mean', beatsNaive: false });
  expect(beside(0.9).sentence).not.toContain('does better');
  expect(beside(0.9).sentence).toContain('errs least');
  expect(beside(0.7).sentence).toContain('does better');
});

test('a noisy sine: what knows the wave beats naive by more than chance, and is no copy', () => {
  const knowing = contender('lstm', wave, (t) => clean(t + 1));
  expect(knowing.evidence).toMatchObject({ lag: 0, copy: false });
  expect(knowing.metrics.test.skill).toBeGreaterThan(0.5);
  expect(judge([knowing], baselines(wave))).toMatchObject({ best: 'lstm', beatsNaive: true, code: 'verdict.beats' });
  const both = judge([knowing, contender('rnn', wave, (t) => clean(t + 1) + 0.05 * Math.sin(7 * t))], baselines(wave));
  expect(both.sentence).toContain('LSTM forecasts best');
  expect(both.sentence).toContain('RNN beats it too');
});

test('the lead of one model over another is put to the test too', () => {
  const knowing = contender('lstm', wave, (t) => clean(t + 1));
  const alike = contender('gru', wave, (t) => clean(t + 1) + 0.001 * Math.sin(7 * t));
  const worse = contender('gru', wave, (t) => clean(t + 1) + 0.15 * Math.sin(7 * t));
  expect(judge([alike, knowing], baselines(wave)).facts.lead).toBe('chance');
  expect(judge([worse, knowing], baselines(wave))).toMatchObject({ best: 'lstm', facts: { lead: 'real' } });
  // without the forecasts of each window nothing was tested, so neither is said
  const untested = [worse, knowing].map(({ test: _, ...rest }) => rest);
  expect(judge(untested, baselines(wave))).toMatchObject({ best: 'lstm', facts: { lead: '' } });
  expect(judge(untested, baselines(wave)).sentence).not.toContain('chance;');
});

test('a simple baseline with less error is named, and is best where that is reliable', () => {
  const more = { 'seasonal-naive': (t: number) => clean(t + 1) };
  const simple = contender('rnn', wave, more['seasonal-naive']).test!;
  const against = (noise: number) => {
    const model = contender('rnn', wave, (t) => clean(t + 1) + noise * Math.sin(7 * t));
    const evidence = evidenceOf(model.test!, wave, [{ name: 'seasonal-naive', test: simple }]);
    return judge([{ ...model, evidence }], baselines(wave, 500, more));
  };
  expect(against(0.15)).toMatchObject({ best: 'seasonal-naive', beatsNaive: true, facts: { simple: 'better' } });
  expect(against(0.01)).toMatchObject({ best: 'rnn', beatsNaive: true, facts: { simple: 'lower' } });
  const poor = contender('rnn', wave, (t) => wave[t]! + 0.3 * Math.sin(7 * t));
  expect(judge([poor], baselines(wave, 500, more))).toMatchObject({ best: 'seasonal-naive', beatsNaive: false });
});

test('too few windows are said to prove nothing', () => {
  const short = contender('lstm', wave, (t) => clean(t + 1), 995);
  expect(judge([short], baselines(wave, 995))).toMatchObject({ facts: { proven: 0 }, beatsNaive: true });
});

test('seeds are judged by their mean', () => {
  const good = contender('lstm', wave, (t) => clean(t + 1));
  const bad = { ...contender('lstm', wave, () => 5), seed: 2 };
  const steady = contender('rnn', wave, (t) => clean(t + 1) + 0.1 * Math.sin(7 * t));
  expect(judge([good, bad, steady], baselines(wave)).best).toBe('rnn');
});

test('models without finite errors are left out; none left is said', () => {
  const broken = contender('lstm', wave, () => Number.NaN);
  expect(judge([broken], baselines(wave))).toMatchObject({ code: 'verdict.none', beatsNaive: false });
});

test('every verdict is one whole sentence in both languages', () => {
  const verdict = judge([contender('lstm', wave, (t) => clean(t + 1))], baselines(wave));
  for (const language of ['en', 'ko'] as const) {
    const { message } = explain(verdict.code, verdict.facts, language);
    expect(message).not.toMatch(/undefined|NaN/);
    expect(message).toMatch(/\.$/);
  }
});

test('a model that beats naive for certain goes before one whose smaller error may be chance', () => {
  const [naive] = baselines(walk);
  const of = (cell: CellName, share: number, p: number): Contender => {
    const made = contender(cell, walk, (t) => walk[t]! + Math.sin(t));
    const mae = share * naive!.metrics.test.mae!;
    const againstNaive = { statistic: -2, p, windows: 499 };
    return {
      ...made,
      metrics: { test: { ...made.metrics.test, mae } },
      evidence: { ...made.evidence, againstNaive },
      test: null,
    };
  };
  const verdict = judge([of('gru', 0.8, 0.3), of('rnn', 0.9, 0.001)], [naive!]);
  expect(verdict).toMatchObject({ best: 'rnn', beatsNaive: true, code: 'verdict.beats' });
  expect(verdict.facts).toMatchObject({ model: 'RNN', skill: 10, ahead: 'GRU', also: '', rival: '', lead: '' });
  expect(verdict.sentence).toMatch(
    /^RNN beats “tomorrow equals today”: .*10% below its \([\d.]+\), more than chance explains; that of GRU is smaller \([\d.]+\), which may be chance/,
  );
  expect(explain(verdict.code, verdict.facts, 'ko').message).toContain('GRU 모델의 오차');
  // one that is proven itself leads as ever
  expect(judge([of('gru', 0.8, 0.001), of('rnn', 0.9, 0.001)], [naive!]).facts).toMatchObject({
    model: 'GRU',
    also: 'RNN',
  });
});
