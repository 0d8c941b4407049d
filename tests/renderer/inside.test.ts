import { expect, test } from 'vitest';
import { orderUnits } from '../../src/core/inside/similarity';
import {
  columnAt,
  columnCentre,
  heatPixels,
  isPower,
  pathOf,
  placeOn,
  powerText,
  reachOf,
  rgbOf,
  scaleOf,
  ticksOf,
  valueAt,
} from '../../src/renderer/charts/inside';

test('a heat map goes from blue through the background to red, row after row in the order given', () => {
  const colours = { negative: [0, 0, 200], zero: [100, 100, 100], positive: [200, 0, 0] } as const;
  // two steps of two units; unit 1 stands above unit 0
  const pixels = heatPixels(
    [
      [1, -1],
      [0, -0.5],
    ],
    [1, 0],
    1,
    colours,
  );
  expect([...pixels]).toEqual([0, 0, 200, 255, 50, 50, 150, 255, 200, 0, 0, 255, 100, 100, 100, 255]);
  expect(
    reachOf([
      [0.5, -3],
      [null, 2],
    ]),
  ).toBe(3);
  expect(reachOf([[0, 0]])).toBe(1);
  expect(rgbOf('rgb(33, 102, 172)')).toEqual([33, 102, 172]);
});

test('units whose traces are alike or opposite stand beside each other', () => {
  const wave = (t: number) => Math.sin(t);
  const other = (t: number) => Math.cos(2.3 * t + 1);
  const states = Array.from({ length: 40 }, (_, t) => [2 * wave(t), 0.7 * other(t), 0.3, -wave(t), other(t) / 2]);
  const order = orderUnits(states);
  expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
  expect(order.slice(0, 2)).toEqual([0, 3]);
  expect(Math.abs(order.indexOf(1) - order.indexOf(4))).toBe(1);
  // a unit that keeps still comes last
  expect(order.at(-1)).toBe(2);
});

test('lines stand over the columns of the heat map, and break where there is nothing to show', () => {
  const scale = { low: 0, high: 10, logarithmic: false };
  expect(pathOf([0, 10, null, 5], scale, 80, 20)).toBe('M10.0 20.0L30.0 0.0M60.0 10.0H80.0');
  // a window of one step is seen
  expect(pathOf([5], scale, 80, 20)).toBe('M0.0 10.0H80.0');
  expect(columnCentre(1, 4, 80)).toBe(30);
  expect(columnAt(39, 4, 80)).toBe(1);
  expect(columnAt(999, 4, 80)).toBe(3);
  expect(valueAt(scale, placeOn(scale, 7))).toBeCloseTo(7, 12);
});

test('a logarithmic scale has powers of ten for its ticks and leaves out what is not positive', () => {
  const scale = scaleOf([[1e-5, 0, 2, null]], true);
  expect(scale).toEqual({ low: 1e-5, high: 2, logarithmic: true });
  expect(ticksOf(scale).map(powerText)).toEqual(['10⁰', '10⁻²', '10⁻⁴']);
  // with less than two powers of ten between its ends, those are what is written
  expect(ticksOf(scaleOf([[0.2, 0.6]], true))).toEqual([0.6, 0.2]);
  expect(ticksOf(scaleOf([[-0.06, 0.93]], false))).toEqual([0, 0.5, 1]);
  expect(ticksOf(scaleOf([[4, 4]], false))).toContain(4);
  expect([0.01, 1000, 0.6].map(isPower)).toEqual([true, true, false]);
  expect(placeOn(scale, 1e-5)).toBe(0);
  expect(pathOf([0, 2, 1e-5], scale, 30, 10)).toBe('M15.0 0.0L25.0 10.0');
});
