import { describe, expect, test } from 'vitest';
import { curvesOf, openCurves, rowsToForecast } from '../../../src/core/data/curves';
import type { Frame } from '../../../src/core/data/frame';
import { applyModel } from '../../../src/core/forecast/apply';
import { curveOrigins, naiveCurve } from '../../../src/core/forecast/curves';
import { lessonOf } from '../../../src/core/forecast/lesson';
import { ridge } from '../../../src/core/forecast/ridge';
import { partsOf } from '../../../src/core/forecast/split';
import { aimAt, forecastOf, inputsOf, subjectOf, windowOf } from '../../../src/core/inside/subject';
import { createEngine } from '../../../src/core/learn/index';
import { parameterTable } from '../../../src/core/nn/parameters';
import type { Series } from '../../../src/core/protocol';
import type { RunRecord } from '../../../src/core/run';
import type { Settings } from '../../../src/core/settings';
import { experimentOn, settingsFor } from './laboratory';
import { noisySine, normals, seriesFrom } from './series';

const day = 86_400_000;
const gap = Number.NaN;

function frameOf(columns: Record<string, number[]>, dated = true): Frame {
  const rows = Object.values(columns)[0]!.length;
  return {
    columns: Object.entries(columns).map(([name, values]) => ({
      name,
      kind: 'number' as const,
      values: Float64Array.from(values),
      missing: values.filter(Number.isNaN).length,
    })),
    rows,
    times: dated ? Float64Array.from({ length: rows }, (_, t) => t * day) : null,
    dateOnly: true,
    frequency: { step: dated ? 'day' : 'index', every: 1 },
  } as unknown as Frame;
}

const small = frameOf({
  warm: [1, 2, 3, gap, 5, 6],
  a: [10, 20, 30, 40, gap, gap],
  b: [11, 21, gap, 41, gap, gap],
  c: [12, 22, 32, 42, gap, gap],
});
const choice = { outputs: ['a', 'b', 'c'], inputs: ['warm'] };

describe('rows as examples', () => {
  test('whole rows become curves one after another, with their inputs at each step; the first open row follows', () => {
    const series = curvesOf(small, choice);
    expect([...series.values[0]!]).toEqual([10, 11, 12, 20, 21, 22]);
    expect(series.names).toEqual(['a … c']);
    // row 2 misses an output and row 3 an input; row 4 has inputs alone
    expect([...series.ahead!.values[0]!]).toEqual([1, 1, 1, 2, 2, 2, 5, 5, 5]);
    expect(series).toMatchObject({ curve: 3, season: 3, dateOnly: false });
    expect([...series.times!].map((time) => time / day)).toEqual([0, 1 / 3, 2 / 3, 1, 4 / 3, 5 / 3]);
    expect([...series.future!].map((time) => Math.round((100 * time) / day))).toEqual([400, 433, 467]);
  });

  test('what can be forecast of a file: its open rows, or all that have inputs', () => {
    expect(rowsToForecast(small, choice)).toEqual([4, 5]);
    expect(rowsToForecast(frameOf({ warm: [1, gap, 3] }), choice)).toEqual([0, 2]);
    const open = openCurves(small, choice, [4, 5]);
    expect([...open.ahead!.values[0]!]).toEqual([5, 5, 5, 6, 6, 6]);
    expect(open.values[0]!.length).toBe(0);
  });
});

/** 40 curves of 3 values that follow from their input, and nothing else. */
function curves(dated = true): { frame: Frame; series: Series } {
  const random = normals(8);
  const x = Array.from({ length: 41 }, () => random());
  const at = (k: number) => x.map((value, row) => (row < 40 ? [2 * value, value ** 2, -value][k]! : gap));
  const frame = frameOf({ x, a: at(0), b: at(1), c: at(2) }, dated);
  return { frame, series: curvesOf(frame, { outputs: ['a', 'b', 'c'], inputs: ['x'] }) };
}
const chosen: Partial<Settings> = {
  task: 'one-to-many',
  outputs: ['a', 'b', 'c'],
  inputs: ['x'],
  horizon: 3,
  lookback: 1,
  season: 3,
  transform: 'none',
  scale: 'standard',
  sampling: 1,
};

test('the table: the start sign beside the inputs, then each value beside the inputs of the step after it', () => {
  const { series } = curves();
  const settings = settingsFor(series, chosen);
  const { preparation, table, origins } = lessonOf(series, settings, { transform: 'none', scale: 'standard' });
  expect(table).toMatchObject({ D: 2, known: 1, T: 1, firstStep: 1, steps: 3, targetColumns: 1, rows: 41 * 4 });
  const [target, input] = preparation.columns;
  const row = (r: number) => Array.from(table.inputs.subarray(r * 2, r * 2 + 2));
  const y = (i: number) => Math.fround((series.values[0]![i]! - target!.offset) / target!.factor);
  const x = (e: number) => Math.fround((series.ahead!.values[0]![e * 3]! - input!.offset) / input!.factor);
  expect([4, 5, 6, 7].map(row)).toEqual([
    [0, x(1)],
    [y(3), x(1)],
    [y(4), x(1)],
    [y(5), 0],
  ]);
  // the open row is there to be read, its values are not
  expect([160, 161].map(row)).toEqual([
    [0, x(40)],
    [0, x(40)],
  ]);
  expect(Array.from(table.starts.train.subarray(0, 3))).toEqual([0, 4, 8]);
  const parts = partsOf(120, settings);
  expect(parts).toEqual({
    train: { first: 0, end: 84 },
    validation: { first: 84, end: 102 },
    test: { first: 102, end: 120 },
  });
  expect(Array.from(origins.test)).toEqual([101, 104, 107, 110, 113, 116]);
  expect(Array.from(curveOrigins(parts.train, 3).subarray(0, 2))).toEqual([-1, 2]);
});

test('naive is the curve of the row before, without dates the mean curve of the training part', () => {
  const dated = curves().series;
  const settings = settingsFor(dated, chosen);
  const before = naiveCurve(dated, settings)!;
  expect([1, 2, 3].map((step) => before(101, step))).toEqual([...dated.values[0]!.subarray(99, 102)]);
  const undated = curves(false).series;
  const mean = naiveCurve(undated, settings)!;
  for (const k of [0, 1, 2]) {
    let sum = 0;
    for (let e = 0; e < 28; e++) sum += undated.values[0]![e * 3 + k]!;
    expect(mean(101, k + 1)).toBeCloseTo(sum / 28, 12);
  }
});

test('a network learns curves from their inputs better than any baseline where they bend, and forecasts the open row', async () => {
  const { series, frame } = curves();
  const learning = { ...chosen, models: ['gru' as const], hidden: 16, epochs: 150, lr: 0.01, batch: 8 };
  const [run] = (await experimentOn(series, learning)).outcomes;
  const mae = (name: string) => run!.baselines.find((one) => one.name === name)!.metrics.test.mae!;
  expect(run!.baselines.map(({ name }) => name)).toEqual(['naive', 'mean-curve', 'weekday-curve', 'linear']);
  expect(run!.metrics.test.mae!).toBeLessThan(Math.min(mae('naive'), mae('mean-curve'), mae('linear')));
  expect(run!.metrics.test.n).toBe(18);
  expect(run!.split.test).toMatchObject({ rows: 6 });
  expect(run!.byStep.map(({ step }) => step)).toEqual([1, 2, 3]);
  expect(run!.forecast.map(({ step }) => step)).toEqual([1, 2, 3]);
  const x = (frame.columns[0] as { values: Float64Array }).values[40]!;
  expect(Math.abs(run!.forecast[0]!.value - 2 * x)).toBeLessThan(1);
});

test('poison: what the test part holds changes nothing that is learned or chosen, and no curve lies in two parts', async () => {
  const { series } = curves();
  const quick = { ...chosen, epochs: 3 };
  const clean = (await experimentOn(series, quick)).outcomes[0]!;
  const first = partsOf(120, settingsFor(series, quick)).test.first;
  const poisoned = series.values[0]!.map((value, i) => (i >= first ? 1e6 : value));
  const inputs = series.ahead!.values[0]!.map((value, i) => (i >= first ? 1e6 : value));
  const dirty = (
    await experimentOn({ ...series, values: [poisoned], ahead: { names: ['x'], values: [inputs] } }, quick)
  ).outcomes[0]!;
  expect(dirty.weights).toEqual(clean.weights);
  expect(dirty.preparation).toEqual(clean.preparation);
  expect(dirty.metrics.validation).toEqual(clean.metrics.validation);
  expect(dirty.loss).toEqual(clean.loss);
  expect(dirty.bands).toEqual(clean.bands);
});

test('without dates nothing of the row before is read: curves may stand in any order within a part', async () => {
  const { series } = curves(false);
  const [a] = (await experimentOn(series, { ...chosen, epochs: 2 })).outcomes;
  const turned = (values: Float64Array) => {
    const copy = values.slice();
    // the first two curves of the test part change places
    copy.set(values.subarray(102, 105), 105);
    copy.set(values.subarray(105, 108), 102);
    return copy;
  };
  const { ahead, values } = series;
  const swapped = { ...series, values: [turned(values[0]!)], ahead: { ...ahead!, values: ahead!.values.map(turned) } };
  const [b] = (await experimentOn(swapped, { ...chosen, epochs: 2 })).outcomes;
  const curve = (run: typeof a, e: number) => Array.from(run!.test.values.subarray(e * 3, e * 3 + 3));
  expect(curve(b, 0)).toEqual(curve(a, 1));
  expect(curve(b, 1)).toEqual(curve(a, 0));
  expect(curve(b, 2)).toEqual(curve(a, 2));
  expect(b!.metrics.test.mae).toBeCloseTo(a!.metrics.test.mae!, 9);
});

test('ridge: the normal equations of a line known by hand, and shrinkage towards the mean', () => {
  const x = [0, 1, 2, 3].map((value) => Float64Array.of(value));
  const y = x.map(([value]) => Float64Array.of(1 + 2 * value!, 5));
  const exact = ridge(x, y, 0);
  expect([...exact([10])].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([21, 5]);
  // standardised x has Σu² = 4, so λ = 4 halves the weight: 4 + (21 − 4) / 2
  expect(ridge(x, y, 4)([10])[0]).toBeCloseTo(4 + 17 / 2, 12);
});

test('in a series the decoder reads one row, and the table is the usual one', () => {
  const values = Float64Array.from({ length: 50 }, (_, t) => Math.sin(t));
  const series: Series = { names: ['y'], values: [values], times: null, future: null, dateOnly: false, season: 1 };
  const settings = settingsFor(series, { task: 'one-to-many', horizon: 4, lookback: 1, scale: 'standard' });
  const { table, origins } = lessonOf(series, settings, { transform: 'none', scale: 'standard' });
  expect(table).toMatchObject({ D: 1, T: 1, firstStep: 1, steps: 4, rows: 50 });
  expect(table.starts.train[0]).toBe(0);
  expect(origins.train.length).toBe(35 - 4);
});

describe('a model of curves on a file', () => {
  const engine = createEngine({ kernels: 'plain', threads: 1 });
  const control = { breathe: async () => {}, now: () => 0, stopping: false, whileAllowed: async () => {} };

  test('gives the open row the run’s own curve, with bands, and says which row it is', async () => {
    const { series, frame } = curves();
    const { settings, outcomes } = await experimentOn(series, { ...chosen, epochs: 2 });
    const { model, preparation, bands, weights, forecast } = outcomes[0]!;
    const dataset = { frequency: frame.frequency } as RunRecord['dataset'];
    const trained = {
      record: { model, preparation, bands, settings, dataset },
      weights: new Float32Array(weights.slice().buffer),
    };
    const applied = async (to: Frame) => (await applyModel(trained, to, {}, engine, control))[0]!.forecast;
    expect(await applied(frame)).toEqual(forecast.map((point) => ({ ...point, row: 41 })));
    // inputs alone: every row is forecast
    const bare = await applied({ ...frame, columns: frame.columns.slice(0, 1) });
    expect(bare.map(({ row, step }) => [row, step]).slice(0, 4)).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
    ]);
    expect(bare.length).toBe(41 * 3);
    expect(bare.at(-1)!.value).toBe(forecast.at(-1)!.value);
    const none = frameOf({ x: [gap, gap] });
    await expect(applied(none)).rejects.toMatchObject({ code: 'predict.no-rows' });
  });
});

test('seq2seq reads and forecasts different numbers of steps, either way round', async () => {
  const wave = seriesFrom(noisySine(240, 2));
  for (const [lookback, horizon] of [
    [9, 2],
    [3, 7],
  ] as const) {
    const { outcomes, settings } = await experimentOn(wave, { task: 'seq2seq', lookback, horizon, epochs: 2 });
    expect(settings).toMatchObject({ lookback, horizon });
    expect(outcomes[0]!.model).toMatchObject({ O: horizon, decoder: { steps: horizon } });
    expect(outcomes[0]!.forecast.map(({ step }) => step)).toEqual(Array.from({ length: horizon }, (_, k) => k + 1));
    expect(outcomes[0]!.metrics.test.n).toBe((36 - horizon + 1) * horizon);
  }
});

test('one to one is the plain network: one row, one value, no weights of a state', async () => {
  const wave = seriesFrom(noisySine(240, 2));
  const { outcomes } = await experimentOn(wave, {
    ...{ task: 'one-to-one', memory: 'none', lookback: 1, horizon: 2, epochs: 40, lr: 0.01, scale: 'standard' },
  });
  const [run] = outcomes;
  // one hidden layer of 8 between one input and one output: 8·1 + 8 + 8 + 1
  expect(run!.parameters).toBe(25);
  expect(parameterTable(run!.model).map(({ name }) => name)).toEqual([
    'weight_ih_l0',
    'bias_ih_l0',
    'head.weight',
    'head.bias',
  ]);
  expect(run!.forecast.map(({ step }) => step)).toEqual([2]);
  const linear = run!.baselines.find(({ name }) => name === 'linear')!;
  expect(linear.metrics.test.mae!).toBeGreaterThan(0);
  // by hand: V tanh(w x + b) + v on the last row
  const w = new Float32Array(run!.weights.slice().buffer);
  const { offset, factor } = run!.preparation.columns[0]!;
  const x = (wave.values[0]!.at(-1)! - offset) / factor;
  let y = w[24]!;
  for (let j = 0; j < 8; j++) y += w[16 + j]! * Math.tanh(w[j]! * x + w[8 + j]!);
  expect(run!.forecast[0]!.value).toBeCloseTo(offset + factor * y, 4);
});

test('inside looks at the row that was read: a time within a curve finds it, and the forecast there is the judged one', async () => {
  const { series } = curves();
  const { settings, outcomes } = await experimentOn(series, { ...chosen, epochs: 2 });
  const [run] = outcomes;
  const subject = subjectOf({ ...run!, settings } as unknown as RunRecord, series);
  const K = 3;
  const origin = run!.test.origins[1]!;
  const aim = aimAt(subject, { run: '', at: new Date(series.times![origin + 2]!).toISOString() });
  expect(aim).toMatchObject({ at: origin, lookback: 1 });
  const window = windowOf(subject, aim);
  const [, input] = run!.preparation.columns;
  const x = (series.ahead!.values[0]![origin + 1]! - input!.offset) / input!.factor;
  expect(Array.from(window.table.subarray(0, 2))).toEqual([0, Math.fround(x)]);
  expect(window.table.length).toBe((K + 1) * 2);
  expect(inputsOf(subject, aim, window, [])[1]).toMatchObject({
    name: 'x',
    values: [series.ahead!.values[0]![origin + 1]],
  });
  const engine = createEngine({ kernels: 'plain', threads: 1 });
  const weights = new Float32Array(run!.weights.slice().buffer);
  const table = { ...subject.table, rows: K + 1, inputs: window.table };
  const seen = forecastOf(subject, aim, engine.predict(run!.model, weights, table, Int32Array.of(0)));
  expect(seen.map(({ actual }) => actual)).toEqual(Array.from(run!.test.actual.subarray(K, 2 * K)));
  for (const [k, { value }] of seen.entries()) expect(value).toBeCloseTo(run!.test.values[K + k]!, 4);
  // without a time it is the open row, whose values nobody knows
  const open = aimAt(subject, { run: '' });
  expect(open.at).toBe(series.values[0]!.length - 1);
  expect(windowOf(subject, open).targets).toBeNull();
});
