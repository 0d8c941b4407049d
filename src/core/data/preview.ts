import { formatTime } from './civil';
import type { Column, PreviewRow, Reading } from './frame';

interface RawRow {
  line: number;
  cells: string[];
  kept: boolean;
}

/** First and last rows shown. */
export const rowsAtEnds = 5;
const strangest = 8;
/** Characters of a cell that are shown. */
const shown = 200;

/** Keeps the first, the strangest and the last rows of a file while it is read. */
export class Preview {
  readonly #first: RawRow[] = [];
  readonly #last: RawRow[] = [];
  readonly #strange = new Map<number, RawRow>();

  /** The first rows are there. */
  get begun(): boolean {
    return this.#first.length === rowsAtEnds;
  }

  observe(cells: string[], line: number): void {
    if (this.#first.length < rowsAtEnds) this.#first.push(raw(cells, line, true));
    if (this.#last.length === 4 * rowsAtEnds) this.#last.splice(0, 3 * rowsAtEnds);
    this.#last.push({ line, cells, kept: true });
  }

  strange(cells: string[], line: number, kept: boolean): void {
    if (this.#strange.size < strangest && !this.#strange.has(line)) this.#strange.set(line, raw(cells, line, kept));
  }

  /** With the reading of each cell: `columns` and `lines` are in the file's order. */
  rows(columns: Column[], lines: Int32Array, dateOnly: boolean): Reading['preview'] {
    const read = ({ line, cells, kept }: RawRow): PreviewRow => {
      const row = rowOnLine(lines, line);
      const readings = columns.map((column) => (row === undefined ? null : readingOf(column, row, dateOnly)));
      return { line, cells, read: readings, kept: kept && row !== undefined };
    };
    const firstLines = new Set(this.#first.map(({ line }) => line));
    const last = this.#last.slice(-rowsAtEnds).filter(({ line }) => !firstLines.has(line));
    return {
      names: columns.map(({ name }) => name),
      first: this.#first.map(read),
      strange: [...this.#strange.values()].sort((a, b) => a.line - b.line).map(read),
      last: last.map(({ cells, line, kept }) => read(raw(cells, line, kept))),
    };
  }
}

const raw = (cells: string[], line: number, kept: boolean): RawRow => ({
  line,
  cells: cells.map((cell) => (cell.length > shown ? `${cell.slice(0, shown)}…` : cell)),
  kept,
});

function readingOf(column: Column, row: number, dateOnly: boolean): string | number | null {
  if (column.kind === 'empty') return null;
  if (column.kind === 'text') return column.labels[column.codes[row]!] ?? null;
  const value = column.kind === 'number' ? column.values[row]! : column.times[row]!;
  if (Number.isNaN(value)) return null;
  return column.kind === 'number' ? value : formatTime(value, dateOnly);
}

/** Position of a line in ascending lines. */
function rowOnLine(lines: Int32Array, line: number): number | undefined {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle]! < line) low = middle + 1;
    else high = middle;
  }
  return lines[low] === line ? low : undefined;
}
