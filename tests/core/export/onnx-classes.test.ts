import { expect, test } from 'vitest';
import { classDifference } from '../../../src/core/export/onnx/class-check';
import { classLessonOf } from '../../../src/core/forecast/classes/lesson';
import type { Series } from '../../../src/core/protocol';
import type { Settings } from '../../../src/core/settings';
import { normals, randomWalk, seriesFrom } from '../forecast/series';
import { bytesOf, control, engine, runtime, trained } from './onnx-run';

/** Models whose answer is a class leave the lab with the lab's own probabilities. */
function dated(series: Series): Series {
  const day = (row: number) => Date.UTC(2021, 0, 1 + row);
  const rows = series.values[0]!.length;
  return {
    ...series,
    times: series.values[0]!.map((_, row) => day(row)),
    future: Float64Array.of(day(rows), day(rows + 1), day(rows + 2)),
  };
}
const swinging = (): Series => {
  const normal = normals(5);
  const codes = Float64Array.from({ length: 240 }, (_, t) => [1, 0, 2, 0, 1, 2][Math.floor(t / 17) % 6]!);
  const swing = codes.map((code, t) => [0, Math.sin(t / 2), 2 * Math.sin(2 * t)][code]! + 0.1 * normal());
  return { ...seriesFrom(codes, swing), names: ['y', 'x'], labels: ['calm', 'slow', 'wild'] };
};
const cases: [Settings['task'], Series, Partial<Settings>][] = [
  ['direction', seriesFrom(randomWalk(240, 1), randomWalk(240, 2)), { horizon: 2 }],
  ['direction', seriesFrom(randomWalk(240, 3)), { horizon: 1, transform: 'diff', scale: 'window' }],
  ['classify', swinging(), { horizon: 1, scale: 'window' }],
  ['classify', seriesFrom(...swinging().values.slice(0, 1)), { horizon: 1 }],
  ['labelling', swinging(), { horizon: 1 }],
];

test.each(cases)('%s, case %#', async (task, bare, more) => {
  for (const calendar of [false, true]) {
    const series = dated(task === 'direction' ? bare : { ...bare, labels: ['calm', 'slow', 'wild'] });
    const chosen: Partial<Settings> = {
      transform: 'none',
      scale: 'standard',
      season: 1,
      loss: 'cross-entropy',
      task,
      ...more,
    };
    const models = await trained(series, { ...chosen, models: ['rnn', 'lstm', 'gru'], layers: 2, calendar });
    expect(models).toHaveLength(3);
    for (const { record, weights } of models) {
      const lesson = classLessonOf(series, record.settings);
      const run = await runtime(bytesOf(record, weights));
      const starts = Int32Array.from({ length: 30 }, (_, i) => 20 + 6 * i);
      const learned = { engine, model: record.model, weights, lesson };
      expect(await classDifference(record, learned, starts, control, run)).toBeLessThan(1e-5);
    }
  }
});
