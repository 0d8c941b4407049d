import { chooseEncoding, LineDecoder } from '../data/bytes';
import { areTelling, isTelling, likelyColumns, splitTable } from './labelled/table';
import { cellsOf, shapeOfTagged } from './labelled/tagged';

/** What a file is for: rows of a series, sentences with tags, texts with labels, or a text to learn to write. */
export const fileKinds = ['table', 'tagging', 'classification', 'text'] as const;
export type FileKind = (typeof fileKinds)[number];

/** The same of a file's first bytes. What is packed or no text at all is for the reader of tables. */
export function kindOfBytes(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) return 'text';
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'table';
  const encoding = chooseEncoding(bytes, {});
  return kindOf(new LineDecoder(encoding).push(bytes.subarray(encoding.bom), false));
}

/** What a file is, by its first lines. What is none of the others is a text, as is nothing; doubtful tables are for the reader of tables. */
export function kindOf(begins: string): FileKind {
  if (begins.trim() === '') return 'text';
  if (looksTagged(begins)) return 'tagging';
  if (looksLabelled(begins)) return 'classification';
  return looksLikeTable(begins) ? 'table' : 'text';
}

/** Lines that decide whether a file lists words. */
const mostListed = 400;
/** Lines of two words from which on they are taken for words with tags that do not come again, and not for short verses. */
const fewestListed = 20;
const isNumber = (cell: string) => /^[-+]?[\d.,:/\-eE%]*\d[\d.,:/\-eE%]*$/.test(cell);

/**
 * Whether most lines have as many cells as another, their first and their last one no numbers, few different last ones that come
 * again and again, and empty lines between; two columns parted by tabs need no empty line, for that it is missing is to be said.
 * Nor need tags come again where words alone stand in two columns with empty lines between: it is no series, and that they do not is
 * to be said too.
 */
function looksTagged(begins: string): boolean {
  const lines = begins.split('\n').slice(0, mostListed);
  const { tabs, width, token, tag, numbered } = shapeOfTagged(lines);
  if (width < 2 || (!tabs && width > 8)) return false;
  const filled = lines.filter((line) => line.trim() !== '' && !line.startsWith('# '));
  const rows = filled.map((line) => cellsOf(line, tabs)).filter((cells) => cells.length === width);
  if (rows.length < 6 || rows.length < 0.9 * filled.length) return false;
  const empty = /\S[^\S\n]*\n(?:[^\S\n]*\n)+\s*\S/.test(begins);
  if (!empty && !(tabs && width === 2)) return false;
  const tags = rows.map((cells) => cells[tag ?? width - 1] ?? '');
  const numbers = (cells: string[]) => cells.filter(isNumber).length / cells.length;
  const words = rows.map((cells) => cells[token] ?? '');
  // commas and semicolons inside the words are those of a table
  if (
    words.some((word) => word.length > 60) ||
    words.filter((word) => /\w[,;]\w/.test(word)).length > 0.1 * rows.length
  )
    return false;
  const short = tags.every((each) => each.length <= 40 && !/\s/.test(each.trim()));
  if (!short || numbers(words) >= 0.5 || (!numbered && numbers(tags) >= 0.5)) return false;
  const again = (cells: string[]) => new Set(cells).size <= cells.length / 2;
  return again(tags) || (empty && width === 2 && (tabs || (rows.length >= fewestListed && again(words))));
}

/** Mean words, or letters of scripts without blanks, from which on a cell is a text; and rows that a table must have. */
const worded = { words: 3, letters: 12 };
const fewestRows = 5;

/**
 * Whether a table has a column of texts, most of them different, and one of a few labels, and nothing that is measured: no column of
 * dates or of many different numbers but one that only counts the rows.
 */
function looksLabelled(begins: string): boolean {
  const cut = begins.lastIndexOf('\n');
  try {
    const table = splitTable(cut > 0 ? begins.slice(0, cut + 1) : begins);
    const { names, rows } = table;
    if (names.length < 2 || names.length > 20 || rows.length === 0) return false;
    const column = (name: string) => rows.map(({ cells }) => cells[names.indexOf(name)]?.trim() ?? '').filter(Boolean);
    // whatever is missing below such a heading is to be said by whoever reads texts with labels
    if (areTelling(names) && !names.some((name) => !isTelling(name) && isMeasured(column(name)))) return true;
    if (rows.length < fewestRows) return false;
    if (!names.some(isTelling) && isProse(begins.split('\n').slice(0, looked), table.delimiter)) return false;
    const even = rows.filter(({ cells }) => cells.length === names.length).length;
    const { text, label } = likelyColumns(table);
    if (even < most * rows.length || text === null || label === null) return false;
    const texts = column(text);
    const size = texts.reduce((sum, cell) => sum + cell.split(/\s+/).length, 0) / texts.length;
    const letters = texts.reduce((sum, cell) => sum + (cell.match(/[\u3040-\u30ff\u4e00-\u9fff]/g)?.length ?? 0), 0);
    if (size < worded.words && letters / texts.length < worded.letters) return false;
    const sentences = texts.filter((cell) => /\p{L}/u.test(cell) && !isNumber(cell)).length;
    if (new Set(texts).size < 0.5 * texts.length || sentences < 0.8 * texts.length) return false;
    const others = names.filter((name) => name !== text && name !== label).map(column);
    return new Set(column(label)).size > 0 && !others.some(isMeasured);
  } catch {
    return false;
  }
}

function isMeasured(cells: string[]): boolean {
  const numbers = cells.filter(isNumber).length;
  if (cells.length === 0 || numbers < 0.6 * cells.length) return false;
  const counts = cells.every((cell, i) => i === 0 || Number(cell) - Number(cells[i - 1]) === 1);
  return !counts && new Set(cells).size > Math.max(10, 0.2 * cells.length);
}

/** Whether what would part cells are commas of sentences: a blank behind them in most rows, and hardly a number between them. */
function isProse(rows: string[], delimiter: string): boolean {
  if (delimiter !== ',' && delimiter !== ';') return false;
  const spaced = rows.filter((row) => new RegExp(`${delimiter}[^\\S\\n]+\\S`).test(row)).length;
  const numbers = rows.filter((row) => row.split(delimiter).some((cell) => isNumber(cell.trim()))).length;
  return spaced > 0.5 * rows.length && numbers < 0.2 * rows.length;
}

/** Lines looked at, and the share of them that has to look like rows. */
const looked = 30;
const most = 0.8;

/**
 * Whether a text file is a table, by its first lines: most of them have equally many of one delimiter, or are nothing but
 * numbers and dates. Prose and programs are neither. What begins with such lines is left to the reader of tables, which says
 * what is wrong with it.
 */
export function looksLikeTable(begins: string): boolean {
  // JSON and markup: more likely data in the wrong form than something to learn to write
  if (/^\ufeff?\s*(\{\s*"|\[\s*[[{]|<(!doctype|html|\?xml))/i.test(begins)) return true;
  const lines = begins.split('\n');
  // the last line may be cut off
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
  const rows = whole.filter((line) => line.trim() !== '').slice(0, looked);
  if (rows.length === 0) return true;
  const enough = (count: number) => count >= most * rows.length;
  // one header line more, so that a short column of numbers is still one
  if (enough(rows.filter((row) => /^[\d\s.,:;/+\-eE]*\d[\d\s.,:;/+\-eE]*$/.test(row)).length + 1) && rows.length > 2)
    return true;
  return [',', ';', '\t', '|'].some((delimiter) => {
    if (isProse(rows, delimiter)) return false;
    const times = rows.map((row) => row.split(delimiter).length - 1).filter((count) => count > 0);
    return times.some((count) => rows.length > 2 && enough(times.filter((other) => other === count).length));
  });
}
