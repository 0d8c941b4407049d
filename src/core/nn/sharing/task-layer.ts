import type { Arena } from '../../kernels/arena';
import type { Kernels } from '../../kernels/index';
import { blocksOf, panelRows, placeSliceGradient, type SliceGradient, up } from '../layout';
import {
  collectLinear,
  forwardLinear,
  inputsBackLinear,
  type Linear,
  type LinearPlace,
  packLinear,
  placeLinear,
  weightsBackLinear,
} from '../linear';
import { activationNames, gates, type ModelSpec } from '../model';
import { sharingOf, taskInputs } from './parameters';
import { candidateOf } from './wiring';

/** A linear layer and where its gradients lie. */
export interface Weighed {
  linear: Linear;
  gradient: SliceGradient;
}
export interface WeighedPlace {
  place: LinearPlace;
  gradient: SliceGradient;
}
export const placeWeighed = (arena: Arena, name: string, I: number, O: number, slices: number): WeighedPlace => ({
  place: placeLinear(arena, name, I, O),
  gradient: placeSliceGradient(arena, name, slices, up(O, 8), 4 + up(I, 8)),
});

/** One entrance's numbers: panels [H/8][T·S][8]; g, once it is gone back through, is the gradient of its pre-activation. */
export interface Door {
  u: number;
  v: number;
  g: number;
  du: number;
  dv: number;
}

/**
 * The layer of one task, whose candidate reads states through gates (nn/sharing/wiring.ts); with e = Σ σ(a + v) ∘ u over the
 * entrances, a = W_g x_t + b_g:
 *
 *   LSTM   c̃_t = tanh(W_c x_t + b_c + e), and i, f, o by x_t and the task's own h_{t−1}, as ever
 *   GRU    n_t = tanh(W_n x_t + b_n + r_t ∘ e), and r, z likewise: e stands where U_n h_{t−1} does
 *   RNN    h_t = f(W x_t + b + e)
 *
 * The paper's is the LSTM, there with peepholes and without biases; here it is without peepholes and each layer has its bias.
 */
export class TaskLayer {
  readonly work: TaskWork;
  readonly #k: Kernels;
  readonly #model: ModelSpec;
  readonly #inputs: Weighed[];
  readonly #states: (Weighed | null)[];
  readonly #gate: Weighed;
  readonly #T: number;
  readonly #panel: number;

  constructor(k: Kernels, model: ModelSpec, m: number, at: Record<string, number>, places: TaskPlaces, work: TaskWork) {
    const { H } = model;
    const I = taskInputs(model, sharingOf(model));
    const offset = (name: string) => at[`task${m}.${name}`] as number;
    const weighed = (
      { place, gradient }: WeighedPlace,
      from: number,
      weight: number,
      bias: number | null,
    ): Weighed => ({
      linear: { k, I: from, O: H, place, weight, bias },
      gradient,
    });
    this.#k = k;
    this.#model = model;
    this.work = work;
    this.#T = work.T;
    this.#panel = work.panel;
    this.#inputs = places.inputs.map((place, g) =>
      weighed(place, I, offset('weight_ih') + g * H * I * 4, offset('bias_ih') + g * H * 4),
    );
    this.#states = places.states.map(
      (place, g) => place && weighed(place, H, offset('weight_hh') + g * H * H * 4, null),
    );
    this.#gate = weighed(places.gate, I, offset('gate.weight'), offset('gate.bias'));
  }

  /** All but the candidate's products of states, which are the network's. */
  get #all(): Weighed[] {
    return [...this.#inputs, ...this.#states.filter((one) => one !== null), this.#gate];
  }
  get #H(): number {
    return up(this.#model.H, 8);
  }
  get #blockBytes(): number {
    return (this.#H / 8) * this.#panel;
  }
  get #blocks(): number {
    return blockCount(this.#model);
  }
  get #candidate(): number {
    return blocksOf(this.#model, candidateOf[this.#model.cell]).hidden;
  }

  pack(weights: number): void {
    for (const { linear } of this.#all) packLinear(linear, weights);
  }

  collect(slices: number, to: number): void {
    for (const { linear, gradient } of this.#all) collectLinear(linear, gradient, slices, to);
  }

  /** Rows of the state before step t: a constant 1, then h. */
  state(t: number, S: number): { at: number; ld: number } {
    const ld = 4 + this.#H;
    return { at: this.work.h + t * S * ld * 4, ld };
  }

  /** From a state of zeros: what the inputs give to every step. */
  begin(S: number): void {
    const k = this.#k;
    const { x, ldX, z, a, cells } = this.work;
    const R = this.#T * S;
    const { at, ld } = this.state(0, S);
    k.clearRows(S, this.#H, ld, at + 16);
    if (cells) for (let p = 0; p < this.#H / 8; p++) k.clear(cells + p * this.work.cellPanel, S * 32);
    if (this.#model.cell === 'gru') k.clear(z + this.#candidate * this.#blockBytes, this.#blockBytes);
    this.#inputs.forEach(({ linear }, g) => {
      const block = z + blocksOf(this.#model, g).input * this.#blockBytes;
      forwardLinear(linear, R, x, ldX, block, { panel: this.#panel });
    });
    forwardLinear(this.#gate.linear, R, x, ldX, a, { panel: this.#panel });
  }

  step(t: number, S: number, doors: Door[]): void {
    const k = this.#k;
    const panel = this.#panel;
    const P = this.#H / 8;
    const at = t * S * 32;
    const z = this.work.z + at;
    const own = this.state(t, S);
    this.#states.forEach((one, g) => {
      const block = z + blocksOf(this.#model, g).hidden * this.#blockBytes;
      if (one) forwardLinear(one.linear, S, own.at, own.ld, block, { panel, add: 1 });
    });
    const candidate = z + this.#candidate * this.#blockBytes;
    for (const { u, v, g } of doors)
      k.gateIn(S, P, this.work.a + at, panel, v + at, panel, u + at, panel, candidate, panel, g + at, panel);
    const stride = own.ld * 4;
    const { cells, cellPanel } = this.work;
    for (let p = 0; p < P; p++) {
      const past = own.at + 16 + p * 32;
      const h = past + S * stride;
      const gate = z + p * panel;
      const cell = cells + p * cellPanel + at;
      if (this.#model.cell === 'lstm') k.lstmGates(S, gate, this.#blockBytes, cell, cell + S * 32, h, stride);
      else if (this.#model.cell === 'gru') k.gruGates(S, gate, this.#blockBytes, past, h, stride);
      else k.rnnGates(activationNames.indexOf(this.#model.activation), S, gate, h, stride);
    }
  }

  /** Before the way back: dh holds the gradient of the last state. */
  beginBack(S: number): void {
    if (this.work.dc) this.#k.clear(this.work.dc, this.#H * S * 4);
    this.#k.clear(this.work.da, this.#blockBytes);
  }

  /** From dh, the gradient of the state after step t, to those of its pre-activations and of what came through the doors. */
  stepBack(t: number, S: number, doors: Door[]): void {
    const k = this.#k;
    const panel = this.#panel;
    const P = this.#H / 8;
    const at = t * S * 32;
    const { cells, cellPanel, dh, dc, da, rows } = this.work;
    const z = this.work.z + at;
    const own = this.state(t, S);
    const rowBlock = this.#H * 4;
    for (let p = 0; p < P; p++) {
      const gate = z + p * panel;
      const cell = cells + p * cellPanel + at;
      const [d, row] = [dh + p * S * 32, rows + p * 32];
      if (this.#model.cell === 'lstm')
        k.lstmGatesBack(S, gate, this.#blockBytes, cell, cell + S * 32, d, dc + p * S * 32, row, rowBlock);
      else if (this.#model.cell === 'gru')
        k.gruGatesBack(S, gate, this.#blockBytes, own.at + 16 + p * 32, own.ld * 4, d, row, rowBlock);
      else k.rnnGatesBack(activationNames.indexOf(this.#model.activation), S, gate, d, row, rowBlock);
    }
    const candidate = z + this.#candidate * this.#blockBytes;
    for (const { u, g, du, dv } of doors) {
      k.gateInBack(S, P, candidate, panel, u + at, panel, g + at, panel, du + at, panel);
      k.addPanels(P, S, da + at, panel, g + at, panel);
      k.addPanels(P, S, dv + at, panel, g + at, panel);
    }
  }

  /** dh becomes the gradient of the state before the step, as far as it comes by this layer's own gates. */
  carryBack(S: number): void {
    const { dh, rows } = this.work;
    // the GRU has left there what passes by its update gate
    if (this.#model.cell !== 'gru') this.#k.clear(dh, this.#H * S * 4);
    this.#states.forEach((one, g) => {
      const dyRows = rows + blocksOf(this.#model, g).hidden * this.#H * 4;
      const given = { R: S, dyRows, ld: this.#blocks * this.#H, dx: dh, dxPanel: S * 32 };
      if (one) inputsBackLinear(one.linear, { ...given, add: 1 });
    });
  }

  weightsBack(slice: number, S: number): void {
    const { x, ldX, z, da, scratch } = this.work;
    const R = this.#T * S;
    const own = this.state(0, S);
    const back = ({ linear, gradient }: Weighed, from: { rows: number; ld: number }, dy: number) => {
      const dW = gradient.offset + slice * gradient.sliceBytes;
      weightsBackLinear(linear, { R, ...from, dy, dyPanel: this.#panel, dW, scratch });
    };
    const inputs = { rows: x, ld: ldX };
    this.#inputs.forEach((one, g) => {
      back(one, inputs, z + blocksOf(this.#model, g).input * this.#blockBytes);
    });
    this.#states.forEach((one, g) => {
      const dy = z + blocksOf(this.#model, g).hidden * this.#blockBytes;
      if (one) back(one, { rows: own.at, ld: own.ld }, dy);
    });
    back(this.#gate, inputs, da);
  }
}

const blockCount = ({ cell }: ModelSpec): number => (cell === 'rnn' ? 1 : 4);

export interface TaskPlaces {
  inputs: WeighedPlace[];
  /** null: the candidate's. */
  states: (WeighedPlace | null)[];
  gate: WeighedPlace;
}

export interface TaskWork {
  T: number;
  /** [T][S][4 + I] */
  x: number;
  ldX: number;
  /** [T+1][S][4 + H] */
  h: number;
  /** [blocks·H/8][T·S][8], panels `panel` bytes apart; also a and da [H/8][T·S][8]. */
  z: number;
  panel: number;
  a: number;
  da: number;
  /** [H/8][(T+1)·S][8], of the LSTM. */
  cells: number;
  cellPanel: number;
  dh: number;
  dc: number;
  /** [S][blocks·H] */
  rows: number;
  scratch: number;
}

export function placeTask(arena: Arena, model: ModelSpec, m: number, slices: number): TaskPlaces {
  const I = taskInputs(model, sharingOf(model));
  const { H, cell } = model;
  const each = Array.from({ length: gates[cell] }, (_, g) => g);
  const add = (what: string, from: number) => placeWeighed(arena, `task ${m}, ${what}`, from, H, slices);
  return {
    inputs: each.map((g) => add(`inputs of gate ${g}`, I)),
    states: each.map((g) => (g === candidateOf[cell] ? null : add(`state of gate ${g}`, H))),
    gate: add('gate of sharing', I),
  };
}

export function placeTaskWork(
  arena: Arena,
  model: ModelSpec,
  name: string,
  { S, T, kept }: { S: number; T: number; kept: number },
): TaskWork {
  const H = up(model.H, 8);
  const I = up(taskInputs(model, sharingOf(model)), 8);
  const rows = panelRows(T * S);
  const add = (what: string, ...shape: number[]) => arena.add(`${name} ${what}`, shape);
  const back = (what: string, ...shape: number[]) => (kept ? add(what, ...shape) : 0);
  const lstm = model.cell === 'lstm';
  return {
    T,
    x: add('inputs', T, S, 4 + I),
    ldX: 4 + I,
    h: add('states', T + 1, S, 4 + H),
    z: add('gates', (blockCount(model) * H) / 8, rows, 8),
    panel: rows * 32,
    a: add('gate of sharing', H / 8, rows, 8),
    da: back('gate of sharing, gradient', H / 8, rows, 8),
    cells: lstm ? add('cells', H / 8, panelRows((T + 1) * S), 8) : 0,
    cellPanel: panelRows((T + 1) * S) * 32,
    dh: back('state gradient', H / 8, S, 8),
    dc: lstm ? back('cell gradient', H / 8, S, 8) : 0,
    rows: back('gate gradient, rows', S, blockCount(model) * H),
    scratch: back('packing', Math.max(H, I) / 8, 256, 8),
  };
}
