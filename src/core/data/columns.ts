import { hourMs } from './civil';
import { type DateKind, type DateOrder, inOrder, type Moment, quickIso, quickNumeric, readDate, unpack } from './dates';
import { Growing } from './growing';
import { limits } from './limits';
import { isMissing } from './missing';
import { type DecimalMark, decimalEvidence, Evidence, plainNumber, readNumber } from './numbers';
import type { PlainBlock } from './plain-lines';

/** Cells of one sort that could not be used: how many, the first few by row, and one of them as it stands. */
export interface Odd {
  count: number;
  rows: number[];
  example: string;
}
/** Raised by a builder at a cell it cannot use, so that the row can be shown. */
export interface Alarm {
  raised: boolean;
}

const noOdd = (): Odd => ({ count: 0, rows: [], example: '' });
function remember(odd: Odd, row: number, cell: string, alarm: Alarm): void {
  alarm.raised = true;
  if (odd.count++ === 0) odd.example = cell.length > 40 ? `${cell.slice(0, 40)}…` : cell;
  if (odd.rows.length < 8) odd.rows.push(row);
}

/** Collects the cells of one column, one per row, in the file's order. */
export interface ColumnBuilder {
  add(cell: string): void;
  /** The cell that stands in these bytes. */
  addFrom(block: PlainBlock, from: number, to: number): void;
}

/**
 * Numbers. While the file's decimal mark is open, every cell is stored as it reads by itself, the doubtful ones
 * (`1.234`) with the mark as a decimal one, and what it told is kept beside it; `finish` then turns the doubtful cells
 * into thousands where that is what they proved to be. So no file is read twice.
 */
export class NumberBuilder implements ColumnBuilder {
  readonly kind = 'number';
  readonly #values: ReturnType<typeof Growing.doubles>;
  readonly #told: ReturnType<typeof Growing.bytes> | null;
  readonly #mark: DecimalMark | null;
  readonly #markCode: number;
  readonly #alarm: Alarm;
  /** Not numbers in any reading. */
  readonly words = noOdd();
  /** Infinite, or more than the engine can hold. */
  readonly tooLarge = noOdd();
  readonly evidence = { point: 0, comma: 0 };

  constructor(mark: DecimalMark | null, expected: number, alarm: Alarm) {
    this.#alarm = alarm;
    this.#mark = mark;
    this.#markCode = mark === null ? 0 : mark.charCodeAt(0);
    this.#values = Growing.doubles(expected);
    this.#told = mark === null ? Growing.bytes(expected) : null;
  }

  add(cell: string): void {
    const value = plainNumber(cell, this.#markCode);
    if (Number.isNaN(value)) this.#addSlow(cell);
    else this.#store(value, Evidence.none);
  }

  addFrom(block: PlainBlock, from: number, to: number): void {
    if (from === to) this.#store(Number.NaN, Evidence.none);
    else this.#addSlow(block.slice(from, to));
  }

  /** A plain number, read with this column's mark. */
  addNumber(value: number): void {
    this.#store(value, Evidence.none);
  }

  #addSlow(cell: string): void {
    if (isMissing(cell)) {
      this.#store(Number.NaN, Evidence.none);
      return;
    }
    let evidence: Evidence = Evidence.none;
    let mark = this.#mark;
    if (mark === null) {
      evidence = decimalEvidence(cell) ?? Evidence.none;
      if (evidence === Evidence.point) this.evidence.point++;
      if (evidence === Evidence.comma) this.evidence.comma++;
      mark = evidence === Evidence.comma || evidence === Evidence.openComma ? ',' : '.';
    }
    const value = readNumber(cell, mark);
    if (Number.isNaN(value)) remember(this.words, this.#values.length, cell, this.#alarm);
    else if (Math.abs(value) > limits.largestValue) remember(this.tooLarge, this.#values.length, cell, this.#alarm);
    this.#store(Math.abs(value) <= limits.largestValue ? value : Number.NaN, evidence);
  }

  #store(value: number, evidence: Evidence): void {
    this.#values.push(value);
    this.#told?.push(evidence);
  }

  finish(mark: DecimalMark): Float64Array {
    const values = this.#values.finish();
    const told = this.#told?.finish();
    if (!told) return values;
    const [open, sure] = mark === '.' ? [Evidence.openComma, Evidence.comma] : [Evidence.openPoint, Evidence.point];
    for (let row = 0; row < values.length; row++) {
      if (told[row] === open) values[row] = Math.round(values[row]! * 1000);
      if (told[row] === sure) {
        remember(this.words, row, String(values[row]), this.#alarm);
        values[row] = Number.NaN;
      }
    }
    return values;
  }
}

export class TextBuilder implements ColumnBuilder {
  readonly kind = 'text';
  readonly #codes: ReturnType<typeof Growing.integers>;
  readonly #byLabel = new Map<string, number>();
  missing = 0;

  constructor(expected: number) {
    this.#codes = Growing.integers(expected);
  }

  add(cell: string): void {
    const label = cell.trim();
    let code = this.#byLabel.get(label);
    if (code === undefined) {
      if (isMissing(label)) {
        this.missing++;
        this.#codes.push(-1);
        return;
      }
      code = Math.min(this.#byLabel.size, limits.labels);
      this.#byLabel.set(code < limits.labels ? label : '…', code);
    }
    this.#codes.push(code);
  }

  addFrom(block: PlainBlock, from: number, to: number): void {
    this.add(block.slice(from, to));
  }

  /** More different texts than are kept apart. */
  get overflowing(): boolean {
    return this.#byLabel.size > limits.labels;
  }

  finish(): { codes: Int32Array; labels: string[] } {
    return { codes: this.#codes.finish(), labels: [...this.#byLabel.keys()] };
  }
}

/** What the cells of an order-open column told: values that are no month in first or second place, and no day. */
interface OrderEvidence {
  cells: number;
  /** First, second, third number over 12, over 31. */
  over12: [number, number];
  over31: [number, number, number];
  fourDigitYear: number;
}

const quickReaders: Partial<Record<DateKind, typeof quickIso>> = { iso: quickIso, numeric: quickNumeric };

export class DateBuilder implements ColumnBuilder {
  readonly kind = 'date';
  readonly dates: DateKind;
  readonly #times: ReturnType<typeof Growing.doubles>;
  readonly #alarm: Alarm;
  #offsets: ReturnType<typeof Growing.doubles> | null = null;
  readonly #moment: Moment = { time: 0, offset: Number.NaN };
  readonly told: OrderEvidence = { cells: 0, over12: [0, 0], over31: [0, 0, 0], fourDigitYear: 0 };
  readonly words = noOdd();
  /** Written like dates, but there are no such days. */
  readonly impossible = noOdd();
  missing = 0;
  example = '';

  constructor(dates: DateKind, expected: number, alarm: Alarm) {
    this.#alarm = alarm;
    this.dates = dates;
    this.#times = Growing.doubles(expected);
  }

  get length(): number {
    return this.#times.length;
  }

  /** Keeps the cell's time if it has one. */
  addIfDate(cell: string): boolean {
    if (!readDate(this.dates, cell, this.#moment) || Number.isNaN(this.#moment.time)) return false;
    this.#keep(cell);
    return true;
  }

  /** The same of a cell in bytes. False also where the cell is to be looked at more closely. */
  addIfPlainDate(block: PlainBlock, from: number, to: number): boolean {
    const quick = quickReaders[this.dates];
    if (!quick) return this.addIfDate(block.slice(from, to));
    const time = quick(block.bytes, from, to);
    if (Number.isNaN(time)) return false;
    this.#moment.time = time;
    this.#moment.offset = Number.NaN;
    this.#keep(this.example === '' ? block.slice(from, to) : '');
    return true;
  }

  /** Written like the column's dates, whether or not there is such a day. */
  looksLikeDate(cell: string): boolean {
    return readDate(this.dates, cell, this.#moment);
  }

  add(cell: string): void {
    const row = this.#times.length;
    if (!readDate(this.dates, cell, this.#moment)) {
      this.#moment.time = Number.NaN;
      this.#moment.offset = Number.NaN;
      if (isMissing(cell)) this.missing++;
      else remember(this.words, row, cell, this.#alarm);
    } else if (Number.isNaN(this.#moment.time)) remember(this.impossible, row, cell, this.#alarm);
    this.#keep(cell);
  }

  addFrom(block: PlainBlock, from: number, to: number): void {
    if (!quickReaders[this.dates] || !this.addIfPlainDate(block, from, to)) this.add(block.slice(from, to));
  }

  #keep(cell: string): void {
    const { time, offset } = this.#moment;
    if (!Number.isNaN(time)) {
      if (this.example === '') this.example = cell;
      if (this.dates === 'numeric') this.#learn(time);
    }
    if (!Number.isNaN(offset)) this.#offset(this.#times.length, offset);
    else this.#offsets?.push(Number.NaN);
    this.#times.push(time);
  }

  #learn(packed: number): void {
    const { a, b, c } = unpack(packed);
    const { told } = this;
    told.cells++;
    if (c >= 100) told.fourDigitYear++;
    if (a > 12) told.over12[0]++;
    if (b > 12) told.over12[1]++;
    if (a > 31) told.over31[0]++;
    if (b > 31) told.over31[1]++;
    if (c > 31) told.over31[2]++;
  }

  #offset(row: number, minutes: number): void {
    if (!this.#offsets) {
      this.#offsets = Growing.doubles(row);
      for (let i = 0; i < row; i++) this.#offsets.push(Number.NaN);
    }
    this.#offsets.push(minutes);
  }

  /** Packed cells as they are, for judging the order. */
  packed(): Float64Array {
    return this.#times.finish();
  }

  /** Times of the wall clock, the offsets from UTC in minutes beside them (null: none written). */
  finish(order: DateOrder): { times: Float64Array; offsets: Float64Array | null } {
    const times = this.#times.finish();
    if (this.dates === 'numeric') {
      for (let row = 0; row < times.length; row++) {
        const time = inOrder(times[row]!, order);
        if (Number.isNaN(time) && !Number.isNaN(times[row]!))
          remember(this.impossible, row, writtenAs(times[row]!), this.#alarm);
        times[row] = time;
      }
    }
    return { times, offsets: this.#offsets?.finish() ?? null };
  }
}

function writtenAs(packed: number): string {
  const { a, b, c, clock } = unpack(packed);
  return `${a}/${b}/${c}${clock > 0 ? ` ${Math.floor(clock / hourMs)}:…` : ''}`;
}
