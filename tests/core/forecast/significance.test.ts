import { expect, test } from 'vitest';
import { coinAtLeast, pairedTest, studentBelow } from '../../../src/core/forecast/significance';
import { normals } from './series';

test('Student’s t: values of the printed tables', () => {
  expect(studentBelow(0, 5)).toBeCloseTo(0.5, 12);
  expect(studentBelow(6.314, 1)).toBeCloseTo(0.95, 4);
  expect(studentBelow(2.015, 5)).toBeCloseTo(0.95, 4);
  expect(studentBelow(-2.228, 10)).toBeCloseTo(0.025, 4);
  expect(studentBelow(2.75, 30)).toBeCloseTo(0.995, 4);
  expect(studentBelow(1.959964, 1e7)).toBeCloseTo(0.975, 5);
});

test('the coin: binomial tails counted out', () => {
  expect(coinAtLeast(0, 4)).toBe(1);
  expect(coinAtLeast(4, 4)).toBeCloseTo(1 / 16, 12);
  expect(coinAtLeast(2, 4)).toBeCloseTo(11 / 16, 12);
  expect(coinAtLeast(60, 100)).toBeCloseTo(0.028444, 6);
});

test('one step ahead it is the t statistic of the mean difference with variance over n, corrected', () => {
  const first = [1, 2, 1, 3, 2, 1, 2, 2, 1, 2];
  const second = [2, 2, 3, 3, 4, 1, 3, 4, 2, 2];
  const differences = first.map((loss, w) => loss - second[w]!);
  const n = differences.length;
  const centre = differences.reduce((a, b) => a + b, 0) / n;
  const variance = differences.reduce((sum, d) => sum + (d - centre) ** 2, 0) / n;
  const test = pairedTest(first, second, 1)!;
  // S = d̄ / √(γ₀/n) · √((n − 1)/n) is Student's own statistic.
  expect(test.statistic).toBeCloseTo(centre / Math.sqrt(variance / n) / Math.sqrt(n / (n - 1)), 12);
  expect(test.p).toBeLessThan(0.01);
  expect(pairedTest(second, first, 1)!.p).toBeCloseTo(1 - test.p, 12);
});

test('several steps ahead, by hand', () => {
  const first = Array.from({ length: 12 }, (_, w) => [3, 1][w % 2]!);
  const differences = first.map((loss) => loss - 2.5);
  const mean = -0.5;
  const covariance = (lag: number) =>
    differences.slice(lag).reduce((sum, d, w) => sum + (d - mean) * (differences[w]! - mean), 0) / 12;
  // γ₀ + 2γ₁ is negative here, so the weights of Bartlett step in.
  expect(covariance(0) + 2 * covariance(1)).toBeLessThan(0);
  const variance = (covariance(0) + covariance(1)) / 12;
  const expected = (mean / Math.sqrt(variance)) * Math.sqrt((12 + 1 - 4 + 2 / 12) / 12);
  expect(
    pairedTest(
      first,
      first.map(() => 2.5),
      2,
    )!.statistic,
  ).toBeCloseTo(expected, 12);
});

test('too few windows, or no difference, is no test', () => {
  expect(pairedTest([1, 2, 3], [2, 3, 4], 1)).toBeNull();
  expect(pairedTest(Array(20).fill(1), Array(20).fill(1), 1)).toBeNull();
});

test('two forecasts of equal worth are told apart about as seldom as promised', () => {
  const random = normals(3);
  let found = 0;
  const trials = 1500;
  const horizon = 4;
  for (let i = 0; i < trials; i++) {
    // Windows that overlap in three of four steps share their errors.
    const shocks = Array.from({ length: 83 }, random);
    const losses = Array.from({ length: 80 }, (_, w) => shocks[w]! + shocks[w + 1]! + shocks[w + 2]! + shocks[w + 3]!);
    if (
      pairedTest(
        losses,
        losses.map(() => 0),
        horizon,
      )!.p < 0.05
    )
      found++;
  }
  expect(found / trials).toBeGreaterThan(0.02);
  expect(found / trials).toBeLessThan(0.1);
});
