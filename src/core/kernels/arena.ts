/**
 * Memory is a table: every buffer is named and placed once, before anything runs, and nothing is allocated after.
 * Offsets are bytes of a WebAssembly memory; a buffer begins at a multiple of 64.
 */
export interface Buffer {
  name: string;
  /** Outermost axis first. */
  shape: number[];
  offset: number;
  bytes: number;
}

export class Arena {
  readonly table: Buffer[] = [];
  /** The first 64 bytes stay unused, so that no buffer is at 0. */
  #next = 64;

  /** Places a buffer of 4-byte numbers (`width` 8: of doubles) and returns its offset. */
  add(name: string, shape: number[], width: 4 | 8 = 4): number {
    const offset = this.#next;
    // kernels load four lanes at a time, so the last ones may reach past the end
    const bytes = shape.reduce((a, b) => a * b, width);
    this.table.push({ name, shape, offset, bytes });
    this.#next = Math.ceil((offset + bytes + 16) / 64) * 64;
    return offset;
  }

  get bytes(): number {
    return this.#next;
  }
}
