import { CsvParser, lineOf, quoteOf } from '../../data/csv';
import { delimiterNamed, sniffDelimiter } from '../../data/delimiter';
import { LabError } from '../../errors';
import type { GivenText, LabelledReading } from './record';

/** Rows of a table of texts, each with its label. */
export interface LabelledTable {
  texts: GivenText[];
  reading: Required<Pick<LabelledReading, 'delimiter' | 'headerLine' | 'text' | 'label'>>;
  columns: string[];
  notes: { code: string; facts: Record<string, string | number> }[];
}

/** A text as rows of cells, with the names of their columns. */
export interface TextTable {
  delimiter: string;
  /** 1-based line of the heading; 0: none. */
  headerLine: number;
  names: string[];
  rows: { line: number; cells: string[] }[];
}

/** Rows that decide about columns. */
const looked = 2000;
/** Different labels at most in a column that is taken for labels without being named. */
const mostLikely = 60;
const labelNames =
  /^(?:labels?|class(?:es)?|categor(?:y|ies)|sentiments?|targets?|polarity|intents?|topics?|tags?|stars?|ratings?|scores?|y|감정|감성|레이블|라벨|분류|평점|긍부정)$/i;
const textNames =
  /^(?:texts?|reviews?|sentences?|comments?|messages?|documents?|content|body|headlines?|titles?|tweets?|본문|텍스트|리뷰|문장|내용|댓글)$/i;

/** Whether a heading says that a column holds texts or labels. */
export const isTelling = (name: string): boolean => labelNames.test(name) || textNames.test(name);
/** Whether headings name a column of texts and another of labels. */
export const areTelling = (names: readonly string[]): boolean =>
  names.some((name) => textNames.test(name)) && names.some((name) => labelNames.test(name) && !textNames.test(name));

/** Splits a text into rows and finds its heading. Only lengths and repetitions are looked at, for such tables are words throughout. */
export function splitTable(text: string, chosen: LabelledReading = {}): TextTable {
  const delimiter = delimiterNamed(chosen.delimiter) ?? delimiterOf(text);
  const parsed = new CsvParser(delimiter, quoteOf(text.slice(0, 1 << 20))).push(text, true);
  const all = parsed.cells
    .map((cells, i) => ({ line: lineOf(parsed, i), cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const width = commonest(all.slice(0, looked).map(({ cells }) => cells.length));
  const headerLine = chosen.headerLine ?? headerOf(all, width);
  const heading = headerLine > 0 ? all.find(({ line }) => line >= headerLine) : undefined;
  const names = Array.from({ length: width }, (_, c) => heading?.cells[c]?.trim() || String(c + 1));
  return { delimiter, headerLine, names, rows: all.filter(({ line }) => line > (heading?.line ?? 0)) };
}

/** The delimiter that gives most rows one width of two columns or more; where several do, the lab's own choice. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, 1 << 18);
  const whole = sample.length === text.length;
  const sniffed = sniffDelimiter(sample, whole);
  const shares = [sniffed, '\t', ',', ';', '|'].map((delimiter) => ({ delimiter, share: evenness(sample, delimiter) }));
  return shares.reduce((a, b) => (b.share > a.share + 0.05 ? b : a)).delimiter;
}

/** Share of rows that have the commonest width, if that is two or more. */
function evenness(sample: string, delimiter: string): number {
  const { cells } = new CsvParser(delimiter, quoteOf(sample)).push(sample, false);
  const widths = cells
    .slice(0, looked)
    .filter((row) => row.some((cell) => cell.trim() !== ''))
    .map(({ length }) => length);
  const width = commonest(widths);
  return width < 2 ? 0 : widths.filter((each) => each === width).length / widths.length;
}

function commonest(values: number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];
}

/** The first row is the heading unless one of its cells is a label that comes again below, or a name for itself is a long text. */
function headerOf(rows: { line: number; cells: string[] }[], width: number): number {
  const [first, ...rest] = rows.slice(0, looked);
  if (!first || first.cells.length !== width) return first ? first.line : 0;
  if (first.cells.some((cell) => isTelling(cell.trim()))) return first.line;
  const again = first.cells.some((cell, c) => {
    const below = rest.map(({ cells }) => cells[c]?.trim() ?? '');
    const isLabel = new Set(below).size <= Math.max(2, below.length / 2);
    return isLabel && (below.includes(cell.trim()) || (/\d/.test(cell) && below.every((other) => /\d/.test(other))));
  });
  return again || first.cells.some((cell) => cell.length > 60) ? 0 : first.line;
}

interface Column {
  name: string;
  /** Mean characters of its cells, share of them that are written, different ones among them. */
  length: number;
  filled: number;
  different: number;
  numbers: number;
}

function describe({ names, rows }: TextTable): Column[] {
  const some = rows.slice(0, looked);
  return names.map((name, c) => {
    const cells = some.map(({ cells }) => cells[c]?.trim() ?? '').filter((cell) => cell !== '');
    const total = cells.reduce((sum, cell) => sum + cell.length, 0);
    return {
      name,
      length: cells.length > 0 ? total / cells.length : 0,
      filled: cells.length / Math.max(1, some.length),
      different: new Set(cells).size,
      numbers: cells.filter((cell) => /^[\d\s.,:/+%-]+$/.test(cell)).length / Math.max(1, cells.length),
    };
  });
}

/** The columns of texts and of labels, by their names and what they hold; null where there is none. */
export function likelyColumns(table: TextTable): { text: string | null; label: string | null } {
  const columns = describe(table);
  const rows = Math.min(looked, table.rows.length);
  const worded = columns.filter(({ length, numbers, filled }) => length >= 8 && numbers < 0.5 && filled > 0.5);
  const longest = worded.reduce<Column | null>((a, b) => (a && a.length >= b.length ? a : b), null);
  const text =
    worded.find(({ name, length }) => textNames.test(name) && length > 0.3 * (longest?.length ?? 0)) ?? longest;
  const repeating = columns.filter(
    (column) =>
      column !== text &&
      column.filled > 0.5 &&
      column.different <= Math.min(mostLikely, Math.max(1, rows / 2)) &&
      column.length < 40,
  );
  const varied = repeating.filter(({ different }) => different > 1);
  const named = columns.find((column) => column !== text && column.filled > 0 && labelNames.test(column.name));
  const fewest = varied.toSorted((a, b) => a.different - b.different)[0];
  return { text: text?.name ?? null, label: (named ?? fewest ?? repeating[0])?.name ?? null };
}

/**
 * Texts with their labels out of a table. Rows without a text or without a label are left out and counted.
 * @param labelled false: a column of labels is read where there is one, and not asked for
 * @throws LabError labels.no-column, labels.column, labels.no-texts, data.header-only
 */
export function readTable(text: string, chosen: LabelledReading = {}, labelled = true): LabelledTable {
  const table = splitTable(text, chosen);
  if (table.rows.length === 0)
    throw new LabError('data.header-only', { line: table.headerLine }, { line: table.headerLine });
  const likely = likelyColumns(table);
  const { names, rows, delimiter, headerLine } = table;
  const texts = columnOf(chosen.text ?? likely.text, names, 'text');
  const labels = labelled || chosen.label !== undefined ? columnOf(chosen.label ?? likely.label, names, 'label') : null;
  let [empty, bare] = [0, 0];
  const given = rows.flatMap(({ cells }): GivenText[] => {
    const content = cells[texts]?.trim() ?? '';
    const label = labels === null ? '' : (cells[labels]?.trim() ?? '');
    if (content === '') empty++;
    else if (labels !== null && label === '') bare++;
    else return [{ content, labels: labels === null ? [] : [label] }];
    return [];
  });
  if (given.length === 0) throw new LabError('labels.no-texts', { kind: 'classification' });
  return {
    texts: given,
    reading: { delimiter, headerLine, text: names[texts]!, label: labels === null ? '' : names[labels]! },
    columns: names,
    notes: [
      ...(empty > 0 ? [{ code: 'labels.empty-texts', facts: { count: empty } }] : []),
      ...(bare > 0 ? [{ code: 'labels.without-label', facts: { count: bare } }] : []),
    ],
  };
}

function columnOf(name: string | null, names: string[], what: 'text' | 'label'): number {
  if (name === null) throw new LabError('labels.no-column', { what, columns: names.join(', ').slice(0, 200) });
  const at = names.indexOf(name);
  if (at < 0) throw new LabError('labels.column', { column: name, columns: names.join(', ').slice(0, 200) });
  return at;
}
