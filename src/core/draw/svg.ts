import { type Cells, cellsOf, cellWordsOf } from './cells';
import { type Entry, furtherRows, legendRow, legendStroke, type PlacedEntry, placeLegend } from './legend';
import { widthOf, wrapped } from './words';
import { escaped, round } from './xml';

/**
 * A chart as it lies on paper: everything placed in pixels from the upper left corner. The window makes one from what
 * is on the screen, the report from the runs; here it becomes SVG that needs nothing else. Colours are CSS colours.
 */
export interface Drawing {
  width: number;
  height: number;
  title: string;
  /** Under the title, smaller: what else one has to know to read the picture alone. */
  note?: string;
  /** For a reader who cannot see it. */
  summary: string;
  area: { left: number; top: number; right: number; bottom: number };
  legend: Entry[];
  /** Parts of the series behind the data. */
  spans: { left: number; right: number; colour: string | null; word: string }[];
  rule: { at: number; word: string } | null;
  x: Axis;
  y: Axis;
  fills: { points: Place[]; colour: string; opacity: number }[];
  /** `null` breaks a line. */
  lines: { points: (Place | null)[]; colour: string; opacity: number; width: number; dash: number[] }[];
  dots: { at: Place; radius: number; colour: string; opacity: number }[];
  bars: { left: number; top: number; width: number; height: number; colour: string; opacity: number }[];
  cells?: Cells;
  /** Further charts of the same picture, under this one and as wide: their own titles and legends are not drawn. */
  below?: Drawing[];
  /** Words in the plot, about their middles. */
  labels?: { at: Place; word: string; size: number }[];
  /** Names at the ends of lines. */
  ends: { at: Place; word: string; colour: string }[];
  ink: string;
  faint: string;
  grid: string;
  /** null: what lies under the chart shows through. */
  surface: string | null;
  font: string;
}
export type Place = [x: number, y: number];
export interface Axis {
  ticks: { at: number; label: string }[];
  title: string;
}

const titleRow = 18;
const noteRow = 16;
const legendHeight = 30;

/** The drawing as an SVG document. */
export function svgOf(drawing: Drawing): string {
  const { width, title, summary, surface, font, ink } = drawing;
  const { words, placed, legendBase, height: head } = headOf(drawing);
  const panels = [drawing, ...(drawing.below ?? [])];
  const height = panels.reduce((sum, panel) => sum + panel.height, head);
  let top = head;
  const drawn = panels.flatMap((panel) => {
    const before = top;
    top += panel.height;
    return [
      `<g transform="translate(0 ${before})">`,
      ...groundOf(panel),
      ...cellsOf(panel),
      ...clipped(panel, dataOf(panel)),
      ...cellWordsOf(panel),
      ...wordsOf(panel),
      '</g>',
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="${escaped(font)}" font-size="11">`,
    `<title>${escaped([title, summary].filter(Boolean).join('. '))}</title>`,
    ...(surface ? [`<rect width="100%" height="100%" fill="${escaped(surface)}"/>`] : []),
    ...words,
    ...legendOf(placed, ink, legendBase),
    ...drawn,
    '</svg>',
  ].join('\n');
}

/** Title, note and legend, each in as many rows as it needs. */
function headOf({ title, note = '', legend, width, ink, faint }: Drawing) {
  const placed = placeLegend(legend, 12, width - 24, widthOf);
  const titles = wrapped(title, width - 24, 14.5);
  const notes = wrapped(note, width - 24);
  let base = 4;
  const row = (step: number, text: string, look: string) => {
    base += step;
    return `<text x="12" y="${base}" ${look}>${escaped(text)}</text>`;
  };
  const words = [
    ...titles.map((text) => row(titleRow, text, `font-size="14" font-weight="600" fill="${escaped(ink)}"`)),
    ...notes.map((text) => row(noteRow, text, `font-size="12" fill="${escaped(faint)}"`)),
  ];
  const above = words.length > 0 ? base + 10 : 0;
  const height = above + (placed.length > 0 ? legendHeight + furtherRows(placed) : 0);
  return { words, placed, legendBase: above > 0 ? above + 10 : 20, height };
}

function legendOf(placed: PlacedEntry[], ink: string, top: number): string[] {
  return placed.flatMap(({ word, colour, dash, filled, left, wordLeft, row }) => {
    const base = top + row * legendRow;
    return [
      filled
        ? `<rect x="${round(left + legendStroke - 12)}" y="${base - 10}" width="12" height="12" fill="${escaped(colour)}"/>`
        : line([left, base - 4], [left + legendStroke, base - 4], colour, 2, dash),
      `<text x="${round(wordLeft)}" y="${base}" font-size="12" fill="${escaped(ink)}">${escaped(word)}</text>`,
    ];
  });
}

function groundOf({ area, spans, rule, x, y, grid, faint, ink }: Drawing): string[] {
  const text = (at: Place, anchor: string, word: string, more = '') =>
    `<text x="${round(at[0])}" y="${round(at[1])}" text-anchor="${anchor}" fill="${escaped(faint)}"${more}>${escaped(word)}</text>`;
  const now = rule ? rule.at - widthOf(rule.word) / 2 : Number.POSITIVE_INFINITY;
  const shades = spans.flatMap(({ left, right, colour, word }) => [
    ...(colour
      ? [
          `<rect x="${round(left)}" y="${round(area.top)}" width="${round(right - left)}" height="${round(area.bottom - area.top)}" fill="${escaped(colour)}"/>`,
        ]
      : []),
    ...(widthOf(word) + 6 < Math.min(right, now) - left ? [text([left, area.top - 3], 'start', word)] : []),
  ]);
  const horizontal = y.ticks.flatMap(({ at, label }) => [
    line([area.left, at], [area.right, at], grid, 1, []),
    text([area.left - 8, at + 4], 'end', label),
  ]);
  const vertical = x.ticks.map(({ at, label }) => text([at, area.bottom + 16], 'middle', label));
  const middle = (area.top + area.bottom) / 2;
  return [
    ...shades,
    ...horizontal,
    line([area.left, area.bottom], [area.right, area.bottom], faint, 0.5, []),
    ...vertical,
    ...(x.title ? [text([(area.left + area.right) / 2, area.bottom + 32], 'middle', x.title)] : []),
    ...(y.title ? [text([12, middle], 'middle', y.title, ` transform="rotate(-90 12 ${round(middle)})"`)] : []),
    ...(rule
      ? [
          line([rule.at, area.top], [rule.at, area.bottom], ink, 1, [2, 3]),
          text([rule.at, area.top - 3], 'middle', rule.word),
        ]
      : []),
  ];
}

/** What reaches beyond the axes is cut off there, but for half a dot. */
function clipped({ area }: Drawing, content: string[]): string[] {
  const box = [area.left - 4, area.top - 4, area.right - area.left + 8, area.bottom - area.top + 8].map(round);
  const [left, top, width, height] = box;
  const view = `viewBox="${box.join(' ')}"`;
  return [`<svg x="${left}" y="${top}" width="${width}" height="${height}" ${view}>`, ...content, '</svg>'];
}

function dataOf({ fills, lines, dots, bars }: Drawing): string[] {
  return [
    ...fills.map(
      ({ points, colour, opacity }) =>
        `<path d="${path(points)}Z" fill="${escaped(colour)}" fill-opacity="${opacity}"/>`,
    ),
    ...bars.map(
      ({ left, top, width, height, colour, opacity }) =>
        `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" fill="${escaped(colour)}" fill-opacity="${opacity}"/>`,
    ),
    ...lines.map(
      ({ points, colour, opacity, width, dash }) =>
        `<path d="${path(points)}" fill="none" stroke="${escaped(colour)}" stroke-opacity="${opacity}" stroke-width="${width}" stroke-linejoin="round"${dashed(dash)}/>`,
    ),
    ...dots.map(
      ({ at, radius, colour, opacity }) =>
        `<circle cx="${round(at[0])}" cy="${round(at[1])}" r="${radius}" fill="${escaped(colour)}" fill-opacity="${opacity}"/>`,
    ),
  ];
}

/** Names stand right of the lines' ends, pushed apart where they would overlap. */
function wordsOf({ ends, labels = [], area, ink }: Drawing): string[] {
  const placed = ends.map(({ at: [left, top], word, colour }) => ({ left: left + 8, top, word, colour }));
  placed.sort((a, b) => a.top - b.top);
  for (let i = 1; i < placed.length; i++) placed[i]!.top = Math.max(placed[i]!.top, placed[i - 1]!.top + 13);
  const excess = Math.max(0, (placed.at(-1)?.top ?? 0) - (area.bottom - 6));
  return [
    ...labels.map(
      ({ at: [x, y], word, size }) =>
        `<text x="${round(x)}" y="${round(y)}" text-anchor="middle" font-size="${size}" fill="${escaped(ink)}">${escaped(word)}</text>`,
    ),
    ...placed.map(
      ({ left, top, word, colour }) =>
        `<text x="${round(left)}" y="${round(top - excess + 4)}" fill="${escaped(colour)}">${escaped(word)}</text>`,
    ),
  ];
}

const line = (from: Place, to: Place, colour: string, width: number, dash: number[]): string =>
  `<line x1="${round(from[0])}" y1="${round(from[1])}" x2="${round(to[0])}" y2="${round(to[1])}" stroke="${escaped(colour)}" stroke-width="${width}"${dashed(dash)}/>`;

const dashed = (dash: number[]): string => (dash.length > 0 ? ` stroke-dasharray="${dash.join(' ')}"` : '');

function path(points: readonly (Place | null)[]): string {
  let begun = false;
  let text = '';
  for (const point of points) {
    if (point) text += `${begun ? 'L' : 'M'}${round(point[0])} ${round(point[1])}`;
    begun = point !== null;
  }
  return text;
}
