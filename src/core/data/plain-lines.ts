import { numberAt } from './numbers';
import type { Marks } from './understand';

/**
 * The quick way through most of a large file: complete lines of ASCII without a quotation mark are read where their
 * bytes stand, and no string is made of a cell that is a plain number or date. Everything else goes through
 * csv.ts, cell by cell; what is read must not depend on the way (properties.test.ts).
 */
export const lineFeed = 10;
const carriageReturn = 13;

/** Complete lines, the last one with its line feed. */
export class PlainBlock {
  readonly bytes: Uint8Array;
  #text: string | null = null;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** One line's text, without making one of the whole block. */
  line(from: number, to: number): string {
    return new TextDecoder().decode(this.bytes.subarray(from, to));
  }

  /** For ranges of ASCII: under this encoding every byte is one character, so that positions are the same. */
  slice(from: number, to: number): string {
    this.#text ??= new TextDecoder('windows-1252').decode(this.bytes);
    return this.#text.slice(from, to);
  }
}

/** Finds the cells of one line after the other, and reads those that are plain numbers as it goes. */
export class LineScan {
  /** [width] position behind each cell of the line. */
  readonly ends: Int32Array;
  /** [width] the cell as a plain number, NaN where it is none or its column has none. */
  readonly values: Float64Array;
  /** Cells in the line; those beyond `width` have no entry in `ends`. */
  cells = 0;
  /** Position behind the line's last cell, and behind the line. */
  end = 0;
  next = 0;
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #mark: number;
  readonly #numeric: Uint8Array;

  /** @param numeric for each column whether it has numbers  @param mark code of their decimal mark, 0 while it is open */
  constructor(numeric: boolean[], { delimiter, quote }: Marks, mark: number) {
    this.#quote = quote.charCodeAt(0);
    this.ends = new Int32Array(numeric.length);
    this.values = new Float64Array(numeric.length);
    this.#numeric = Uint8Array.from(numeric, Number);
    this.#delimiter = delimiter.charCodeAt(0);
    this.#mark = mark;
  }

  /** The line that begins at `from`; false when it has a byte that is not for this way. */
  read({ bytes }: PlainBlock, from: number): boolean {
    const { ends, values } = this;
    const width = ends.length;
    const delimiter = this.#delimiter;
    const quote = this.#quote;
    let at = from;
    let cell = 0;
    for (; ; at++) {
      const start = at;
      const counted = cell < width && this.#numeric[cell] === 1;
      if (counted) at = numberAt(bytes, at, this.#mark, values, cell);
      let code = bytes[at]!;
      let spoilt = !counted || at === start;
      while (code !== delimiter && code !== lineFeed) {
        if (code > 127 || code === quote || code === 0) return false;
        if (code === carriageReturn && bytes[at + 1] !== lineFeed) return false;
        spoilt ||= code !== carriageReturn;
        code = bytes[++at]!;
      }
      if (cell < width) {
        ends[cell] = at;
        if (spoilt) values[cell] = Number.NaN;
      }
      cell++;
      if (code === lineFeed) break;
    }
    this.next = at + 1;
    this.end = at > from && bytes[at - 1] === carriageReturn ? at - 1 : at;
    if (cell <= width) ends[cell - 1] = this.end;
    this.cells = cell;
    return true;
  }
}

/** The last few lines noted: where each begins and ends, and its number. */
export class LineTail {
  readonly #spans: Int32Array;
  #noted = 0;

  constructor(size: number) {
    this.#spans = new Int32Array(3 * size);
  }

  note(from: number, to: number, line: number): void {
    const place = (3 * this.#noted++) % this.#spans.length;
    this.#spans[place] = from;
    this.#spans[place + 1] = to;
    this.#spans[place + 2] = line;
  }

  each(see: (from: number, to: number, line: number) => void): void {
    const size = this.#spans.length / 3;
    for (let i = Math.max(0, this.#noted - size); i < this.#noted; i++) {
      const place = 3 * (i % size);
      see(this.#spans[place]!, this.#spans[place + 1]!, this.#spans[place + 2]!);
    }
  }
}

/** Cuts stretches of bytes behind their last line feed; the rest of a line is kept for the next stretch. */
export class LineCutter {
  #held: Uint8Array = new Uint8Array();
  #cut = true;
  /** Whether what was returned last begins where a line does. */
  atLine = true;

  /** Lines, or, where a stretch has no line feed, whatever has come. */
  push(stretch: Uint8Array): Uint8Array {
    const end = stretch.lastIndexOf(lineFeed) + 1;
    this.atLine = this.#cut;
    this.#cut = end > 0;
    const lines = new Uint8Array(this.#held.length + (end || stretch.length));
    lines.set(this.#held);
    lines.set(end ? stretch.subarray(0, end) : stretch, this.#held.length);
    this.#held = end ? stretch.slice(end) : new Uint8Array();
    return lines;
  }

  /** What stands behind the last line feed. */
  rest(): Uint8Array {
    return this.#held;
  }
}
