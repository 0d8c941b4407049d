import { describe, expect, test } from 'vitest';
import { partsOf } from '../../../src/core/forecast/split';
import { originsOf, shapeOf, windowTable } from '../../../src/core/forecast/tasks';
import { answerLook, type LookRequest } from '../../../src/core/inside/request';
import { aimAt, forecastOf, type Subject, subjectOf, windowOf } from '../../../src/core/inside/subject';
import type { Edit } from '../../../src/core/inside/view';
import { createEngine } from '../../../src/core/learn/index';
import type { Series } from '../../../src/core/protocol';
import type { RunRecord } from '../../../src/core/run';
import type { Settings } from '../../../src/core/settings';
import { experimentOn } from '../forecast/laboratory';

const rows = 160;
const day = 86_400_000;
const series: Series = {
  names: ['y', 'x'],
  values: [
    Float64Array.from({ length: rows }, (_, t) => 50 + 0.2 * t + 4 * Math.sin(t / 3) + ((t * 7919) % 13) / 6),
    Float64Array.from({ length: rows }, (_, t) => 3 * Math.cos(t / 5) + ((t * 104_729) % 11) / 9),
  ],
  times: Float64Array.from({ length: rows }, (_, t) => Date.UTC(2021, 0, 1) + t * day),
  future: Float64Array.from({ length: 6 }, (_, t) => Date.UTC(2021, 0, 1) + (rows + t) * day),
  dateOnly: true,
  season: 1,
};
const engine = createEngine({ kernels: 'plain', threads: 1 });

/** A run trained for a moment, as a subject, with its weights and its own forecasts of the test part. */
async function trained(chosen: Partial<Settings>) {
  const { outcomes, settings } = await experimentOn(series, { epochs: 1, hidden: 5, ...chosen });
  const [outcome] = outcomes;
  const record = { ...outcome!, id: 'r', settings } as unknown as RunRecord;
  return {
    subject: subjectOf(record, series),
    weights: new Float32Array(outcome!.weights.buffer),
    test: outcome!.test,
  };
}

function looked(
  subject: Subject,
  weights: Float32Array,
  at: number,
  edits: Edit[] = [],
  lookback?: number,
  target?: string,
) {
  const aim = aimAt(subject, { run: 'r', at, lookback, target });
  const { model, settings } = subject.record;
  const window = windowOf(subject, aim, edits);
  const request: LookRequest = {
    model,
    window,
    weights: [weights],
    what: { type: 'window', back: true },
    rollout: shapeOf(settings).rollout,
  };
  const answer = answerLook(engine, request);
  if (answer.type !== 'window') throw new Error('another answer');
  return { answer, forecast: forecastOf(subject, aim, answer.forecast, edits) };
}

describe.each([
  ['window scale', { transform: 'none', scale: 'window' }],
  ['log-diff', { transform: 'log-diff', scale: 'standard', inputs: ['x'] }],
  ['seasonal difference', { transform: 'seasonal-diff', season: 7, scale: 'robust', task: 'many-to-many', horizon: 3 }],
  ['three steps ahead', { transform: 'diff', task: 'many-to-one', horizon: 3 }],
  ['autoregressive', { transform: 'none', scale: 'minmax', task: 'autoregressive', horizon: 4, inputs: ['x'] }],
  ['quantiles', { transform: 'none', scale: 'window', loss: 'quantile', task: 'many-to-many', horizon: 2 }],
  ['calendar', { transform: 'none', scale: 'standard', calendar: true }],
  ['decoder', { transform: 'none', scale: 'window', task: 'seq2seq', attention: 'bahdanau', horizon: 3 }],
  ['segments', { transform: 'none', scale: 'window', task: 'many-to-many', segment: 4, horizon: 3 }],
] as [string, Partial<Settings>][])('%s', (name, chosen) => {
  test('a look forecasts what the run forecast, beside the truth', async () => {
    const { subject, weights, test: own } = await trained(chosen);
    for (const w of [0, 5, own.origins.length - 1]) {
      const { forecast } = looked(subject, weights, own.origins[w]!);
      expect(forecast).toHaveLength(own.steps);
      forecast.forEach(({ step, value, actual, time }, k) => {
        expect(step).toBe(own.firstStep + k);
        expect(value).toBeCloseTo(own.values[w * own.steps + k]!, 4);
        expect(actual).toBe(own.actual[w * own.steps + k]);
        const at = series.times![own.origins[w]! + step]!;
        expect(time).toBe(new Date(at).toISOString().slice(0, 10));
      });
    }
  });

  test('an edited window is that of a series that was so', async () => {
    const { subject, weights } = await trained(chosen);
    const edits: Edit[] = [
      { step: 2, column: 'y', value: 71 },
      { step: 11, column: 'y', value: 88.5 },
    ];
    const [at, lookback] = [120, subject.record.settings.lookback];
    const values = series.values.map((column) => column.slice());
    for (const { step, value } of edits) values[0]![at - lookback + 1 + step] = value;
    const { preparation } = subject.record;
    const changed = { ...subject, series: { ...series, values } };
    const { inputs } = windowTableOf(changed, preparation);
    const edited = windowOf(subject, aimAt(subject, { run: 'r', at }), edits);
    const D = subject.table.D;
    const start = (at - lookback + 1) * D;
    expect([...edited.table.subarray(0, lookback * D)]).toEqual([...inputs.subarray(start, start + lookback * D)]);
    const after = looked(subject, weights, at, edits).forecast;
    expect(after[0]!.actual).toBeNull();
    expect(after[0]!.value).not.toBe(looked(subject, weights, at).forecast[0]!.value);
    // the same forecast as from the other series
    expect(after.map(({ value }) => value)).toEqual(
      looked({ ...changed, table: { ...subject.table, inputs } }, weights, at).forecast.map(({ value }) => value),
    );
  });

  test('a longer window than the trained one is read by the same cell', async () => {
    const { subject, weights } = await trained(chosen);
    const longer = looked(subject, weights, 130, [], 24).answer;
    if (longer.type !== 'window') throw new Error('another answer');
    const steps = chosen.segment ? 24 / chosen.segment : 24;
    expect(longer.view.stacks[0]!.layers[0]!.steps, name).toBe(steps);
  });
});

/** The table of a changed series, prepared as the run was. */
function windowTableOf({ series: changed, record }: Subject, preparation: RunRecord['preparation']) {
  const parts = partsOf(rows, record.settings);
  return windowTable(changed, record.settings, preparation, originsOf(parts, record.settings, 0));
}

test('windows are found by row, by time, and refused with where they may be', async () => {
  const { subject } = await trained({ transform: 'diff', horizon: 2, task: 'many-to-one', lookback: 12 });
  const at = (where?: number | string) => aimAt(subject, { run: 'r', at: where });
  expect(at()).toEqual({ at: rows - 1, lookback: 12, range: [13, rows - 1], column: 0 });
  expect(at('2021-02-01').at).toBe(31);
  expect(at('2021-02-01 18:30').at).toBe(31);
  expect(at('2031-01-01').at).toBe(rows - 1);
  for (const wrong of [12, rows, '2021-01-05', '1999-01-01', 'yesterday'])
    expect(() => at(wrong)).toThrow(/No window of 12 steps ends at/);
  expect(() => aimAt(subject, { run: 'r', lookback: 159 })).toThrow('159 steps does not fit');
});

test.each(['uniform', 'coupled', 'shared'] as const)(
  '%s: each target that shares is forecast as its run did',
  async (sharing) => {
    const chosen = { also: ['x'], sharing, models: ['gru'], epochs: 1, hidden: 5 } as const;
    const { outcomes, settings } = await experimentOn(series, { ...chosen, also: ['x'], models: ['gru'] });
    const [outcome] = outcomes;
    const record = { ...outcome!, id: 'r', settings } as unknown as RunRecord;
    const subject = subjectOf(record, series);
    const weights = new Float32Array(outcome!.weights.buffer);
    for (const [m, name] of ['y', 'x'].entries()) {
      const { forecast, answer } = looked(subject, weights, rows - 1, [], undefined, name);
      const own = outcome!.targets![m]!.forecast.map(({ value }) => value!);
      expect(forecast.map(({ value }) => value)).toEqual(own.map((value) => expect.closeTo(value, 4)));
      // a task's loss comes back to its own layer, whoever else reads it
      expect(answer.type === 'window' && answer.view.stacks[m]!.layers[0]!.gradient!.h!.at(-1)!).toBeGreaterThan(0);
      const { forecast: known } = looked(subject, weights, 100, [], undefined, name);
      expect(known[0]!.actual).toBe(series.values[m]![101]);
      const edits = [{ step: 3, column: name, value: 40 }];
      expect(looked(subject, weights, 100, edits, undefined, name).forecast[0]!.value).not.toBe(known[0]!.value);
    }
    expect(() => aimAt(subject, { run: 'r', target: 'z' })).toThrow('no target is called "z"');
    expect(outcome!.health).toEqual(expect.any(Array));
  },
);
