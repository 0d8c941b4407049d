import { LabError } from '../../errors';
import type { GivenText, LabelledReading } from './record';

/** Sentences as they were read from a file of tokens and tags. */
export interface TaggedText {
  texts: GivenText[];
  /** The choices as they were made: columns by their numbers from 1 on. */
  reading: Required<Pick<LabelledReading, 'text' | 'label'>>;
  columns: string[];
  notes: { code: string; facts: Record<string, string | number> }[];
}

interface Line {
  /** 1-based. */
  line: number;
  /** Empty: between two sentences. */
  cells: string[];
}

/** Lines that decide about columns. */
const looked = 2000;

/** How the lines of a file of tokens are made up. */
export interface TaggedShape {
  /** Tab, or blanks. */
  tabs: boolean;
  /** Cells of most lines. */
  width: number;
  /** Columns from 0 on; the tag is null for the last cell of a line, whatever its number. */
  token: number;
  tag: number | null;
  /** Whether lines bear numbers as in CoNLL-U, where those such as 1-2 and 3.1 are no words. */
  numbered: boolean;
}

export const cellsOf = (line: string, tabs: boolean): string[] =>
  line.trim() === '' ? [] : tabs ? line.replace(/\t+$/, '').split('\t') : line.trim().split(/\s+/);

/** Tokens and tags by their usual places: the first and the last column; of CoNLL-U, the second and the fourth. */
export function shapeOfTagged(lines: readonly string[]): TaggedShape {
  const some = lines.filter((line) => line.trim() !== '').slice(0, looked);
  const tabs = some.filter((line) => line.includes('\t')).length > some.length / 2;
  const all = some.map((line) => cellsOf(line, tabs));
  const widths = new Map<number, number>();
  for (const { length } of all) widths.set(length, (widths.get(length) ?? 0) + 1);
  const width = [...widths].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];
  const rows = all.filter(({ length }) => length === width);
  const numbered = width >= 8 && rows.filter(([first]) => /^\d+(?:[-.]\d+)?$/.test(first!)).length > 0.9 * rows.length;
  return { tabs, width, token: numbered ? 1 : 0, tag: numbered ? 3 : null, numbered };
}

/**
 * Sentences of a text of one token a line, blank lines between them: the first cell is the token, the last its tag, unless chosen.
 * Comments (lines that begin with # and are not as wide as the rest), lines of CoNLL's -DOCSTART- and a heading are passed over.
 * @param tagged false: tags are read where there are any, and not asked for
 * @throws LabError labels.column, labels.one-column, labels.no-texts, labels.no-blank-line
 */
export function readTagged(text: string, chosen: LabelledReading = {}, tagged = true): TaggedText {
  const lines = text.split('\n');
  const found = shapeOfTagged(lines);
  const shape = {
    ...found,
    token: columnOf(chosen.text, found) ?? found.token,
    tag: columnOf(chosen.label, found) ?? found.tag,
  };
  const rows = withoutHeading(rowsOf(lines, shape), shape);
  const bare = !tagged && shape.width < 2;
  const texts: GivenText[] = [];
  let words: string[] = [];
  let tags: string[] = [];
  const end = () => {
    if (words.length > 0) texts.push({ content: words, labels: bare ? [] : tags });
    [words, tags] = [[], []];
  };
  for (const { line, cells } of rows) {
    if (cells.length === 0) {
      end();
      continue;
    }
    const token = cells[shape.token]?.trim();
    const tag = cells[shape.tag ?? cells.length - 1]?.trim();
    if (!bare && (cells.length < 2 || !token || !tag))
      throw new LabError(
        'labels.one-column',
        { line, content: cells.join(' ').slice(0, 40), even: evenness(rows, shape) },
        { line },
      );
    words.push(token ?? cells[0]!);
    tags.push(tag ?? '');
  }
  end();
  if (texts.length === 0) throw new LabError('labels.no-texts', { kind: 'tagging' });
  if (tagged && texts.length === 1) throw new LabError('labels.no-blank-line', { words: texts[0]!.content.length });
  return {
    texts,
    reading: { text: String(shape.token + 1), label: String((shape.tag ?? Math.max(1, shape.width - 1)) + 1) },
    columns: Array.from({ length: shape.width }, (_, i) => String(i + 1)),
    notes: [],
  };
}

/** How many lines in a hundred are as wide as most. */
function evenness(rows: Line[], { width }: TaggedShape): number {
  const filled = rows.filter(({ cells }) => cells.length > 0);
  return Math.round((100 * filled.filter(({ cells }) => cells.length === width).length) / filled.length);
}

function columnOf(said: string | undefined, { width }: TaggedShape): number | null {
  if (said === undefined) return null;
  const column = Number(said);
  if (Number.isInteger(column) && column >= 1 && column <= width) return column - 1;
  const columns = Array.from({ length: width }, (_, i) => i + 1).join(', ');
  throw new LabError('labels.column', { column: said, columns });
}

function rowsOf(lines: readonly string[], { tabs, width, numbered }: TaggedShape): Line[] {
  return lines.flatMap((said, i): Line[] => {
    const cells = cellsOf(said, tabs);
    const first = cells[0] ?? '';
    if (cells.length > 0 && first.startsWith('#') && cells.length !== width) return [];
    if (first === '-DOCSTART-' || (numbered && /^\d+[-.]\d+$/.test(first))) return [];
    return [{ line: i + 1, cells }];
  });
}

const tokenNames = /^(?:tokens?|words?|forms?|토큰|단어|형태)$/i;
const tagNames = /^(?:tags?|pos|upos|xpos|ner|labels?|pos_?tags?|태그|품사|레이블)$/i;

/** A first line that says "token" and "tag" names the columns. */
function withoutHeading(rows: Line[], { token, tag }: TaggedShape): Line[] {
  const at = rows.findIndex(({ cells }) => cells.length > 0);
  const cells = rows[at]?.cells ?? [];
  const [name, kind] = [cells[token] ?? '', cells[tag ?? cells.length - 1] ?? ''];
  return tokenNames.test(name) && tagNames.test(kind) ? rows.slice(at + 1) : rows;
}
