import type { Formatter } from '../format';
import type { Look } from './plot';
import type { Drawing } from './svg';
import { namedTicks } from './ticks';
import { shortened, widthOf } from './words';

/** A matrix of numbers as data: what stands in which cell, and what rows and columns are called. */
export interface Heat {
  title: string;
  note?: string;
  summary: string;
  /** [columns][rows]; null leaves a cell bare. */
  matrix: (number | null)[][];
  /** Rows from top to bottom. */
  order: number[];
  rowName: (row: number) => string;
  columnName: (column: number) => string;
  /** Titles of the axes, and what the colours measure. */
  x: string;
  y: string;
  measure: string;
  /** A number of each row, written beside it where there is room: [rows]. */
  beside?: { title: string; values: (number | null)[] };
}
/** From blue through the ground to red. */
export interface HeatLook extends Look {
  negative: string;
  zero: string;
  positive: string;
}

/** Colours on either side of zero: finer than eyes tell apart. */
const levels = 127;
const [leastRow, mostRow, leastHeight, mostHeight] = [3, 22, 60, 520];

/** The height of an area that gives every row its due. */
export const heatHeight = (rows: number): number =>
  Math.max(rows * leastRow, Math.min(mostHeight, Math.max(leastHeight, rows * mostRow)));

/** Room at the left for names of rows and the title beside them. */
export const heatLeft = (names: string[]): number =>
  Math.round(Math.min(210, Math.max(76, ...names.map((name) => 44 + widthOf(name, 11)))));

/** The matrix on paper `width` wide. Largest sizes have the full colours; zero has the colour of the ground. */
export function heatDrawing(heat: Heat, width: number, look: HeatLook, format: Formatter): Drawing {
  const { matrix, order, rowName, columnName, beside, title, note, summary, x, y } = heat;
  const names = order.map(rowName);
  const left = heatLeft(names);
  const high = heatHeight(order.length);
  const area = { left, top: 18, right: width - (beside ? 110 : 16), bottom: 18 + high };
  const down = high / Math.max(1, order.length);
  const centre = (row: number) => area.top + (row + 0.5) * down;
  const every = Math.ceil(13 / down);
  const values = beside && down >= 12 ? beside.values : null;
  return {
    ...{ width, height: area.bottom + 58, title, summary, area, ...(note === undefined ? {} : { note }) },
    ...{ fills: [], lines: [], dots: [], bars: [], legend: [], rule: null },
    spans: values && beside ? [{ left: area.right + 8, right: width + 40, colour: null, word: beside.title }] : [],
    x: { title: x, ticks: namedTicks(matrix.length, columnName, area.left, area.right) },
    y: {
      title: y,
      ticks: names.flatMap((name, row) =>
        row % every === 0 ? [{ at: centre(row), label: shortened(name, left - 34, 11) }] : [],
      ),
    },
    ends: values
      ? order.map((row, i) => ({
          at: [area.right, centre(i)],
          word: format.significant(values[row] ?? null, 2),
          colour: look.faint,
        }))
      : [],
    cells: coloured(heat, look, format),
    ...{ ink: look.ink, faint: look.faint, grid: 'none', surface: look.surface, font: look.font },
  };
}

function coloured({ matrix, order, measure }: Heat, look: HeatLook, format: Formatter): NonNullable<Drawing['cells']> {
  const sizes = matrix.flatMap((column) => order.map((row) => Math.abs(column[row] ?? 0)));
  const reach = sizes.reduce((most, size) => Math.max(most, size), 0) || 1;
  // gates, probabilities and attention have no negative side
  const signed = matrix.some((column) => order.some((row) => (column[row] ?? 0) < 0));
  const code = (value: number | null) => (value === null ? -1 : levels + Math.round((value / reach) * levels));
  const ends = { negative: rgb(look.negative), zero: rgb(look.zero), positive: rgb(look.positive) };
  const colours = Array.from({ length: 2 * levels + 1 }, (_, i) => {
    const share = (i - levels) / levels;
    const end = share < 0 ? ends.negative : ends.positive;
    return `rgb(${ends.zero.map((from, c) => Math.round(from + (end[c]! - from) * Math.abs(share))).join(', ')})`;
  });
  const written = (value: number) => format.significant(value, 2);
  return {
    columns: matrix.length,
    rows: order.length,
    codes: order.flatMap((row) => matrix.map((column) => code(column[row] ?? null))),
    colours,
    scale: {
      title: measure,
      colours: [...(signed ? [look.negative] : []), look.zero, look.positive],
      labels: [...(signed ? [written(-reach)] : []), '0', written(reach)],
    },
  };
}

/** `rgb(r, g, b)`, as browsers write a colour. */
const rgb = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
