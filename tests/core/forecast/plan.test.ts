import { expect, test } from 'vitest';
import type { Column, Frame, Inspection } from '../../../src/core/data/frame';
import { candidatesFor } from '../../../src/core/forecast/choose';
import { planExperiment } from '../../../src/core/forecast/plan';
import type { Settings } from '../../../src/core/settings';
import { settingsSchema } from '../../../src/core/settings';
import { noisySine, normals, randomWalk } from './series';

const day = 86_400_000;
const machine = { threads: 2, kernels: 'plain' as const };
const numbers = (name: string, values: ArrayLike<number>): Column => ({
  kind: 'number',
  name,
  values: Float64Array.from(values),
  missing: 0,
});

/** A daily table; what the plan does not read of an inspection is left at nothing. */
function tableOf(columns: Column[], rows: number): { frame: Frame; inspection: Inspection } {
  const times = Float64Array.from({ length: rows }, (_, t) => t * day);
  const frame: Frame = { rows, columns, times, dateOnly: true, frequency: { step: 'day', every: 1 } };
  const inspection: Inspection = {
    file: 'y.csv',
    bytes: 0,
    encoding: 'utf-8',
    delimiter: ',',
    decimal: '.',
    headerLine: 1,
    rows,
    columns: [],
    dateColumn: 'date',
    dateFormat: null,
    timeZone: null,
    frequency: frame.frequency,
    start: null,
    end: null,
    gaps: [],
    target: columns.find(({ kind }) => kind === 'number')?.name ?? null,
    suggested: { lookback: 1, horizon: 1, season: 1 },
    first: null,
    last: null,
    problems: [],
    question: null,
  };
  return { frame, inspection };
}
function planned(values: ArrayLike<number>, chosen: Partial<Settings> = {}, more: Column[] = []) {
  const { frame, inspection } = tableOf([numbers('y', values), ...more], values.length);
  return planExperiment(frame, inspection, chosen, machine);
}
const text: Column = { kind: 'text', name: 'kind', codes: new Int32Array(500), labels: ['a'], missing: 0 };

test('every setting is completed, and the whole is a valid set of settings', () => {
  for (const values of [randomWalk(500, 1), noisySine(5000, 1), randomWalk(40, 2), noisySine(120, 3)]) {
    const plan = planned(values);
    expect(plan.refusals).toEqual([]);
    expect(settingsSchema.parse(plan.settings)).toEqual(plan.settings);
    expect(plan.settings).toMatchObject({ target: 'y', date: 'date', task: 'many-to-one', horizon: 1, threads: 2 });
    const [train, validation, test] = [plan.parts!.train, plan.parts!.validation, plan.parts!.test];
    expect(train[1] + validation[1] + test[1]).toBe(values.length);
    expect(plan.windows!.test).toBe(test[1]);
    expect(plan.windows!.train).toBeGreaterThan(train[1] / 2);
  }
});

test('what was chosen is kept, and a plan of its own settings is the same plan', () => {
  const chosen: Partial<Settings> = { lookback: 17, hidden: 9, transform: 'diff', scale: 'minmax', season: 4, lr: 0.5 };
  const first = planned(randomWalk(500, 1), chosen);
  expect(first.settings).toMatchObject(chosen);
  const again = planned(randomWalk(500, 1), first.settings);
  expect(again.settings).toEqual(first.settings);
});

test('segments come with settings that suit them, and refuse what does not', () => {
  const { settings, refusals, parameters } = planned(noisySine(3000, 1), {
    segment: 12,
    horizon: 30,
    hidden: 8,
    models: ['gru'],
  });
  expect(refusals).toEqual([]);
  expect(settings).toMatchObject({ task: 'many-to-many', segment: 12, lookback: 84 });
  // projection 12·8 + 8, cell 3·8·(8 + 8) + 2·3·8, three positions of 8, head 8·12 + 12
  expect(parameters.gru).toBe(104 + 432 + 24 + 108);
  const codes = (chosen: Partial<Settings>) => planned(noisySine(3000, 1), chosen).refusals.map(({ code }) => code);
  expect(codes({ segment: 12, task: 'autoregressive' })).toEqual(['experiment.segment-task']);
  expect(codes({ segment: 12, lookback: 30 })).toEqual(['experiment.segment-lookback']);
  expect(codes({ segment: 12, lookback: 36 })).toEqual([]);
  expect(codes({ loss: 'quantile', task: 'autoregressive' })).toEqual(['experiment.quantile-fed-back']);
  expect(codes({ loss: 'quantile', task: 'many-to-one' })).toEqual([]);
  expect(codes({ loss: 'quantile', task: 'seq2seq' })).toEqual(['experiment.quantile-fed-back']);
  expect(codes({ attention: 'luong', task: 'many-to-many' })).toEqual(['experiment.decoder-only']);
  expect(codes({ sampling: 0.5, task: 'many-to-one' })).toEqual(['experiment.sampling-task']);
  expect(codes({ sampling: 0.5, task: 'autoregressive' })).toEqual([]);
  expect(planned(noisySine(3000, 1), { attention: 'luong', horizon: 4 }).settings.task).toBe('seq2seq');
});

test('nothing is chosen from the validation or test part', () => {
  for (const values of [randomWalk(800, 3), noisySine(800, 3).map((value) => value + 5)]) {
    const clean = planned(values);
    const poisoned = values.map((value, t) => (t >= clean.parts!.validation[0] ? 1e6 : value));
    expect(planned(poisoned).settings).toEqual(clean.settings);
    const negative = values.map((value, t) => (t >= clean.parts!.validation[0] ? -1e6 : value));
    expect(planned(negative).settings).toEqual(clean.settings);
  }
});

test('what auto tries depends on the training part alone', () => {
  const values = randomWalk(400, 2).map((value) => value + 1000);
  const negative = values.map((value, t) => (t < 280 ? value : -value));
  const tried = (series: Float64Array) => {
    const plan = planned(series, { transform: 'auto', scale: 'auto', season: 5 });
    return candidatesFor(plan.settings, plan.series!).map(({ transform, scale }) => `${transform} ${scale}`);
  };
  expect(tried(negative)).toEqual(tried(values));
  expect(tried(values)).toEqual([
    'none window',
    'none standard',
    'diff standard',
    'log window',
    'log standard',
    'log-diff standard',
    'seasonal-diff standard',
    'log-seasonal-diff standard',
  ]);
  expect(tried(values.map((value, t) => (t === 3 ? 0 : value))).join()).not.toContain('log');
});

test('preparation suits the series', () => {
  const random = normals(9);
  const season = (t: number) => Math.sin((2 * Math.PI * t) / 7);
  const growing = Float64Array.from(
    { length: 200 },
    (_, t) => Math.exp(t / 90) * (10 + 3 * season(t)) + 0.1 * random(),
  );
  expect(planned(growing).settings).toMatchObject({ season: 7, transform: 'log-seasonal-diff', scale: 'standard' });
  expect(planned(randomWalk(2000, 8)).settings).toMatchObject({ season: 1, scale: 'window' });
  for (const period of [7, 24, 25, 50, 100])
    expect(planned(noisySine(2000, 1, period)).settings).toMatchObject({ transform: 'none', scale: 'standard' });
  for (let seed = 0; seed < 10; seed++) expect(planned(randomWalk(3000, seed)).settings.scale).toBe('window');
});

const walk = randomWalk(500, 1);
const codes = (chosen: Partial<Settings>, values: ArrayLike<number> = walk, more: Column[] = []) =>
  planned(values, chosen, more).refusals.map(({ code }) => code);

test.each<[string, Partial<Settings>]>([
  ['experiment.unknown-column', { target: 'price' }],
  ['experiment.unknown-column', { inputs: ['price'] }],
  ['experiment.input-is-target', { inputs: ['y'] }],
  ['experiment.too-short', { lookback: 400 }],
  ['experiment.too-short', { horizon: 80 }],
  ['experiment.rows-beyond-end', { splitRows: [400, 80, 21] }],
  ['experiment.shares', { split: [0.5, 0.2, 0.2] }],
  ['experiment.shares', { split: [1, 0, 0] }],
  ['experiment.no-season', { transform: 'seasonal-diff', season: 1 }],
  ['experiment.season-too-long', { season: 350 }],
])('%s', (code, chosen) => {
  expect(codes(chosen)).toEqual([code]);
});

test('a text column can be neither target nor input', () => {
  expect(codes({ target: 'kind' }, walk, [text])).toEqual(['experiment.text-target']);
  expect(codes({ inputs: ['kind'] }, walk, [text])).toEqual(['experiment.not-a-number-column']);
  const { frame, inspection } = tableOf([text], 500);
  expect(planExperiment(frame, inspection, {}, machine).refusals[0]!.code).toBe('experiment.no-number-column');
});

test('a constant series, values without logarithm, and figures in what is too short', () => {
  expect(codes({}, Array(200).fill(3))).toEqual(['experiment.constant']);
  expect(codes({ transform: 'log' }, noisySine(500, 1))).toEqual(['experiment.logarithm']);
  const { message } = planned(walk, { lookback: 360, horizon: 3 }).refusals[0]!;
  for (const figure of [500, 350, 75, 360, 363]) expect(message).toContain(String(figure));
});

test('an impossible option is named with what it may be and what it was; the others stay', () => {
  const chosen = {
    hidden: 0,
    lr: -1,
    task: 'many-to-nothing',
    models: ['mlp'],
    splitRows: [1, 2],
    colour: 'red',
    lookback: 12,
  };
  const plan = planned(walk, chosen as unknown as Partial<Settings>);
  const said = plan.refusals.map(({ message }) => message).join('\n');
  expect(plan.refusals.length).toBe(6);
  for (const part of [
    '"hidden" must be a whole number from 1 to 1024; 0',
    '"lr"',
    '"task" must be one of one-to-one, one-to-many, many-to-one',
    '"models" must be one of rnn, lstm, gru; mlp',
    '"split-rows"',
    'no option "colour"',
  ])
    expect(said).toContain(part);
  expect(plan.settings.lookback).toBe(12);
});

test('filling gaps with what came after them is said', () => {
  const gap = {
    ...numbers(
      'y',
      walk.map((value, t) => (t === 50 ? Number.NaN : value)),
    ),
    missing: 1,
  } as Column;
  const { frame, inspection } = tableOf([gap], walk.length);
  const notes = (missing: Settings['missing']) =>
    planExperiment(frame, inspection, { missing }, machine).notes.map(({ code }) => code);
  expect(notes('interpolate')).toContain('plan.interpolated');
  expect(notes('carry-forward')).not.toContain('plan.interpolated');
});

test('"all" stands for every other column of numbers', () => {
  const plan = planned(walk, { inputs: ['all'] }, [numbers('volume', walk), text, numbers('open', walk)]);
  expect(plan.settings.inputs).toEqual(['volume', 'open']);
  expect(plan.series!.names).toEqual(['y', 'volume', 'open']);
});
