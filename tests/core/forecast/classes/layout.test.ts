import { describe, expect, test } from 'vitest';
import { directions, tooRare } from '../../../../src/core/forecast/classes/directions';
import { judgedSteps, layoutsOf } from '../../../../src/core/forecast/classes/layout';

const parts = { train: { first: 0, end: 40 }, validation: { first: 40, end: 57 }, test: { first: 57, end: 80 } };
const upTo = (first: number, end: number) => Array.from({ length: end - first }, (_, i) => first + i);

describe.each([1, 2, 5, 8, 9, 30])('labelling by windows of %i rows', (lookback) => {
  const { train, validation, test: last } = layoutsOf(parts, { task: 'labelling', horizon: 1, lookback }, 0);

  test('every row of a part is judged exactly once, in order', () => {
    expect([...validation.rows]).toEqual(upTo(40, 57));
    expect([...last.rows]).toEqual(upTo(57, 80));
  });

  test('each is judged where its window has it, among the window’s last rows', () => {
    for (const layout of [validation, last])
      layout.rows.forEach((row, i) => {
        const window = Math.floor(layout.outputs[i]! / lookback);
        const step = layout.outputs[i]! % lookback;
        expect(layout.starts[window]! + step).toBe(row);
        expect(step).toBeGreaterThanOrEqual(lookback - judgedSteps(lookback));
      });
  });

  test('no window reads beyond its part, none of its labels is known, and training stays in its own part', () => {
    expect(last.starts.at(-1)! + lookback).toBe(80);
    expect(validation.starts.at(-1)! + lookback).toBe(57);
    expect(new Set(last.known)).toEqual(new Set([56]));
    expect([...train.starts]).toEqual(upTo(0, 40 - lookback + 1));
  });
});

test.each(['direction', 'classify'] as const)('%s: one window per row, judged the horizon after its last', (task) => {
  const { train, test: last } = layoutsOf(parts, { task, horizon: 3, lookback: 8 }, 2);
  // R − horizon + 1 windows
  expect([...last.rows]).toEqual(upTo(59, 80));
  expect([...train.rows]).toEqual(upTo(12, 40));
  last.rows.forEach((row, i) => {
    expect(last.starts[i]! + 8 - 1 + 3).toBe(row);
    expect(last.known[i]).toBe(row - 3);
  });
  expect(train.starts[0]).toBe(2);
});

test('a direction is of the change over the horizon, flat up to and with its width', () => {
  const values = Float64Array.of(1, 2, 2, 1, 1.5, 4);
  expect([...directions(values, 1, 0)]).toEqual([-1, 2, 1, 0, 2, 2]);
  expect([...directions(values, 1, 0.5)]).toEqual([-1, 2, 1, 0, 1, 2]);
  expect([...directions(values, 2, 0)]).toEqual([-1, -1, 2, 0, 0, 2]);
  expect([tooRare(1, 9, 1000), tooRare(1, 10, 1000), tooRare(0, 1, 1000)]).toEqual([true, false, false]);
});
