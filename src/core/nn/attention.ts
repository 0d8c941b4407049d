import type { Arena } from '../kernels/arena';
import type { Kernels } from '../kernels/index';
import { placeSliceGradient, type SliceGradient, up } from './layout';
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
import type { AttentionName, ModelSpec } from './model';

/**
 * How a decoder state s looks back at the encoder's states h₁ … h_T: scores, weights α = softmax(e), context c = Σ αₜ hₜ.
 *
 *   bahdanau    eₜ = v · tanh(Wq s + Wk hₜ + b)     (additive: Bahdanau et al. 2015)
 *   luong       eₜ = (W s) · hₜ                     (general: Luong et al. 2015)
 *   luong-dot   eₜ = s · hₜ
 *
 * On the way back, with c̄ the context's gradient: ᾱₜ = c̄ · hₜ, ēₜ = αₜ (ᾱₜ − Σ α ᾱ), and each score's own; hₜ is key and
 * value at once and gets both parts.
 */
export interface AttentionPlaces {
  query: LinearPlace;
  key: LinearPlace;
  /** [H] padded with zeros. */
  score: number;
  gradients: { query: SliceGradient; key: SliceGradient; score: SliceGradient };
}

export interface AttentionWork {
  /** [K][S][T] weights. */
  alpha: number;
  /** [K][S][4 + H] contexts, a constant 1 before each. */
  context: number;
  /** [K][H/8][S][8] projected queries. */
  query: number;
  /** [H/8][T·S][8] projected keys. */
  key: number;
  de: number;
  /** [H/8][T·S][8] gradient of the encoder's states. */
  dStates: number;
  dKey: number;
  dKeyRows: number;
  dQuery: number;
  dQueryRows: number;
  scratch: number;
}

/** Rows of states: the four numbers before each state end with a constant 1. */
export interface Rows {
  at: number;
  ld: number;
}
/** Blocks of eight numbers, `block` bytes apart, of rows `row` bytes apart. */
export interface Blocks {
  at: number;
  block: number;
  row: number;
}

export class Attention {
  readonly #k: Kernels;
  readonly #kind: AttentionName;
  readonly #H: number;
  readonly #T: number;
  readonly #query: Linear;
  readonly #key: Linear;
  readonly #places: AttentionPlaces;
  readonly #work: AttentionWork;
  readonly #at: Record<string, number>;

  constructor(
    k: Kernels,
    { H, T, kind }: { H: number; T: number; kind: AttentionName },
    at: Record<string, number>,
    places: AttentionPlaces,
    work: AttentionWork,
  ) {
    this.#k = k;
    this.#kind = kind;
    this.#H = H;
    this.#T = T;
    this.#places = places;
    this.#work = work;
    this.#at = at;
    this.#query = linear(k, 'attention.query', { I: H, O: H, place: places.query, at });
    this.#key = linear(k, 'attention.key', { I: H, O: H, place: places.key, at });
  }

  get #P(): number {
    return up(this.#H, 8) / 8;
  }
  get #ldE(): number {
    return up(this.#T, 4);
  }
  /** Where the context of step k begins: its four leading numbers. */
  context(k: number, S: number): Rows {
    const ld = 4 + this.#P * 8;
    return { at: this.#work.context + k * S * ld * 4, ld };
  }

  pack(weights: number): void {
    if (this.#kind !== 'luong-dot') packLinear(this.#query, weights);
    if (this.#kind !== 'bahdanau') return;
    packLinear(this.#key, weights);
    // a sum of one slice is a copy; what pads the vector stays zero
    this.#k.sumSlices(1, this.#H, 1, weights + (this.#at['attention.score'] as number), 0, 0, this.#places.score, 0);
  }

  /** Once the encoder's states are known. */
  prepare(S: number, states: Rows): void {
    if (this.#kind === 'bahdanau') forwardLinear(this.#key, this.#T * S, states.at, states.ld, this.#work.key);
  }

  /** Weights and context of step k for the decoder states `query`. */
  look(k: number, S: number, query: Rows, states: Rows): void {
    const K = this.#k;
    const [P, T, ldE] = [this.#P, this.#T, this.#ldE];
    const { key } = this.#work;
    const e = this.#work.alpha + k * S * ldE * 4;
    const projected = this.#work.query + k * P * S * 32;
    const keys = states.at + 16;
    if (this.#kind !== 'luong-dot') forwardLinear(this.#query, S, query.at, query.ld, projected);
    if (this.#kind === 'bahdanau') K.scoresAdditive(T, S, P, projected, key, T * S * 32, this.#places.score, e, ldE);
    else {
      const q = this.#blocks(k, S, query);
      K.scoresDot(T, S, P, q.at, q.block, q.row, keys, states.ld, e, ldE);
    }
    const context = this.context(k, S);
    K.attend(T, S, P, 0, e, ldE, keys, states.ld, context.at + 16, context.ld);
  }

  /** What the keys are multiplied with: the projected query, or the state itself. */
  #blocks(k: number, S: number, query: Rows): Blocks {
    if (this.#kind === 'luong-dot') return { at: query.at + 16, block: 32, row: query.ld * 4 };
    return { at: this.#work.query + k * this.#P * S * 32, block: S * 32, row: 32 };
  }

  beginBack(slice: number, S: number): void {
    const size = this.#P * this.#T * S * 32;
    this.#k.clear(this.#work.dStates, size);
    if (this.#kind !== 'bahdanau') return;
    this.#k.clear(this.#work.dKey, size);
    const { offset, sliceBytes } = this.#places.gradients.score;
    this.#k.clear(offset + slice * sliceBytes, sliceBytes);
  }

  /** The context's gradient of step k → that of the query, added to panels `to` [H/8][S][8], and those kept for the end. */
  back(
    k: number,
    slice: number,
    S: number,
    from: Blocks,
    query: Rows,
    states: Rows,
    to: { at: number; panel: number },
    add: 0 | 1,
  ): void {
    const K = this.#k;
    const [P, T, ldE] = [this.#P, this.#T, this.#ldE];
    const { alpha, de, dStates, key, dKey, dQuery, dQueryRows, scratch } = this.#work;
    const { gradients, score } = this.#places;
    const panel = T * S * 32;
    const keys = states.at + 16;
    const weights = alpha + k * S * ldE * 4;
    K.attendBack(T, S, P, weights, ldE, from.at, from.block, from.row, keys, states.ld, de, dStates, panel);
    const q = this.#blocks(k, S, query);
    if (this.#kind === 'bahdanau') {
      const dv = gradients.score.offset + slice * gradients.score.sliceBytes;
      K.scoresAdditiveBack(T, S, P, de, ldE, q.at, key, panel, score, dQuery, dKey, dv);
    } else K.scoresDotBack(T, S, P, de, ldE, q.at, q.block, q.row, keys, states.ld, dQuery, dStates, panel);
    K.toRows(S, 0, P * 8, dQuery, S * 32, dQueryRows, P * 8);
    if (this.#kind === 'luong-dot') {
      K.addPanels(P, S, to.at, to.panel, dQuery, S * 32);
      return;
    }
    const dW = gradients.query.offset + slice * gradients.query.sliceBytes;
    weightsBackLinear(this.#query, { R: S, rows: query.at, ld: query.ld, dy: dQuery, dW, scratch, add });
    inputsBackLinear(this.#query, { R: S, dyRows: dQueryRows, dx: to.at, dxPanel: to.panel, add: 1 });
  }

  /** After all steps: the keys' weights, and their part of the states' gradient. Gives where that is. */
  endBack(slice: number, S: number, states: Rows): number {
    const { dStates, dKey, dKeyRows, scratch } = this.#work;
    if (this.#kind !== 'bahdanau') return dStates;
    const R = this.#T * S;
    const { offset, sliceBytes } = this.#places.gradients.key;
    weightsBackLinear(this.#key, {
      R,
      rows: states.at,
      ld: states.ld,
      dy: dKey,
      dW: offset + slice * sliceBytes,
      scratch,
    });
    this.#k.toRows(R, 0, this.#P * 8, dKey, R * 32, dKeyRows, this.#P * 8);
    inputsBackLinear(this.#key, { R, dyRows: dKeyRows, dx: dStates, add: 1 });
    return dStates;
  }

  collect(slices: number, to: number): void {
    const { query, key, score } = this.#places.gradients;
    if (this.#kind !== 'luong-dot') collectLinear(this.#query, query, slices, to);
    if (this.#kind !== 'bahdanau') return;
    collectLinear(this.#key, key, slices, to);
    const at = to + (this.#at['attention.score'] as number);
    this.#k.sumSlices(1, this.#H, slices, score.offset, up(this.#H, 8), score.sliceBytes, at, this.#H);
  }
}

export function placeAttention(arena: Arena, { H }: Pick<ModelSpec, 'H'>, slices: number): AttentionPlaces {
  const width = up(H, 8);
  return {
    query: placeLinear(arena, 'query', H, H),
    key: placeLinear(arena, 'key', H, H),
    score: arena.add('score', [width]),
    gradients: {
      query: placeSliceGradient(arena, 'query', slices, width, 4 + width),
      key: placeSliceGradient(arena, 'key', slices, width, 4 + width),
      score: placeSliceGradient(arena, 'score', slices, 1, width),
    },
  };
}

export function placeAttentionWork(
  arena: Arena,
  name: string,
  { S, T, K, H, kept }: { S: number; T: number; K: number; H: number; kept: number },
): AttentionWork {
  const width = up(H, 8);
  const add = (what: string, ...shape: number[]) => arena.add(`${name} attention, ${what}`, shape);
  const back = (what: string, ...shape: number[]) => (kept ? add(what, ...shape) : 0);
  return {
    alpha: add('weights', K, S, up(T, 4)),
    context: add('contexts', K, S, 4 + width),
    query: add('queries', K, width / 8, S, 8),
    key: add('keys', width / 8, T * S, 8),
    de: back('score gradient', S, up(T, 4)),
    dStates: back('state gradient', width / 8, T * S, 8),
    dKey: back('key gradient', width / 8, T * S, 8),
    dKeyRows: back('key gradient, rows', T * S, width),
    dQuery: back('query gradient', width / 8, S, 8),
    dQueryRows: back('query gradient, rows', S, width),
    scratch: back('packing', width / 8, 256, 8),
  };
}
