import { Arena } from '../kernels/arena';
import { instantiate, newMemory } from '../kernels/index';
import type { ModelSpec } from '../nn/model';
import { placeTokens, Tokens } from '../nn/tokens';
import type { Weights } from './engine';

/** A trained model that reads one token after another and scores the classes at each. Allocates nothing per token. */
export class Reader {
  readonly #net: Tokens;
  readonly #token: Int32Array;
  readonly #scores: Float32Array;
  readonly #windows;

  constructor(module: WebAssembly.Module, model: ModelSpec, weights: Weights, shared = true) {
    const arena = new Arena();
    const places = placeTokens(arena, model, { S: 1, T: 1, kept: 0, extra: 0, seats: 1, slices: 0, slots: 1 });
    const token = arena.add('token', [1]);
    // the only row begins at token 0
    const starts = arena.add('starts', [1]);
    const memory = newMemory(arena.bytes, shared);
    const f = new Float32Array(memory.buffer);
    this.#net = new Tokens(instantiate(module, memory), f, model, places, 0);
    this.#token = new Int32Array(memory.buffer, token, 1);
    this.#scores = f.subarray(this.#net.outputs.y / 4, this.#net.outputs.y / 4 + model.O);
    this.#windows = { S: 1, n: 1, T: 1, D: model.D, centre: 0, table: token, starts } as const;
    f.set(weights, places.weights / 4);
    this.#net.pack();
    this.#net.carry(0);
    this.forget();
  }

  /** Begins anew, with a zero state. */
  forget(): void {
    this.#net.forget(0);
  }

  /** Reads one token; returns the scores [O] of its classes, before the softmax. They change with the next call. */
  read(token: number): Float32Array {
    this.#token[0] = token;
    this.#net.gather(this.#windows);
    this.#net.forward(1, null);
    return this.#scores;
  }
}
