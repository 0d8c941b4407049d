import { describe, expect, test } from 'vitest';
import { differenceOf } from '../../../src/core/export/onnx/check';
import { decodeModel } from '../../../src/core/export/onnx/schema';
import { sharingNames } from '../../../src/core/nn/model';
import type { Settings } from '../../../src/core/settings';
import { randomWalk, seriesFrom } from '../forecast/series';
import { bytesOf, control, engine, runtime, trained } from './onnx-run';

/** Networks whose tasks share forecast in onnxruntime what they forecast in the lab, on windows no training has seen. */
const positive = (rows: number, seed: number) => randomWalk(rows, seed).map((value) => 5 + Math.abs(value));
const walks = (rows: number, seed: number) => seriesFrom(...[0, 1, 2].map((more) => positive(rows, seed + more)));
const learned = walks(200, 10);
const unseen = walks(120, 20);
const origins = Int32Array.from({ length: 40 }, (_, i) => 50 + i);
const edges = ['forecast', 'lower80', 'upper80', 'lower95', 'upper95'];
const cells: Settings['models'] = ['rnn', 'lstm', 'gru'];

describe.each(sharingNames)('%s layer', (sharing) => {
  test.each<[string, Partial<Settings>]>([
    ['a column that all read', { also: ['x1'], scale: 'window', transform: 'none' }],
    ['three tasks, several steps', { also: ['x1', 'x2'], task: 'many-to-many', horizon: 3, scale: 'standard' }],
    ['quantiles', { also: ['x1'], task: 'many-to-many', horizon: 3, loss: 'quantile', transform: 'diff' }],
    ...(sharing === 'uniform' ? ([['two layers', { also: ['x1'], layers: 2 }]] as [string, Partial<Settings>][]) : []),
  ])('%s', async (_, chosen) => {
    const models = await trained(learned, { models: cells, sharing, activation: 'relu', ...chosen });
    expect(models).toHaveLength(3);
    for (const { record, weights } of models) {
      expect(record.model.sharing?.kind).toBe(sharing);
      const run = await runtime(bytesOf(record, weights));
      // outputs for every target
      const endings = ['', '_2', '_3'].slice(0, 1 + record.settings.also.length);
      const said = decodeModel(bytesOf(record, weights)).graph!.output!.map(({ name }) => name);
      expect(said).toEqual(endings.flatMap((ending) => edges.map((name) => `${name}${ending}`)));
      const difference = await differenceOf({ record, weights, engine }, unseen, origins, control, run);
      expect(difference, record.model.cell).toBeLessThan(1e-5);
    }
  });
});

test.each<[string, Partial<Settings>]>([
  ['rolled out', { task: 'autoregressive', scale: 'window', transform: 'none' }],
  ['rolled out, seasonal differences', { task: 'autoregressive', transform: 'seasonal-diff', season: 2, horizon: 5 }],
  ['quantiles of logarithms', { task: 'many-to-many', loss: 'quantile', transform: 'log-diff' }],
  ['seq2seq', { task: 'seq2seq', attention: 'luong' }],
])('of several targets under one head, %s, every one is forecast', async (_, chosen) => {
  const [model] = await trained(learned, { models: ['gru'], also: ['x1', 'x2'], ...chosen });
  const { record, weights } = model!;
  const run = await runtime(bytesOf(record, weights));
  expect(await differenceOf({ record, weights, engine }, unseen, origins, control, run)).toBeLessThan(1e-5);
});
