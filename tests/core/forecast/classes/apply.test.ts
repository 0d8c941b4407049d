import { describe, expect, test } from 'vitest';
import type { Column, Frame } from '../../../../src/core/data/frame';
import { applyClasses, type TrainedClasses } from '../../../../src/core/forecast/classes/apply';
import { planExperiment } from '../../../../src/core/forecast/plan';
import { createEngine } from '../../../../src/core/learn/index';
import type { RunRecord } from '../../../../src/core/run';
import type { Settings } from '../../../../src/core/settings';
import { readText } from '../../data/reading';
import { experimentOn } from '../laboratory';
import { normals } from '../series';

/** A model of classes on new rows says what its run said, row by row, or why it cannot. */
const engine = createEngine({ kernels: 'plain', threads: 1 });
const control = { breathe: async () => {}, now: () => 0, stopping: false, whileAllowed: async () => {} };
const T = 7;

function tableText(rows: number): string {
  const normal = normals(3);
  const lines = Array.from({ length: rows }, (_, t) => {
    const state = ['slow', 'calm', 'wild'][Math.floor(t / 11) % 3]!;
    const x = { slow: Math.sin(t / 2), calm: 0, wild: 2 * Math.sin(2 * t) }[state]! + 0.1 * normal();
    const time = new Date(Date.UTC(2024, 0, 1) + t * 3_600_000).toISOString().slice(0, 16);
    return `${time},${(100 + t / 9 + x).toFixed(3)},${normal().toFixed(3)},${state}`;
  });
  return `time,level,noise,state\n${lines.join('\n')}\n`;
}

async function learnt(chosen: Partial<Settings>) {
  const { frame, inspection } = await readText(tableText(260));
  const plan = planExperiment(frame!, inspection, { lookback: T, ...chosen }, { threads: 1, kernels: 'plain' });
  expect(plan.refusals).toEqual([]);
  const small = { ...plan.settings, hidden: 8, epochs: 3, models: ['gru' as const] };
  const { settings, outcomes } = await experimentOn(plan.series!, small);
  const { model, preparation, classes, weights, test: told } = outcomes[0]!;
  const dataset = { frequency: frame!.frequency } as RunRecord['dataset'];
  const trained: TrainedClasses = {
    record: { model, settings, preparation, dataset, classes: classes! },
    weights: new Float32Array(weights.slice().buffer),
  };
  return { trained, frame: frame!, told, forecast: classes!.forecast };
}
const without = (frame: Frame, name: string): Frame => ({
  ...frame,
  columns: frame.columns.filter((column: Column) => column.name !== name),
});

describe.each<Partial<Settings>>([
  { task: 'direction', target: 'level', horizon: 2, transform: 'diff', scale: 'standard' },
  { task: 'direction', target: 'level', inputs: ['noise'], transform: 'none', scale: 'window', calendar: true },
  { task: 'classify', target: 'state' },
  { task: 'classify', target: 'state', horizon: 3, transform: 'diff', calendar: true },
  { task: 'labelling', target: 'state' },
  { task: 'labelling', target: 'state', transform: 'diff' },
])('$task of $target, horizon $horizon, $transform', (chosen) => {
  test('on its own file the last answer is the run’s own', async () => {
    const { trained, frame, forecast } = await learnt(chosen);
    const told = await applyClasses(trained, frame, {}, engine, control);
    expect(told.slice(-1)).toEqual(forecast);
    expect(told.length).toBe(chosen.task === 'labelling' ? 260 - (chosen.transform === 'diff' ? 1 : 0) : 1);
  });
});

test('labelling tells every row once, in order, without labels, and as the test part was told', async () => {
  const { trained, frame, told: judged } = await learnt({ task: 'labelling', target: 'state' });
  const bare = await applyClasses(trained, without(frame, 'state'), {}, engine, control);
  expect(bare).toEqual(await applyClasses(trained, frame, {}, engine, control));
  expect(bare.map(({ step }) => step)).toEqual(Array.from({ length: 260 }, (_, row) => row - 259));
  const { labels } = judged.classes!;
  // both lay windows from the last row backwards, so the rows of the test part have the same context
  judged.origins.forEach((row, i) => {
    if (i >= T) expect(bare[row]!.class).toBe(labels[judged.values[i]!]);
  });
});

test('what is missing is named: the labels that a class is foretold from, and rows', async () => {
  const { trained, frame } = await learnt({ task: 'classify', target: 'state' });
  const refusal = (given: Frame) =>
    applyClasses(trained, given, {}, engine, control).then(
      () => 'told',
      (error) => error.code,
    );
  expect(await refusal(without(frame, 'state'))).toBe('predict.missing-column');
  expect(await refusal(without(frame, 'noise'))).toBe('predict.missing-column');
  const { frame: short } = await readText(tableText(T - 1));
  expect(await refusal({ ...short!, frequency: frame.frequency })).toBe('predict.too-few-rows');
});
