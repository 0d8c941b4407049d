import { expect, test } from 'vitest';
import { calendarFeatures } from '../../../src/core/forecast/calendar-features';
import type { Series } from '../../../src/core/protocol';
import { experimentOn } from './laboratory';
import { normals, seriesFrom } from './series';

const hour = 3_600_000;
const dated = (values: Float64Array, start: string, step: number, dateOnly: boolean, ahead = 1): Series => {
  const at = (row: number) => Date.parse(start) + row * step;
  return {
    ...seriesFrom(values),
    times: values.map((_, row) => at(row)),
    future: Float64Array.from({ length: ahead }, (_, k) => at(values.length + k)),
    dateOnly,
  };
};

test('features are of the step to be forecast, past the end too', () => {
  const series = dated(new Float64Array(30), '2023-12-31T00:00Z', 24 * hour, true);
  const [yearSine, yearCosine, weekSine, weekCosine, ...none] = calendarFeatures(series, 1);
  expect(none).toEqual([]);
  // The first row is the last of December: what it forecasts is New Year's Day, a Monday.
  expect([yearSine![0], yearCosine![0]]).toEqual([0, 1]);
  expect(weekSine![0]).toBeCloseTo(Math.sin((2 * Math.PI) / 7), 12);
  expect(weekCosine![0]).toBeCloseTo(Math.cos((2 * Math.PI) / 7), 12);
  expect(weekSine![29]).toBeCloseTo(weekSine![1]!, 12);
});

test('hours where there are hours, no days of the week where rows are months apart', () => {
  expect(calendarFeatures(dated(new Float64Array(50), '2024-01-01T00:00Z', hour, false), 1).length).toBe(6);
  expect(calendarFeatures(dated(new Float64Array(50), '2024-01-01T00:00Z', 30 * 24 * hour, true), 1).length).toBe(2);
  const [, , , , hourSine] = calendarFeatures(dated(new Float64Array(50), '2024-01-01T00:00Z', hour, false), 1);
  expect(hourSine![5]).toBeCloseTo(1, 12);
});

test('without dates there are none', () => {
  expect(calendarFeatures(seriesFrom(new Float64Array(9)), 1)).toEqual([]);
});

test('a model that sees the calendar knows a weekly closing day that its lookback hides', async () => {
  const random = normals(2);
  const values = Float64Array.from({ length: 600 }, (_, t) => (t % 7 === 3 ? -4 : 0) + 0.3 * random());
  const series = dated(values, '2024-01-01T00:00Z', 24 * hour, true);
  const chosen = { lookback: 2, epochs: 60, hidden: 16, lr: 0.01, season: 1 };
  const [blind] = (await experimentOn(series, chosen)).outcomes;
  const [seeing] = (await experimentOn(series, { ...chosen, calendar: true })).outcomes;
  expect(seeing!.model.D).toBe(5);
  expect(seeing!.metrics.test.mae!).toBeLessThan(0.6 * blind!.metrics.test.mae!);
});
