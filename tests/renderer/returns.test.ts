import { expect, test } from 'vitest';
import type { SeriesView } from '../../src/core/protocol';
import { lagChart, lagsOf } from '../../src/renderer/charts/lag';
import type { Palette } from '../../src/renderer/charts/palette';
import { returnsOf } from '../../src/renderer/charts/returns';
import type { Forecast } from '../../src/renderer/charts/scene';
import { Formatter } from '../../src/renderer/format';

const values = Array.from({ length: 60 }, (_, i) => 100 + 10 * Math.sin(i / 3) + i / 5);
const tested: SeriesView = { column: 'y', rows: 60, at: values.map((_, i) => i), times: null, values };
const origins = Array.from({ length: 30 }, (_, i) => 29 + i);
const forecast = (firstStep: number, steps: number[][]): Forecast => ({
  tone: 'lstm',
  dash: [],
  name: 'LSTM',
  test: { firstStep, steps: steps[0]!.length, origins: origins.slice(0, steps.length), values: steps },
  future: [
    { step: 1, time: null, value: 110, lower80: 100, upper80: 120, lower95: 90, upper95: null },
    { step: 2, time: null, value: 121, lower80: 100, upper80: 130, lower95: 90, upper95: 140 },
  ],
});

test('one step ahead, a return is from the last value seen', () => {
  const { test: made } = returnsOf(forecast(1, [[110], [120]]), tested);
  expect(made!.values[0]![0]).toBeCloseTo(Math.log(110 / values[29]!), 12);
  expect(made!.values[1]![0]).toBeCloseTo(Math.log(120 / values[30]!), 12);
});
test('later steps are from the step before, and a single step far ahead is the mean over the way', () => {
  const path = returnsOf(forecast(1, [[110, 121, 100]]), tested).test!.values[0]!;
  expect(path[1]).toBeCloseTo(Math.log(1.1), 12);
  expect(path.reduce((sum, value) => sum + value, 0)).toBeCloseTo(Math.log(100 / values[29]!), 12);
  expect(returnsOf(forecast(5, [[110]]), tested).test!.values[0]![0]).toBeCloseTo(Math.log(110 / values[29]!) / 5, 12);
});
test('the future goes on from the last value; only its first step keeps its band', () => {
  const [first, second] = returnsOf(forecast(1, [[1]]), tested).future;
  expect(first!.value).toBeCloseTo(Math.log(110 / values[59]!), 12);
  expect(first!.lower80).toBeCloseTo(Math.log(100 / values[59]!), 12);
  expect(first!.upper95).toBeNull();
  expect(second!.value).toBeCloseTo(Math.log(1.1), 12);
  expect(second!.upper80).toBeNull();
});

test('a copy of the last value peaks at its horizon, and its bar alone is filled', () => {
  const copy = forecast(
    2,
    origins.slice(0, 28).map((origin) => [values[origin]!]),
  );
  const lags = lagsOf([copy], tested);
  expect(lags[0]!.horizon).toBe(2);
  expect(lags[0]!.peak).toMatchObject({ shift: 2 });
  expect(lags[0]!.shifted.map(({ shift }) => shift)).toEqual([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7]);
  const palette = { lstm: 'rgb(9, 0, 0)', line: '', ink3: '', grid: '' } as Palette;
  const { data } = lagChart(lags, palette, new Formatter('en-GB'), 'shift');
  const filled = (data.datasets[0]!.backgroundColor as string[]).map((colour) => colour === 'rgb(9, 0, 0)');
  expect(filled.indexOf(true)).toBe(7);
  expect(filled.filter(Boolean)).toHaveLength(1);
  expect(lagsOf([{ ...copy, test: null }], tested)).toEqual([]);
});
