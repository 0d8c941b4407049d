import { expect, test } from 'vitest';
import { originsIn, partsOf } from '../../../src/core/forecast/split';
import { originsOf } from '../../../src/core/forecast/tasks';

const shares = { split: [0.7, 0.15, 0.15] as [number, number, number], splitRows: null, embargo: 0, outputs: [] };

test('parts lie end to end in time order and use every row', () => {
  for (const rows of [10, 97, 144, 506, 17420]) {
    const { train, validation, test: last } = partsOf(rows, shares);
    expect([train.first, train.end, validation.end, last.end]).toEqual([0, validation.first, last.first, rows]);
    expect(train.end).toBe(Math.round(rows * 0.7));
  }
});

test('exact rows count from the first on and leave the rest alone', () => {
  const parts = partsOf(17420, { ...shares, splitRows: [8640, 2880, 2880] });
  expect(parts.test).toEqual({ first: 11520, end: 14400 });
});

test('an embargo takes rows from the earlier part and leaves the test part as it was', () => {
  const parts = partsOf(100, { ...shares, embargo: 5 });
  expect(parts).toEqual({
    train: { first: 0, end: 65 },
    validation: { first: 70, end: 80 },
    test: { first: 85, end: 100 },
  });
});

test.each([1, 5, 24])('a part of R rows has R − horizon + 1 windows (horizon %i), all targets inside', (horizon) => {
  const part = { first: 200, end: 300 };
  const origins = originsIn(part, horizon, 30);
  expect(origins.length).toBe(100 - horizon + 1);
  expect(origins[0]! + 1).toBe(part.first);
  expect(origins.at(-1)! + horizon).toBe(part.end - 1);
});

test('a window that would read before the series is none', () => {
  expect([...originsIn({ first: 0, end: 20 }, 3, 14)]).toEqual([14, 15, 16]);
  expect(originsIn({ first: 0, end: 10 }, 11, 0).length).toBe(0);
});

test('the tasks are judged on the same windows; autoregressive learns from one-step windows', () => {
  const parts = partsOf(200, shares);
  const of = (task: 'many-to-one' | 'many-to-many' | 'autoregressive', sampling = 0) =>
    originsOf(parts, { task, horizon: 6, lookback: 10, sampling, outputs: [] }, 0);
  expect(of('many-to-one').test).toEqual(of('many-to-many').test);
  expect(of('autoregressive').test).toEqual(of('many-to-many').test);
  expect(of('many-to-many').train.length).toBe(140 - 10 - 6 + 1);
  expect(of('autoregressive').train.length).toBe(140 - 10);
  // a window that goes on over six steps learns all of them, and all must lie in the part
  expect(of('autoregressive', 0.5).train.length).toBe(140 - 10 - 6 + 1);
});
