import Papa from 'papaparse';
import { LabError } from '../errors';
import { limits } from './limits';

/** Rows as Papa Parse splits them, each with the line of the file its first character is on. */
export interface Rows {
  cells: string[][];
  /** Line of row i: `firstLine + i`, unless a row spans lines. */
  firstLine: number;
  /** [rows]; null where every row is one line. */
  lines: number[] | null;
}

export const lineOf = ({ lines, firstLine }: Rows, row: number) => (lines ? lines[row]! : firstLine + row);

/**
 * Text in, rows out, piece by piece. Papa Parse splits the cells; what is kept here is the unfinished last row and the
 * count of lines. Expects line feeds only (see bytes.ts).
 */
export class CsvParser {
  #rest = '';
  #line = 1;
  readonly #parser: Papa.Parser;

  readonly #delimiter: string;
  readonly #quote: string;

  constructor(delimiter: string, quote = '"') {
    this.#parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: quote });
    this.#delimiter = delimiter;
    this.#quote = quote;
  }

  /** Line of the next character. */
  get line(): number {
    return this.#line;
  }

  /** Whether the last row is finished. */
  get idle(): boolean {
    return this.#rest === '';
  }

  /** Counts lines that another way was found through. */
  skip(lines: number): void {
    this.#line += lines;
  }

  /** @throws LabError data.unclosed-quote, data.long-row */
  push(text: string, last: boolean): Rows {
    const given = this.#delimiter === ' ' ? withoutPadding(this.#rest + text) : this.#rest + text;
    const input = given.includes('="') ? withoutFormulas(given, this.#delimiter) : given;
    const { data, errors, meta } = this.#parser.parse(input, 0, !last) as Papa.ParseResult<string[]>;
    if (last && errors.some(({ code }) => code === 'MissingQuotes')) throw this.#unclosed(data);
    this.#rest = last ? '' : input.slice(meta.cursor);
    const rows = this.#located(data, input.includes(this.#quote) && lineFeeds(input, meta.cursor) !== data.length);
    if (this.#rest.length > limits.rowCharacters) {
      if (this.#rest.includes(this.#quote))
        throw new LabError('data.unclosed-quote', { line: this.#line }, { line: this.#line });
      const facts = { line: this.#line, characters: limits.rowCharacters };
      throw new LabError('data.long-row', facts, { line: this.#line });
    }
    return rows;
  }

  /** `uneven`: some row may be more than one line. */
  #located(cells: string[][], uneven: boolean): Rows {
    const firstLine = this.#line;
    if (!uneven) {
      this.#line += cells.length;
      return { cells, firstLine, lines: null };
    }
    const lines = new Array<number>(cells.length);
    for (let i = 0; i < cells.length; i++) {
      lines[i] = this.#line;
      this.#line += linesOf(cells[i]!);
    }
    return { cells, firstLine, lines };
  }

  /** The quote stands where the last cell, which swallowed the rest of the file, begins. */
  #unclosed(data: string[][]): LabError {
    const rows = this.#located(data, true);
    const before = data.at(-1)!.slice(0, -1);
    const line = lineOf(rows, data.length - 1) + linesOf(before) - 1;
    return new LabError('data.unclosed-quote', { line }, { line });
  }
}

function lineFeeds(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function linesOf(cells: string[]): number {
  let lines = 1;
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) lines++;
  }
  return lines;
}

/** All rows of a text at once, for looking at a sample; an unfinished last row is left out unless the text is whole. */
export function splitSample(text: string, delimiter: string, whole: boolean, quote = quoteOf(text)): Rows {
  try {
    return new CsvParser(delimiter, quote).push(text, whole);
  } catch (error) {
    if (!(error instanceof LabError) || !whole) throw error;
    return new CsvParser(delimiter, quote).push(text, false);
  }
}

/** Columns padded with blanks, with one blank between them; so too behind the number sign of a header. */
function withoutPadding(text: string): string {
  return text
    .replace(/[ \t]+/g, ' ')
    .replace(/(^|\n) /g, '$1')
    .replace(/ (?=\n)/g, '')
    .replace(/(^|\n)(#+) /g, '$1$2');
}

/** Spreadsheets keep a text as it is when it is written as a formula: `="00123"`. */
function withoutFormulas(text: string, delimiter: string): string {
  const before = `(^|[\\n${delimiter.replace(/[\\\]^-]/, '\\$&')}])`;
  return text
    .replace(new RegExp(`${before}"=""([^"\\n]*)"""`, 'g'), '$1"$2"')
    .replace(new RegExp(`${before}=("[^"\\n]*")`, 'g'), '$1$2');
}

/** The mark around cells: a single one where there are no double ones and half the rows have a cell in single ones. */
export function quoteOf(text: string): string {
  if (text.includes('"')) return '"';
  const rows = text.split('\n', 400).filter((row) => row !== '');
  const quoted = rows.filter((row) => /(?:^|[,;\t|])'[^']*'(?:[,;\t|]|$)/.test(row));
  return quoted.length > rows.length / 2 ? "'" : '"';
}
