import { Arena } from '../kernels/arena';
import { instantiate, type Kernels, newMemory } from '../kernels/index';
import type { ModelSpec } from '../nn/model';
import { placeTokens, Tokens } from '../nn/tokens';
import type { Weights } from './engine';

/** Rows that are read side by side. */
const S = 16;

/** A trained model that reads rows of T tokens, each from a zero state, and scores the classes at every step. */
export class Labeller {
  readonly #net: Tokens;
  readonly #k: Kernels;
  readonly #f: Float32Array;
  readonly #tokens: Int32Array;
  readonly #places: { tokens: number; starts: number; out: number };
  readonly #T: number;

  constructor(module: WebAssembly.Module, model: ModelSpec, weights: Weights, T: number, shared = true) {
    const arena = new Arena();
    const places = placeTokens(arena, model, { S, T, kept: 0, extra: 0, seats: 1, slices: 0 });
    const tokens = arena.add('tokens', [S, T]);
    this.#places = { tokens, starts: arena.add('starts', [S]), out: arena.add('scores', [S, T, model.O]) };
    const memory = newMemory(arena.bytes, shared);
    this.#f = new Float32Array(memory.buffer);
    this.#k = instantiate(module, memory);
    this.#net = new Tokens(this.#k, this.#f, model, places, 0);
    this.#tokens = new Int32Array(memory.buffer, tokens, S * T);
    this.#T = T;
    this.#f.set(weights, places.weights / 4);
    new Int32Array(memory.buffer, this.#places.starts, S).set(Array.from({ length: S }, (_, s) => s * T));
    this.#net.pack();
    this.#net.carry(null);
  }

  /** @param rows [n][T] tokens  @returns scores before the softmax, [n][T][O] */
  score(rows: Int32Array): Float32Array {
    const [T, { O, D }] = [this.#T, this.#net.model];
    const all = new Float32Array(rows.length * O);
    for (let from = 0; from < rows.length; from += S * T) {
      const some = rows.subarray(from, from + S * T);
      const n = some.length / T;
      const padded = Math.ceil(n / 4) * 4;
      this.#tokens.set(some);
      const { tokens, starts, out } = this.#places;
      this.#net.gather({ S: padded, n, T, D, centre: 0, table: tokens, starts });
      this.#net.forward(padded, null);
      // row t·S + s of the outputs to row s·T + t of the answer
      for (let t = 0; t < T; t++)
        for (let s = 0; s < n; s++) {
          const y = this.#net.outputs.y + (t * padded + s) * 32;
          this.#k.toRows(1, 0, O, y, T * padded * 32, out + (s * T + t) * O * 4, O);
        }
      all.set(this.#f.subarray(out / 4, out / 4 + some.length * O), from * O);
    }
    return all;
  }
}
