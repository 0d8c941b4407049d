import { LabError } from '../errors';
import { instantiate, newMemory } from '../kernels/index';
import type { Weights } from '../learn/engine';
import { gates, type ModelSpec } from '../nn/model';
import { Look, type LookWindow, type NetworkView, placeLook } from './look';
import type { Radii } from './request';

/** Models whose memory for looking is kept: those of one experiment take turns, and a scrubber stays with one. */
const mostReady = 4;

/** Numbers a look may bring back: beyond, nobody could look at them and a window could not hold them. */
const mostNumbers = 8_000_000;

/** With the way back; and unless `brief`, with what takes longer: spectral radii, and each step's share of the weights' gradients. */
export interface LookOptions {
  back: boolean;
  brief?: boolean;
}

/** Looks into networks, each with kernels and memory of its own, so that no training is touched by them. */
export class Looks {
  readonly #module: WebAssembly.Module;
  /** The last used last. */
  readonly #ready = new Map<string, Look>();

  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  look(model: ModelSpec, weights: Weights, window: LookWindow, { back, brief = false }: LookOptions) {
    refuseTooLarge(model, window);
    const look = this.#lookFor(model, window);
    look.take(weights);
    const view: NetworkView = look.see(window, { back, shares: !brief });
    const radius: Radii[][] | null = back && !brief ? look.radii() : null;
    return { view, radius };
  }

  clear(): void {
    this.#ready.clear();
  }

  #lookFor(model: ModelSpec, { T, table, tokens }: LookWindow): Look {
    const rows = tokens?.read.length ?? table.length / model.D;
    const key = JSON.stringify([model, T, rows]);
    const found = this.#ready.get(key) ?? this.#place(model, T, rows);
    this.#ready.delete(key);
    this.#ready.set(key, found);
    const [oldest] = this.#ready.keys();
    if (this.#ready.size > mostReady && oldest !== undefined) this.#ready.delete(oldest);
    return found;
  }

  #place(model: ModelSpec, T: number, rows: number): Look {
    const places = placeLook(model, T, rows);
    const memory = newMemory(places.bytes);
    return new Look(instantiate(this.#module, memory), new Float32Array(memory.buffer), model, places);
  }
}

function refuseTooLarge({ cell, H, L, sharing }: ModelSpec, { T }: LookWindow): void {
  // a layer per task, each with its gates, and two directions of a common one
  const stacks = sharing ? 2 * sharing.tasks + 2 : 1;
  const numbers = T * H * L * stacks * (gates[cell] + 2);
  if (numbers <= mostNumbers) return;
  throw new LabError('inside.too-large', { lookback: T, hidden: H, most: Math.floor(mostNumbers / (numbers / T)) });
}
