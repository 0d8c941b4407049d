import { describe, expect, test } from 'vitest';
import type { Frame } from '../../../src/core/data/frame';
import { seriesOf } from '../../../src/core/data/series';
import { lessonOf } from '../../../src/core/forecast/lesson';
import { partsOf } from '../../../src/core/forecast/split';
import type { Series } from '../../../src/core/protocol';
import type { Settings } from '../../../src/core/settings';
import { experimentOn, settingsFor } from './laboratory';
import { normals, seriesFrom } from './series';

const rows = 500;
const horizon = 3;
const random = normals(4);
/** Noise that nothing of the past tells, but a switch known ahead does: 5 higher where it is on. */
const sale = Float64Array.from({ length: rows + horizon }, () => (random() > 0.5 ? 1 : 0));
const y = Float64Array.from({ length: rows }, (_, t) => 5 * sale[t]! + 0.1 * random());
const series: Series = { ...seriesFrom(y), ahead: { names: ['sale'], values: [sale] } };
const learning: Partial<Settings> = {
  horizon,
  models: ['gru'],
  epochs: 30,
  hidden: 16,
  lr: 0.01,
  transform: 'none',
  season: 1,
};

describe.each<Partial<Settings>>([
  { task: 'many-to-one', scale: 'standard' },
  { task: 'seq2seq', scale: 'standard' },
  { task: 'seq2seq', scale: 'window', attention: 'bahdanau' },
  { task: 'seq2seq', scale: 'standard', attention: 'luong' },
  { task: 'autoregressive', scale: 'standard' },
  { task: 'autoregressive', scale: 'window', sampling: 0.5 },
])('$task, $scale, $attention, sampling $sampling', (chosen) => {
  test('what is known ahead is read for the step that is forecast, on the test part and past the end', async () => {
    const [knowing] = (await experimentOn(series, { ...learning, ...chosen })).outcomes;
    const [without] = (await experimentOn(seriesFrom(y), { ...learning, ...chosen })).outcomes;
    expect(knowing!.metrics.test.mae!).toBeLessThan(0.3 * without!.metrics.test.mae!);
    for (const { step, value } of knowing!.forecast)
      expect(Math.abs(value - 5 * sale[rows - 1 + step]!)).toBeLessThan(2);
  });

  test('nothing else of the rows ahead is read: poison after the last origin of a part changes none of its forecasts', async () => {
    const quick = { ...learning, ...chosen, epochs: 2 };
    const clean = await experimentOn(series, quick);
    const { test: part } = partsOf(rows, clean.settings);
    const poisoned = y.map((value, t) => (t >= part.first ? 1e6 : value));
    const dirty = await experimentOn({ ...series, values: [poisoned] }, quick);
    const [a, b] = [clean.outcomes[0]!, dirty.outcomes[0]!];
    expect(b.weights).toEqual(a.weights);
    expect(b.preparation).toEqual(a.preparation);
    expect(b.metrics.validation).toEqual(a.metrics.validation);
    // the first forecast of the test part is made before it, from clean values alone, over poisoned rows
    const first = (test: typeof a.test) => Array.from(test.values.subarray(0, test.steps));
    expect(first(b.test)).toEqual(first(a.test));
  });
});

test('columns known ahead are scaled once, on the training part, whatever becomes of the target, and never centred', () => {
  const settings = settingsFor(series, { ...learning, task: 'seq2seq' });
  const { preparation, table } = lessonOf(series, settings, { transform: 'diff', scale: 'window' });
  const [target, known] = preparation.columns;
  expect(target).toMatchObject({ lag: 1 });
  expect(known).toMatchObject({ name: 'sale', known: true, lag: 0, log: false });
  const part = sale.subarray(0, partsOf(rows, settings).train.end);
  expect(known!.offset).toBeCloseTo(part.reduce((a, b) => a + b) / part.length, 12);
  expect(table).toMatchObject({ D: 2, known: 1, targetColumns: 1, rows: rows + horizon });
  // a row bears what is known of the row after it, up to the last step past the end
  const at = (t: number) => table.inputs[t * 2 + 1]! * known!.factor + known!.offset;
  for (const t of [0, 17, rows - 1, rows + horizon - 2]) expect(at(t)).toBeCloseTo(sale[t + 1]!, 5);
});

describe('from a file', () => {
  const frame = (future: number[], target: number[]): Frame => {
    const column = (name: string, values: number[]) => ({
      name,
      kind: 'number' as const,
      values: Float64Array.from(values),
      missing: values.filter(Number.isNaN).length,
    });
    const all = target.length;
    return {
      columns: [column('y', target), column('sale', future)],
      rows: all,
      times: Float64Array.from({ length: all }, (_, t) => t * 86_400_000),
      dateOnly: true,
      frequency: { step: 'day', every: 1 },
    } as unknown as Frame;
  };
  const choice = { target: 'y', inputs: [], future: ['sale'], missing: 'leave-out' as const, horizon: 2, season: 1 };

  test('rows past the last value of the target bear what is known, and their times are those of the forecast', () => {
    const found = seriesOf(frame([1, 0, 1, 0, 1], [5, 6, 7, Number.NaN, Number.NaN]), choice);
    expect([...found.values[0]!]).toEqual([5, 6, 7]);
    expect([...found.ahead!.values[0]!]).toEqual([1, 0, 1, 0, 1]);
    expect([...found.future!]).toEqual([3, 4].map((t) => t * 86_400_000));
  });
  test('too few of them are refused in a sentence', () => {
    const short = () => seriesOf(frame([1, 0, 1, 0, Number.NaN], [5, 6, 7, Number.NaN, Number.NaN]), choice);
    expect(short).toThrow('Column "sale" is to be known ahead, but has values for only 1 of the 2 steps');
    expect(() => seriesOf(frame([1, 0, 1], [5, 6, 7]), choice)).toThrow('only 0 of the 2 steps');
  });
});
