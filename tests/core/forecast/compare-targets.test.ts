import { expect, test } from 'vitest';
import { reportOf } from '../../../src/core/export/report';
import { type ComparedRun, compareRuns } from '../../../src/core/forecast/compare';
import { isUntested, seenTogether } from '../../../src/core/forecast/compare/targets';
import type { RunRecord, TargetResult } from '../../../src/core/run';
import { record } from '../../renderer/fake-lab';

const base = record('x');
const n = 30;
const test_ = {
  ...{ firstStep: 1, steps: 1, origins: Int32Array.from({ length: n }, (_, w) => 169 + w) },
  ...{
    values: Float64Array.from({ length: n }, (_, i) => 1 + (i % 3)),
    actual: new Float64Array(n).fill(2),
    last: new Float64Array(n),
  },
};

/** What a run says of one of its targets, with this error against a naive one of 2. */
function result(name: string, mae: number, p = 0.001): TargetResult {
  const { metrics, bands, forecast, baselines } = base;
  const againstNaive = { statistic: -3, p, windows: n };
  return {
    ...{ name, bands, forecast, baselines },
    metrics: { ...metrics, test: { ...metrics.test, mae } },
    byStep: [{ step: 1, mae, rmse: mae, naiveMae: 2 }],
    evidence: { ...base.evidence, againstNaive },
  };
}

function run(
  id: string,
  sharing: 'uniform' | 'shared' | 'none',
  targets: TargetResult[],
  more: Partial<RunRecord> = {},
) {
  const [first, ...others] = targets as [TargetResult, ...TargetResult[]];
  const { name: target, ...judged } = first;
  const also = others.map(({ name }) => name);
  const settings = { ...base.settings, target, also, sharing };
  const made: ComparedRun = {
    record: {
      ...record(id, { ...judged, ...more }),
      ...{ settings, dataset: { ...base.dataset, target }, ...(also.length > 0 && { targets }) },
    },
    name: null,
    test: test_,
  };
  return made;
}
const uniform = run('u', 'uniform', [result('upper', 1), result('middle', 1.5), result('lower', 1.2)]);
const shared = run('s', 'shared', [result('upper', 1.1), result('middle', 0.5), result('lower', 1.9)]);
const alone = run('a', 'none', [result('lower', 0.9)]);
const maes = (comparison: ReturnType<typeof compareRuns>) => comparison.models.map(({ scores }) => scores.mae.mean);

test('runs of several targets are compared by the first, or by the one that is asked for', () => {
  const first = compareRuns([uniform, shared]);
  expect(first).toMatchObject({ targets: ['upper', 'middle', 'lower'], target: 'upper' });
  expect(maes(first)).toEqual([1, 1.1]);
  expect(first.verdict).toMatchObject({ best: 'LSTM sharing uniform' });
  const middle = compareRuns([uniform, shared], null, 'middle');
  expect(middle.target).toBe('middle');
  expect(maes(middle)).toEqual([1.5, 0.5]);
  expect(middle.models[0]!.byStep[0]!.mae).toBe(1.5);
  expect(middle.verdict).toMatchObject({ best: 'LSTM sharing shared', beatsNaive: true });
  expect(compareRuns([uniform, shared], null, 'nowhere').target).toBe('upper');
});

test('with another target than the first nothing is tested, for its forecasts are not kept, and that is said', () => {
  const middle = compareRuns([uniform, shared], null, 'middle');
  expect(middle.tests).toEqual([]);
  expect(isUntested(middle, [uniform, shared])).toBe(true);
  expect(isUntested(compareRuns([alone]), [alone])).toBe(false);
  const made = { version: '1', at: '2026-11-21T10:00:00Z' };
  const told = [uniform, shared].map((one) => ({ ...one, times: [] }));
  const text = reportOf(told, 'en', made, 'middle');
  expect(text).toMatch(/<h1>.* on middle<\/h1>/);
  expect(text).toContain('it is not tested whether differences are real');
  expect(text).toContain('<td>0.5000</td>');
  expect(text).not.toMatch(/Diebold|undefined|NaN/);
});

test('one of several targets beside a model of that target alone', () => {
  const both = compareRuns([uniform, alone]);
  expect(both).toMatchObject({ targets: ['lower'], target: 'lower' });
  expect(maes(both)).toEqual([1.2, 0.9]);
  expect(both.objections.filter(({ bars }) => bars)).toEqual([]);
  expect(both.verdict).toMatchObject({ best: expect.stringContaining('sharing none') });
});

test('without a common target that is said', () => {
  const other = run('o', 'none', [result('elsewhere', 1)]);
  const { targets, target, objections, verdict } = compareRuns([uniform, other]);
  expect([targets, target, verdict]).toEqual([[], null, null]);
  expect(objections[0]).toMatchObject({ code: 'compare.other-target', bars: true });
});

test('seen once more they are the same', () => {
  const once = seenTogether([uniform, alone]);
  expect(seenTogether(once.runs, once.target)).toEqual(once);
});

test('of several seeds without forecasts the median proof counts', () => {
  const seeds = (...ps: number[]) =>
    ps.map((p, i) => run(`u${i}`, 'uniform', [result('upper', 1), result('middle', 1.5, p)], { seed: i }));
  const verdictOf = (...ps: number[]) => compareRuns(seeds(...ps), null, 'middle').verdict!;
  expect(verdictOf(0.3, 0.001, 0.01)).toMatchObject({ beatsNaive: true, facts: { proven: 1 } });
  expect(verdictOf(0.3, 0.001, 0.4)).toMatchObject({ beatsNaive: false, facts: { why: 'chance' } });
});
