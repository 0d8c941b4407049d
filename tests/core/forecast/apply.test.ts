import { describe, expect, test } from 'vitest';
import type { Frame } from '../../../src/core/data/frame';
import { seriesOf } from '../../../src/core/data/series';
import { applyModel, rowsRead, type Trained } from '../../../src/core/forecast/apply';
import { createEngine } from '../../../src/core/learn/index';
import type { RunRecord } from '../../../src/core/run';
import type { Settings } from '../../../src/core/settings';
import { prices } from '../../main/script';
import { readText } from '../data/reading';
import { experimentOn } from './laboratory';

/** A model on new rows gives what its run gave, or says in one sentence why not. */
const engine = createEngine({ kernels: 'plain', threads: 1 });
const control = { breathe: async () => {}, now: () => 0, stopping: false, whileAllowed: async () => {} };

async function frameOf(text: string): Promise<Frame> {
  const { frame } = await readText(text);
  return frame!;
}
const text = prices(320);
const frame = await frameOf(text);

interface Learnt extends Trained {
  forecast: RunRecord['forecast'];
}
async function learnt(chosen: Partial<Settings>): Promise<Learnt> {
  const inputs = chosen.inputs ?? [];
  const { horizon = 3, missing = 'leave-out' } = chosen;
  const series = seriesOf(frame, { target: 'Close', inputs, missing, horizon, season: chosen.season ?? 1 });
  const { settings, outcomes } = await experimentOn(series, { epochs: 2, horizon, target: 'Close', ...chosen });
  const { model, preparation, bands, targets, forecast, weights } = outcomes[0]!;
  const dataset = { frequency: frame.frequency } as RunRecord['dataset'];
  const flat = new Float32Array(weights.slice().buffer);
  return { record: { model, preparation, bands, targets, settings, dataset }, weights: flat, forecast };
}
const appliedToAll = (model: Trained, to: Frame, allowed = {}) => applyModel(model, to, allowed, engine, control);
const applied = async (model: Trained, to: Frame, allowed = {}) =>
  (await appliedToAll(model, to, allowed))[0]!.forecast;
const refusal = (model: Trained, to: Frame, allowed = {}) =>
  applied(model, to, allowed).then(
    () => 'forecast',
    (error) => ({ code: error.code, ...error.facts }),
  );

describe('the forecast of the run itself', () => {
  const variants: [string, Partial<Settings>][] = [
    ['rnn, many-to-one', { models: ['rnn'], task: 'many-to-one' }],
    [
      'lstm in two layers, many-to-many, differences',
      { models: ['lstm'], layers: 2, task: 'many-to-many', transform: 'diff' },
    ],
    ['gru, rolled out, with inputs', { models: ['gru'], task: 'autoregressive', inputs: ['Open', 'Volume'] }],
    ['lstm, seq2seq with attention', { models: ['lstm'], task: 'seq2seq', attention: 'bahdanau', scale: 'window' }],
    ['gru, segments', { models: ['gru'], segment: 4, task: 'many-to-many', scale: 'window' }],
    [
      'rnn, quantiles on logarithms',
      { models: ['rnn'], loss: 'quantile', transform: 'log-diff', task: 'many-to-many' },
    ],
    [
      'lstm, seasonal differences and calendar',
      { models: ['lstm'], transform: 'seasonal-diff', season: 5, calendar: true },
    ],
  ];
  test.each(variants)('%s', async (_, chosen) => {
    const model = await learnt(chosen);
    expect(await applied(model, frame)).toEqual(model.forecast);
  });

  const also = ['Open', 'Volume'];
  test.each<[string, Partial<Settings>]>([
    ['one head', { models: ['lstm'], task: 'many-to-many', transform: 'log-diff' }],
    ['rolled out', { models: ['gru'], task: 'autoregressive', scale: 'window' }],
    ['a layer for each', { models: ['rnn'], sharing: 'shared', task: 'many-to-many' }],
    ['quantiles', { models: ['gru'], sharing: 'coupled', loss: 'quantile', task: 'many-to-many' }],
  ])('of several targets, %s: every one of them, with its own bands', async (_, chosen) => {
    const model = await learnt({ ...chosen, inputs: also, also });
    const own = model.record.targets!.map(({ name, forecast }) => ({ target: name, forecast }));
    expect(own.map(({ target }) => target)).toEqual(['Close', ...also]);
    expect(await appliedToAll(model, frame)).toEqual(own);
  });

  test('the last rows alone are enough', async () => {
    const model = await learnt({ models: ['gru'], transform: 'diff', task: 'many-to-many' });
    const lines = text.trim().split('\n');
    // the bands read twenty changes
    const tail = (rows: number) => frameOf(`${[lines[0], ...lines.slice(-rows)].join('\n')}\n`);
    const points = await applied(model, await tail(40));
    for (const [k, { time, value, upper95 }] of points.entries()) {
      expect(time).toBe(model.forecast[k]!.time);
      expect(value).toBeCloseTo(model.forecast[k]!.value, 4);
      expect(upper95).toBeCloseTo(model.forecast[k]!.upper95!, 4);
    }
    const need = rowsRead(model.record);
    expect(await applied(model, await tail(need), { anyFrequency: true })).toHaveLength(3);
    expect(await refusal(model, await tail(need - 1), { anyFrequency: true })).toEqual({
      ...{ code: 'predict.too-few-rows', rows: need - 1, need },
      ...{ lookback: model.record.settings.lookback, more: 1 },
    });
  });
});

describe('a file that does not fit', async () => {
  const model = await learnt({ models: ['rnn'], inputs: ['Volume'] });
  const renamed = (header: string) => frameOf(text.replace('Date,Open,Close,Volume', header));

  test('columns by another name are asked about, and taken when said', async () => {
    expect(await refusal(model, await renamed('Date,Open,close ,Volume'))).toEqual({
      ...{ code: 'predict.similar-column', column: 'Close', near: 'close' },
    });
    expect(await refusal(model, await renamed('Date,Open,Last,Volume'))).toEqual({
      ...{ code: 'predict.missing-column', column: 'Close', columns: 'Open, Last, Volume' },
    });
    const given = { columns: { Close: 'Last' } };
    expect(await applied(model, await renamed('Date,Open,Last,Volume'), given)).toEqual(model.forecast);
  });

  test('rows at other times are refused, and taken when allowed', async () => {
    let hour = 0;
    const hourly = await frameOf(
      text.replaceAll(/^\d{4}-\d\d-\d\d/gm, () => new Date(hour++ * 3_600_000).toISOString().slice(0, 16)),
    );
    const facts = { wanted: 'business-day', wantedEvery: 1, found: 'hour', foundEvery: 1 };
    expect(await refusal(model, hourly)).toEqual({ code: 'predict.frequency', ...facts });
    expect(await applied(model, hourly, { anyFrequency: true })).toHaveLength(1);
  });

  test('a few days of one week go on as trading days', async () => {
    const short = await learnt({ models: ['rnn'], lookback: 3, horizon: 4, task: 'many-to-many' });
    const rows = ['Date,Close', '2024-03-05,100', '2024-03-06,101', '2024-03-07,102', '2024-03-08,101'];
    const points = await applied(short, await frameOf(`${rows.join('\n')}\n`));
    expect(points.map(({ time }) => time)).toEqual(['2024-03-11', '2024-03-12', '2024-03-13', '2024-03-14']);
  });

  test('a missing value among the rows that are read is refused, further back it is not', async () => {
    const lines = text.trim().split('\n');
    const without = (row: number) => {
      const cells = lines[row]!.split(',');
      return frameOf(`${lines.with(row, [cells[0], cells[1], '', cells[3]].join()).join('\n')}\n`);
    };
    const time = (row: number) => lines[row]!.slice(0, 10);
    expect(await refusal(model, await without(315))).toEqual({
      ...{ code: 'predict.missing-value', column: 'Close', where: time(315), dated: 1, need: 12 },
    });
    expect(await applied(model, await without(315), { missing: 'interpolate' })).toHaveLength(1);
    expect(await applied(model, await without(280))).toEqual(model.forecast);
    // a column the model does not read
    const cells = lines[315]!.split(',');
    const other = lines.with(315, [cells[0], '', cells[2], cells[3]].join()).join('\n');
    expect(await applied(model, await frameOf(`${other}\n`))).toEqual(model.forecast);
  });

  test('a description that contradicts its weights is refused', async () => {
    const settings = { ...model.record.settings, hidden: 9 };
    const twisted = { ...model, record: { ...model.record, settings } };
    expect(await refusal(twisted, frame)).toEqual({ code: 'predict.not-whole', part: 'H' });
  });
});
