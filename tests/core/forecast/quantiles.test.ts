import { expect, test } from 'vitest';
import { medianAndEdges } from '../../../src/core/forecast/quantiles';
import { experimentOn } from './laboratory';
import { normals, seriesFrom } from './series';

test('edges that cross are put in order, the median in the middle', () => {
  const levels = [
    [5, 5],
    [1, 9],
    [2, 8],
    [7, 6],
    [9, 1],
  ].map((level) => Float64Array.from(level));
  const { values, edges } = medianAndEdges(levels);
  expect([...values]).toEqual([5, 6]);
  expect([...edges.lower95]).toEqual([1, 1]);
  expect([...edges.lower80]).toEqual([2, 5]);
  expect([...edges.upper80]).toEqual([7, 8]);
  expect([...edges.upper95]).toEqual([9, 9]);
});

test('noise whose size depends on the hour gets bands that do, and the coverage they promise', async () => {
  const random = normals(5);
  const loud = (t: number) => t % 12 < 6;
  const noise = Float64Array.from({ length: 4000 }, (_, t) => (loud(t) ? 3 : 0.5) * random());
  const { outcomes } = await experimentOn(seriesFrom(noise), {
    loss: 'quantile',
    lookback: 24,
    hidden: 16,
    epochs: 15,
    lr: 0.01,
    scale: 'standard',
    transform: 'none',
  });
  const { metrics, test: last, bands, forecast } = outcomes[0]!;
  expect(bands).toBeNull();
  expect(metrics.test.coverage80).toBeGreaterThan(0.7);
  expect(metrics.test.coverage80).toBeLessThan(0.9);
  expect(metrics.test.coverage95).toBeGreaterThan(0.9);
  const { lower80, upper80 } = last.edges!;
  const width = (which: boolean) => {
    const all = Array.from(last.origins.keys()).filter((w) => loud(last.origins[w]! + 1) === which);
    return all.reduce((sum, w) => sum + upper80[w]! - lower80[w]!, 0) / all.length;
  };
  expect(width(true)).toBeGreaterThan(2 * width(false));
  expect(forecast[0]!.lower95!).toBeLessThan(forecast[0]!.lower80!);
});
