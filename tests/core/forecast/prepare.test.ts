import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitPreparation, prepared, restored, type Scale, type Transform } from '../../../src/core/forecast/prepare';

const transforms: Transform[] = ['none', 'diff', 'log', 'log-diff', 'seasonal-diff', 'log-seasonal-diff'];
const scales: Scale[] = ['standard', 'minmax', 'robust', 'window', 'none'];

/** A positive series of some length, a place in it, and a way to prepare it. */
const anyCase = fc
  .record({
    values: fc.array(fc.double({ min: 0.01, max: 1e4, noNaN: true }), { minLength: 60, maxLength: 90 }),
    transform: fc.constantFrom(...transforms),
    scale: fc.constantFrom(...scales),
    season: fc.integer({ min: 2, max: 9 }),
    firstStep: fc.integer({ min: 1, max: 12 }),
    steps: fc.integer({ min: 1, max: 15 }),
  })
  .map((drawn) => ({
    ...drawn,
    values: Float64Array.from(drawn.values),
    steps: drawn.firstStep > 1 ? 1 : drawn.steps,
  }));

test('prepared and turned back is what it was, whatever the preparation', () => {
  fc.assert(
    fc.property(anyCase, ({ values, steps, firstStep, ...request }) => {
      const train = { first: 0, end: 50 };
      const { columns } = fitPreparation(['y'], [values], train, { ...request, steps, firstStep, lookback: 10 });
      const x = prepared(values, columns[0]!);
      const origin = values.length - firstStep - steps;
      const ahead = x.subarray(origin + firstStep, origin + firstStep + steps);
      const back = restored(ahead, columns[0]!, values, origin, firstStep);
      // A floor lies a thousandth below the training part's least value; what falls below it cannot come back.
      const { floor } = columns[0]!;
      for (let k = 0; k < steps; k++) {
        const truth = values[origin + firstStep + k]!;
        if (truth > floor && values.every((value) => value >= floor)) expect(back[k]! / truth).toBeCloseTo(1, 8);
      }
    }),
  );
});

test('turning back reads nothing after the origin', () => {
  fc.assert(
    fc.property(anyCase, ({ values, steps, firstStep, ...request }) => {
      const { columns } = fitPreparation(
        ['y'],
        [values],
        { first: 0, end: 40 },
        { ...request, steps, firstStep, lookback: 5 },
      );
      const scaled = Float64Array.from({ length: steps }, (_, k) => Math.sin(k));
      const origin = 44;
      const known = restored(scaled, columns[0]!, values, origin, firstStep);
      const hidden = values.map((value, t) => (t > origin ? Number.NaN : value));
      expect(restored(scaled, columns[0]!, hidden, origin, firstStep)).toEqual(known);
    }),
  );
});

test('nothing but the training rows is fitted on', () => {
  fc.assert(
    fc.property(anyCase, ({ values, steps, firstStep, ...request }) => {
      const train = { first: 0, end: 45 };
      const full = { ...request, steps, firstStep, lookback: 7 };
      const poisoned = values.map((value, t) => (t >= 45 ? 1e6 : value));
      expect(fitPreparation(['y'], [poisoned], train, full)).toEqual(fitPreparation(['y'], [values], train, full));
    }),
  );
});

const request = { season: 4, firstStep: 1, steps: 1, lookback: 4 };
const fitted = (values: number[], transform: Transform, scale: Scale, more = {}) =>
  fitPreparation(
    ['y'],
    [Float64Array.from(values)],
    { first: 0, end: values.length },
    { ...request, transform, scale, ...more },
  ).columns[0]!;

test('scalers: worked examples', () => {
  const values = [1, 2, 3, 4, 10];
  expect(fitted(values, 'none', 'standard')).toMatchObject({ offset: 4, factor: Math.sqrt(10) });
  expect(fitted(values, 'none', 'minmax')).toMatchObject({ offset: 1, factor: 9 });
  expect(fitted(values, 'none', 'robust')).toMatchObject({ offset: 3, factor: 2 });
  expect(fitted(values, 'none', 'none')).toMatchObject({ offset: 0, factor: 1 });
  expect(fitted([3, 3, 3], 'none', 'standard')).toMatchObject({ offset: 3, factor: 1 });
});

test('differences reach back as far as the value is ahead, in whole seasons where seasonal', () => {
  expect(fitted([1, 2, 4, 8], 'diff', 'none').lag).toBe(1);
  expect(fitted([1, 2, 4, 8], 'diff', 'none', { firstStep: 3 }).lag).toBe(3);
  expect(fitted([1, 2, 4, 8], 'seasonal-diff', 'none', { firstStep: 3 }).lag).toBe(4);
  expect(fitted([1, 2, 4, 8], 'seasonal-diff', 'none', { firstStep: 5 }).lag).toBe(8);
  expect([...prepared(Float64Array.of(1, 2, 4, 8), fitted([1, 2, 4, 8], 'diff', 'none'))]).toEqual([0, 1, 2, 4]);
});

test('a column with zeros goes without logarithm', () => {
  expect(fitted([0, 2, 4, 8], 'log-diff', 'none')).toMatchObject({ log: false, floor: 0, lag: 1 });
});
