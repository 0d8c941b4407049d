import { describe, expect, test } from 'vitest';
import type { SeriesView } from '../../src/core/protocol';
import {
  bracketAt,
  clampRange,
  firstAtLeast,
  presetsFor,
  RowAxis,
  reachOf,
  spanOf,
} from '../../src/renderer/state/view';

const day = 86_400_000;
const view = (at: number[], times: number[] | null): SeriesView => ({
  column: 'y',
  rows: 1000,
  at,
  times,
  values: at.map(() => 1),
});

describe('where rows stand', () => {
  // Friday, Monday, Tuesday: a weekend lies between rows 0 and 1
  const axis = new RowAxis([view([0, 1, 2], [4 * day, 7 * day, 8 * day])]);

  test('known rows exactly, rows between and beyond by the line through their neighbours', () => {
    expect(axis.placeOf(1)).toBe(7 * day);
    expect(axis.placeOf(0.5)).toBe(5.5 * day);
    expect(axis.placeOf(4)).toBe(10 * day);
  });
  test('and back', () => {
    for (const row of [0, 0.25, 1, 1.5, 2, 3]) expect(axis.rowOf(axis.placeOf(row))).toBeCloseTo(row, 9);
  });
  test('several views know more together', () => {
    const both = new RowAxis([view([0, 10], [0, 100]), view([4, 5], [10, 11])]);
    expect(both.placeOf(4)).toBe(10);
    expect(both.placeOf(5)).toBe(11);
    expect(both.end).toBe(100);
  });
  test('without dates rows are their own places', () => {
    const counted = new RowAxis([view([0, 7, 9], null)]);
    expect(counted.dated).toBe(false);
    expect(counted.placeOf(3)).toBe(3);
  });
});

test('the first at least as large', () => {
  expect(firstAtLeast([1, 3, 3, 5], 3)).toBe(1);
  expect(firstAtLeast([1, 3], 9)).toBe(2);
  expect(firstAtLeast([], 1)).toBe(0);
});

describe('the visible range', () => {
  const whole = { from: 0, to: 100 };
  test('stays inside the whole when moved past its ends', () => {
    expect(clampRange({ from: -30, to: 10 }, whole, 1)).toEqual({ from: 0, to: 40 });
    expect(clampRange({ from: 90, to: 130 }, whole, 1)).toEqual({ from: 60, to: 100 });
  });
  test('is neither wider than the whole nor narrower than a few rows', () => {
    expect(clampRange({ from: -500, to: 900 }, whole, 1)).toEqual(whole);
    expect(clampRange({ from: 50, to: 50.001 }, whole, 8)).toEqual({ from: 46.0005, to: 54.0005 });
  });
});

describe('range presets', () => {
  test('suit the data: years for twenty years of days, hours for two days of minutes', () => {
    const daily = new RowAxis([view([0, 5000], [0, 20 * 365 * day])]);
    expect(presetsFor(daily, 5001, true).map((p) => `${p.kind}${'count' in p ? p.count : ''}`)).toEqual([
      'all',
      'test',
      'years5',
      'years1',
      'months3',
    ]);
    const minutes = new RowAxis([view([0, 2880], [0, 2 * day])]);
    expect(presetsFor(minutes, 2881, false).map(({ kind }) => kind)).toEqual(['all', 'days', 'hours']);
  });
  test('a preset knows its span', () => {
    expect(spanOf({ kind: 'days', count: 7 })).toBe(7 * day);
    expect(spanOf({ kind: 'all' })).toBe(0);
  });
});

test('brackets reach from the last row back over what is read and ahead over what is forecast; pixels lead back to rows', () => {
  const axis = new RowAxis([view([0, 50, 99], [0, 50 * day, 99 * day])]);
  const frame = {
    pixelOf: (place: number) => 100 + (4 * place) / day,
    placeOf: (pixel: number) => ((pixel - 100) / 4) * day,
  };
  const pixels = bracketAt(axis, { lookback: 30, horizon: 5 }, frame);
  expect(pixels).toEqual({ now: 496, lookback: 376, horizon: 516 });
  expect(reachOf(axis, 'lookback', frame.placeOf(376))).toBeCloseTo(30, 9);
  expect(reachOf(axis, 'horizon', frame.placeOf(536))).toBeCloseTo(10, 9);
  expect(reachOf(axis, 'lookback', frame.placeOf(520))).toBeLessThan(0);
});
