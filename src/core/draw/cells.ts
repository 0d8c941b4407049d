import type { Drawing } from './svg';
import { escaped, round } from './xml';

/** A matrix as coloured rectangles that fill the area of a drawing: heat maps, strips of classes, tables of counts. */
export interface Cells {
  columns: number;
  rows: number;
  /** Row after row from the upper left corner: which of `colours`; −1 leaves a cell bare. */
  codes: ArrayLike<number>;
  colours: string[];
  /** Row after row, in the middle of the cells. */
  words?: string[];
  /** Pixels left bare below each row. */
  gap?: number;
  /** What the colours mean: where they begin, turn and end, and the numbers there. */
  scale?: { title: string; colours: string[]; labels: string[] };
}

/** Pixels of the scale's bar. */
const bar = { width: 140, height: 8, below: 24 };

/**
 * Neighbours of one colour in a row are one rectangle, and all of a colour one path: a map of 128 units over 240 steps is some
 * hundred kilobytes that every reader of SVG draws without seams.
 */
export function cellsOf({ cells, area }: Drawing): string[] {
  if (!cells || cells.columns === 0 || cells.rows === 0) return [];
  const { columns, rows, codes, colours, gap = 0 } = cells;
  const across = (area.right - area.left) / columns;
  const down = (area.bottom - area.top) / rows;
  const high = round3(Math.max(0.1, 1 - gap / down));
  const paths = new Map<number, string>();
  for (let row = 0; row < rows; row++)
    for (let from = 0, to = 0; from < columns; from = to) {
      const code = codes[row * columns + from]!;
      for (to = from + 1; to < columns && codes[row * columns + to] === code; ) to++;
      if (code >= 0) paths.set(code, `${paths.get(code) ?? ''}M${from} ${row}h${to - from}v${high}H${from}z`);
    }
  return [
    `<g transform="translate(${round(area.left)} ${round(area.top)}) scale(${round3(across)} ${round3(down)})" shape-rendering="crispEdges">`,
    ...Array.from(paths, ([code, path]) => `<path d="${path}" fill="${escaped(colours[code] ?? 'none')}"/>`),
    '</g>',
  ];
}

/** The words within the cells, and below the axis the scale of colours. */
export function cellWordsOf({ cells, area, ink, faint }: Drawing): string[] {
  if (!cells) return [];
  const { columns, rows, words = [], scale } = cells;
  const at = (i: number) => [
    round(area.left + ((area.right - area.left) * ((i % columns) + 0.5)) / columns),
    round(area.top + ((area.bottom - area.top) * (Math.floor(i / columns) + 0.5)) / rows + 4),
  ];
  const within = words.flatMap((word, i) => {
    const [x, y] = at(i);
    return word ? [`<text x="${x}" y="${y}" text-anchor="middle" fill="${escaped(ink)}">${escaped(word)}</text>`] : [];
  });
  return scale ? [...within, ...scaleOf(scale, area, faint)] : within;
}

function scaleOf({ title, colours, labels }: NonNullable<Cells['scale']>, area: Drawing['area'], faint: string) {
  const left = area.right - bar.width;
  const top = area.bottom + bar.below;
  const share = (i: number, count: number) => (count < 2 ? 0 : i / (count - 1));
  const anchor = (i: number) => (i === 0 ? 'start' : i === labels.length - 1 ? 'end' : 'middle');
  const text = (x: number, y: number, how: string, word: string) =>
    `<text x="${round(x)}" y="${round(y)}" text-anchor="${how}" fill="${escaped(faint)}">${escaped(word)}</text>`;
  return [
    '<defs><linearGradient id="scale">',
    ...colours.map(
      (colour, i) => `<stop offset="${round3(share(i, colours.length))}" stop-color="${escaped(colour)}"/>`,
    ),
    '</linearGradient></defs>',
    `<rect x="${round(left)}" y="${round(top)}" width="${bar.width}" height="${bar.height}" fill="url(#scale)" stroke="${escaped(faint)}" stroke-width="0.5"/>`,
    text(left - 8, top + bar.height, 'end', title),
    ...labels.map((label, i) =>
      text(left + bar.width * share(i, labels.length), top + bar.height + 14, anchor(i), label),
    ),
  ];
}

const round3 = (value: number): number => Math.round(value * 1000) / 1000;
