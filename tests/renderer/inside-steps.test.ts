import { expect, test } from 'vitest';
import type { InsideProbe } from '../../src/core/inside/view';
import { curveFacts, drawnStack, largestChange, stepNames } from '../../src/renderer/charts/inside-steps';

const layer = (h: number[] | null) => ({ gradient: { h } });
const stacks = [
  { name: 'encoder', layers: [layer([1, 2, 3])] },
  { name: 'decoder', layers: [layer([1, 2])] },
] as unknown as InsideProbe['stacks'];

test('the gradient that is drawn is that of the stack that is shown, where there is one', () => {
  expect(drawnStack(stacks, 1)).toBe(1);
  expect(drawnStack([stacks[0]!, { ...stacks[1]!, layers: [layer(null)] } as never], 1)).toBe(0);
  expect(drawnStack(stacks, 7)).toBe(0);
});

test('steps are called by the rows read, by the rows forecast, or by number', () => {
  const probe = {
    lookback: 3,
    times: ['2020-01-01', '2020-01-02', '2020-01-03T06:30:00'],
    forecast: [
      { step: 1, time: '2020-01-04T00:00:00', value: 1, actual: null },
      { step: 2, time: null, value: 1, actual: null },
    ],
  };
  expect(stepNames(probe, { name: 'encoder', steps: 3 })).toEqual(['2020-01-01', '2020-01-02', '2020-01-03 06:30']);
  expect(stepNames(probe, { name: 'decoder', steps: 2 })).toEqual(['2020-01-04 00:00', '+2']);
  // segments are no rows, neither read nor forecast
  expect(stepNames(probe, { name: 'encoder', steps: 1 })).toEqual(['1']);
  expect(stepNames(probe, { name: 'decoder', steps: 3 })).toEqual(['1', '2', '3']);
  expect(stepNames({ ...probe, times: null }, { name: 'network', steps: 3 })).toEqual(['1', '2', '3']);
});

test('a curve in short: its reach, and how far off it is', () => {
  expect(
    curveFacts([
      { value: 3, actual: 1 },
      { value: -2, actual: -3 },
      { value: null, actual: 9 },
    ]),
  ).toEqual({
    low: -2,
    high: 3,
    error: 1.5,
  });
  expect(curveFacts([{ value: 3, actual: null }])).toEqual({ low: 3, high: 3, error: null });
  expect(curveFacts([])).toEqual({ low: null, high: null, error: null });
  expect(largestChange([{ value: 2 }, { value: 1 }], [{ value: 2.5 }, { value: 4 }])).toEqual({ at: 1, by: -3 });
});
