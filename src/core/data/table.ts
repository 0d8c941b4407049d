import { type Alarm, type ColumnBuilder, DateBuilder, NumberBuilder, TextBuilder } from './columns';
import { joinParts } from './composite';
import { lineOf, type Rows } from './csv';
import { dateKindOf } from './date-kinds';
import { Growing } from './growing';
import { isMissing } from './missing';
import type { DecimalMark } from './numbers';
import { decimalEvidence } from './numbers';
import type { Preview } from './preview';
import type { Problems } from './problems';
import { isBlank, isComment } from './shape';
import { isTotal } from './totals';
import type { Layout } from './understand';

/** Control-Z, with which old programs end a text. */
const endOfFile = '\u001a';

/** A column whose sample was empty: its first cell decides what it is. */
class LateBuilder implements ColumnBuilder {
  #missing = 0;
  readonly #alarm: Alarm;
  #builder: TypedBuilder | null = null;

  constructor(alarm: Alarm) {
    this.#alarm = alarm;
  }

  get builder(): TypedBuilder | null {
    return this.#builder;
  }

  add(cell: string): void {
    if (!this.#builder && isMissing(cell)) {
      this.#missing++;
      return;
    }
    this.#builder ??= this.#begin(cell);
    this.#builder.add(cell);
  }

  #begin(cell: string): TypedBuilder {
    const dates = dateKindOf([cell], '', false);
    const number = decimalEvidence(cell) !== null;
    const builder = dates
      ? new DateBuilder(dates, this.#missing, this.#alarm)
      : number
        ? new NumberBuilder(null, this.#missing, this.#alarm)
        : new TextBuilder(this.#missing);
    for (let row = 0; row < this.#missing; row++) builder.add('');
    return builder;
  }
}
export type TypedBuilder = NumberBuilder | TextBuilder | DateBuilder;

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
    const mark = layout.decimalProven ? layout.decimal.mark : null;
    this.#builders = layout.columns.map(({ kind, dates }, column) => {
      if (column === this.#ownDateColumn) return null;
      if (kind === 'number') return new NumberBuilder(mark, expected, this.#alarm);
      if (kind === 'text') return new TextBuilder(expected);
      if (kind === 'date') return new DateBuilder(dates!, expected, this.#alarm);
      return kind === null ? new LateBuilder(this.#alarm) : null;
    });
  }

  add(batch: Rows): void {
    const rows = batch.cells;
    const builders = this.#builders;
    const { dataLine, width } = this.#layout.shape;
    for (let i = 0; i < rows.length; i++) {
      const cells = rows[i]!;
      const line = lineOf(batch, i);
      if (line < dataLine || !this.#isObservation(cells, line)) continue;
      if (cells.length !== width) this.#ragged(cells, line);
      for (let column = 0; column < builders.length; column++) builders[column]?.add(cells[column] ?? '');
      if (this.#alarm.raised) {
        this.#alarm.raised = false;
        this.#preview.strange(cells, line, true);
      }
      this.lines.push(line);
      this.#preview.observe(cells, line);
      this.rows++;
    }
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
