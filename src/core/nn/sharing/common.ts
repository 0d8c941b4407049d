import type { Arena } from '../../kernels/arena';
import type { Kernels } from '../../kernels/index';
import { backwardLayers, collectLayers, forwardLayers, type Layers, noDrop, packLayers, prepareRows } from '../layers';
import {
  type LayersPlace,
  type LayersWork,
  layerShapes,
  panelRows,
  placeLayerGradients,
  placeLayers,
  placeLayersWork,
  type SliceGradient,
  up,
} from '../layout';
import type { ModelSpec } from '../model';
import type { AllInputs } from './inputs';
import { ways } from './parameters';

/**
 * The common layer of the shared-layer architecture (Liu, Qiu and Huang 2016, Model III), h_t^(s) = h→_t ⊕ h←_t: one recurrent
 * layer that reads all columns of a window from its first step to its last, and one that reads them from the last to the
 * first. Neither sees anything beyond the window.
 */
export class Common {
  readonly #k: Kernels;
  readonly #directions: Layers[];
  readonly #places: CommonPlaces;
  readonly #work: CommonWork;

  constructor(
    k: Kernels,
    f: Float32Array | Float64Array,
    model: ModelSpec,
    { weights, places, work }: { weights: number; places: CommonPlaces; work: CommonWork },
    at: Record<string, number>,
  ) {
    this.#k = k;
    this.#places = places;
    this.#work = work;
    const shapes = layerShapes({ ...model, L: 1 });
    this.#directions = ways.map((way, w) => ({
      k,
      model,
      shapes,
      buffers: { weights, layers: places.layers[w]! },
      at,
      prefix: `shared.${way}.`,
    }));
    this.#directions.forEach((layers, w) => {
      prepareRows(f, layers, work.layers[w]!);
    });
  }

  pack(): void {
    for (const layers of this.#directions) packLayers(layers);
  }

  gather({ rows, ld }: AllInputs, D: number, S: number): void {
    const [onward, back] = this.#work.layers as [LayersWork, LayersWork];
    const { E, H } = this.#directions[0]!.shapes[0]!;
    const { T } = onward;
    const ldTo = E + H;
    const to = ({ layers }: LayersWork, t: number) => layers[0]!.rows + (t * S * ldTo + E - 1 - D) * 4;
    this.#k.sumSlices(T * S, D, 1, rows + 16, ld, 0, to(onward, 0), ldTo);
    for (let t = 0; t < T; t++)
      this.#k.sumSlices(S, D, 1, rows + (t * S * ld + 4) * 4, ld, 0, to(back, T - 1 - t), ldTo);
  }

  forward(S: number, keep: boolean): void {
    const { layers, reversed } = this.#work;
    this.#directions.forEach((net, w) => {
      const work = keep ? layers[w]! : { ...layers[w]!, kept: 0 };
      forwardLayers(net, work, { S, drop: noDrop, shift: 0, keepState: false });
    });
    const { E, H } = this.#directions[1]!.shapes[0]!;
    const {
      T,
      layers: [layer],
    } = layers[1]!;
    const [ld, ldTo] = [E + H, 4 + H];
    for (let t = 0; t < T; t++)
      this.#k.enter(
        S,
        H,
        layer!.rows + ((T - t) * S * ld + E) * 4,
        ld,
        reversed + (t * S * ldTo + 4) * 4,
        ldTo,
        0,
        0,
        1,
      );
  }

  /** Rows of one direction's states at steps 0 … T−1, four numbers before each. */
  states(way: (typeof ways)[number], S: number): { at: number; ld: number } {
    const { E, H } = this.#directions[0]!.shapes[0]!;
    if (way === 'backward') return { at: this.#work.reversed, ld: 4 + H };
    return { at: this.#work.layers[0]!.layers[0]!.rows + (S * (E + H) + E - 4) * 4, ld: E + H };
  }

  /** Panels [H/8][T·S][8] for the gradient of one direction's states. */
  gradient(way: (typeof ways)[number]): { dx: number; dxPanel: number } {
    return { dx: this.#work.dStates[ways.indexOf(way)]!, dxPanel: this.#work.panel };
  }

  backward(slice: number, S: number): void {
    const { layers, dStates, dReversed, panel } = this.#work;
    const P = this.#directions[0]!.shapes[0]!.H / 8;
    const { T } = layers[0]!;
    for (let t = 0; t < T; t++)
      this.#k.foldGroups(1, S, P, dStates[1]! + t * S * 32, panel, dReversed + (T - 1 - t) * S * 32, panel);
    this.#directions.forEach((net, w) => {
      const above = { d: w === 0 ? dStates[0]! : dReversed, panel, from: 0 };
      const pass = { S, drop: noDrop, shift: 0, keepState: false };
      backwardLayers(net, layers[w]!, { layers: this.#places.gradients[w]! }, slice, pass, above);
    });
  }

  collect(slices: number, to: number): void {
    this.#directions.forEach((net, w) => {
      collectLayers(net, { layers: this.#places.gradients[w]! }, slices, to);
    });
  }
}

export interface CommonPlaces {
  layers: LayersPlace[];
  gradients: SliceGradient[][];
}

export interface CommonWork {
  layers: LayersWork[];
  /** [T][S][4 + H] states of the backward direction in the order of time. */
  reversed: number;
  /** Per direction [H/8][T·S][8], panels `panel` bytes apart; and the backward one's in the order it reads. */
  dStates: number[];
  dReversed: number;
  panel: number;
}

export function placeCommon(arena: Arena, model: ModelSpec, slices: number): CommonPlaces {
  const layer = { ...model, L: 1 };
  return {
    layers: ways.map((way) => placeLayers(arena, layer, `${way} `)),
    gradients: ways.map((way) => placeLayerGradients(arena, layer, slices, `${way} `)),
  };
}

export function placeCommonWork(
  arena: Arena,
  model: ModelSpec,
  name: string,
  { S, T, kept }: { S: number; T: number; kept: number },
): CommonWork {
  const layer = { ...model, L: 1 };
  const H = up(model.H, 8);
  const rows = panelRows(T * S);
  const panels = (what: string) => (kept ? arena.add(`${name} ${what}`, [H / 8, rows, 8]) : 0);
  return {
    layers: ways.map((way) => placeLayersWork(arena, layer, `${name} ${way},`, { S, T, kept: kept ? T : 0 })),
    reversed: arena.add(`${name} backward states in order`, [T, S, 4 + H]),
    dStates: ways.map((way) => panels(`${way} state gradient`)),
    dReversed: panels('backward state gradient, reversed'),
    panel: rows * 32,
  };
}
