import type { WindowTable } from '../data/windows';
import { Arena } from '../kernels/arena';
import { instantiate, type Kernels, newMemory } from '../kernels/index';
import { type LayerShape, type ModelBuffers, placeModel, placeWorkspace, type Workspace } from '../nn/layout';
import type { ModelSpec } from '../nn/model';
import { forward, type Network, network, noDrop, pack, prepareRows } from '../nn/network';
import type { Weights } from './engine';

/** Windows that go through the network together. */
const S = 16;

/**
 * A trained model, ready to forecast: its memory is placed once for a model and a table's size, and no call allocates
 * but for its answer. A lone window takes a path of its own through the kernels, for the shortest delay.
 */
export class Forecaster {
  readonly #net: Network;
  readonly #work: Workspace;
  readonly #buffers: ModelBuffers;
  readonly #f: Float32Array;
  readonly #i: Int32Array;
  readonly #tableAt: number;
  readonly #startsAt: number;
  readonly #outAt: number;
  readonly #k: Kernels;
  #table: WindowTable | null = null;
  readonly key: string;

  constructor(module: WebAssembly.Module, model: ModelSpec, table: WindowTable, horizon: number) {
    const arena = new Arena();
    this.key = Forecaster.keyOf(model, table, horizon);
    this.#buffers = placeModel(arena, model);
    this.#work = placeWorkspace(arena, model, 'inference:', { S, T: table.T, kept: 0, extra: horizon });
    this.#tableAt = arena.add('table', [table.rows, table.D]);
    this.#startsAt = arena.add('windows', [S]);
    this.#outAt = arena.add('forecasts', [S, Math.max(model.O, horizon * table.targetColumns)]);
    const memory = newMemory(arena.bytes);
    this.#f = new Float32Array(memory.buffer);
    this.#i = new Int32Array(memory.buffer);
    this.#k = instantiate(module, memory);
    this.#net = network(this.#k, model, this.#buffers);
    prepareRows(this.#f, this.#net, this.#work, horizon);
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
    this.#f.set(weights, this.#buffers.weights / 4);
    pack(this.#net);
    if (table !== this.#table) this.#f.set(table.inputs, this.#tableAt / 4);
    this.#table = table;
  }

  /** [starts.length][O], in the table's units. */
  predict(starts: Int32Array): Float32Array {
    const { O } = this.#net.model;
    return this.#each(starts, O, (n, rows) => {
      forward(this.#net, this.#work, { S: rows, drop: noDrop, shift: 0, keepState: false });
      this.#emit(n, rows, O, 0, O);
    });
  }

  /** [starts.length][horizon][D] */
  rollOut(starts: Int32Array, horizon: number): Float32Array {
    const { D } = this.#net.model;
    const { T, centre } = this.#table as WindowTable;
    const { E, H } = this.#net.shapes[0] as LayerShape;
    return this.#each(starts, horizon * D, (n, rows) => {
      this.#k.clear(this.#work.moved, S * D * 4);
      for (let k = 0; k < horizon; k++) {
        forward(this.#net, this.#work, { S: rows, drop: noDrop, shift: k, keepState: false });
        const x = this.#inputs() + k * rows * (E + H) * 4;
        this.#k.feedBack(T, rows, n, D, E + H, this.#work.y, centre === 'last' ? 1 : 0, x, this.#work.moved);
        this.#emit(n, rows, D, k * D, horizon * D);
      }
    });
  }

  /** Takes the windows S at a time and gathers `width` numbers for each from where `emit` leaves them. */
  #each(starts: Int32Array, width: number, pass: (n: number, rows: number) => void): Float32Array {
    const { T, centre } = this.#table as WindowTable;
    const { E, H, D } = this.#net.shapes[0] as LayerShape;
    const all = new Float32Array(starts.length * width);
    for (let from = 0; from < starts.length; from += S) {
      const n = Math.min(S, starts.length - from);
      const rows = n === 1 ? 1 : Math.ceil(n / 4) * 4;
      this.#i.set(starts.subarray(from, from + n), this.#startsAt / 4);
      const first = this.#inputs();
      this.#k.gather(T, rows, n, D, E + H, this.#tableAt, this.#startsAt, centre === 'last' ? 1 : 0, first);
      pass(n, rows);
      all.set(this.#f.subarray(this.#outAt / 4, this.#outAt / 4 + n * width), from * width);
    }
    return all;
  }

  #emit(n: number, rows: number, O: number, column: number, stride: number): void {
    const { T, D, targetColumns, centre } = this.#table as WindowTable;
    const out = this.#outAt + column * 4;
    const centred = centre === 'last' ? 1 : 0;
    this.#k.emit(T, rows, n, D, targetColumns, O, this.#work.y, this.#tableAt, this.#startsAt, centred, out, stride);
  }

  /** Where the first layer's inputs begin. */
  #inputs(): number {
    const { E, D } = this.#net.shapes[0] as LayerShape;
    return (this.#work.layers[0]?.rows ?? 0) + (E - 1 - D) * 4;
  }
}
