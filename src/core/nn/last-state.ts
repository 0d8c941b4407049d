import type { Arena } from '../kernels/arena';
import type { Kernels } from '../kernels/index';
import { type Drop, noDrop, type Pass } from './layers';
import {
  type GradientBuffers,
  type LayerShape,
  type ModelBuffers,
  type Outputs,
  placeGradients,
  placeModel,
  placeWorkspace,
  type Workspace,
} from './layout';
import type { ModelSpec } from './model';
import type { Network, NetworkOptions, Windows } from './network';
import { backward, collect, forward, pack, prepareRows, type Stack, stack } from './stack';

/**
 * Recurrent layers read a window step by step, and a linear head makes the outputs of their last state; or of every state,
 * where every step is to be labelled: then outputs, targets and their gradients are [O/8][T·S][8], row t·S + s.
 */
export class LastState implements Network {
  readonly model: ModelSpec;
  readonly count: number;
  readonly outputs: Outputs;
  readonly loneRow: boolean;
  readonly #k: Kernels;
  readonly #stack: Stack;
  readonly #gradients: GradientBuffers;
  readonly #work: Workspace;
  /** The same, with nothing kept for the way back. */
  readonly #still: Workspace;
  /** Steps the window has moved on in a roll-out. */
  #shift = 0;

  constructor(k: Kernels, f: Float32Array | Float64Array, model: ModelSpec, places: LastStatePlaces, seat: number) {
    this.#k = k;
    this.#stack = stack(k, model, places);
    this.model = model;
    // the head takes the rows of all steps together, and these come four by four
    this.loneRow = model.classes !== 'every';
    this.count = this.#stack.count;
    this.#gradients = places.gradients;
    this.#work = places.seats[seat] as Workspace;
    this.#still = { ...this.#work, kept: 0 };
    this.outputs = this.#work;
    prepareRows(f, this.#stack, this.#work, places.extra);
  }

  pack(): void {
    pack(this.#stack);
  }

  gather({ T, S, n, D, table, starts, centre }: Windows): void {
    const { E, H } = this.#shape;
    this.#shift = 0;
    this.#k.clear(this.#work.moved, S * D * 4);
    this.#k.gather(T, S, n, D, E + H, table, starts, centre, this.#inputs);
  }

  forward(S: number, drop: Drop | null): void {
    forward(this.#stack, drop ? this.#work : this.#still, this.#pass(S, drop ?? noDrop));
  }

  backward(slice: number, S: number, drop: Drop, add = false): void {
    backward(this.#stack, this.#work, this.#gradients, slice, this.#pass(S, drop), add);
  }

  collect(slices: number, to: number): void {
    collect(this.#stack, this.#gradients, slices, to);
  }

  advance({ T, S, n, D, C = D, table, starts, centre }: Windows, coin?: { key: number; threshold: number }): void {
    const { E, H } = this.#shape;
    const x = this.#inputs + this.#shift * S * (E + H) * 4;
    const { key, threshold } = coin ?? { key: 0, threshold: 0 };
    const { y, moved } = this.#work;
    const always = coin ? 0 : 1;
    const k = this.#shift;
    this.#k.feedBack(k, T, S, n, D, C, E + H, y, centre, x, moved, table, starts, always, key, threshold);
    this.#shift++;
  }

  centreTargets({ S, n, D, C = D, centre }: Windows): void {
    if (centre) this.#k.shiftTargets(n, S, C, this.#work.moved, this.#work.target);
  }

  #pass(S: number, drop: Drop): Pass {
    return { S, drop, shift: this.#shift, keepState: false };
  }
  get #shape(): LayerShape {
    return this.#stack.shapes[0] as LayerShape;
  }
  /** Where the first layer's inputs begin. */
  get #inputs(): number {
    const { E, D } = this.#shape;
    return (this.#work.layers[0]?.rows ?? 0) + (E - 1 - D) * 4;
  }
}

export interface LastStatePlaces extends ModelBuffers {
  kind: 'last-state';
  gradients: GradientBuffers;
  seats: Workspace[];
  /** Rows placed beyond the window. */
  extra: number;
}

export function placeLastState(arena: Arena, model: ModelSpec, options: NetworkOptions): LastStatePlaces {
  const { S, T, kept, extra, seats, slices } = options;
  const headSteps = model.classes === 'every' ? T : 1;
  const work = { S, T, kept, extra, headSteps };
  return {
    kind: 'last-state',
    ...placeModel(arena, model),
    gradients: placeGradients(arena, model, slices),
    seats: Array.from({ length: seats }, (_, i) => placeWorkspace(arena, model, `thread ${i}:`, work)),
    extra,
  };
}
