import { describe, expect, test } from 'vitest';
import type { Column, Frame } from '../../../../src/core/data/frame';
import { planExperiment } from '../../../../src/core/forecast/plan';
import type { Settings } from '../../../../src/core/settings';
import { readText } from '../../data/reading';
import { normals } from '../series';

const rows = 300;
const normal = normals(1);
const number = (name: string, of: (row: number) => number): Column => ({
  ...{ kind: 'number', name, missing: 0 },
  values: Float64Array.from({ length: rows }, (_, row) => of(row)),
});
const text = (name: string, of: (row: number) => string | null): Column => {
  const cells = Array.from({ length: rows }, (_, row) => of(row));
  const labels = [...new Set(cells.filter((cell) => cell !== null))];
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : labels.indexOf(cell)));
  return { kind: 'text', name, codes, labels, missing: cells.filter((cell) => cell === null).length };
};
const columns = [
  number('x', () => normal()),
  number('level', (row) => row % 4),
  text('state', (row) => (row % 7 === 3 ? null : row % 3 ? 'on' : 'off')),
  text('one', (row) => (row < 250 ? 'same' : 'other')),
  text('many', (row) => `name ${row}`),
  text('late', (row) => (row < 210 ? 'ab'[row % 2]! : 'c')),
];
const frame = (of = columns): Frame => ({
  ...{ rows, columns: of, times: null, dateOnly: false },
  frequency: { step: 'index', every: 1 },
});

async function planned(chosen: Partial<Settings>, of = columns) {
  const { inspection } = await readText('t,x\n1,2\n2,4\n3,1\n');
  return planExperiment(
    frame(of),
    { ...inspection, target: 'x', dateColumn: null },
    { models: ['rnn', 'lstm'], lookback: 8, ...chosen },
    { threads: 1, kernels: 'plain' },
  );
}

describe('what is chosen', () => {
  test('labels come from the first column of words, its inputs are all numbers, rows without label are left out', async () => {
    const { settings, classes, notes, refusals, windows, series, parameters } = await planned({ task: 'classify' });
    expect(refusals).toEqual([]);
    expect(settings).toMatchObject({
      target: 'state',
      inputs: ['x', 'level'],
      loss: 'cross-entropy',
      transform: 'none',
    });
    expect(series!.labels).toEqual(['off', 'on']);
    expect(series!.values[0]!.length).toBe(rows - 43);
    expect(classes!.classes).toEqual(['off', 'on']);
    expect(windows!.test).toBe(classes!.test.reduce((sum, count) => sum + count, 0));
    expect(notes.map(({ code }) => code)).toEqual(['plan.classes']);
    // weight_ih, weight_hh, two biases, and a head of two classes; two inputs and a column per class are read
    const H = settings.hidden;
    expect(parameters.rnn).toBe(H * 4 + H * H + 2 * H + 2 * H + 2);
  });

  test('few whole numbers are labels too, in their order', async () => {
    const { classes, series, refusals } = await planned({ task: 'labelling', target: 'level' });
    expect(refusals).toEqual([]);
    expect(classes!.classes).toEqual(['0', '1', '2', '3']);
    expect(series!.names).toEqual(['level', 'x']);
  });

  test('where no column names classes, the refusal is of the first column of words, not of numbers nobody chose', async () => {
    const [x, , , , many] = columns;
    const one = text('one', () => 'same');
    expect((await planned({ task: 'labelling' }, [x!, one])).refusals).toMatchObject([
      { code: 'experiment.one-class', facts: { column: 'one', class: 'same' } },
    ]);
    expect((await planned({ task: 'classify' }, [x!, many!])).refusals).toMatchObject([
      { code: 'experiment.too-many-classes', facts: { column: 'many' } },
    ]);
  });

  test('classes that differ by capitals alone are told apart, and that is said', async () => {
    const states = text('state', (row) => ['on', 'On', 'off'][row % 3]!);
    const { classes, notes } = await planned({ task: 'classify' }, [columns[0]!, states]);
    expect(classes!.classes).toEqual(['On', 'off', 'on']);
    expect(notes).toContainEqual({ code: 'labels.alike', facts: { pairs: 'On, on' } });
  });

  test('a direction needs no labels, and leaves flat out where nearly nothing stands still', async () => {
    const { settings, classes } = await planned({ task: 'direction', horizon: 2 });
    expect(settings).toMatchObject({ target: 'x', inputs: [], flat: 0, loss: 'cross-entropy' });
    expect(classes!.train.slice(2)).toEqual([0]);
    expect(classes!.classes).toEqual(['down', 'up', 'flat']);
    const wide = await planned({ task: 'direction', horizon: 2, flat: 0.5 });
    expect(wide.classes!.classes).toEqual(['down', 'flat', 'up']);
    expect(Math.min(...wide.classes!.train)).toBeGreaterThan(10);
  });

  test('classes that the training part lacks are counted and told', async () => {
    const { notes, refusals } = await planned({ task: 'classify', target: 'late', split: [0.6, 0.2, 0.2] });
    expect(refusals).toEqual([]);
    expect(notes.filter(({ code }) => code === 'plan.unseen-classes').map(({ facts }) => facts)).toEqual([
      { part: 'validation', rows: 30, classes: 'c' },
      { part: 'test', rows: 60, classes: 'c' },
    ]);
  });
});

test.each<[string, Partial<Settings>, RegExp]>([
  ['experiment.text-target', { target: 'state' }, /"state" holds words, and task many-to-one forecasts numbers/],
  ['experiment.not-labels', { task: 'classify', target: 'x' }, /"x" does not hold labels/],
  ['experiment.too-many-classes', { task: 'classify', target: 'many' }, /300 different labels; at most 50/],
  ['experiment.one-class', { task: 'labelling', target: 'one' }, /the same class of "one", “same”/],
  ['experiment.one-class', { task: 'direction', flat: 1e6 }, /the same class of "x", “flat”/],
  ['experiment.no-known-class', { task: 'classify', target: 'late' }, /No row of the validation part/],
  [
    'experiment.no-label-inputs',
    { task: 'labelling', target: 'state', inputs: [] },
    /finds "state" from other columns/,
  ],
  ['experiment.unknown-column', { task: 'classify', target: 'nowhere' }, /no column "nowhere"/],
  ['experiment.softmax-of-values', { loss: 'cross-entropy' }, /makes probabilities of classes; task many-to-one/],
  ['experiment.class-option', { task: 'direction', loss: 'mse' }, /"loss" cannot be mse with task direction/],
  ['experiment.class-option', { task: 'direction', transform: 'auto' }, /"transform" cannot be auto/],
  ['experiment.class-option', { task: 'classify', target: 'state', scale: 'window' }, /"scale" cannot be window/],
  ['experiment.class-option', { task: 'classify', missing: 'interpolate' }, /"missing" cannot be interpolate/],
  ['experiment.class-option', { task: 'labelling', target: 'state', horizon: 2 }, /"horizon" cannot be 2/],
  ['experiment.class-option', { task: 'labelling', target: 'state', tbptt: 4 }, /"tbptt" cannot be 4/],
  ['experiment.class-option', { task: 'direction', segment: 4 }, /"segment" cannot be 4/],
])('%s: %o', async (code, chosen, message) => {
  const { refusals } = await planned(chosen);
  expect(refusals.map((refusal) => refusal.code)).toEqual([code]);
  expect(refusals[0]!.message).toMatch(message);
});
