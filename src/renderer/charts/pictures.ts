import { ticks } from 'd3-array';
import { dashes } from '../../core/draw/dashes';
import { type Heat, heatDrawing, heatLeft } from '../../core/draw/heat';
import { drawingOf, type Plot } from '../../core/draw/plot';
import type { Drawing } from '../../core/draw/svg';
import type { Formatter } from '../../core/format';
import type { Num } from '../../core/inside/view';
import { scaleOf } from './inside';
import type { Palette } from './palette';
import { heatLookOf, lookOf, paperWidth, plotHeight } from './paper';

/** Charts that the window draws as lines or cells of its own, as they are saved. Colours may be named as `var(--token)`. */
interface Words {
  title: string;
  note?: string | undefined;
  summary?: string;
}
export interface NamedLine {
  name: string;
  values: Num[];
  colour: string;
  /** As in SVG: "6 2". */
  dash?: string | undefined;
}
const bare = { bands: [], dots: [], spans: [], rule: null };
const said = ({ title, note, summary = '' }: Words) => ({ title, summary, ...(note ? { note } : {}) });
const dashOf = (dash?: string) => dash?.split(' ').map(Number) ?? [];

export interface LinesWords extends Words {
  x: string;
  y: string;
  /** Of each place. */
  labels: string[];
  logarithmic?: boolean;
  /** Place where a dotted upright stands, and what it is. */
  rule?: { at: number; word: string } | null;
}

/** Lines over the steps of a window or over epochs. */
export function linesPicture(lines: NamedLine[], words: LinesWords, palette: Palette, format: Formatter): Drawing {
  const { x, y, labels, logarithmic = false, rule = null } = words;
  const { low } = scaleOf(
    lines.map(({ values }) => values),
    logarithmic,
  );
  // what lies under a logarithmic scale is not drawn as if it stood on its floor
  const drawn = (value: Num) => (value === null || (logarithmic && value < low) ? Number.NaN : value);
  const plot: Plot = {
    ...bare,
    ...said(words),
    lines: lines.map(({ name, values, colour, dash }) => ({
      name: lines.length > 1 ? name : '',
      points: values.map((value, i) => ({ x: i, y: drawn(value) })),
      ...{ colour, width: 1.75, dash: dashOf(dash) },
    })),
    dots: lines.flatMap(({ values, colour }) => alone(values).map(({ x, y }) => ({ x, y, radius: 2.5, colour }))),
    rule,
    x: { title: x, step: null, names: labels },
    y: { title: y, logarithmic, fromZero: false },
  };
  return drawingOf(plot, { width: paperWidth, height: plotHeight }, lookOf(palette), format);
}

/** Values without a neighbour, of which no line can be drawn. */
const alone = (values: Num[]) =>
  values.flatMap((y, x) =>
    y !== null && (values[x - 1] ?? null) === null && (values[x + 1] ?? null) === null ? [{ x, y }] : [],
  );

/** A heat map, and above it on the same axis what was read while its numbers came about. */
export function heatPicture(
  heat: Heat,
  above: { y: string; lines: NamedLine[] } | null,
  palette: Palette,
  format: Formatter,
): Drawing {
  const map = heatDrawing(heat, paperWidth, heatLookOf(palette), format);
  if (!above) return map;
  const columns = heat.matrix.map((_, column) => heat.columnName(column));
  const plot: Plot = {
    ...bare,
    ...said(heat),
    lines: above.lines.map(({ name, values, colour, dash }) => ({
      ...{ name, colour, width: 1.5, dash: dashOf(dash) },
      points: values.map((value, i) => ({ x: i, y: value ?? Number.NaN })),
    })),
    x: { title: '', step: null, names: columns },
    y: { title: above.y, logarithmic: false, fromZero: false },
  };
  const left = heatLeft(heat.order.map(heat.rowName));
  const size = { width: paperWidth, height: 130, left, right: heat.beside ? 110 : 16 };
  const over = drawingOf(plot, size, lookOf(palette), format);
  return { ...over, x: { title: '', ticks: [] }, below: [map] };
}

/** The same line on another's scale, so that two of different units may be drawn over each other. */
export function onScaleOf(values: Num[], other: Num[]): Num[] {
  const [own, wanted] = [scaleOf([values]), scaleOf([other])];
  const share = (value: number) => (value - own.low) / (own.high - own.low);
  return values.map((value) => (value === null ? null : wanted.low + share(value) * (wanted.high - wanted.low)));
}

/** Strips of classes, one above another: each row its class's colour. */
export function stripsPicture(
  strips: { name: string; codes: number[] }[],
  classes: { label: string; colour: string }[],
  words: Words & { x: string },
  palette: Palette,
  format: Formatter,
): Drawing {
  const rows = strips[0]?.codes.length ?? 0;
  const plain: Heat = {
    ...said(words),
    matrix: [],
    order: strips.map((_, i) => i),
    rowName: (row) => strips[row]?.name ?? '',
    columnName: (column) => format.integer(column + 1),
    ...{ x: words.x, y: '', measure: '' },
  };
  const drawing = heatDrawing(plain, paperWidth, heatLookOf(palette), format);
  return {
    ...drawing,
    height: drawing.area.bottom + 42,
    x: { title: words.x, ticks: rowTicks(rows, drawing.area, format) },
    legend: classes.map(({ label, colour }) => ({ word: label, colour, dash: [], filled: true })),
    cells: {
      ...{ columns: rows, rows: strips.length, gap: 4 },
      codes: strips.flatMap(({ codes }) => codes),
      colours: classes.map(({ colour }) => colour),
    },
  };
}

/** Round numbers of rows, counted from 1. */
const rowTicks = (rows: number, { left, right }: Drawing['area'], format: Formatter) =>
  ticks(1, rows, 8)
    .filter(Number.isInteger)
    .map((row) => ({ at: left + ((row - 0.5) * (right - left)) / rows, label: format.integer(row) }));

/** A table of counts as cells with their numbers, the more the darker; `hue` tells one kind of cell from another. */
export function countsPicture(
  counts: number[][],
  names: { rows: string[]; columns: string[] },
  words: Words & { x: string; y: string; hue: (row: number, column: number) => string },
  palette: Palette,
  format: Formatter,
): Drawing {
  const columns = names.columns.length;
  const heat: Heat = {
    ...said(words),
    matrix: names.columns.map(() => []),
    order: names.rows.map((_, i) => i),
    rowName: (row) => names.rows[row] ?? '',
    columnName: (column) => names.columns[column] ?? '',
    ...{ x: words.x, y: words.y, measure: '' },
  };
  const drawing = heatDrawing(heat, Math.min(paperWidth, 460 + 60 * columns), heatLookOf(palette), format);
  const most = Math.max(1, ...counts.flat());
  const cells = counts.flatMap((line, row) => line.map((count, column) => ({ count, hue: words.hue(row, column) })));
  return {
    ...drawing,
    height: drawing.area.bottom + 42,
    cells: {
      ...{ columns, rows: names.rows.length, gap: 1 },
      codes: cells.map((_, i) => i),
      colours: cells.map(({ count, hue }) => tinted(hue, palette.surface, (0.4 * count) / most)),
      words: cells.map(({ count }) => format.integer(count)),
    },
  };
}

/** A share of one colour in another, both as `rgb(r, g, b)`. */
export function tinted(colour: string, ground: string, share: number): string {
  const [over, under] = [colour, ground].map((one) => (one.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number));
  return `rgb(${under!.map((from, c) => Math.round(from + (over![c]! - from) * share)).join(', ')})`;
}

/** The dash of a model's lines, as SVG writes it. */
export const dashText = (series: keyof typeof dashes): string | undefined => dashes[series].join(' ') || undefined;
