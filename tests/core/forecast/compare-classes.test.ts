import { describe, expect, test } from 'vitest';
import { explain } from '../../../src/core/errors';
import { classBaselines } from '../../../src/core/forecast/classes/judged';
import { classLessonOf } from '../../../src/core/forecast/classes/lesson';
import { errorsOf, referenceErrors } from '../../../src/core/forecast/classes/verdict';
import { type ComparedRun, compareRuns } from '../../../src/core/forecast/compare';
import type { Predictions } from '../../../src/core/run';
import { answers, every, labels, last, n, run, truth } from './class-runs';
import { settingsFor } from './laboratory';
import { seriesFrom } from './series';

/** P(at least `won` of `of`) for a coin, counted out. */
function coin(won: number, of: number): number {
  let [sum, choose] = [0, 1];
  for (let k = 0; k <= of; k++) {
    if (k >= won) sum += choose;
    choose = (choose * (of - k)) / (k + 1);
  }
  return sum / 2 ** of;
}

describe('models of classes side by side', () => {
  test('scores over seeds, counts summed over them, baselines beside', () => {
    const runs = [run('a', 'gru', every(10)), run('b', 'gru', every(5), { seed: 2 }), run('c', 'rnn', every(3))];
    const { models, reference, baselines: simple } = compareRuns(runs);
    expect(models.map(({ name, seeds }) => [name, seeds])).toEqual([
      ['GRU', [1, 2]],
      ['RNN', [1]],
    ]);
    const [gru, rnn] = models.map(({ classes }) => classes!);
    expect(gru!.scores.accuracy.mean).toBeCloseTo(0.85, 12);
    expect(gru!.scores.accuracy.deviation).toBeCloseTo(Math.sqrt(2 * 0.05 ** 2), 12);
    expect(rnn!.scores.accuracy).toEqual({ mean: expect.closeTo(2 / 3, 12), deviation: null });
    // of two seeds 600 answers; wrong are rows 0 of 10 and rows 0 and 5 of 10, which are calm
    expect(gru!.confusion).toEqual([
      [270, 90, 0],
      [0, 180, 0],
      [0, 0, 60],
    ]);
    expect(gru!.perClass.map(({ support, recall }) => [support, recall])).toEqual([
      [360, 0.75],
      [180, 1],
      [60, 1],
    ]);
    expect(gru!.perClass[1]!.precision).toBeCloseTo(180 / 270, 12);
    expect(reference).toBe('persistence');
    expect(simple.map(({ name }) => name)).toEqual(['majority', 'persistence']);
    expect(models[0]!.scores.mae.mean).toBeNull();
  });

  test('what baselines get wrong is made anew from the answers as the experiment made it', () => {
    // commonest in training is the third class, later the first
    const x = Float64Array.from({ length: 200 }, (_, i) => [0, 2, 1, 1, 0, 2, 2][(i * i) % 7]!);
    const codes = x.map((code, i) => (i > 150 ? (code + 1) % 3 : code));
    const series = { ...seriesFrom(codes, x), names: ['regime', 'x'], labels };
    for (const task of ['classify', 'labelling'] as const) {
      const chosen = { transform: 'none', scale: 'standard', season: 1, loss: 'cross-entropy', lookback: 6 } as const;
      const lesson = classLessonOf(series, settingsFor(series, { ...chosen, task }));
      const names = lesson.labels.slice(0, lesson.classes);
      for (const { name, test } of classBaselines(lesson)) {
        if (!test) continue;
        const report = { ...run('a', 'gru', every(2)).record.classes!, balance: lesson.balance, names };
        expect(referenceErrors(name, test, report), `${task} ${name}`).toEqual(errorsOf(test));
      }
    }
  });
});

describe('whether a difference is real', () => {
  test('every model against the better baseline and every two models, exactly, two-sided, counted by Holm', () => {
    const runs = [run('a', 'gru', every(20)), run('b', 'rnn', every(15, 7))];
    const { tests, verdict } = compareRuns(runs);
    expect(tests.map(({ first, second }) => [first, second])).toEqual([
      ['GRU', null],
      ['GRU', 'RNN'],
      ['RNN', null],
    ]);
    // GRU is wrong in rows 0, 20, …, RNN in 7, 22, …: 15 against 20, never in the same row
    const pair = tests[1]!;
    expect(pair.difference).toBeCloseTo((15 - 20) / n, 12);
    expect(pair.p).toBeCloseTo(2 * coin(20, 35), 10);
    expect(pair.real).toBe(false);
    // against the row before, wrong in 3 rows of 10: beaten by far
    expect(tests[0]!.real && tests[2]!.real).toBe(true);
    expect(tests[0]!.difference).toBeCloseTo(15 / n - 0.3, 2);
    const sorted = tests.map(({ p }) => p).sort((x, y) => x - y);
    expect(Math.max(...tests.map(({ adjusted }) => adjusted))).toBeCloseTo(
      Math.min(1, Math.max(3 * sorted[0]!, 2 * sorted[1]!, sorted[2]!)),
      12,
    );
    expect(verdict).toMatchObject({ best: 'GRU', beatsNaive: true, code: 'verdict.class-beats' });
    expect(verdict!.facts).toMatchObject({ reference: 'persistence', also: 'RNN', rival: 'RNN', lead: 'chance' });
  });

  test('no model that is right as often as the better baseline is said to beat it', () => {
    // wrong where the row before is, but for three rows more and four less
    const wrong = (row: number) => (last[row] !== truth[row]) !== [3, 53, 103, 6, 56, 106, 156].includes(row);
    const { tests, verdict } = compareRuns([run('a', 'gru', wrong)]);
    expect(tests[0]!.p).toBeCloseTo(2 * coin(4, 7), 10);
    expect(verdict).toMatchObject({ best: 'persistence', beatsNaive: false, code: 'verdict.class-stands' });
    expect(verdict!.facts.why).toBe('chance');
  });

  test('a model that beats the baseline for certain goes before one that may be right more often by chance', () => {
    // the row before is wrong in 3 of 10; GRU mends 40 of these rows here and there, RNN 42 in a row
    const missed = Array.from(truth, (code, i) => (last[i] === code ? [] : [i])).flat();
    const [scattered, together] = [
      new Set(missed.filter((_, k) => k % 2 === 0).slice(0, 40)),
      new Set(missed.slice(0, 42)),
    ];
    const but = (mended: Set<number>) => (row: number) => last[row] !== truth[row] && !mended.has(row);
    const { verdict, tests } = compareRuns([run('a', 'gru', but(scattered)), run('b', 'rnn', but(together))]);
    const real = Object.fromEntries(tests.map(({ first, second, real: is }) => [`${first} ${second}`, is]));
    expect(real).toMatchObject({ 'GRU null': true, 'RNN null': false });
    expect(verdict).toMatchObject({ best: 'GRU', beatsNaive: true, code: 'verdict.class-beats' });
    expect(verdict!.facts).toMatchObject({ ahead: 'RNN', also: '', rival: '', lead: '' });
    expect(verdict!.sentence).toMatch(
      /^GRU beats saying the last known class again: .*; RNN is right in [\d.]+%, which may be chance\.$/,
    );
  });

  test('models of one cell that differ in a setting are judged apart and called by it', () => {
    const runs = [run('a', 'gru', every(4)), run('b', 'gru', every(20), { settings: { hidden: 64 } })];
    const { verdict, differing, objections } = compareRuns(runs);
    expect(verdict).toMatchObject({ best: 'GRU hidden 64' });
    expect(verdict!.facts).toMatchObject({ rival: 'GRU hidden 16', lead: 'real' });
    expect(differing.map(({ setting }) => setting)).toEqual(['hidden']);
    expect(objections.map(({ code }) => code)).toEqual(['compare.one-seed']);
  });

  test('without the answers row by row the verdict is what the runs recorded, and nothing is tested', () => {
    const bare = (p: number) => {
      const made = run('a', 'gru', every(4));
      const evidence = [{ name: 'persistence', statistic: -2, p, windows: n }];
      return { ...made, test: null, record: { ...made.record, classes: { ...made.record.classes!, evidence } } };
    };
    expect(compareRuns([bare(0.001)])).toMatchObject({ tests: [], verdict: { beatsNaive: true } });
    expect(compareRuns([bare(0.2)])).toMatchObject({ tests: [], verdict: { beatsNaive: false } });
  });
});

describe('what speaks against it', () => {
  const first = run('a', 'gru', every(4));
  const barred = (other: ComparedRun) => compareRuns([first, other]).objections.find(({ bars }) => bars);

  test('classes by other codes are the same classes', () => {
    const other = run('b', 'rnn', every(4));
    const turned = ['wild', 'calm', 'slow'];
    const [actual, values] = [other.test!.actual, other.test!.values].map((codes) => codes.map((c) => (c + 1) % 3));
    const test = {
      ...other.test!,
      actual: actual!,
      values: values!,
      classes: { ...other.test!.classes!, labels: turned },
    };
    expect(barred({ ...other, test })).toBeUndefined();
  });

  test('what is flat for one and not for another makes other classes', () => {
    const direction = (id: string, flat: number, test: Predictions) => ({
      ...run(id, 'gru', every(4), { settings: { task: 'direction', flat } }),
      test,
    });
    const answered = answers(every(4));
    const other = { ...answered, actual: answered.actual.map((code, i) => (i === 7 ? 2 : code)) };
    const { objections, verdict, tests } = compareRuns([direction('a', 0, answered), direction('b', 0.1, other)]);
    expect(objections[0]).toMatchObject({ code: 'compare.other-windows', bars: true, facts: { settings: 'flat' } });
    expect(explain(objections[0]!.code, objections[0]!.facts).remedy).toContain('flat');
    expect(verdict).toBeNull();
    expect(tests).toEqual([]);
  });
});
