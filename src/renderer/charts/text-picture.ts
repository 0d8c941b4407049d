import type { Drawing, Place } from '../../core/draw/svg';
import { widthOf } from '../../core/draw/words';
import type { Formatter } from '../../core/format';
import type { Num } from '../../core/inside/view';
import type { Palette } from './palette';
import { lookOf, paperWidth } from './paper';
import { tinted } from './pictures';

/** Characters or words in the order they were read, each on the colour of one number: as the window shows a text. */
export interface ColouredPiece {
  text: string;
  /** Stands below it, small. */
  below?: string;
}
const margin = 12;
const [letterSize, belowSize] = [13, 11];
/** At more than this letters are hard to read on it. */
const strongest = 0.48;

export function textPicture(
  pieces: ColouredPiece[],
  { trace, reach, apart }: { trace: Num[]; reach: number; apart: boolean },
  words: { title: string; note: string; measure: string },
  palette: Palette,
  format: Formatter,
): Drawing {
  const { placed, bottom } = flow(pieces, apart);
  const { title, note, measure } = words;
  const colour = (value: Num) => {
    const share = value === null ? 0 : strongest * Math.min(1, Math.abs(value) / (reach || 1));
    return tinted((value ?? 0) < 0 ? palette.negative : palette.positive, palette.surface, share);
  };
  const signed = trace.some((value) => (value ?? 0) < 0);
  const end = (hue: string) => tinted(hue, palette.surface, strongest);
  const written = (value: number) => format.significant(value, 2);
  return {
    ...{ width: paperWidth, height: bottom + 58, title, note, summary: '' },
    area: { left: margin, top: 0, right: paperWidth - margin, bottom: bottom + 4 },
    ...{ legend: [], spans: [], rule: null, fills: [], lines: [], dots: [], ends: [] },
    ...{ x: { title: '', ticks: [] }, y: { title: '', ticks: [] } },
    bars: placed.map(({ left, top, width, height }, t) => ({
      ...{ left, top, width, height, opacity: 1 },
      colour: colour(trace[t] ?? null),
    })),
    labels: placed.flatMap(({ left, top, width }, t) => {
      const { text, below } = pieces[t]!;
      const at = (down: number): Place => [left + width / 2, top + down];
      return [
        { at: at(15), word: text.replace('\n', ''), size: letterSize },
        ...(below ? [{ at: at(31), word: below, size: belowSize }] : []),
      ];
    }),
    cells: {
      ...{ columns: 0, rows: 0, codes: [], colours: [] },
      scale: {
        title: measure,
        colours: [...(signed ? [end(palette.negative)] : []), palette.surface, end(palette.positive)],
        labels: [...(signed ? [written(-reach)] : []), '0', written(reach)],
      },
    },
    ...lookOf(palette),
  };
}

/** From left to right in lines; a line of the text that ends begins a new one here. */
function flow(pieces: ColouredPiece[], apart: boolean) {
  const height = apart && pieces.some(({ below }) => below !== undefined) ? 38 : 20;
  let [left, top] = [margin, 4];
  const placed = pieces.map(({ text, below = '' }) => {
    const width = apart
      ? Math.max(widthOf(text, letterSize), widthOf(below, belowSize)) + 12
      : Math.max(9, widthOf(text.replace('\n', ''), letterSize) + 1);
    if (left > margin && left + width > paperWidth - margin) [left, top] = [margin, top + height + (apart ? 6 : 2)];
    const box = { left, top, width, height };
    left += width + (apart ? 4 : 0);
    if (text.endsWith('\n')) [left, top] = [margin, top + height + 2];
    return box;
  });
  return { placed, bottom: (placed.at(-1)?.top ?? 0) + height };
}
