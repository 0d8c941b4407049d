import { describe, expect, test } from 'vitest';
import { explain } from '../../../src/core/errors';
import { type ComparedRun, compareRuns } from '../../../src/core/forecast/compare';
import { pairedTest } from '../../../src/core/forecast/significance';
import type { Predictions, RunRecord } from '../../../src/core/run';
import { record as whole } from '../../renderer/fake-lab';

const windows = 120;
/** A truth that wanders, and a forecast of it whose error is `size` times a fixed pattern. */
const truth = Float64Array.from({ length: windows + 1 }, (_, i) => 50 + 8 * Math.sin(i / 5) + ((i * 37) % 11));
function forecastOf(size: number, shift = 0, seed = 1): Predictions {
  const actual = truth.slice(1);
  return {
    firstStep: 1,
    steps: 1,
    origins: Int32Array.from({ length: windows }, (_, w) => 169 + shift + w),
    values: actual.map((value, w) => value + size * (1 + (((w + seed) * 53) % 7) / 10) * (w % 2 ? 1 : -1)),
    actual,
    last: truth.slice(0, -1),
  };
}
const maeOf = ({ values, actual }: Predictions) =>
  values.reduce((sum, value, i) => sum + Math.abs(value - actual[i]!), 0) / values.length;

type More = Partial<Omit<RunRecord, 'settings'>> & { settings?: Partial<RunRecord['settings']> };
function run(id: string, cell: 'rnn' | 'lstm', size: number, { seed = 1, settings = {}, ...over }: More = {}) {
  const predictions = forecastOf(size, 0, seed);
  const base = whole(id, { cell, name: cell, seed });
  const metrics = { ...base.metrics, test: { ...base.metrics.test, mae: maeOf(predictions), skill: 1 - size } };
  const made: ComparedRun = {
    record: { ...base, metrics, settings: { ...base.settings, ...settings, seed }, ...over },
    name: null,
    test: predictions,
  };
  return made;
}
const codes = (runs: ComparedRun[]) => compareRuns(runs).objections.map(({ code }) => code);

describe('what is one model', () => {
  test('runs that differ in nothing but the seed, with mean and sample deviation over them', () => {
    const runs = [1, 2, 3].map((seed) => run(`l${seed}`, 'lstm', seed, { seed, seconds: seed }));
    const { models } = compareRuns([...runs, run('r', 'rnn', 1)]);
    expect(models.map(({ name, seeds }) => [name, seeds])).toEqual([
      ['LSTM', [1, 2, 3]],
      ['RNN', [1]],
    ]);
    expect(models[0]!.seconds).toEqual({ mean: 2, deviation: expect.closeTo(1, 12) });
    const maes = runs.map(({ test }) => maeOf(test!));
    expect(models[0]!.scores.mae.mean).toBeCloseTo((maes[0]! + maes[1]! + maes[2]!) / 3, 12);
    expect(models[1]!.scores.mae.deviation).toBeNull();
  });

  test('models of one cell are called by the settings in which they differ, all others by their cell', () => {
    const { models, differing } = compareRuns([
      run('a', 'lstm', 1),
      run('b', 'lstm', 1, { settings: { hidden: 64 } }),
      run('c', 'rnn', 1, { settings: { dropout: 0.5 } }),
    ]);
    expect(models.map(({ name }) => name)).toEqual(['LSTM hidden 16', 'LSTM hidden 64', 'RNN']);
    expect(differing).toEqual([
      { setting: 'hidden', values: ['16', '64', '16'] },
      { setting: 'dropout', values: ['0', '0', '0.5'] },
    ]);
  });

  test('in a reader’s language models are called by the words of that language', () => {
    const runs = [
      run('a', 'lstm', 1, { settings: { transform: 'none' } }),
      run('b', 'lstm', 1, { settings: { hidden: 64, transform: 'log-diff', calendar: true } }),
    ];
    const named = (language: 'en' | 'ko') => compareRuns(runs, language).models.map(({ name }) => name);
    expect(named('en')[1]).toBe('LSTM hidden units 64, transform Log changes, calendar inputs on');
    expect(named('ko')[1]).toBe('LSTM 은닉 유닛 64, 변환 로그 변화량, 달력 입력 사용');
  });

  test('the same seed once more is no second seed', () => {
    const { models } = compareRuns([run('a', 'lstm', 1), run('b', 'lstm', 1)]);
    expect(models.map(({ name, seeds }) => [name, seeds])).toEqual([
      ['LSTM', [1]],
      ['LSTM (2)', [1]],
    ]);
  });

  test('a name a person gave goes before all', () => {
    expect(compareRuns([{ ...run('a', 'lstm', 1), name: 'mine' }]).models[0]!.name).toBe('mine');
  });
});

describe('what speaks against a comparison', () => {
  const first = run('a', 'lstm', 1);
  test.each<[string, ComparedRun, boolean]>([
    [
      'compare.other-data',
      run('b', 'rnn', 1, { dataset: { ...first.record.dataset, sha256: 'ff', file: 'other.csv' } }),
      true,
    ],
    ['compare.other-target', run('b', 'rnn', 1, { dataset: { ...first.record.dataset, target: 'open' } }), true],
    ['compare.other-windows', { ...run('b', 'rnn', 1), test: forecastOf(1, 1) }, true],
    ['compare.other-budget', run('b', 'rnn', 1, { settings: { epochs: 5 } }), false],
    ['compare.other-seeds', run('b', 'rnn', 1, { seed: 7 }), false],
    ['compare.stopped', run('b', 'rnn', 1, { stopped: 'interrupted' }), false],
    ['compare.other-machine', run('b', 'rnn', 1, { settings: { threads: 2 } }), false],
  ])('%s is said, and %#', (code, other, bars) => {
    const compared = compareRuns([first, other]);
    const said = compared.objections.find((objection) => objection.code === code);
    expect(said).toMatchObject({ bars });
    expect(explain(code, said!.facts).message).not.toMatch(/undefined/);
    expect(compared.verdict === null).toBe(bars);
    expect(compared.tests.length === 0).toBe(bars);
  });

  test('of two files only that is said, and which', () => {
    const other = run('b', 'rnn', 1, {
      dataset: { ...first.record.dataset, sha256: 'ff', file: 'other.csv' },
      settings: { epochs: 5 },
    });
    expect(codes([first, other])).toEqual(['compare.other-data']);
    expect(compareRuns([first, other]).objections[0]!.facts).toMatchObject({
      ofFirst: 'prices.csv',
      ofModel: 'other.csv',
    });
  });

  test('windows are told apart without forecasts by the test part and the task; what makes them differ is named', () => {
    const other = run('b', 'rnn', 1, { settings: { horizon: 3 } });
    const [said] = compareRuns([first, { ...other, test: null }]).objections;
    expect(said).toMatchObject({ code: 'compare.other-windows', facts: { settings: 'horizon' } });
  });

  test('nothing, where two models had the same windows, budget and several seeds', () => {
    const both = [1, 2].flatMap((seed) => [run(`l${seed}`, 'lstm', 1, { seed }), run(`r${seed}`, 'rnn', 2, { seed })]);
    expect(codes(both)).toEqual([]);
    expect(codes([first, run('b', 'rnn', 1)])).toEqual(['compare.one-seed']);
  });
});

describe('paired tests', () => {
  test('are those of Diebold and Mariano on the mean loss over seeds, two-sided, counted by Holm', () => {
    const runs = [run('a', 'lstm', 1), run('b', 'lstm', 1.2, { seed: 2 }), run('c', 'rnn', 3)];
    const { tests, verdict } = compareRuns(runs);
    expect(tests.map(({ first, second }) => [first, second])).toEqual([
      ['LSTM', null],
      ['LSTM', 'RNN'],
      ['RNN', null],
    ]);
    const loss = (test: Predictions) => test.values.map((value, i) => Math.abs(value - test.actual[i]!));
    const [a, b, c] = runs.map(({ test }) => loss(test!)) as [Float64Array, Float64Array, Float64Array];
    const wanted = pairedTest(
      a.map((value, i) => (value + b[i]!) / 2),
      c,
      1,
    )!;
    const pair = tests[1]!;
    expect(pair.statistic).toBeCloseTo(wanted.statistic, 10);
    expect(pair.p).toBeCloseTo(2 * Math.min(wanted.p, 1 - wanted.p), 12);
    expect(pair.difference).toBeLessThan(0);
    expect(pair.real).toBe(true);
    const sorted = tests.map(({ p }) => p).sort((x, y) => x - y);
    const largest = Math.max(...tests.map(({ adjusted }) => adjusted));
    expect(largest).toBeCloseTo(Math.min(1, Math.max(sorted[0]! * 3, sorted[1]! * 2, sorted[2]!)), 12);
    expect(verdict).toMatchObject({ best: 'LSTM' });
  });

  test('models whose errors differ by turns are not said to differ', () => {
    const { tests } = compareRuns([run('a', 'lstm', 1), { ...run('c', 'rnn', 1), test: forecastOf(1, 0, 4) }]);
    expect(tests.find(({ second }) => second === 'RNN')).toMatchObject({ real: false, windows });
  });
});
