import { describe, expect, test } from 'vitest';
import { type Drawing, svgOf } from '../../src/core/draw/svg';
import { Formatter } from '../../src/core/format';
import { classColours } from '../../src/renderer/charts/classes';
import { lossPicture } from '../../src/renderer/charts/loss';
import { dashes, type Palette } from '../../src/renderer/charts/palette';
import { noteOf, onPaper, titleOf } from '../../src/renderer/charts/paper';
import {
  countsPicture,
  heatPicture,
  linesPicture,
  onScaleOf,
  stripsPicture,
  tinted,
} from '../../src/renderer/charts/pictures';
import { textPicture } from '../../src/renderer/charts/text-picture';

const format = new Formatter('en-US');
/** A palette in which every meaning has a colour of its own. */
const paletteOf = (green: number) =>
  new Proxy({} as Palette, {
    get: (_, name) =>
      `rgb(${[...String(name)].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 251, 0)}, ${green}, 7)`,
  });
const paper = paletteOf(10);
const hostile = `<b>&"'\u0000]]>`;
const words = { title: hostile, note: hostile, summary: hostile, x: hostile, y: hostile };

/** XML as a strict reader takes it: every tag closed in turn, every attribute quoted, no bare mark in any text. */
function wellFormed(svg: string): boolean {
  if (svg.includes('\u0000')) return false;
  const open: string[] = [];
  const token = /<(\/?)([a-zA-Z]+)((?:\s+[\w-]+="(?:[^<&"]|&#\d+;)*")*)\s*(\/?)>|((?:[^<&]|&#\d+;)+)/y;
  while (token.lastIndex < svg.length) {
    const found = token.exec(svg);
    if (!found) return false;
    const [, closes, name, , alone] = found;
    if (closes && open.pop() !== name) return false;
    if (name && !closes && !alone) open.push(name);
  }
  return open.length === 0;
}
const curve = (name: string, tone: 'rnn' | 'lstm' | 'gru') => ({
  ...{ name, tone, dash: dashes[tone], bestEpoch: 2 },
  train: [0.9, 0.5, 0.3],
  validation: [0.8, 0.4, null],
});

test('the reader of these tests takes well-formed XML and no other', () => {
  expect(wellFormed('<a x="1"><b/>text &#60;</a>')).toBe(true);
  for (const broken of ['<a><b></a></b>', '<a x="<"/>', '<a>&</a>', '<a>', '<a x=1/>', 'a</a>'])
    expect(wellFormed(broken)).toBe(false);
});

describe('loss curves on paper', () => {
  const drawing = lossPicture([curve('RNN', 'rnn'), curve(hostile, 'lstm'), curve('GRU', 'gru')], words, paper, format);
  test('have of every model both lines in its colour and dash, its best epoch, and its name', () => {
    for (const [i, tone] of (['rnn', 'lstm', 'gru'] as const).entries()) {
      const own = drawing.lines.filter(({ colour }) => colour === paper[tone]);
      expect(own.map(({ dash }) => dash)).toEqual([dashes[tone], dashes[tone]]);
      expect(own[0]!.width).toBeGreaterThan(own[1]!.width);
      // training went on where validation was not finite
      expect(own.map(({ points }) => points[2] === null)).toEqual([true, false]);
      const dots = drawing.dots.filter(({ colour }) => colour === paper[tone]);
      expect(dots.map(({ at }) => at)).toEqual([own[0]!.points[1]]);
      expect(drawing.legend[i]).toMatchObject({ colour: paper[tone], dash: dashes[tone] });
    }
  });
  test('are XML whatever models and columns are called', () => {
    const svg = svgOf(drawing);
    expect(wellFormed(svg)).toBe(true);
    expect(svg).not.toContain('<b>');
    expect(svg).not.toMatch(/NaN|undefined/);
  });
});

describe('lines over steps', () => {
  const line = (values: (number | null)[], name = hostile) => ({ name, values, colour: 'var(--rnn)', dash: '6 2' });
  test('stand over the columns they belong to, broken where nothing is known, a lone value a dot', () => {
    const labels = ['a', 'b', 'c', 'd'];
    const drawing = linesPicture([line([1, 2, null, 3])], { ...words, labels }, paper, format);
    expect(drawing.lines[0]!.points[2]).toBeNull();
    expect(drawing.lines[0]!.points[1]![0]).toBeCloseTo(drawing.x.ticks[1]!.at, 9);
    expect(drawing.dots.map(({ at }) => at)).toEqual([drawing.lines[0]!.points[3]]);
    expect(drawing.lines[0]!.dash).toEqual([6, 2]);
    expect(wellFormed(svgOf(drawing))).toBe(true);
  });
  test('on a logarithmic scale nothing stands on the floor that lies under it', () => {
    const values = [1e-30, 1e-3, 1];
    const drawing = linesPicture(
      [line(values)],
      { ...words, labels: values.map(String), logarithmic: true },
      paper,
      format,
    );
    expect(drawing.lines[0]!.points.map((point) => point === null)).toEqual([true, false, false]);
  });
  test('are named where there are several', () => {
    const drawing = linesPicture([line([1], 'one'), line([2], 'two')], { ...words, labels: ['a'] }, paper, format);
    expect(drawing.legend.map(({ word }) => word)).toEqual(['one', 'two']);
  });
});

describe('heat maps', () => {
  const heat = {
    ...{ title: hostile, note: hostile, summary: '', x: hostile, y: hostile, measure: hostile },
    matrix: Array.from({ length: 10 }, (_, t) => [t / 10, -t / 10]),
    ...{ order: [0, 1], rowName: () => hostile, columnName: (column: number) => `${column}${hostile}` },
  };
  test('have the input above them on the same axis', () => {
    const values = heat.matrix.map((_, t) => 100 + t);
    const drawing = heatPicture(
      heat,
      { y: hostile, lines: [{ name: hostile, values, colour: 'var(--actual)' }] },
      paper,
      format,
    );
    const map = drawing.below![0]!;
    expect(map.cells).toMatchObject({ columns: 10, rows: 2 });
    const across = (map.area.right - map.area.left) / 10;
    for (const [t, point] of drawing.lines[0]!.points.entries())
      expect(point![0]).toBeCloseTo(map.area.left + (t + 0.5) * across, 9);
    const svg = svgOf(drawing);
    expect(wellFormed(svg)).toBe(true);
    expect(svg).toContain('<linearGradient');
  });
  test('a unit’s trace is laid on the input’s scale, end to end', () => {
    const laid = onScaleOf([-1, null, 1], [100, 300]);
    const [low, gap, high] = laid;
    expect([low, gap, high].map((value) => value && Math.round(value))).toEqual([100, null, 300]);
  });
});

test('strips of classes have a row each, a colour per class, and their names', () => {
  const classes = [hostile, 'walk'].map((label, v) => ({ label, colour: classColours(paper)[v]! }));
  const strips = [
    { name: hostile, codes: [0, 0, 1] },
    { name: 'LSTM', codes: [0, 1, -1] },
  ];
  const drawing = stripsPicture(strips, classes, words, paper, format);
  expect([...(drawing.cells!.codes as number[])]).toEqual([0, 0, 1, 0, 1, -1]);
  expect(drawing.legend.map(({ word, filled }) => [word, filled])).toEqual([
    [hostile, true],
    ['walk', true],
  ]);
  expect(drawing.y.ticks.map(({ label }) => label)).toEqual([hostile, 'LSTM']);
  const svg = svgOf(drawing);
  expect(wellFormed(svg)).toBe(true);
  // as many rows as a long test part has
  const long = [{ name: 'LSTM', codes: Array.from({ length: 300_000 }, (_, i) => (i < 150_000 ? 0 : 1)) }];
  const { x } = stripsPicture(long, classes, words, paper, format);
  expect(x.ticks.map(({ label }) => label)).toContain('150,000');
  // bare where nothing was told
  expect(svg.match(/M\d 1h\dv/g)).toEqual(['M0 1h1v', 'M1 1h1v']);
});

test('counts stand in their cells, the most in the strongest colour', () => {
  const names = { rows: [hostile, 'b'], columns: [hostile, 'b'] };
  const hue = (row: number, column: number) => (row === column ? paper.rnn : paper.lstm);
  const { cells, ...drawing } = countsPicture(
    [
      [1200, 0],
      [3, 600],
    ],
    names,
    { ...words, hue },
    paper,
    format,
  );
  expect(cells!.words).toEqual(['1,200', '0', '3', '600']);
  expect(cells!.colours).toEqual([
    tinted(paper.rnn, paper.surface, 0.4),
    paper.surface,
    tinted(paper.lstm, paper.surface, 0.001),
    tinted(paper.rnn, paper.surface, 0.2),
  ]);
  expect(wellFormed(svgOf({ ...drawing, cells: cells! }))).toBe(true);
});

test('a text stands on its unit’s colours, line by line within the paper, its tags below its words', () => {
  const look = {
    ...Object.fromEntries(['ink', 'ink3', 'grid'].map((name) => [name, paper[name as 'ink']])),
    ...{ negative: 'rgb(0, 0, 200)', positive: 'rgb(200, 0, 0)', surface: 'rgb(100, 100, 100)' },
  } as Palette;
  const said = { title: hostile, note: hostile, measure: hostile };
  const pieces = [...'ab↵'].map((text) => ({ text: text === '↵' ? '↵\n' : text })).concat({ text: '<' });
  const text = textPicture(pieces, { trace: [1, -1, 0, null], reach: 1, apart: false }, said, look, format);
  const [first, second, end, next] = text.bars;
  expect([first, second, end, next].map((bar) => bar!.colour)).toEqual([
    tinted(look.positive, look.surface, 0.48),
    tinted(look.negative, look.surface, 0.48),
    look.surface,
    look.surface,
  ]);
  expect(second!.left).toBeCloseTo(first!.left + first!.width, 9);
  expect(next!.left).toBe(first!.left);
  expect(next!.top).toBeGreaterThanOrEqual(end!.top + end!.height);
  expect(wellFormed(svgOf(text))).toBe(true);

  const words = Array.from({ length: 80 }, (_, i) => ({ text: `${hostile}${i}`, below: 'NOUN' }));
  const tagged = textPicture(words, { trace: words.map(() => 1), reach: 1, apart: true }, said, look, format);
  for (const { left, top, width, height } of tagged.bars) {
    expect(left + width).toBeLessThanOrEqual(tagged.width);
    expect(top + height).toBeLessThanOrEqual(tagged.area.bottom);
  }
  expect(tagged.labels!.filter(({ word }) => word === 'NOUN')).toHaveLength(80);
  expect(wellFormed(svgOf(tagged))).toBe(true);
});

test('what was drawn in the dark is light on paper, each colour in its meaning, and no token is left', () => {
  const names = ['ink', 'ink3', 'grid', 'surface', 'rnn', 'lstm', 'actual', 'test'] as const;
  const theme = (blue: number) =>
    Object.fromEntries(names.map((name, i) => [name, `rgb(${i}, 1, ${blue})`])) as unknown as Palette;
  const [screen, light] = [theme(1), theme(2)];
  const place = { at: [0, 0] as [number, number], opacity: 1, radius: 1 };
  const drawing = {
    ...linesPicture(
      [{ name: 'a', values: [1, 2], colour: 'var(--rnn)' }],
      { ...words, labels: ['1', '2'] },
      screen,
      format,
    ),
    spans: [{ left: 0, right: 1, colour: screen.test, word: '' }],
    legend: [{ word: 'LSTM', colour: screen.lstm, dash: [] }],
    dots: [{ ...place, colour: screen.actual }],
    ends: [{ at: place.at, word: 'now', colour: 'rgb(9, 9, 9)' }],
  } satisfies Drawing;
  const turned = onPaper({ ...drawing, below: [drawing] }, screen, light);
  for (const one of [turned, turned.below![0]!]) {
    expect(one.lines[0]!.colour).toBe(light.rnn);
    expect(one.spans[0]!.colour).toBe(light.test);
    expect(one.legend[0]!.colour).toBe(light.lstm);
    expect(one.dots[0]!.colour).toBe(light.actual);
    expect(one.ends[0]!.colour).toBe('rgb(9, 9, 9)');
    expect([one.ink, one.faint, one.grid, one.surface]).toEqual([light.ink, light.ink3, light.grid, light.surface]);
  }
  expect(svgOf(turned)).not.toContain('var(');
});

test('titles and notes are put together from what there is', () => {
  expect(titleOf('Loss by epoch', 'sales.csv, sales')).toBe('sales.csv, sales · Loss by epoch');
  expect(titleOf('Loss by epoch', '')).toBe('Loss by epoch');
  expect(noteOf('LSTM, layer 1.', undefined, '', 'norm 3: within 5')).toBe('LSTM, layer 1. Norm 3: within 5.');
});
