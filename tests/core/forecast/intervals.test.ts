import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bandAround,
  conformalBands,
  conformalQuantile,
  coverage,
  edgesOf,
  spreadsAt,
} from '../../../src/core/forecast/intervals';
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

const steady = Float64Array.from({ length: 40 }, (_, t) => t % 2);
const all = { first: 0, end: 40 };
const twoSteps = (values: number[], actual: number[]): Predictions => ({
  firstStep: 1,
  steps: 2,
  origins: Int32Array.from({ length: values.length / 2 }, (_, i) => 30 + i),
  last: new Float64Array(values.length / 2),
  values: Float64Array.from(values),
  actual: Float64Array.from(actual),
});

test('bands are made per step, and counted per value', () => {
  const validation = twoSteps([0, 0, 0, 0, 0, 0, 0, 0], [1, 10, -2, 20, 3, -30, 4, 40]);
  // A series that changes by one each row has spread one everywhere.
  const bands = conformalBands(validation, steady, all, { log: false, floor: 0 });
  expect(bands.usual).toBe(1);
  expect(bands.half80).toEqual([4, 40]);
  expect(bands.half95).toEqual([null, null]);
  const last = twoSteps([0, 0, 0, 0], [4, 41, -5, -40]);
  const edges = edgesOf(last, steady, bands);
  expect([...edges.lower80]).toEqual([-4, -40, -4, -40]);
  expect(coverage(last.actual, edges.lower80, edges.upper80)).toBe(0.5);
  expect(coverage(last.actual, edges.lower95, edges.upper95)).toBeNull();
});

test('on a logarithmic scale bands are ratios', () => {
  const validation = twoSteps([1, 1, 1, 1, 1, 1, 1, 1], [2, 2, 0.5, 2, 2, 2, 2, 4]);
  const powers = steady.map((value) => Math.E ** value);
  const { half80 } = conformalBands(validation, powers, all, { log: true, floor: 1e-3 });
  expect(half80[0]).toBeCloseTo(Math.log(2), 12);
  const [lower, upper] = bandAround(10, half80[1]!, 1, true);
  expect(lower).toBeCloseTo(2.5, 10);
  expect(upper).toBeCloseTo(40, 10);
});

test('the spread follows the last rows, with a share of the usual, and sees nothing after its origin', () => {
  const scale = { log: false, floor: 0, rows: 20, usual: 3 };
  const calmThenWild = Float64Array.from({ length: 60 }, (_, t) => (t < 30 ? 0 : 10 * (t % 2)));
  const spread = spreadsAt(calmThenWild, Int32Array.of(25, 39, 59), scale);
  expect([...spread].map((value) => Number(value.toFixed(9)))).toEqual([0.6, 0.8 * (90 / 20) + 0.6, 8.6]);
  const poisoned = calmThenWild.map((value, t) => (t > 39 ? 1e6 : value));
  expect(spreadsAt(poisoned, Int32Array.of(39), scale)[0]).toBe(spread[1]);
});

test('a series whose restlessness comes in spells is covered as promised', () => {
  const random = normals(21);
  let scale = 1;
  const walk = Float64Array.from({ length: 6000 }, () => 0);
  for (let t = 1; t < walk.length; t++) {
    if (t % 150 === 0) scale = 0.3 + 3 * Math.abs(random());
    walk[t] = walk[t - 1]! + scale * random();
  }
  const naive = (from: number, to: number): Predictions => {
    const origins = Int32Array.from({ length: to - from }, (_, i) => from + i);
    const values = Float64Array.from(origins, (origin) => walk[origin]!);
    return { firstStep: 1, steps: 1, origins, values, last: values, actual: values.map((_, i) => walk[from + i + 1]!) };
  };
  const bands = conformalBands(naive(2999, 3300), walk, { first: 0, end: 3000 }, { log: false, floor: 0 });
  const last = naive(3299, 5999);
  const { lower80, upper80 } = edgesOf(last, walk, bands);
  expect(coverage(last.actual, lower80, upper80)).toBeGreaterThan(0.74);
  expect(coverage(last.actual, lower80, upper80)).toBeLessThan(0.86);
});

test('a wider promise never has the narrower band', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 19, maxLength: 60 }), (scores) => {
      const list = Float64Array.from(scores);
      expect(conformalQuantile(list, 0.95)!).toBeGreaterThanOrEqual(conformalQuantile(list, 0.8)!);
    }),
  );
});
