import type { Arena } from '../kernels/arena';
import type { Kernels } from '../kernels/index';

/**
 * y = x·Wᵀ + b over R rows. A row is 4 numbers, the last of them a constant 1, and then the I inputs, so that one product
 * with [b; Wᵀ] is the whole of it. I and O are stored rounded up to multiples of 8; what is added stays zero.
 */
export interface Linear {
  k: Kernels;
  I: number;
  O: number;
  place: LinearPlace;
  /** Bytes of weight [O][I] and bias [O] within a flat array; null: no bias. */
  weight: number;
  bias: number | null;
}

/** The weights as kernels read them: forward [O/8][1 + I][8], backward [I/8][O][8]. */
export interface LinearPlace {
  forward: number;
  backward: number;
}

const up = (n: number) => Math.ceil(n / 8) * 8;

export function placeLinear(arena: Arena, name: string, I: number, O: number): LinearPlace {
  return {
    forward: arena.add(`packed ${name}`, [up(O) / 8, 1 + up(I), 8]),
    backward: arena.add(`packed ${name}, backward`, [up(I) / 8, O, 8]),
  };
}

/** The layer whose parameters are `name`.weight and, if there is one, `name`.bias. */
export function linear(
  k: Kernels,
  name: string,
  { I, O, place, at }: { I: number; O: number; place: LinearPlace; at: Record<string, number> },
): Linear {
  return { k, I, O, place, weight: at[`${name}.weight`] as number, bias: at[`${name}.bias`] ?? null };
}

/** From the flat array at `weights`. */
export function packLinear({ k, I, O, place, weight, bias }: Linear, weights: number): void {
  if (bias !== null) k.packRows(O, 1, weights + bias, 1, place.forward, 1 + up(I), 0, 0);
  k.packRows(O, I, weights + weight, I, place.forward, 1 + up(I), 1, 0);
  k.packColumns(O, I, weights + weight, I, place.backward, O, 0);
}

/** Rows begin at `rows` and are `ld` numbers apart; y [O/8][R][8] (+)=. R a multiple of 4, or 1 without adding. */
export function forwardLinear(
  { k, I, O, place }: Linear,
  R: number,
  rows: number,
  ld: number,
  y: number,
  { panel = R * 32, add = 0 }: { panel?: number; add?: 0 | 1 } = {},
): void {
  k.product(R, up(O) / 8, 1 + up(I), rows + 12, ld * 4, place.forward, y, panel, add);
}

/** Gradient of the weights, dW [O][4 + I], by that of the outputs dy [O/8][R][8]. scratch [I/8][256][8]. */
export function weightsBackLinear(
  { k, I, O }: Linear,
  { R, rows, ld, dy, dyPanel = R * 32, dW, scratch, add = 0 }: LinearBack,
): void {
  k.weightGradient(R, up(O) / 8, 0, 0, 4, up(I), dy, dyPanel, rows, ld, dW, scratch, add);
}
export interface LinearBack {
  R: number;
  rows: number;
  ld: number;
  dy: number;
  dyPanel?: number;
  dW: number;
  scratch: number;
  add?: 0 | 1;
}

/** Gradient of the inputs, dx [I/8][R][8] (+)= dy·W, by dyRows [R][O], `ld` numbers apart. */
export function inputsBackLinear(
  { k, I, O, place }: Linear,
  {
    R,
    dyRows,
    ld = up(O),
    dx,
    dxPanel = R * 32,
    add = 0,
  }: { R: number; dyRows: number; ld?: number; dx: number; dxPanel?: number; add?: 0 | 1 },
): void {
  k.product(R, up(I) / 8, O, dyRows, ld * 4, place.backward, dx, dxPanel, add);
}

/** The slices' gradients, added in their order, into the flat array at `to`. */
export function collectLinear(
  { k, I, O, weight, bias }: Linear,
  { offset, sliceBytes }: { offset: number; sliceBytes: number },
  slices: number,
  to: number,
): void {
  const ld = 4 + up(I);
  k.sumSlices(O, I, slices, offset + 16, ld, sliceBytes, to + weight, I);
  if (bias !== null) k.sumSlices(O, 1, slices, offset + 12, ld, sliceBytes, to + bias, 1);
}
