import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandAround, conformalBands, conformalQuantile, coverage } from '../../../src/core/forecast/intervals';
import type { Predictions } from '../../../src/core/run';
import { normals } from './series';

test('the finite-sample rank: ⌈(n + 1) level⌉-th smallest, none where it does not exist', () => {
  const ten = Float64Array.of(5, 3, 1, 4, 2, 10, 9, 8, 7, 6);
  expect(conformalQuantile(ten, 0.8)).toBe(9);
  expect(conformalQuantile(ten, 0.95)).toBeNull();
  expect(conformalQuantile(Float64Array.of(1, 2, 3, 4), 0.8)).toBe(4);
  expect(conformalQuantile(Float64Array.of(1, 2, 3), 0.8)).toBeNull();
  expect(
    conformalQuantile(
      Float64Array.from({ length: 19 }, (_, i) => i),
      0.95,
    ),
  ).toBe(18);
});

test('over many draws coverage is at least the promise and at most 1/(n + 1) more', () => {
  const random = normals(7);
  const n = 19;
  let inside = 0;
  const draws = 20_000;
  for (let i = 0; i < draws; i++) {
    const half = conformalQuantile(
      Float64Array.from({ length: n }, () => Math.abs(random())),
      0.8,
    )!;
    if (Math.abs(random()) <= half) inside++;
  }
  // three standard errors of the measured share
  const slack = 3 * Math.sqrt((0.8 * 0.2) / draws);
  expect(inside / draws).toBeGreaterThan(0.8 - slack);
  expect(inside / draws).toBeLessThan(0.8 + 1 / (n + 1) + slack);
});

const twoSteps = (values: number[], actual: number[]): Predictions => ({
  firstStep: 1,
  steps: 2,
  origins: Int32Array.from({ length: values.length / 2 }, (_, i) => i),
  last: new Float64Array(values.length / 2),
  values: Float64Array.from(values),
  actual: Float64Array.from(actual),
});

test('bands are made per step, and counted per value', () => {
  const validation = twoSteps([0, 0, 0, 0, 0, 0, 0, 0], [1, 10, -2, 20, 3, -30, 4, 40]);
  const { half80, half95 } = conformalBands(validation, false);
  expect(half80).toEqual([4, 40]);
  expect(half95).toEqual([null, null]);
  expect(coverage(twoSteps([0, 0, 0, 0], [4, 41, -5, -40]), half80, false)).toBe(0.5);
  expect(coverage(validation, half95, false)).toBeNull();
});

test('on a logarithmic scale bands are ratios', () => {
  const validation = twoSteps([1, 1, 1, 1, 1, 1, 1, 1], [2, 2, 0.5, 2, 2, 2, 2, 4]);
  const { half80 } = conformalBands(validation, true);
  expect(half80[0]).toBeCloseTo(Math.log(2), 12);
  const [lower, upper] = bandAround(10, half80[1]!, true);
  expect(lower).toBeCloseTo(2.5, 10);
  expect(upper).toBeCloseTo(40, 10);
});

test('a wider promise never has the narrower band', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 19, maxLength: 60 }), (scores) => {
      const list = Float64Array.from(scores);
      expect(conformalQuantile(list, 0.95)!).toBeGreaterThanOrEqual(conformalQuantile(list, 0.8)!);
    }),
  );
});
