import { describe, expect, test } from 'vitest';
import { lessonOf } from '../../../src/core/forecast/lesson';
import { partsOf } from '../../../src/core/forecast/split';
import { createEngine } from '../../../src/core/learn/index';
import type { Settings } from '../../../src/core/settings';
import { experimentOn } from './laboratory';
import { noisySine, seriesFrom } from './series';

const y = noisySine(400, 2);
// another wave on another scale and level, and a column that is only read
const other = noisySine(400, 7, 17).map((value) => 1000 + 50 * value);
const input = noisySine(400, 9, 40);
const series = seriesFrom(y, other, input);
const chosen: Partial<Settings> = {
  also: [series.names[1]!],
  inputs: [series.names[2]!],
  models: ['gru'],
  epochs: 40,
  hidden: 16,
  lr: 0.01,
  transform: 'none',
  season: 1,
};

describe.each<Partial<Settings>>([
  { task: 'many-to-one', horizon: 2, scale: 'window' },
  { task: 'many-to-many', horizon: 4, scale: 'standard' },
  { task: 'many-to-many', horizon: 4, scale: 'standard', loss: 'quantile' },
  { task: 'seq2seq', horizon: 4, scale: 'window', attention: 'luong' },
  { task: 'autoregressive', horizon: 4, scale: 'standard' },
])('$task, $scale, loss $loss', (task) => {
  test('one network forecasts all of them, and each is judged as if it were alone', async () => {
    const { settings, outcomes } = await experimentOn(series, { ...chosen, ...task });
    const [run] = outcomes;
    const [first, second, ...more] = run!.targets!;
    expect(more).toEqual([]);
    expect([first!.name, second!.name]).toEqual(series.names.slice(0, 2));
    // the first is what the run itself says
    const { metrics, byStep, bands, evidence, forecast, baselines } = run!;
    expect(first).toEqual({ name: series.names[0], metrics, byStep, bands, evidence, forecast, baselines });
    expect(second!.metrics.test.skill!).toBeGreaterThan(0.3);
    expect(second!.metrics.test.coverage80!).toBeGreaterThan(0.5);
    for (const { value } of second!.forecast) expect(Math.abs(value - 1000)).toBeLessThan(100);
    // the second's mean error, from the network's own outputs
    const { transform, scale } = settings as { transform: 'none'; scale: 'window' | 'standard' };
    const lesson = lessonOf(series, settings, { transform, scale });
    const engine = createEngine({ kernels: 'plain', threads: 1 });
    const weights = new Float32Array(run!.weights.buffer);
    const { table } = lesson;
    const C = table.targetColumns;
    const column = lesson.preparation.columns[1]!;
    const { horizon, lookback } = settings;
    const steps = settings.task === 'many-to-one' ? 1 : horizon;
    let sum = 0;
    const { test: part } = partsOf(400, settings);
    const origins = Array.from({ length: part.end - part.first - horizon + 1 }, (_, i) => part.first - 1 + i);
    for (const origin of origins) {
      const start = Int32Array.of(origin - lookback + 1);
      const made =
        settings.task === 'autoregressive'
          ? engine.rollOut(run!.model, weights, table, start, horizon)
          : engine.predict(run!.model, weights, table, start);
      for (let k = 0; k < steps; k++) {
        const row = origin + horizon - steps + 1 + k;
        sum += Math.abs(other[row]! - (column.offset + column.factor * made[k * C + 1]!));
      }
    }
    engine.close();
    const mae = sum / origins.length / steps;
    // a median may have changed places with an edge that crossed it
    if (settings.loss !== 'quantile') expect(second!.metrics.test.mae!).toBeCloseTo(mae, 2);
    else expect(Math.abs(second!.metrics.test.mae! - mae) / mae).toBeLessThan(0.1);
  });
});

test('a single target has no list of them', async () => {
  const { outcomes } = await experimentOn(seriesFrom(y), { epochs: 1 });
  expect(outcomes[0]).not.toHaveProperty('targets');
});
