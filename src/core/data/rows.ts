import { LineDecoder } from './bytes';
import { CsvParser } from './csv';
import type { Encoding } from './encoding';
import { LineCutter, lineFeed, PlainBlock } from './plain-lines';
import type { TableBuilder } from './table';

interface Dialect {
  encoding: Encoding;
  delimiter: string;
  quote: string;
}

/** A file's bytes, stretch by stretch, into the rows of a table: plain lines where they stand, all others as text. */
export class RowReader {
  readonly decoder: LineDecoder;
  readonly #parser: CsvParser;
  readonly #table: TableBuilder;
  /** Null where lines do not end with a byte of their own. */
  readonly #cutter: LineCutter | null;

  constructor({ encoding, delimiter, quote }: Dialect, table: TableBuilder) {
    this.decoder = new LineDecoder(encoding);
    this.#parser = new CsvParser(delimiter, quote);
    this.#table = table;
    this.#cutter = encoding.name.startsWith('utf-16') ? null : new LineCutter();
  }

  /** @throws LabError data.unclosed-quote, data.long-row, data.binary */
  push(stretch: Uint8Array): void {
    const bytes = this.#cutter?.push(stretch) ?? stretch;
    let at = 0;
    if (this.#cutter?.atLine && this.#parser.idle && bytes.at(-1) === lineFeed) {
      const plain = this.#table.addPlain(new PlainBlock(bytes), this.#parser.line);
      this.#parser.skip(plain.lines);
      at = plain.at;
    }
    if (at < bytes.length) this.#text(bytes.subarray(at), false);
  }

  /** @throws LabError as `push` does */
  finish(): void {
    this.#text(this.#cutter?.rest() ?? new Uint8Array(), true);
  }

  #text(bytes: Uint8Array, last: boolean): void {
    this.#table.add(this.#parser.push(this.decoder.push(bytes, last), last));
  }
}
