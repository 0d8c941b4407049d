import type { Arena } from '../../kernels/arena';
import type { Kernels } from '../../kernels/index';
import {
  backwardLayers,
  collectLayers,
  type Drop,
  forwardLayers,
  type Layers,
  noDrop,
  packLayers,
  prepareRows,
} from '../layers';
import {
  type LayersPlace,
  type LayersWork,
  layerShapes,
  type Outputs,
  placeLayerGradients,
  placeLayers,
  placeLayersWork,
  placeWeights,
  type SliceGradient,
  up,
} from '../layout';
import type { ModelSpec } from '../model';
import type { Network, NetworkOptions, Windows } from '../network';
import { parameterCount, parameterTable } from '../parameters';
import { type HeadPlaces, Heads, placeHeads } from './heads';
import { type AllInputs, copyTask, gatherInputs, placeInputs } from './inputs';
import { sharingOf, taskInputs } from './parameters';

/**
 * Uniform-layer architecture (Liu, Qiu and Huang 2016, Model I): one recurrent layer, or several, for all tasks, each with its
 * own inputs beside those that are shared, and a head of its own:
 *
 *   x̂_t^(m) = x_t^(m) ⊕ x_t^(s)        h_T^(m) = layers(x̂^(m))        ŷ^(m) = V^(m) h_T^(m) + v^(m)
 *
 * There x^(m) and x^(s) are two embeddings of one word; here they are numbers, task m's own column of the series and the
 * columns all tasks read, and nothing is embedded. The layers are the lab's own (LSTM without peepholes, GRU, RNN). A window's
 * M tasks go through them as M·S rows, task by task, so that their gradients add up in the shared weights.
 */
export class Uniform implements Network {
  readonly model: ModelSpec;
  readonly count: number;
  readonly outputs: Outputs;
  readonly loneRow = false;
  readonly #k: Kernels;
  readonly #layers: Layers;
  readonly #heads: Heads;
  readonly #places: UniformPlaces;
  readonly #work: UniformWork;
  readonly #M: number;

  constructor(k: Kernels, f: Float32Array | Float64Array, model: ModelSpec, places: UniformPlaces, seat: number) {
    const at = Object.fromEntries(parameterTable(model).map(({ name, offset }) => [name, offset * 4]));
    this.model = model;
    this.count = parameterCount(model);
    this.#k = k;
    this.#M = sharingOf(model).tasks;
    this.#places = places;
    this.#work = places.seats[seat] as UniformWork;
    this.#layers = { k, model, shapes: layerShapes(layersOf(model)), buffers: places, at, prefix: '' };
    this.#heads = new Heads(k, model, places.heads, seat, at);
    this.outputs = this.#heads.outputs;
    prepareRows(f, this.#layers, this.#work.layers);
  }

  learnOnly(task: number | null): void {
    this.#heads.learnOnly(task);
  }

  pack(): void {
    packLayers(this.#layers);
    this.#heads.pack(this.#places.weights);
  }

  gather(windows: Windows): void {
    const k = this.#k;
    const { S, T } = windows;
    const { all, layers } = this.#work;
    const { E, D, H } = this.#layers.shapes[0]!;
    const ldTo = E + H;
    const to = (layers.layers[0]?.rows ?? 0) + (E - 1 - D) * 4;
    gatherInputs(k, all, windows);
    for (let t = 0; t < T; t++)
      for (let m = 0; m < this.#M; m++)
        copyTask(k, all, this.model, m, { first: t * S, R: S, to: to + (t * this.#M + m) * S * ldTo * 4, ldTo });
  }

  forward(S: number, drop: Drop | null): void {
    const { layers } = this.#work;
    const work = drop ? layers : { ...layers, kept: 0 };
    forwardLayers(this.#layers, work, this.#pass(S, drop ?? noDrop));
    const { at, ld } = this.#top(S);
    for (let m = 0; m < this.#M; m++) this.#heads.forward(m, S, at + m * S * ld * 4, ld);
    this.#heads.join(S);
  }

  backward(slice: number, S: number, drop: Drop, add = false): void {
    const { layers, dTop } = this.#work;
    const R = this.#M * S;
    const { at, ld } = this.#top(S);
    this.#heads.split(S);
    for (let m = 0; m < this.#M; m++)
      this.#heads.back(m, slice, S, { rows: at + m * S * ld * 4, ld, dx: dTop + m * S * 32, dxPanel: R * 32 });
    const from = layers.kept - 1;
    const above = { d: dTop - from * R * 32, panel: R * 32, from };
    const gradients = { layers: this.#places.gradients };
    backwardLayers(this.#layers, layers, gradients, slice, this.#pass(S, drop), above, { add });
  }

  collect(slices: number, to: number): void {
    collectLayers(this.#layers, { layers: this.#places.gradients }, slices, to);
    this.#heads.collect(slices, to);
  }

  advance(): never {
    throw new Error('tasks that share forecast all steps at once, and are never rolled out');
  }
  centreTargets(): never {
    return this.advance();
  }

  #pass(S: number, drop: Drop) {
    return { S: this.#M * S, drop, shift: 0, keepState: false };
  }
  /** Rows of the last states, a constant 1 before them. */
  #top(S: number): { at: number; ld: number } {
    const { layers } = this.#work;
    const { E, H } = this.#layers.shapes.at(-1)!;
    const ld = E + H;
    return { at: (layers.layers.at(-1)?.rows ?? 0) + (layers.T * this.#M * S * ld + E - 4) * 4, ld };
  }
}

const layersOf = (model: ModelSpec): ModelSpec => ({ ...model, D: taskInputs(model, sharingOf(model)) });

export interface UniformPlaces {
  kind: 'uniform';
  size: number;
  weights: number;
  layers: LayersPlace;
  gradients: SliceGradient[];
  heads: HeadPlaces;
  seats: UniformWork[];
}

interface UniformWork {
  all: AllInputs;
  layers: LayersWork;
  /** [H/8][M·S][8] */
  dTop: number;
}

export function placeUniform(arena: Arena, model: ModelSpec, options: NetworkOptions): UniformPlaces {
  const { S, T, kept, slices, seats } = options;
  const layers = layersOf(model);
  const R = sharingOf(model).tasks * S;
  return {
    kind: 'uniform',
    ...placeWeights(arena, model),
    layers: placeLayers(arena, layers),
    gradients: placeLayerGradients(arena, layers, slices),
    heads: placeHeads(arena, model, options),
    seats: Array.from({ length: seats }, (_, i) => ({
      all: placeInputs(arena, model, `thread ${i}: all`, S, T),
      layers: placeLayersWork(arena, layers, `thread ${i}:`, { S: R, T, kept }),
      dTop: kept ? arena.add(`thread ${i}: head gradient`, [up(model.H, 8) / 8, R, 8]) : 0,
    })),
  };
}
