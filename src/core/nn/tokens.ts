import type { Arena } from '../kernels/arena';
import type { Kernels } from '../kernels/index';
import { InputTable, type InputTablePlace, placeInputTable } from './input-table';
import { type Drop, noDrop, type Pass } from './layers';
import {
  type GradientBuffers,
  type LayerShape,
  type LayersWork,
  type ModelBuffers,
  type Outputs,
  placeGradients,
  placeModel,
  placeSliceGradient,
  placeWorkspace,
  type SliceGradient,
  up,
  type Workspace,
} from './layout';
import type { ModelSpec } from './model';
import type { Network, NetworkOptions, Windows } from './network';
import { backward, collect, forward, pack, prepareRows, type Stack, stack } from './stack';

/**
 * A network that reads tokens and scores classes at every step, the token that comes next or a label of this one: the layers'
 * inputs are rows of a learned embedding or one-hot vectors, and where there are not too many of them the first layer looks up
 * what they give its gates (nn/input-table.ts). A text is read a chunk of T steps at a time; its state waits in
 * a slot from one chunk to the next, while the gradient ends at the chunk's first step (truncated backpropagation through
 * time, Williams and Peng 1990).
 */
export class Tokens implements Network {
  readonly model: ModelSpec;
  readonly count: number;
  readonly outputs: Outputs;
  readonly loneRow = true;
  readonly #k: Kernels;
  readonly #stack: Stack;
  /** Null where the first layer reads rows of the embedding. */
  readonly #table: InputTable | null;
  readonly #places: TokenPlaces;
  readonly #work: Workspace;
  /** The same, with nothing kept for the way back. */
  readonly #still: Workspace;
  #read: Windows | null = null;
  #slot: number | null = null;

  constructor(k: Kernels, f: Float32Array | Float64Array, model: ModelSpec, places: TokenPlaces, seat: number) {
    this.#k = k;
    this.#stack = stack(k, model, places);
    this.#places = places;
    this.#table = places.inputTable && new InputTable(k, model, places.inputTable, this.#stack.at);
    this.model = model;
    this.count = this.#stack.count;
    this.#work = places.seats[seat] as Workspace;
    this.#still = { ...this.#work, kept: 0 };
    this.outputs = this.#work;
    prepareRows(f, this.#stack, this.#work);
  }

  pack(): void {
    pack(this.#stack);
    this.#table?.pack(this.#places.weights);
  }

  /** What is read next begins with the states in this slot and leaves its last ones there; null: begins with none. */
  carry(slot: number | null): void {
    this.#slot = slot;
  }

  /** Whatever waits in a slot begins anew. */
  forget(slot: number): void {
    const { at, bytes } = this.#places.states;
    this.#k.clear(at + slot * bytes, bytes);
  }

  gather(windows: Windows): void {
    this.#read = windows;
    if (this.#table) return;
    const { T, S, n, D, table, starts } = windows;
    const { E, H } = this.#stack.shapes[0] as LayerShape;
    const x = (this.#work.layers[0]?.rows ?? 0) + (E - 1 - D) * 4;
    this.#k.embed(T, S, n, D, E + H, table, starts, this.#embedding, x);
  }

  /** What is to be learned of what was gathered: classes, 32-bit, in places as the tokens'; a step with −1 is not judged. */
  label(labels: number): void {
    const { T, S, n, starts } = this.#read as Windows;
    this.#k.labelSteps(T, S, n, labels, starts, this.#work.target);
  }

  forward(S: number, drop: Drop | null): void {
    const work = drop ? this.#work : this.#still;
    this.#hand(work, S, true);
    forward(this.#stack, work, this.#pass(S, drop ?? noDrop));
    this.#hand(work, S, false);
  }

  backward(slice: number, S: number, drop: Drop): void {
    const { gradients, embedding } = this.#places;
    backward(this.#stack, this.#work, gradients, slice, this.#pass(S, drop));
    const { T, n, D, table, starts } = this.#read as Windows;
    const { gates = 0, gatePanel = 0 } = this.#work.layers[0] ?? {};
    this.#table?.back({ S, n, table, starts }, T, slice, gates, gatePanel);
    if (!embedding) return;
    const dE = embedding.offset + slice * embedding.sliceBytes;
    this.#k.clear(dE, embedding.sliceBytes);
    this.#k.embedBack(T, S, n, D, table, starts, this.#work.layers[0]?.dx ?? 0, this.#work.dxPanel, dE);
  }

  collect(slices: number, to: number): void {
    const { gradients, embedding, weights } = this.#places;
    collect(this.#stack, gradients, slices, to);
    this.#table?.collect(weights, slices, to);
    if (!embedding) return;
    const { offset, sliceBytes } = embedding;
    const { D, tokens } = this.model;
    const at = to + (this.#stack.at['embedding.weight'] as number);
    this.#k.sumSlices(tokens?.V ?? 0, D, slices, offset, D, sliceBytes, at, D);
  }

  /** What comes next is chosen by whoever samples, not by the network. */
  advance(): void {
    throw new Error('a network of tokens does not feed itself');
  }
  centreTargets(): void {
    this.advance();
  }

  /** States from the slot to before the first step, or from after the last step to the slot. */
  #hand(work: LayersWork, S: number, begin: boolean): void {
    if (this.#slot === null) return;
    const { at, bytes, layer } = this.#places.states;
    const slot = at + this.#slot * bytes;
    this.#stack.shapes.forEach(({ E, H }, l) => {
      const here = slot + l * layer;
      const { rows, cells, cellPanel } = work.layers[l] as LayersWork['layers'][number];
      const ld = E + H;
      const state = rows + (begin ? 0 : work.T * S * ld * 4) + E * 4;
      if (begin) this.#k.enter(S, H, here, H, state, ld, 0, 0, 1);
      else this.#k.enter(S, H, state, ld, here, H, 0, 0, 1);
      if (!cells) return;
      const panel = S === 1 ? 32 : cellPanel;
      const cell = cells + (begin ? 0 : work.kept * S * 32);
      if (begin) this.#copyPanels(H, S, here + layer / 2, S * 32, cell, panel);
      else this.#copyPanels(H, S, cell, panel, here + layer / 2, S * 32);
    });
  }

  #copyPanels(H: number, S: number, from: number, fromPanel: number, to: number, toPanel: number): void {
    for (let u = 0; u < H / 8; u++) this.#k.clear(to + u * toPanel, S * 32);
    this.#k.addPanels(H / 8, S, to, toPanel, from, fromPanel);
  }

  #pass(S: number, drop: Drop): Pass {
    const [table, read] = [this.#table, this.#read as Windows];
    const given = table
      ? (t: number, gates: number, panel: number) => table.enter({ ...read, S }, t, gates, panel)
      : undefined;
    return { S, drop, shift: 0, keepState: this.#slot !== null, given };
  }
  get #embedding(): number {
    return this.#places.weights + (this.#stack.at['embedding.weight'] as number);
  }
}

export interface TokenPlaces extends ModelBuffers {
  kind: 'tokens';
  gradients: GradientBuffers;
  /** Null where the first layer reads rows of the embedding; else those are not kept. */
  inputTable: InputTablePlace | null;
  /** Gradient of the embedding [V][D], where its rows are read. */
  embedding: SliceGradient | null;
  seats: Workspace[];
  /** Hidden and cell states of each slot: `layer` bytes per layer, one half for each. */
  states: { at: number; bytes: number; layer: number };
}

/** `options.slots`: how many groups of S rows have a state that waits. */
export function placeTokens(arena: Arena, model: ModelSpec, options: NetworkOptions): TokenPlaces {
  const { S, T, kept, seats, slices, slots = 1 } = options;
  const inputTable = placeInputTable(arena, model, slices);
  const H = up(model.H, 8);
  const layer = 2 * S * H * 4;
  const work = { S, T, kept, headSteps: T, inputGradient: inputTable === null };
  return {
    kind: 'tokens',
    ...placeModel(arena, model),
    gradients: placeGradients(arena, model, slices),
    inputTable,
    embedding:
      inputTable === null ? placeSliceGradient(arena, 'embedding', slices, model.tokens?.V ?? 0, model.D) : null,
    seats: Array.from({ length: seats }, (_, i) => placeWorkspace(arena, model, `thread ${i}:`, work)),
    states: { at: arena.add('states', [slots, model.L, 2, S, H]), bytes: model.L * layer, layer },
  };
}
