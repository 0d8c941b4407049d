import { expect, test } from 'vitest';
import { errorByStep, score, scoreScaled, seasonalNaiveMae } from '../../../src/core/forecast/metrics';
import type { Predictions } from '../../../src/core/run';

/** Four windows of one step, worked by hand: errors −2, 0, +3, −1. */
const worked: Predictions = {
  firstStep: 1,
  steps: 1,
  origins: Int32Array.of(9, 10, 11, 12),
  last: Float64Array.of(10, 12, 8, 16),
  actual: Float64Array.of(12, 8, 16, 16),
  values: Float64Array.of(10, 8, 19, 15),
};
const yardstick = { seasonalNaiveMae: 3, deviation: 4 };

test('every score of a worked example', () => {
  const metrics = score(worked, yardstick);
  expect(metrics.n).toBe(4);
  expect(metrics.mae).toBeCloseTo(6 / 4, 12);
  expect(metrics.mse).toBeCloseTo(14 / 4, 12);
  expect(metrics.rmse).toBeCloseTo(Math.sqrt(3.5), 12);
  // 2/12, 0/8, 3/16, 1/16
  expect(metrics.mape).toBeCloseTo((100 * (1 / 6 + 0 + 3 / 16 + 1 / 16)) / 4, 12);
  // |error| over half the sum of both: 2/11, 0, 3/17.5, 1/15.5
  expect(metrics.smape).toBeCloseTo((100 * (2 / 11 + 0 + 3 / 17.5 + 1 / 15.5)) / 4, 12);
  expect(metrics.mase).toBeCloseTo(0.5, 12);
  // mean of 12, 8, 16, 16 is 13: squares 1 + 25 + 9 + 9 = 44
  expect(metrics.r2).toBeCloseTo(1 - 14 / 44, 12);
  // forecast unchanged where it rose: wrong; fell: right; rose: right; fell where nothing changed: wrong
  expect(metrics.direction).toBe(0.5);
  // naive is off by 2, 4, 8, 0
  expect(metrics.skill).toBeCloseTo(1 - 1.5 / 3.5, 12);
  const scaled = scoreScaled(metrics, yardstick);
  expect(scaled.mse).toBeCloseTo(3.5 / 16, 12);
  expect(scaled.mae).toBeCloseTo(1.5 / 4, 12);
});

test('no change is right only where there was none', () => {
  const still = { ...worked, values: worked.last };
  expect(score(still, yardstick).direction).toBe(0.25);
});

test('direction looks at the last step of each window', () => {
  const pair: Predictions = {
    firstStep: 1,
    steps: 2,
    origins: Int32Array.of(0, 1),
    last: Float64Array.of(5, 6),
    actual: Float64Array.of(6, 4, 4, 7),
    values: Float64Array.of(9, 4, 9, 7),
  };
  expect(score(pair, yardstick).direction).toBe(1);
});

test('what is not defined is null, never NaN or infinite', () => {
  const zero = { ...worked, actual: Float64Array.of(0, 8, 16, 16) };
  expect(score(zero, yardstick).mape).toBeNull();
  const flat = { ...worked, actual: worked.last.map(() => 7), last: worked.last.map(() => 7) };
  expect(score(flat, yardstick)).toMatchObject({ r2: null, skill: null });
  expect(score({ ...worked, values: Float64Array.of(1, Number.NaN, 3, 4) }, yardstick).mae).toBeNull();
  const none = {
    ...worked,
    origins: new Int32Array(0),
    values: new Float64Array(0),
    actual: new Float64Array(0),
    last: new Float64Array(0),
  };
  expect(score(none, yardstick)).toMatchObject({ n: 0, mae: null, direction: null, skill: null });
});

test('sMAPE counts a pair of zeros as right, and ends at 200', () => {
  const ends = { ...worked, actual: Float64Array.of(0, 0, 1, 1), values: Float64Array.of(0, 5, -1, 0) };
  expect(score(ends, yardstick).smape).toBeCloseTo((0 + 200 + 0 + 200 + 200) / 4, 12);
});

test('in-sample seasonal naive: mean change over one season', () => {
  expect(seasonalNaiveMae(Float64Array.of(1, 5, 2, 9, 3), 2)).toBeCloseTo((1 + 4 + 1) / 3, 12);
  expect(seasonalNaiveMae(Float64Array.of(1, 5, 2), 1)).toBeCloseTo(3.5, 12);
});

test('errors per step ahead beside naive', () => {
  const steps = errorByStep({
    firstStep: 1,
    steps: 2,
    origins: Int32Array.of(0, 1),
    last: Float64Array.of(5, 6),
    actual: Float64Array.of(6, 4, 4, 7),
    values: Float64Array.of(6, 6, 1, 7),
  });
  expect(steps).toEqual([
    { step: 1, mae: 1.5, rmse: Math.sqrt(4.5), naiveMae: 1.5 },
    { step: 2, mae: 1, rmse: Math.sqrt(2), naiveMae: 1 },
  ]);
});
