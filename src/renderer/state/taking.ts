import type { Palette } from '../charts/palette';
import type { Readout } from '../charts/scene';
import type { Row, Score } from './comparison';
import { scored } from './comparison';

/** Taking results along: tables as CSV, the chart as a picture with its title and legend. */
export type Cell = string | number | null;

/**
 * RFC 4180: what holds a comma, a quote or a line end is quoted; numbers are written as programs read them. Text that a
 * spreadsheet would run as a formula has a quote mark before it, as in the tables the host writes.
 */
export function csvOf(table: Cell[][]): string {
  const cell = (value: Cell) => {
    const text = value === null ? '' : typeof value === 'string' ? neutral(value) : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${table.map((row) => row.map(cell).join(',')).join('\n')}\n`;
}

const neutral = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** Time, truth, and a column per model with the ends of its 95% band where it has one. */
export function valuesTable(target: string, readouts: Readout[], dated: boolean, dateOnly: boolean): Cell[][] {
  const names = readouts[0]?.models.map(({ name }) => name) ?? [];
  const header = [
    dated ? 'time' : 'row',
    target,
    ...names.flatMap((name) => [name, `${name} lower 95%`, `${name} upper 95%`]),
  ];
  const place = (x: number): Cell => {
    if (!dated) return x + 1;
    const iso = new Date(x).toISOString();
    return dateOnly ? iso.slice(0, 10) : iso.slice(0, 19);
  };
  return [
    header,
    ...readouts.map(({ x, actual, models }) => [
      place(x),
      actual,
      ...models.flatMap(({ value, interval }) => [value, interval?.lower95 ?? null, interval?.upper95 ?? null]),
    ]),
  ];
}

/** The comparison, one line per model and baseline. */
export function comparisonTable(rows: Row[], nameOf: (row: Row) => string): Cell[][] {
  const scoresOf = (row: Row) => scored.flatMap((score: Score) => [row.scores[score].mean, row.scores[score].spread]);
  return [
    ['model', ...scored.flatMap((score) => [score, `${score} spread`]), 'parameters', 'seconds'],
    ...rows.map((row) => [
      nameOf(row),
      ...scoresOf(row),
      ...(row.kind !== 'baseline' ? [row.parameters, row.seconds] : [null, null]),
    ]),
  ];
}

export interface PictureWords {
  title: string;
  legend: { word: string; colour: string }[];
}

/** The chart on the window's own ground, under a title and a legend, at the density of the screen. */
export function pictureOf(
  chart: HTMLCanvasElement,
  words: PictureWords,
  palette: Palette,
  face: string,
): HTMLCanvasElement {
  const density = chart.width / chart.clientWidth;
  const picture = chart.ownerDocument.createElement('canvas');
  const head = 56;
  picture.width = chart.width;
  picture.height = chart.height + head * density;
  const pen = picture.getContext('2d')!;
  pen.scale(density, density);
  pen.fillStyle = palette.surface;
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.fillStyle = palette.ink;
  pen.font = `600 14px ${face}`;
  pen.fillText(words.title, 16, 24);
  pen.font = `12px ${face}`;
  let left = 16;
  for (const { word, colour } of words.legend) {
    pen.fillStyle = colour;
    pen.fillRect(left, 40, 12, 2);
    pen.fillText(word, left + 18, 45);
    left += pen.measureText(word).width + 38;
  }
  pen.drawImage(chart, 0, head, chart.clientWidth, chart.clientHeight);
  return picture;
}

/** The browser's own way to put a file among the person's downloads. */
export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A file's name without what a file's name may not hold. */
export function fileName(words: string[], ending: string): string {
  const stem = words
    .join(' ')
    .replace(/\.[a-z]+$/i, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return `${stem || 'unroll'}.${ending}`;
}
