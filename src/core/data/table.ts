import { type Alarm, DateBuilder, NumberBuilder, TextBuilder } from './columns';
import { joinParts } from './composite';
import { lineOf, type Rows } from './csv';
import { Growing } from './growing';
import { LateBuilder, type TypedBuilder } from './late';
import { isMissing } from './missing';
import type { DecimalMark } from './numbers';
import { decimalEvidence } from './numbers';
import { LineScan, LineTail, type PlainBlock } from './plain-lines';
import { type Preview, rowsAtEnds } from './preview';
import type { Problems } from './problems';
import { isBlank, isComment } from './shape';
import { isTotal } from './totals';
import type { Layout } from './understand';

/** Control-Z, with which old programs end a text. */
const endOfFile = '\u001a';

/** Rows of cells in, columns out. Rows that are no observations are left out here, each with a line in the problems. */
export class TableBuilder {
  readonly #layout: Layout;
  readonly #problems: Problems;
  readonly #preview: Preview;
  readonly #builders: (TypedBuilder | LateBuilder | null)[];
  /** Reads each row's time; also the builder of its column where the time stands in one. */
  readonly time: DateBuilder | null;
  readonly #ownDateColumn: number;
  readonly #alarm: Alarm = { raised: false };
  /** Null where a row can only be told from other lines by a closer look. */
  readonly #scan: LineScan | null;
  /** [rows] line of the file each row begins on. */
  readonly lines: ReturnType<typeof Growing.integers>;
  rows = 0;

  /** `expected`: how many rows will likely come. */
  constructor(layout: Layout, problems: Problems, preview: Preview, expected: number) {
    this.lines = Growing.integers(expected);
    this.#layout = layout;
    this.#problems = problems;
    this.#preview = preview;
    this.time = layout.date && new DateBuilder(layout.date.kind, expected, this.#alarm);
    this.#ownDateColumn = layout.date?.source.columns.length === 1 ? layout.date.source.columns[0]! : -1;
    const headed = layout.shape.headerRows.some((cells) => this.time?.looksLikeDate(cells[this.#ownDateColumn] ?? ''));
    const mark = layout.decimalProven ? layout.decimal.mark : null;
    this.#builders = layout.columns.map(({ kind, dates }, column) => {
      if (column === this.#ownDateColumn) return null;
      if (kind === 'number') return new NumberBuilder(mark, expected, this.#alarm);
      if (kind === 'text') return new TextBuilder(expected);
      if (kind === 'date') return new DateBuilder(dates!, expected, this.#alarm);
      return kind === null ? new LateBuilder(this.#alarm) : null;
    });
    const numeric = this.#builders.map((builder) => builder instanceof NumberBuilder);
    const plain = this.#ownDateColumn >= 0 && !headed && layout.marks.delimiter !== ' ';
    this.#scan = plain ? new LineScan(numeric, layout.marks, mark?.charCodeAt(0) ?? 0) : null;
  }

  add(batch: Rows): void {
    for (let i = 0; i < batch.cells.length; i++) {
      const cells = batch.cells[i]!;
      const line = lineOf(batch, i);
      if (this.#addRow(cells, line)) this.#preview.observe(cells, line);
    }
  }

  /** False for a row that is no observation. */
  #addRow(cells: string[], line: number): boolean {
    const { dataLine, width } = this.#layout.shape;
    const builders = this.#builders;
    if (line < dataLine || !this.#isObservation(cells, line)) return false;
    if (cells.length !== width) this.#ragged(cells, line);
    for (let column = 0; column < builders.length; column++) builders[column]?.add(cells[column] ?? '');
    if (this.#alarm.raised) this.#alarmed(cells, line);
    this.lines.push(line);
    this.rows++;
    return true;
  }

  /** Shows a row of which a cell could not be used. */
  #alarmed(cells: string[], line: number): void {
    this.#alarm.raised = false;
    this.#preview.strange(cells, line, true);
  }

  /**
   * Adds the lines of a block as long as they are plain.
   * @returns lines added, and the position of the first that was not
   */
  addPlain(block: PlainBlock, firstLine: number): { lines: number; at: number } {
    const scan = this.#scan;
    const size = block.bytes.length;
    let at = 0;
    let line = firstLine;
    if (!scan) return { lines: 0, at };
    const cellsOf = (from: number, to: number) => block.line(from, to).split(this.#layout.marks.delimiter);
    const tail = new LineTail(rowsAtEnds);
    for (; at < size && scan.read(block, at); at = scan.next, line++) {
      if (this.#addPlainRow(block, at, line)) {
        if (this.#alarm.raised) this.#alarmed(cellsOf(at, scan.end), line);
      } else if (!this.#addRow(cellsOf(at, scan.end), line)) continue;
      if (this.#preview.begun) tail.note(at, scan.end, line);
      else this.#preview.observe(cellsOf(at, scan.end), line);
    }
    tail.each((from, to, row) => this.#preview.observe(cellsOf(from, to), row));
    return { lines: line - firstLine, at };
  }

  /** Adds a line that is an observation beyond doubt; false where it has to be looked at more closely. */
  #addPlainRow(block: PlainBlock, start: number, line: number): boolean {
    const { ends, values, cells } = this.#scan!;
    const date = this.#ownDateColumn;
    if (cells !== ends.length || line < this.#layout.shape.dataLine) return false;
    if (!this.time!.addIfPlainDate(block, date === 0 ? start : ends[date - 1]! + 1, ends[date]!)) return false;
    let from = start;
    for (let column = 0; column < ends.length; column++) {
      const builder = this.#builders[column];
      const to = ends[column]!;
      const value = values[column]!;
      if (builder instanceof NumberBuilder && !Number.isNaN(value)) builder.addNumber(value);
      else builder?.addFrom(block, from, to);
      from = to + 1;
    }
    this.lines.push(line);
    this.rows++;
    return true;
  }

  /** Whether the row is one; its time is kept when it is. */
  #isObservation(cells: string[], line: number): boolean {
    if ((cells[0] === '' && isBlank(cells)) || cells[0] === endOfFile) return false;
    if (this.#isHeader(cells)) return this.#skip('data.repeated-header', cells, line);
    const { date, shape } = this.#layout;
    if (!date) {
      const code = cells[0]!.charCodeAt(0);
      if (code >= 48 && code <= 57) return true;
      if (isComment(cells)) return this.#skip('data.comment', cells, line);
      if (isTotal(cells[0]!)) return this.#skip('data.totals', cells, line);
      const words = cells.filter((cell) => !isMissing(cell));
      const short = cells.length < shape.width;
      if (words.length === 1 && (shape.width > 2 || short) && decimalEvidence(words[0]!) === null) {
        return this.#skip('data.remark', cells, line);
      }
      return true;
    }
    if (cells.length < shape.width && isAside(cells)) return this.#skip('data.remark', cells, line);
    const text = joinParts(date.source, cells);
    if (this.time!.addIfDate(text)) return true;
    return this.#withoutDate(text, cells, line);
  }

  #withoutDate(text: string, cells: string[], line: number): false {
    const words = cells.filter((cell) => cell.trim() !== '');
    if (isComment(cells)) return this.#skip('data.comment', cells, line);
    if (words.slice(0, 2).some(isTotal)) return this.#skip('data.totals', cells, line);
    if (words.length === 1 && this.#layout.shape.width > 1) return this.#skip('data.remark', cells, line);
    const missing = isMissing(text) || /^[-\s:]*$/.test(text);
    const facts = { column: this.#layout.date!.source.name, example: text.slice(0, 40) };
    if (missing) this.#problems.warn('data.no-date', facts, line);
    else this.#problems.warn(this.time!.looksLikeDate(text) ? 'data.impossible-date' : 'data.bad-date', facts, line);
    this.#preview.strange(cells, line, false);
    return false;
  }

  #isHeader(cells: string[]): boolean {
    for (const header of this.#layout.shape.headerRows) {
      if (header[0] === cells[0] && header.every((cell, i) => cell === (cells[i] ?? ''))) return true;
    }
    return false;
  }

  #skip(
    code: 'data.repeated-header' | 'data.comment' | 'data.totals' | 'data.remark',
    cells: string[],
    line: number,
  ): false {
    this.#problems.note(code, { example: (cells.find((cell) => cell.trim() !== '') ?? '').slice(0, 40) }, line);
    this.#preview.strange(cells, line, false);
    return false;
  }

  #ragged(cells: string[], line: number): void {
    const { width } = this.#layout.shape;
    if (cells.length > width && cells.slice(width).every((cell) => cell.trim() === '')) return;
    this.#problems.warn(
      cells.length > width ? 'data.wide-row' : 'data.short-row',
      { cells: cells.length, width },
      line,
    );
    this.#preview.strange(cells, line, true);
  }

  /** Per column what was built of it; null for the column of times itself and for columns without any cell. */
  builders(): (TypedBuilder | null)[] {
    return this.#builders.map((builder) => (builder instanceof LateBuilder ? builder.builder : builder));
  }

  get ownDateColumn(): number {
    return this.#ownDateColumn;
  }

  /** What the whole file told of the decimal mark, where the sample had left it open. */
  decimalTold(): { point: number; comma: number } {
    const told = { point: 0, comma: 0 };
    for (const builder of this.builders()) {
      if (!(builder instanceof NumberBuilder)) continue;
      told.point += builder.evidence.point;
      told.comma += builder.evidence.comma;
    }
    return told;
  }
}

/** The mark the sample and the whole file agree on. */
export function finalMark(
  layout: Layout,
  told: { point: number; comma: number },
): { mark: DecimalMark; open: boolean } {
  if (layout.decimalProven || told.point === told.comma) return { ...layout.decimal };
  return { mark: told.point > told.comma ? '.' : ',', open: false };
}

/** Beside its first cell one sentence and nothing else: `Feb 9, 2024,0.24 Dividend`. */
function isAside(cells: string[]): boolean {
  const [word, ...others] = cells.slice(1).filter((cell) => cell.trim() !== '');
  return word !== undefined && others.length === 0 && /\p{L}/u.test(word) && decimalEvidence(word) === null;
}
