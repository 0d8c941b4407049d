import { expect, test } from 'vitest';
import { drawingOf, type Plot } from '../../../src/core/draw/plot';
import { svgOf } from '../../../src/core/draw/svg';
import { Formatter } from '../../../src/core/format';

const look = { ink: '#000', faint: '#666', grid: '#eee', surface: '#fff', font: 'sans-serif' };
const format = new Formatter('en-US');
const line = (points: [number, number][], more = {}) => ({
  ...{ name: 'LSTM', colour: '#c94a06', width: 2, dash: [7, 3] },
  points: points.map(([x, y]) => ({ x, y })),
  ...more,
});
const plot = (over: Partial<Plot> = {}): Plot => ({
  ...{ title: 'A <title>', summary: '', bands: [], dots: [], spans: [], rule: null },
  lines: [
    line([
      [0, 1],
      [1, 3],
      [2, Number.NaN],
      [3, 2],
    ]),
  ],
  x: { title: '', step: null },
  y: { title: '', logarithmic: false, fromZero: false },
  ...over,
});
const draw = (over: Partial<Plot> = {}) => drawingOf(plot(over), { width: 400, height: 200 }, look, format);

test('a place on paper is the value’s share of its axis', () => {
  const { area, lines, y } = draw();
  const [first, second, gap, last] = lines[0]!.points;
  expect(gap).toBeNull();
  expect(first![0]).toBe(area.left);
  expect(last![0]).toBe(area.right);
  // values 1 and 3 and the ticks between are on one scale
  const perUnit = (first![1] - second![1]) / 2;
  expect(last![1]).toBeCloseTo(first![1] - perUnit, 9);
  const tick = y.ticks.find(({ label }) => Number(label) === 2)!;
  expect(tick.at).toBeCloseTo(last![1], 9);
});

test('on a logarithmic axis equal ratios are equally far apart, and what has no logarithm breaks the line', () => {
  const y = { title: '', logarithmic: true, fromZero: false };
  const [a, b, c, none] = draw({
    y,
    lines: [
      line([
        [0, 1],
        [1, 10],
        [2, 100],
        [3, 0],
      ]),
    ],
  }).lines[0]!.points;
  expect(a![1] - b![1]).toBeCloseTo(b![1] - c![1], 9);
  expect(none).toBeNull();
});

test('nothing to draw, a single value and equal values still have their places', () => {
  for (const points of [
    [],
    [[5, 7]],
    [
      [0, 7],
      [1, 7],
    ],
  ] as [number, number][][])
    expect(svgOf(draw({ lines: [line(points)] }))).not.toMatch(/NaN|Infinity/);
});

test('broken lines begin anew, names are escaped, dashes are kept', () => {
  const text = svgOf(draw());
  expect(text.match(/<path d="(M[^"]+)"/)![1]).toMatch(/^M[\d.]+ [\d.]+L[\d.]+ [\d.]+M[\d.]+ [\d.]+$/);
  expect(text).toContain('A &#60;title&#62;');
  expect(text).toContain('stroke-dasharray="7 3"');
});

test('names at line ends are pushed apart and stay on the paper', () => {
  const ends = Array.from({ length: 5 }, (_, i) =>
    line(
      [
        [0, 1],
        [1, 1 + i / 1000],
      ],
      { name: `m${i}`, end: true },
    ),
  );
  const text = svgOf(draw({ lines: ends }));
  const tops = [...text.matchAll(/y="([\d.]+)" fill="#c94a06">m\d/g)].map(([, y]) => Number(y)).sort((a, b) => a - b);
  expect(tops).toHaveLength(5);
  for (let i = 1; i < 5; i++) expect(tops[i]! - tops[i - 1]!).toBeGreaterThanOrEqual(12.9);
  expect(tops[4]).toBeLessThan(200);
});

test('long titles and notes are broken into rows, and nothing lies over them', () => {
  const title = `${'sales of the northern branch '.repeat(6)}${'x'.repeat(200)}`;
  const text = svgOf({ ...draw({ title }), note: '가나다라 '.repeat(40) });
  const rows = [...text.matchAll(/<text x="12" y="(\d+)" font-size="1[24]"[^>]*>([^<]*)</g)].map(([, y, word]) => ({
    y: Number(y),
    word: word!,
  }));
  expect(
    rows
      .map(({ word }) => word)
      .join('')
      .replaceAll(' ', ''),
  ).toBe(`${title}${'가나다라'.repeat(40)}`.replaceAll(' ', ''));
  for (let i = 1; i < rows.length; i++) expect(rows[i]!.y - rows[i - 1]!.y).toBeGreaterThanOrEqual(16);
  const plotTop = Number(text.match(/translate\(0 (\d+)\)/)![1]);
  expect(plotTop).toBeGreaterThan(rows.at(-1)!.y);
  expect(Number(text.match(/ height="(\d+)" role/)![1])).toBe(plotTop + 200);
});

test('charts of one picture stand one under another', () => {
  const text = svgOf({ ...draw(), below: [{ ...draw({ title: 'unseen' }), height: 120 }] });
  const tops = [...text.matchAll(/<g transform="translate\(0 (\d+)\)">/g)].map(([, top]) => Number(top));
  expect(tops[1]! - tops[0]!).toBe(200);
  expect(text).not.toContain('unseen');
  expect(Number(text.match(/ height="(\d+)" role/)![1])).toBe(tops[1]! + 120);
});

test('named places stand at the middles of equal columns', () => {
  const names = ['a', 'b', 'c', 'd'];
  const { area, lines, x } = draw({ x: { title: '', step: null, names } });
  const column = (area.right - area.left) / 4;
  expect(x.ticks).toEqual(names.map((label, i) => ({ label, at: area.left + (i + 0.5) * column })));
  expect(lines[0]!.points[1]![0]).toBeCloseTo(area.left + 1.5 * column, 9);
});
