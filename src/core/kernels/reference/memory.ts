/**
 * What the twins work on: the numbers and, for window numbers, the 32-bit words of one arena. Single precision shares
 * one memory with the kernels; double precision is an oracle of its own. Offsets stay those of 4-byte numbers.
 */
export interface Memory {
  f: Float32Array | Float64Array;
  i: Int32Array;
}
export const single = (memory: ArrayBufferLike): Memory => ({ f: new Float32Array(memory), i: new Int32Array(memory) });
export const double = (bytes: number): Memory => ({ f: new Float64Array(bytes / 4), i: new Int32Array(bytes / 4) });

export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** A matrix among the numbers: element (row, column). */
export interface View {
  get(row: number, column: number): number;
  set(row: number, column: number, value: number): void;
}

/** Rows `ld` numbers apart. */
export function rowsView({ f }: Memory, pointer: number, ld: number): View {
  const base = pointer / 4;
  return {
    get: (row, column) => f[base + row * ld + column] as number,
    set: (row, column, value) => {
      f[base + row * ld + column] = value;
    },
  };
}

/** Panels of eight columns, `panel` bytes apart. */
export function panelsView({ f }: Memory, pointer: number, panel: number): View {
  const base = pointer / 4;
  const at = (row: number, column: number) => base + (column >> 3) * (panel / 4) + row * 8 + (column & 7);
  return {
    get: (row, column) => f[at(row, column)] as number,
    set: (row, column, value) => {
      f[at(row, column)] = value;
    },
  };
}

/** The matrix packed in panels of eight columns, each `rows` rows long. */
export const packedView = (memory: Memory, pointer: number, rows: number) => panelsView(memory, pointer, rows * 32);

/** Σₖ a[i][k0 + k] · b[k][j] over K terms. */
export function dot(a: View, i: number, k0: number, b: View, j: number, K: number): number {
  let sum = 0;
  for (let k = 0; k < K; k++) sum += a.get(i, k0 + k) * b.get(k, j);
  return sum;
}

/** to [rows][columns] = (what is there, with `add`) + a [rows][K from column `from` on] · b [K][columns]. */
export function multiply(
  to: View,
  a: View,
  from: number,
  b: View,
  { rows, K, columns, add = false }: { rows: number; K: number; columns: number; add?: boolean },
): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) to.set(i, j, (add ? to.get(i, j) : 0) + dot(a, i, from, b, j, K));
}
