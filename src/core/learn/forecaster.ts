import type { WindowTable } from '../data/windows';
import { Arena } from '../kernels/arena';
import { instantiate, type Kernels, newMemory } from '../kernels/index';
import type { ModelSpec } from '../nn/model';
import { type Network, openNetwork, placeNetwork, type Windows } from '../nn/network';
import type { Weights } from './engine';

/** Windows that go through the network together. */
const S = 16;

/**
 * A trained model, ready to forecast: its memory is placed once for a model and a table's size, and no call allocates
 * but for its answer. A lone window takes a path of its own through the kernels, for the shortest delay.
 */
export class Forecaster {
  readonly #net: Network;
  readonly #weightsAt: number;
  readonly #f: Float32Array;
  readonly #i: Int32Array;
  readonly #tableAt: number;
  readonly #startsAt: number;
  readonly #outAt: number;
  readonly #k: Kernels;
  #table: WindowTable | null = null;

  constructor(module: WebAssembly.Module, model: ModelSpec, table: WindowTable, horizon: number, shared = true) {
    const arena = new Arena();
    const places = placeNetwork(arena, model, { S, T: table.T, kept: 0, extra: horizon, seats: 1, slices: 0 });
    this.#weightsAt = places.weights;
    this.#tableAt = arena.add('table', [table.rows, table.D]);
    this.#startsAt = arena.add('windows', [S]);
    const each = model.classes === 'every' ? table.T * model.O : Math.max(model.O, horizon * table.targetColumns);
    this.#outAt = arena.add('forecasts', [S, each]);
    const memory = newMemory(arena.bytes, shared);
    this.#f = new Float32Array(memory.buffer);
    this.#i = new Int32Array(memory.buffer);
    this.#k = instantiate(module, memory);
    this.#net = openNetwork(this.#k, this.#f, model, places, 0);
  }

  /** Models and tables of which this is equal share their places. */
  static keyOf(model: ModelSpec, table: WindowTable, horizon: number): string {
    return JSON.stringify([model, table.rows, table.D, table.targetColumns, table.T, horizon]);
  }

  /** Numbers the model has learned. */
  get count(): number {
    return this.#net.count;
  }

  take(weights: Weights, table: WindowTable): void {
    this.#f.set(weights, this.#weightsAt / 4);
    this.#net.pack();
    if (table !== this.#table) this.#f.set(table.inputs, this.#tableAt / 4);
    this.#table = table;
  }

  /** [starts.length][O], in the table's units; scores of classes as they are, of every step [starts.length][T][O]. */
  predict(starts: Int32Array): Float32Array {
    const { O, classes } = this.#net.model;
    if (classes === 'every') return this.#everyStep(starts);
    return this.#each(starts, O, (windows) => {
      this.#net.forward(windows.S, null);
      this.#emit(windows, O, 0, O);
    });
  }

  /** [starts.length][horizon][C] */
  rollOut(starts: Int32Array, horizon: number): Float32Array {
    const C = this.#net.model.O;
    return this.#each(starts, horizon * C, (windows) => {
      for (let k = 0; k < horizon; k++) {
        this.#net.forward(windows.S, null);
        this.#net.advance(windows);
        this.#emit(windows, C, k * C, horizon * C);
      }
    });
  }

  #everyStep(starts: Int32Array): Float32Array {
    const { O } = this.#net.model;
    const { T } = this.#table as WindowTable;
    return this.#each(starts, T * O, ({ S: rows, n }) => {
      this.#net.forward(rows, null);
      // row t·S + s of the outputs to row s·T + t of the answer
      for (let t = 0; t < T; t++)
        for (let s = 0; s < n; s++) {
          const from = this.#net.outputs.y + (t * rows + s) * 32;
          this.#k.toRows(1, 0, O, from, T * rows * 32, this.#outAt + (s * T + t) * O * 4, O);
        }
    });
  }

  /** Takes the windows S at a time and gathers `width` numbers for each from where `pass` leaves them. */
  #each(starts: Int32Array, width: number, pass: (windows: Windows) => void): Float32Array {
    const { T, D, targetColumns, centre, known = 0 } = this.#table as WindowTable;
    const all = new Float32Array(starts.length * width);
    for (let from = 0; from < starts.length; from += S) {
      const n = Math.min(S, starts.length - from);
      const windows: Windows = {
        S: n === 1 && this.#net.loneRow ? 1 : Math.ceil(n / 4) * 4,
        n,
        T,
        D,
        table: this.#tableAt,
        starts: this.#startsAt,
        C: targetColumns,
        centre: centre === 'last' ? D - known : 0,
      };
      this.#i.set(starts.subarray(from, from + n), this.#startsAt / 4);
      this.#net.gather(windows);
      pass(windows);
      all.set(this.#f.subarray(this.#outAt / 4, this.#outAt / 4 + n * width), from * width);
    }
    return all;
  }

  #emit({ S: rows, n, T, D, table, starts, ...at }: Windows, O: number, column: number, stride: number): void {
    const { targetColumns: C } = this.#table as WindowTable;
    // scores of classes are not values of the series
    const centre = this.#net.model.classes ? 0 : at.centre;
    const out = this.#outAt + column * 4;
    this.#k.emit(T, rows, n, D, C, O, this.#net.outputs.y, table, starts, centre, out, stride);
  }
}
