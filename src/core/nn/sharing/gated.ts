import type { Arena } from '../../kernels/arena';
import type { Kernels } from '../../kernels/index';
import type { Drop } from '../layers';
import { type Outputs, panelRows, placeWeights, up } from '../layout';
import { collectLinear, forwardLinear, inputsBackLinear, packLinear, weightsBackLinear } from '../linear';
import type { ModelSpec } from '../model';
import type { Network, NetworkOptions, Windows } from '../network';
import { parameterCount, parameterTable } from '../parameters';
import { Common, type CommonPlaces, type CommonWork, placeCommon, placeCommonWork } from './common';
import { type HeadPlaces, Heads, placeHeads } from './heads';
import { type AllInputs, copyTask, gatherInputs, placeInputs } from './inputs';
import { sharingOf } from './parameters';
import {
  type Door,
  placeTask,
  placeTaskWork,
  placeWeighed,
  TaskLayer,
  type TaskPlaces,
  type TaskWork,
  type Weighed,
  type WeighedPlace,
} from './task-layer';
import { type Product, wiringOf } from './wiring';

/**
 * Coupled-layer and shared-layer architecture (Liu, Qiu and Huang 2016, Models II and III; for the LSTM, the other cells in
 * nn/sharing/task-layer.ts). Every task has a layer and a head of its own, and its candidate also reads other states:
 *
 *   II   c̃_t^(m) = tanh(W_c^(m) x_t + Σ_i g^(i→m) ∘ U_c^(i→m) h_{t−1}^(i))
 *        g^(i→m) = σ(W_g^(m) x_t + U_g^(i) h_{t−1}^(i))                                       i over all tasks, m too
 *   III  c̃_t^(m) = tanh(W_c^(m) x_t + g^(m) ∘ U_c^(m) h_{t−1}^(m) + g^(s→m) ∘ U_c^(s) h_t^(s))
 *        g^(m) = σ(W_g^(m) x_t + U_g^(m) h_{t−1}^(m))    g^(s→m) = σ(W_g^(m) x_t + U_g^(s→m) h_t^(s))    h^(s) = h→ ⊕ h←
 *
 * There all layers read one text; here layer m reads its own series' column and the shared ones, side by side in time, and the
 * common layer reads all columns. The paper couples two tasks; here any number. The gradient goes through the whole window.
 */
export class Gated implements Network {
  readonly model: ModelSpec;
  readonly count: number;
  readonly outputs: Outputs;
  readonly loneRow = false;
  readonly #k: Kernels;
  readonly #tasks: TaskLayer[];
  readonly #common: Common | null;
  readonly #products: (Product & Weighed & { y: number; dy: number; add: 0 | 1 })[];
  readonly #doors: Door[][];
  readonly #heads: Heads;
  readonly #places: GatedPlaces;
  readonly #work: GatedWork;

  constructor(k: Kernels, f: Float32Array | Float64Array, model: ModelSpec, places: GatedPlaces, seat: number) {
    const at = Object.fromEntries(parameterTable(model).map(({ name, offset }) => [name, offset * 4]));
    const work = places.seats[seat] as GatedWork;
    const { H } = model;
    const { weights } = places;
    const { products, entrances } = wiringOf(model);
    this.model = model;
    this.count = parameterCount(model);
    this.#k = k;
    this.#places = places;
    this.#work = work;
    this.#tasks = places.tasks.map((place, m) => new TaskLayer(k, model, m, at, place, work.tasks[m]!));
    this.#common =
      places.common && work.common
        ? new Common(k, f, model, { weights, places: places.common, work: work.common }, at)
        : null;
    this.#products = products.map((product, i) => {
      const { place, gradient } = places.products[i]!;
      const weight = (at[product.parameter] as number) + product.block * H * H * 4;
      const first = products.findIndex(({ to }) => to === product.to) === i;
      const { y, dy } = work.buffers[product.to]!;
      return { ...product, linear: { k, I: H, O: H, place, weight, bias: null }, gradient, y, dy, add: first ? 0 : 1 };
    });
    this.#doors = entrances.map((all, m) =>
      all.map(({ u, v }, i) => {
        const [U, V] = [work.buffers[u]!, work.buffers[v]!];
        return { u: U.y, v: V.y, g: work.gates[m]![i]!, du: U.dy, dv: V.dy };
      }),
    );
    this.#heads = new Heads(k, model, places.heads, seat, at);
    this.outputs = this.#heads.outputs;
    this.#ones(f);
  }

  /** The constants that carry the biases. */
  #ones(f: Float32Array | Float64Array): void {
    const { all, S, T } = this.#work;
    const fill = (rows: number, count: number, ld: number) => {
      for (let r = 0; r < count; r++) f[rows / 4 + r * ld + 3] = 1;
    };
    fill(all.rows, T * S, all.ld);
    for (const { x, ldX, h } of this.#work.tasks) {
      fill(x, T * S, ldX);
      fill(h, (T + 1) * S, 4 + up(this.model.H, 8));
    }
  }

  learnOnly(task: number | null): void {
    this.#heads.learnOnly(task);
  }

  pack(): void {
    const { weights } = this.#places;
    for (const task of this.#tasks) task.pack(weights);
    for (const { linear } of this.#products) packLinear(linear, weights);
    this.#common?.pack();
    this.#heads.pack(weights);
  }

  gather(windows: Windows): void {
    const { all, tasks } = this.#work;
    const { S, T, D } = windows;
    gatherInputs(this.#k, all, windows);
    tasks.forEach(({ x, ldX }, m) => {
      copyTask(this.#k, all, this.model, m, { first: 0, R: T * S, to: x + 16, ldTo: ldX });
    });
    this.#common?.gather(all, D, S);
  }

  forward(S: number, drop: Drop | null): void {
    const { T, panel } = this.#work;
    const common = this.#common;
    for (const task of this.#tasks) task.begin(S);
    common?.forward(S, drop !== null);
    for (const { from, linear, y, add } of this.#products) {
      if (typeof from === 'number' || !common) continue;
      const { at, ld } = common.states(from, S);
      forwardLinear(linear, T * S, at, ld, y, { panel, add });
    }
    for (let t = 0; t < T; t++) {
      for (const { from, linear, y } of this.#products) {
        if (typeof from !== 'number') continue;
        const { at, ld } = this.#tasks[from]!.state(t, S);
        forwardLinear(linear, S, at, ld, y + t * S * 32, { panel });
      }
      this.#tasks.forEach((task, m) => {
        task.step(t, S, this.#doors[m]!);
      });
    }
    this.#tasks.forEach((task, m) => {
      const { at, ld } = task.state(T, S);
      this.#heads.forward(m, S, at, ld);
    });
    this.#heads.join(S);
  }

  backward(slice: number, S: number): void {
    const k = this.#k;
    const { T, panel, rows, buffers } = this.#work;
    const P = up(this.model.H, 8) / 8;
    this.#heads.split(S);
    this.#tasks.forEach((task, m) => {
      const { at, ld } = task.state(T, S);
      this.#heads.back(m, slice, S, { rows: at, ld, dx: task.work.dh, dxPanel: S * 32 });
      task.beginBack(S);
    });
    for (const { dy } of Object.values(buffers)) k.clear(dy, P * panel);
    for (let t = T - 1; t >= 0; t--) {
      this.#tasks.forEach((task, m) => {
        task.stepBack(t, S, this.#doors[m]!);
      });
      for (const task of this.#tasks) task.carryBack(S);
      for (const { from, linear, dy } of this.#products) {
        if (typeof from !== 'number') continue;
        k.toRows(S, 0, P * 8, dy + t * S * 32, panel, rows, P * 8);
        inputsBackLinear(linear, { R: S, dyRows: rows, dx: this.#tasks[from]!.work.dh, dxPanel: S * 32, add: 1 });
      }
    }
    for (const task of this.#tasks) task.weightsBack(slice, S);
    this.#productsBack(slice, S);
    this.#common?.backward(slice, S);
  }

  /** Gradients of the products' weights, and those of the common layer's states. */
  #productsBack(slice: number, S: number): void {
    const { T, panel, rows, scratch } = this.#work;
    const H = up(this.model.H, 8);
    const R = T * S;
    const seen = new Set<string>();
    for (const { from, linear, gradient, dy } of this.#products) {
      const common = typeof from === 'number' ? null : this.#common;
      const { at, ld } =
        typeof from === 'number' ? this.#tasks[from]!.state(0, S) : (this.#common as Common).states(from, S);
      const dW = gradient.offset + slice * gradient.sliceBytes;
      weightsBackLinear(linear, { R, rows: at, ld, dy, dyPanel: panel, dW, scratch });
      if (!common || typeof from === 'number') continue;
      this.#k.toRows(R, 0, H, dy, panel, rows, H);
      inputsBackLinear(linear, { R, dyRows: rows, ...common.gradient(from), add: seen.has(from) ? 1 : 0 });
      seen.add(from);
    }
  }

  collect(slices: number, to: number): void {
    for (const task of this.#tasks) task.collect(slices, to);
    for (const { linear, gradient } of this.#products) collectLinear(linear, gradient, slices, to);
    this.#common?.collect(slices, to);
    this.#heads.collect(slices, to);
  }

  advance(): never {
    throw new Error('tasks that share forecast all steps at once, and are never rolled out');
  }
  centreTargets(): never {
    return this.advance();
  }
}

export interface GatedPlaces {
  kind: 'gated';
  size: number;
  weights: number;
  tasks: TaskPlaces[];
  products: WeighedPlace[];
  common: CommonPlaces | null;
  heads: HeadPlaces;
  seats: GatedWork[];
}

interface GatedWork {
  S: number;
  T: number;
  all: AllInputs;
  tasks: TaskWork[];
  common: CommonWork | null;
  /** Products of states and their gradients, [H/8][T·S][8], panels `panel` bytes apart. */
  buffers: Record<string, { y: number; dy: number }>;
  /** Gates by task and entrance, likewise. */
  gates: number[][];
  panel: number;
  /** [T·S][H] */
  rows: number;
  scratch: number;
}

export function placeGated(arena: Arena, model: ModelSpec, options: NetworkOptions): GatedPlaces {
  const { slices, seats } = options;
  const { kind, tasks } = sharingOf(model);
  const all = Array.from({ length: tasks }, (_, m) => m);
  return {
    kind: 'gated',
    ...placeWeights(arena, model),
    tasks: all.map((m) => placeTask(arena, model, m, slices)),
    products: wiringOf(model).products.map(({ from, to }) =>
      placeWeighed(arena, `product ${from} to ${to}`, model.H, model.H, slices),
    ),
    common: kind === 'shared' ? placeCommon(arena, model, slices) : null,
    heads: placeHeads(arena, model, options),
    seats: Array.from({ length: seats }, (_, i) => placeSeat(arena, model, `thread ${i}:`, options)),
  };
}

function placeSeat(arena: Arena, model: ModelSpec, name: string, { S, T, kept }: NetworkOptions): GatedWork {
  const { kind, tasks } = sharingOf(model);
  const { products, entrances } = wiringOf(model);
  const H = up(model.H, 8);
  const panels = (what: string, wanted = true) =>
    wanted ? arena.add(`${name} ${what}`, [H / 8, panelRows(T * S), 8]) : 0;
  return {
    S,
    T,
    all: placeInputs(arena, model, `${name} all`, S, T),
    tasks: Array.from({ length: tasks }, (_, m) => placeTaskWork(arena, model, `${name} task ${m},`, { S, T, kept })),
    common: kind === 'shared' ? placeCommonWork(arena, model, `${name} common`, { S, T, kept }) : null,
    buffers: Object.fromEntries(
      [...new Set(products.map(({ to }) => to))].map((to) => [
        to,
        { y: panels(to), dy: panels(`${to}, gradient`, kept > 0) },
      ]),
    ),
    gates: entrances.map((each, m) => each.map((_, i) => panels(`gate ${i} of task ${m}`))),
    panel: panelRows(T * S) * 32,
    rows: kept ? arena.add(`${name} product gradient, rows`, [T * S, H]) : 0,
    scratch: kept ? arena.add(`${name} packing of products`, [H / 8, 256, 8]) : 0,
  };
}
