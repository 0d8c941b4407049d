import { describe, expect, test } from 'vitest';
import { type Heat, heatDrawing } from '../../../src/core/draw/heat';
import { svgOf } from '../../../src/core/draw/svg';
import { Formatter } from '../../../src/core/format';

const look = {
  ...{ ink: '#000', faint: '#666', grid: '#eee', surface: '#fff', font: 'sans-serif' },
  ...{ negative: 'rgb(0, 0, 255)', zero: 'rgb(255, 255, 255)', positive: 'rgb(255, 0, 0)' },
};
const format = new Formatter('en-US');
const heat = (over: Partial<Heat> = {}): Heat => ({
  ...{ title: 'States', summary: '', x: 'step', y: '', measure: 'hidden state' },
  matrix: [
    [-1, 0.5],
    [0, 1],
    [-1, null],
  ],
  order: [1, 0],
  rowName: (row) => `unit ${row + 1}`,
  columnName: (column) => `t${column + 1}`,
  ...over,
});
const draw = (over: Partial<Heat> = {}) => heatDrawing(heat(over), 620, look, format);
/** The colour of a cell, null where it is bare. */
const colourAt = ({ cells }: ReturnType<typeof draw>, row: number, column: number) =>
  cells!.colours[cells!.codes[row * cells!.columns + column]!] ?? null;

describe('a heat map on paper', () => {
  test('has the full colours at its reach, the ground’s at zero, half way between at half, and nothing where nothing is known', () => {
    const drawing = draw();
    // rows stand in the order given: unit 2 above unit 1
    expect(colourAt(drawing, 1, 0)).toBe('rgb(0, 0, 255)');
    expect(colourAt(drawing, 1, 1)).toBe('rgb(255, 255, 255)');
    expect(colourAt(drawing, 0, 1)).toBe('rgb(255, 0, 0)');
    expect(colourAt(drawing, 0, 0)).toMatch(/^rgb\(255, 12[67], 12[67]\)$/);
    expect(colourAt(drawing, 0, 2)).toBeNull();
  });

  test('names its rows at their middles, its columns below them, and what its colours measure', () => {
    const { area, x, y, cells } = draw();
    expect(y.ticks.map(({ label }) => label)).toEqual(['unit 2', 'unit 1']);
    expect(y.ticks[0]!.at).toBeCloseTo(area.top + (area.bottom - area.top) / 4, 9);
    expect(x.ticks.map(({ label }) => label)).toEqual(['t1', 't2', 't3']);
    expect(x.ticks[1]!.at).toBeCloseTo((area.left + area.right) / 2, 9);
    expect(cells!.scale).toEqual({
      title: 'hidden state',
      colours: [look.negative, look.zero, look.positive],
      labels: ['−1.0', '0', '1.0'],
    });
  });

  test('of gates and weights begins at zero', () => {
    const { scale } = draw({ matrix: [[0.2], [0.4]], order: [0] }).cells!;
    expect(scale!.colours).toEqual([look.zero, look.positive]);
    expect(scale!.labels).toEqual(['0', '0.40']);
  });

  test('names as many rows and columns as stand apart, and shortens what has no room', () => {
    const matrix = Array.from({ length: 240 }, () => Array.from({ length: 128 }, () => 1));
    const { x, y } = draw({
      matrix,
      order: [...matrix[0]!.keys()],
      rowName: (row) => `${'long '.repeat(30)}${row}`,
      columnName: (column) => `2020-01-01 00:${column}`,
    });
    for (const [axis, apart] of [
      [x, 90],
      [y, 12],
    ] as const)
      for (let i = 1; i < axis.ticks.length; i++)
        expect(axis.ticks[i]!.at - axis.ticks[i - 1]!.at).toBeGreaterThanOrEqual(apart);
    expect(y.ticks[0]!.label).toMatch(/^long .*…$/);
    expect(y.ticks[0]!.label.length).toBeLessThan(40);
  });

  test('names every letter of a text that fits', () => {
    const letters = [...'hellohello'.repeat(5)];
    const { x } = draw({ matrix: letters.map(() => [1]), order: [0], columnName: (column) => letters[column]! });
    expect(x.ticks.map(({ label }) => label)).toEqual(letters);
  });

  test('writes half-lives beside rows that are high enough for them', () => {
    const beside = { title: 'half-life', values: [3, 12] };
    expect(draw({ beside }).ends.map(({ word }) => word)).toEqual(['12', '3.0']);
    const order = Array.from({ length: 200 }, (_, i) => i);
    expect(draw({ beside, order, matrix: [order] }).ends).toEqual([]);
  });
});

test('neighbours of one colour are one shape, and every cell that has a number is covered once', () => {
  const svg = svgOf(draw({ matrix: [[1], [1], [-1], [null]], order: [0] }));
  const paths = [...svg.matchAll(/<path d="(M[^"]*z)" fill="(rgb[^"]*)"/g)].map(([, d, fill]) => [fill, d]);
  expect(paths).toEqual([
    ['rgb(255, 0, 0)', 'M0 0h2v1H0z'],
    ['rgb(0, 0, 255)', 'M2 0h1v1H2z'],
  ]);
});
