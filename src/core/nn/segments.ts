import type { Arena } from '../kernels/arena';
import type { Kernels } from '../kernels/index';
import { backwardLayers, collectLayers, type Drop, forwardLayers, type Layers, noDrop, packLayers } from './layers';
import {
  type LayersPlace,
  type LayersSpec,
  type LayersWork,
  layerShapes,
  type Outputs,
  placeLayerGradients,
  placeLayers,
  placeLayersWork,
  placeOutputs,
  placeSliceGradient,
  placeWeights,
  type SliceGradient,
  up,
} from './layout';
import {
  collectLinear,
  forwardLinear,
  inputsBackLinear,
  type Linear,
  type LinearPlace,
  linear,
  packLinear,
  placeLinear,
  weightsBackLinear,
} from './linear';
import { type ModelSpec, quantilesOf, segmentsOf } from './model';
import type { Network, NetworkOptions, Windows } from './network';
import { parameterCount, parameterTable } from './parameters';

/**
 * Segment-wise recurrence (SegRNN: Lin et al. 2023, "Segment recurrent neural network for long-term time series
 * forecasting"). A window of N·W steps is N segments of W steps; with all its D columns one segment is
 *
 *   eⱼ = relu(x[jW … jW+W) · Aᵀ + a)                        [N][S][H]
 *
 * and recurrent layers go over e₁ … e_N to the states (h, c). The horizon's M = ⌈O/W⌉ segments are decoded side by side:
 * one step of the same layers from those states, with the learned position vector pₘ as input, gives h'ₘ, and
 *
 *   y[mW … mW+W) = dropout(h'ₘ) · Vᵀ + v                    [M][S][W], what lies beyond O is dropped
 *
 * where the head gives W values per quantile asked for. So the recurrence is N + 1 steps long instead of N·W + O, which is what makes long windows learnable. The M copies of a
 * window's states lie M·S rows deep, copy by copy, so that the decoding is one step of a larger slice.
 */
export class Segments implements Network {
  readonly model: ModelSpec;
  readonly count: number;
  readonly outputs: Outputs;
  readonly loneRow = false;
  readonly #k: Kernels;
  readonly #layers: Layers;
  readonly #embed: Linear;
  readonly #head: Linear;
  readonly #places: SegmentPlaces;
  readonly #work: SegmentWork;
  readonly #position: number;
  readonly #M: number;

  constructor(k: Kernels, f: Float32Array | Float64Array, model: ModelSpec, places: SegmentPlaces, seat: number) {
    const at = Object.fromEntries(parameterTable(model).map(({ name, offset }) => [name, offset * 4]));
    const { D, H } = model;
    const W = model.segment as number;
    this.model = model;
    this.count = parameterCount(model);
    this.#k = k;
    this.#places = places;
    this.#work = places.seats[seat] as SegmentWork;
    this.outputs = this.#work.outputs;
    this.#layers = { k, model, shapes: layerShapes(layersOf(model)), buffers: places, at, prefix: '' };
    this.#embed = linear(k, 'segment', { I: W * D, O: H, place: places.embed, at });
    this.#head = linear(k, 'head', { I: H, O: W * quantilesOf(model), place: places.head, at });
    this.#position = at.position as number;
    this.#M = segmentsOf(model);
    this.#ones(f);
  }

  /** The constants that carry the biases. */
  #ones(f: Float32Array | Float64Array): void {
    const { encoder, decoder, x, states } = this.#work;
    const fill = (at: number, rows: number, ld: number, column: number) => {
      for (let r = 0; r < rows; r++) f[at / 4 + r * ld + column] = 1;
    };
    this.#layers.shapes.forEach(({ E, H }, l) => {
      for (const { layers, S, T } of [encoder, decoder]) fill(layers[l]?.rows ?? 0, (T + 1) * S, E + H, E - 1);
    });
    fill(x, encoder.T * encoder.S, this.#xWidth, 3);
    fill(states, decoder.S, this.#stateWidth, 3);
  }

  get #xWidth(): number {
    return 4 + up(this.#embed.I, 8);
  }
  get #stateWidth(): number {
    return 4 + up(this.model.H, 8);
  }

  /** W, K and Q: steps to a segment, steps of the horizon, values per step. */
  get #horizon(): [number, number, number] {
    const Q = quantilesOf(this.model);
    return [this.model.segment as number, this.model.O / Q, Q];
  }

  pack(): void {
    packLayers(this.#layers);
    packLinear(this.#embed, this.#places.weights);
    packLinear(this.#head, this.#places.weights);
  }

  gather({ S, n, T, D, table, starts, centre }: Windows): void {
    const W = this.model.segment as number;
    this.#k.gatherSegments(T / W, W, S, n, D, this.#xWidth, table, starts, centre, this.#work.x + 16);
  }

  forward(S: number, drop: Drop | null): void {
    const k = this.#k;
    const { encoder: whole, decoder, x, z, states, out, outputs } = this.#work;
    const encoder = drop ? whole : { ...whole, kept: 0 };
    const { E, D, H } = this.#layers.shapes[0]!;
    const N = encoder.T;
    const M = this.#M;
    forwardLinear(this.#embed, N * S, x, this.#xWidth, z);
    const inputs = (E - 1 - D) * 4;
    k.reluRows(N * S, this.model.H, z, N * S * 32, (encoder.layers[0]?.rows ?? 0) + inputs, E + H);
    forwardLayers(this.#layers, encoder, { S, drop: drop ?? noDrop, shift: 0, keepState: false });
    this.#repeatStates(encoder, S);
    // a row's input is its position: sums of one slice are copies
    for (let m = 0; m < M; m++) {
      const from = this.#places.weights + this.#position + m * this.model.H * 4;
      const to = (decoder.layers[0]?.rows ?? 0) + m * S * (E + H) * 4 + inputs;
      k.sumSlices(S, this.model.H, 1, from, 0, 0, to, E + H);
    }
    const still = drop ? decoder : { ...decoder, kept: 0 };
    forwardLayers(this.#layers, still, { S: M * S, drop: decoding(drop), shift: 0, keepState: true });
    const top = this.#layers.shapes.at(-1)!;
    const from = (decoder.layers.at(-1)?.rows ?? 0) + (M * S * (top.E + H) + top.E) * 4;
    const { key, threshold, scale } = toHead(drop);
    k.enter(M * S, H, from, top.E + H, states + 16, this.#stateWidth, key, threshold, scale);
    forwardLinear(this.#head, M * S, states, this.#stateWidth, out);
    k.joinSegments(M, S, ...this.#horizon, out, outputs.y);
  }

  /** The last states of each layer, M times over, as those the decoding begins from. */
  #repeatStates(encoder: LayersWork, S: number): void {
    const k = this.#k;
    const { decoder } = this.#work;
    this.#layers.shapes.forEach(({ E, H }, l) => {
      const from = encoder.layers[l]!;
      const to = decoder.layers[l]!;
      const ld = E + H;
      for (let m = 0; m < this.#M; m++) {
        const row = from.rows + (encoder.T * S * ld + E) * 4;
        k.enter(S, H, row, ld, to.rows + (m * S * ld + E) * 4, ld, 0, 0, 1);
        if (!from.cells) continue;
        for (let u = 0; u < H / 8; u++) {
          const cell = from.cells + u * from.cellPanel + encoder.kept * S * 32;
          k.enter(S, 8, cell, 8, to.cells + u * to.cellPanel + m * S * 32, 8, 0, 0, 1);
        }
      }
    });
  }

  backward(slice: number, S: number, drop: Drop): void {
    const k = this.#k;
    const M = this.#M;
    const R = M * S;
    const { encoder, decoder, x, z, states, scratch, dOut, dOutRows, dStates, outputs } = this.#work;
    const { gradients } = this.#places;
    const at = ({ offset, sliceBytes }: SliceGradient) => offset + slice * sliceBytes;
    const U = up(this.model.H, 8) / 8;
    k.splitSegments(M, S, ...this.#horizon, outputs.dy, dOut, dOutRows);
    const rows = { R, rows: states, ld: this.#stateWidth, dy: dOut, scratch };
    weightsBackLinear(this.#head, { ...rows, dW: at(gradients.head) });
    inputsBackLinear(this.#head, { R, dyRows: dOutRows, dx: dStates });
    const { key, threshold, scale } = toHead(drop);
    k.enterBack(0, R, U * 8, dStates, R * 32, key, threshold, scale);
    const pass = { shift: 0, keepState: true };
    const above = { d: dStates, panel: R * 32, from: 0 };
    backwardLayers(this.#layers, decoder, gradients, slice, { ...pass, S: R, drop: decoding(drop) }, above);
    k.foldRows(M, S, U, decoder.layers[0]!.dx, decoder.dxPanel, at(gradients.position));
    encoder.layers.forEach(({ dh, dc }, l) => {
      const from = decoder.layers[l]!;
      k.foldGroups(M, S, U, from.dh, R * 32, dh, S * 32);
      if (dc) k.foldGroups(M, S, U, from.dc, R * 32, dc, S * 32);
    });
    const nothing = { d: 0, panel: 0, from: encoder.kept };
    const more = { carry: true, add: true };
    backwardLayers(this.#layers, encoder, gradients, slice, { ...pass, S, drop }, nothing, more);
    const free = (encoder.T - encoder.kept) * S;
    const { dx } = encoder.layers[0]!;
    const kept = encoder.kept * S;
    k.reluBack(kept, U, dx, encoder.dxPanel, z + free * 32, encoder.T * S * 32);
    const segments = { R: kept, rows: x + free * this.#xWidth * 4, ld: this.#xWidth, dy: dx, dyPanel: encoder.dxPanel };
    weightsBackLinear(this.#embed, { ...segments, dW: at(gradients.embed), scratch });
  }

  collect(slices: number, to: number): void {
    const { gradients } = this.#places;
    const { H } = this.model;
    collectLinear(this.#embed, gradients.embed, slices, to);
    collectLayers(this.#layers, gradients, slices, to);
    collectLinear(this.#head, gradients.head, slices, to);
    const { offset, sliceBytes } = gradients.position;
    this.#k.sumSlices(this.#M, H, slices, offset, up(H, 8), sliceBytes, to + this.#position, H);
  }

  advance(): never {
    throw new Error('segments are decoded at once, never rolled out');
  }
  centreTargets(): never {
    return this.advance();
  }
}

/** Masks of the decoding and of what the head reads, apart from those of the encoding. */
const decoding = (drop: Drop | null): Drop => (drop ? { ...drop, key: drop.key ^ 0x5bd1e995 } : noDrop);
const toHead = (drop: Drop | null): Drop => (drop ? { ...drop, key: drop.key ^ 0x1b873593 } : noDrop);

/** The recurrent layers: their inputs are projected segments. */
const layersOf = (model: ModelSpec): LayersSpec => ({ ...model, D: model.H });

export interface SegmentPlaces {
  kind: 'segments';
  size: number;
  weights: number;
  layers: LayersPlace;
  embed: LinearPlace;
  head: LinearPlace;
  gradients: { layers: SliceGradient[]; embed: SliceGradient; position: SliceGradient; head: SliceGradient };
  seats: SegmentWork[];
}

interface SegmentWork {
  encoder: LayersWork;
  decoder: LayersWork;
  /** [N][S][4 + W·D] */
  x: number;
  /** [H/8][N·S][8] */
  z: number;
  /** [M·S][4 + H] what the head reads. */
  states: number;
  /** [W/8][M·S][8] */
  out: number;
  dOut: number;
  dOutRows: number;
  dStates: number;
  scratch: number;
  outputs: Outputs;
}

export function placeSegments(arena: Arena, model: ModelSpec, options: NetworkOptions): SegmentPlaces {
  const { slices, seats } = options;
  const W = model.segment as number;
  const H = up(model.H, 8);
  const layers = layersOf(model);
  return {
    kind: 'segments',
    ...placeWeights(arena, model),
    layers: placeLayers(arena, layers),
    embed: placeLinear(arena, 'projection', W * model.D, model.H),
    head: placeLinear(arena, 'head', model.H, W * quantilesOf(model)),
    gradients: {
      layers: placeLayerGradients(arena, layers, slices),
      embed: placeSliceGradient(arena, 'projection', slices, H, 4 + up(W * model.D, 8)),
      position: placeSliceGradient(arena, 'position', slices, segmentsOf(model), H),
      head: placeSliceGradient(arena, 'head', slices, up(W * quantilesOf(model), 8), 4 + H),
    },
    seats: Array.from({ length: seats }, (_, i) => placeWork(arena, model, `thread ${i}:`, options)),
  };
}

function placeWork(arena: Arena, model: ModelSpec, name: string, { S, T, kept }: NetworkOptions): SegmentWork {
  const W = model.segment as number;
  const M = segmentsOf(model);
  const H = up(model.H, 8);
  const width = up(W * model.D, 8);
  const N = T / W;
  const layers = layersOf(model);
  const O = up(W * quantilesOf(model), 8);
  const add = (what: string, ...shape: number[]) => arena.add(`${name} ${what}`, shape);
  const back = (what: string, ...shape: number[]) => (kept ? add(what, ...shape) : 0);
  const encoding = { S, T: N, kept: Math.ceil(kept / W), inputGradient: true };
  const decoding = { S: M * S, T: 1, kept: kept ? 1 : 0, inputGradient: true };
  return {
    encoder: placeLayersWork(arena, layers, `${name} encoding,`, encoding),
    decoder: placeLayersWork(arena, layers, `${name} decoding,`, decoding),
    x: add('segments', N, S, 4 + width),
    z: add('projected segments', H / 8, N * S, 8),
    states: add('decoded states', M * S, 4 + H),
    out: add('decoded segments', O / 8, M * S, 8),
    dOut: back('decoded gradient', O / 8, M * S, 8),
    dOutRows: back('decoded gradient, rows', M * S, O),
    dStates: back('head gradient', H / 8, M * S, 8),
    scratch: back('packing of linear layers', Math.max(H, width) / 8, 256, 8),
    outputs: placeOutputs(arena, name, model.O, S),
  };
}
