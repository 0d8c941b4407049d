import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitBaselines, forecastAll } from '../../../src/core/forecast/baselines';
import {
  bestHoltWinters,
  bestSmoothing,
  holtWinters,
  initialStates,
  smooth,
} from '../../../src/core/forecast/smoothing';
import { randomWalk } from './series';

/** Oil production in Saudi Arabia 1996–2007, in Hyndman & Athanasopoulos, "Forecasting: Principles and Practice", 1st ed., ch. 7. */
const oil = Float64Array.of(
  446.6565,
  454.4733,
  455.663,
  423.6322,
  456.2713,
  440.5881,
  425.3325,
  485.1494,
  506.0482,
  526.792,
  514.2689,
  494.211,
);
/** Australian air passengers 1990–2004, ibid. */
const air = Float64Array.of(
  17.5534,
  21.86,
  23.8866,
  26.9293,
  26.8885,
  28.8314,
  30.0751,
  30.9535,
  30.1857,
  31.5797,
  32.5776,
  33.4774,
  39.0216,
  41.3864,
  41.5966,
);
/** Visitor nights in Australia by quarter, 2005–2010, ibid. */
const nights = Float64Array.of(
  41.727458,
  24.04185,
  32.328103,
  37.328708,
  46.213153,
  29.346326,
  36.48291,
  42.977719,
  48.901525,
  31.180221,
  37.717881,
  40.420211,
  51.206863,
  31.887228,
  40.978263,
  43.772491,
  55.558567,
  33.850915,
  42.076383,
  45.642292,
  59.76678,
  35.191877,
  44.319737,
  47.913736,
);

test('simple exponential smoothing: the book’s fit of oil production', () => {
  const { alpha, initial, states } = bestSmoothing(oil);
  expect(alpha).toBeCloseTo(0.892, 3);
  expect(initial).toBeCloseTo(447.478, 2);
  expect(states.level.at(-1)).toBeCloseTo(496.4935, 2);
});

test('simple exponential smoothing: given weights', () => {
  expect(smooth(oil, 0.2, 446.6565).level.at(-1)).toBeCloseTo(484.8025, 3);
  expect(smooth(oil, 0.6, 446.6565).level.at(-1)).toBeCloseTo(501.8375, 3);
});

test('Holt’s linear trend: the book’s forecasts of air passengers', () => {
  const initial = initialStates(air, 1);
  const { level, trend } = holtWinters(air, 1, { alpha: 0.8, beta: 0.2, gamma: 0 }, initial);
  const ahead = [1, 2, 3, 4, 5].map((step) => level.at(-1)! + step * trend!.at(-1)!);
  for (const [i, published] of [43.76, 45.59, 47.43, 49.27, 51.1].entries()) expect(ahead[i]).toBeCloseTo(published, 1);
});

test('Holt–Winters: near the published forecasts of visitor nights, which also fit the initial states', () => {
  const fitted = fitBaselines({ values: nights, trainRows: nights.length, season: 4 });
  const { forecast } = fitted.find(({ name }) => name === 'holt-winters')!;
  for (const [i, published] of [60.95, 36.85, 46.16, 50.13].entries())
    expect(Math.abs(forecast(nights.length - 1, i + 1) / published - 1)).toBeLessThan(0.02);
});

test('Holt–Winters follows a line with a season exactly', () => {
  const values = Float64Array.from({ length: 48 }, (_, t) => 5 + 2 * t + [0, 3, -4, 1][t % 4]!);
  const weights = bestHoltWinters(values, 4);
  const { squaredError } = holtWinters(values, 4, weights, initialStates(values, 4));
  const forecast = fitBaselines({ values, trainRows: 40, season: 4 }).find(
    ({ name }) => name === 'holt-winters',
  )!.forecast;
  expect(squaredError).toBeCloseTo(0, 9);
  for (let step = 1; step <= 8; step++) expect(forecast(39, step)).toBeCloseTo(values[39 + step]!, 9);
});

const small = Float64Array.of(2, 4, 8, 3, 5, 9, 4, 6, 10);
const named = (season: number) =>
  Object.fromEntries(
    fitBaselines({ values: small, trainRows: 6, season }).map(({ name, forecast }) => [name, forecast]),
  );

test('the others by hand', () => {
  const { naive, drift, mean, 'seasonal-naive': seasonal, 'moving-average': moving } = named(3);
  expect([naive!(5, 1), naive!(5, 7)]).toEqual([9, 9]);
  expect([1, 2, 3, 4].map((step) => seasonal!(5, step))).toEqual([3, 5, 9, 3]);
  expect(drift!(5, 2)).toBeCloseTo(9 + (2 * 7) / 5, 12);
  expect(mean!(5, 1)).toBeCloseTo(31 / 6, 12);
  expect(moving!(5, 1)).toBeCloseTo(17 / 3, 12);
  expect(named(1)['moving-average']!(5, 1)).toBeCloseTo(29 / 5, 12);
  expect(named(1)['seasonal-naive']!(5, 4)).toBe(9);
});

test('forecasts lie window by window, then step by step', () => {
  expect([...forecastAll((origin, step) => 10 * origin + step, Int32Array.of(3, 4), 2, 3)]).toEqual([
    32, 33, 34, 42, 43, 44,
  ]);
});

test('no baseline reads a row after its origin, nor fits one after the training part', () => {
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 99 }), fc.constantFrom(1, 7, 12), (origin, season) => {
      const values = randomWalk(120, origin);
      const poisoned = values.map((value, t) => (t > origin ? 1e6 : value));
      const clean = fitBaselines({ values, trainRows: 60, season });
      const dirty = fitBaselines({ values: poisoned, trainRows: 60, season });
      for (const [i, { forecast }] of clean.entries())
        for (const step of [1, 5, 14]) expect(dirty[i]!.forecast(origin, step)).toBe(forecast(origin, step));
    }),
    { numRuns: 20 },
  );
});
