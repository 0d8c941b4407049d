import { afterAll, describe, expect, test } from 'vitest';
import { formsOf } from '../../../src/core/forecast/forms';
import { lessonOf, modelOf } from '../../../src/core/forecast/lesson';
import { type Learned, predictions } from '../../../src/core/forecast/predict';
import { restored } from '../../../src/core/forecast/prepare';
import { createEngine } from '../../../src/core/learn/index';
import { initialWeights } from '../../../src/core/nn/initial';
import { Random } from '../../../src/core/nn/random';
import type { FormErrors } from '../../../src/core/run';
import type { Settings } from '../../../src/core/settings';
import { settingsFor } from './laboratory';
import { noisySine, seriesFrom } from './series';

const engine = createEngine({ kernels: 'plain', threads: 1 });
afterAll(() => engine.close());
const control = { breathe: async () => {}, now: () => 0, stopping: false, whileAllowed: async () => {} };
const y = noisySine(300, 2).map((value, t) => value + 0.02 * t);
const T = 12;

/** A network as it is before it has learned anything, in its lesson: what it forecasts is wrong, and known. */
async function fresh(chosen: Partial<Settings>, columns = [y]) {
  const settings = settingsFor(seriesFrom(...columns), { models: ['gru'], season: 1, ...chosen });
  const { transform, scale } = settings as { transform: 'none' | 'diff'; scale: 'window' | 'standard' };
  const lesson = lessonOf(seriesFrom(...columns), settings, { transform, scale });
  const model = modelOf('gru', lesson);
  const learned: Learned = { engine, model, weights: initialWeights(model, new Random(3)), lesson };
  const judged = await predictions(learned, lesson.origins.test, control);
  const forms = await formsOf(learned, judged, control);
  return { learned, judged, forms };
}

/** Errors at step k over the windows whose `reach` steps fit, from forecasts made by `forecast` after each row. */
function expected({ lesson }: Learned, reach: number, forecast: (origin: number) => ArrayLike<number>) {
  const { test: part } = lesson.parts;
  const origins = Array.from({ length: part.end - part.first - reach + 1 }, (_, i) => part.first - 1 + i);
  const all = origins.map(forecast);
  return Array.from({ length: reach }, (_, k) => {
    const errors = all.map((values, w) => Math.abs(values[k]! - y[origins[w]! + k + 1]!));
    return errors.reduce((a, b) => a + b) / errors.length;
  });
}
const maes = (forms: FormErrors[], name: string, at = 0) =>
  forms.filter(({ form }) => form === name)[at]!.byStep.map(({ mae }) => mae);
const near = (actual: number[], wanted: number[]) => {
  expect(actual.length).toBe(wanted.length);
  actual.forEach((value, k) => {
    expect(Math.abs(value - wanted[k]!) / wanted[k]!, `step ${k + 1}`).toBeLessThan(1e-4);
  });
};
const back = ({ lesson }: Learned, scaled: ArrayLike<number>, origin: number) =>
  restored(scaled, lesson.preparation.columns[0]!, y, origin, 1);

describe.each([
  { transform: 'none', scale: 'window' },
  { transform: 'none', scale: 'standard' },
  { transform: 'diff', scale: 'standard' },
] as const)('$transform, $scale', (prepared) => {
  test('a one-step model rolled out is the roll-out of the kernels', async () => {
    const { learned, forms } = await fresh({ ...prepared, task: 'many-to-one', reach: 7 });
    expect(forms.map(({ form }) => form)).toEqual(['direct', 'rolled-out']);
    const { model, weights, lesson } = learned;
    const rolled = (origin: number) =>
      back(learned, engine.rollOut(model, weights, lesson.table, Int32Array.of(origin - T + 1), 7), origin);
    near(maes(forms, 'rolled-out'), expected(learned, 7, rolled));
  });

  test('what many-to-many makes is fed back in blocks, and one step at a time', async () => {
    const { learned, forms } = await fresh({ ...prepared, task: 'many-to-many', horizon: 3, reach: 8 });
    expect(forms.map(({ form }) => form)).toEqual(['direct', 'blocks', 'rolled-out']);
    const { model, weights, lesson } = learned;
    const by = (take: number) => (origin: number) => {
      const past = Array.from(lesson.table.inputs.subarray(0, origin + 1));
      const made: number[] = [];
      while (made.length < 8) {
        const inputs = Float32Array.from([...past, ...made]);
        const table = { ...lesson.table, inputs, rows: inputs.length };
        made.push(...engine.predict(model, weights, table, Int32Array.of(inputs.length - T)).subarray(0, take));
      }
      return back(learned, made.slice(0, 8), origin);
    };
    near(maes(forms, 'blocks'), expected(learned, 8, by(3)));
    near(maes(forms, 'rolled-out'), expected(learned, 8, by(1)));
  });

  test('a decoder goes on beyond its horizon, or stops before it', async () => {
    const long = await fresh({ ...prepared, task: 'seq2seq', horizon: 3, reach: 8, attention: 'luong' });
    expect(long.forms.map(({ form }) => form)).toEqual(['direct', 'decoded', 'blocks']);
    const { model, weights, lesson } = long.learned;
    // the first steps of the longer forecast are those of the model as it was trained
    const three = (origin: number) =>
      back(long.learned, engine.predict(model, weights, lesson.table, Int32Array.of(origin - T + 1)), origin);
    const first = expected(long.learned, 8, (origin) => [...three(origin), 0, 0, 0, 0, 0]).slice(0, 3);
    near(maes(long.forms, 'decoded').slice(0, 3), first);
    const short = await fresh({ ...prepared, task: 'seq2seq', horizon: 3, reach: 2, attention: 'luong' });
    expect(maes(short.forms, 'decoded')).toHaveLength(2);
  });

  test('the autoregressive model: its errors after true values beside those after its own', async () => {
    const { learned, judged, forms } = await fresh({ ...prepared, task: 'autoregressive', horizon: 4, reach: 6 });
    expect(forms.map(({ form, byStep }) => [form, byStep.length])).toEqual([
      ['rolled-out', 4],
      ['one-step', 4],
      ['rolled-out', 6],
    ]);
    const { model, weights, lesson } = learned;
    const over = (steps: number) => (origin: number) =>
      back(learned, engine.rollOut(model, weights, lesson.table, Int32Array.of(origin - T + 1), steps), origin);
    near(maes(forms, 'rolled-out', 1), expected(learned, 6, over(6)));
    const next = over(1);
    const forced = (origin: number) => [0, 1, 2, 3].map((k) => next(origin + k)[0]!);
    near(maes(forms, 'one-step'), expected(learned, 4, forced));
    expect(forms[0]!.windows).toBe(judged.origins.length);
    // the first step is the same for both
    near(maes(forms, 'one-step').slice(0, 1), maes(forms, 'rolled-out').slice(0, 1));
  });
});

test('what reads more than it forecasts, or forecasts one distant step, has no other form', async () => {
  const input = y.map((value) => value * 2);
  expect((await fresh({ task: 'many-to-one', reach: 7 }, [y, input])).forms.map(({ form }) => form)).toEqual([
    'direct',
  ]);
  expect((await fresh({ task: 'many-to-one', horizon: 4, reach: 9 })).forms.map(({ form }) => form)).toEqual([
    'direct',
  ]);
});
