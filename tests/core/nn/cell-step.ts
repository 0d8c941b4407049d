import { gates, type ModelSpec } from '../../../src/core/nn/model';

/** State of one layer: hidden and, for the LSTM, cell. */
export interface State {
  h: number[];
  c: number[];
}
export const zeros = (H: number): State => ({ h: Array(H).fill(0), c: Array(H).fill(0) });

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
export const affine = (W: number[], b: number[], x: number[]) =>
  b.map((bias, j) => x.reduce((sum, value, i) => sum + value * W[j * x.length + i]!, bias));

/** One step of one layer, from the textbook, on plain arrays named as PyTorch names them. */
export function cellStep(
  model: ModelSpec,
  weights: (name: string) => number[],
  l: number,
  x: number[],
  s: State,
): State {
  const { H, cell } = model;
  const a = affine(weights(`weight_ih_l${l}`), weights(`bias_ih_l${l}`), x);
  const u = affine(weights(`weight_hh_l${l}`), weights(`bias_hh_l${l}`), s.h);
  const gate = (v: number[], g: number) => v.slice(g * H, g * H + H);
  const both = (g: number) => gate(a, g).map((value, j) => value + gate(u, g)[j]!);
  if (gates[cell] === 1) return { h: both(0).map(Math.tanh), c: s.c };
  if (cell === 'lstm') {
    const [i, f, o] = [both(0), both(1), both(3)].map((v) => v.map(sigmoid)) as [number[], number[], number[]];
    const c = both(2).map((g, j) => f[j]! * s.c[j]! + i[j]! * Math.tanh(g));
    return { h: c.map((value, j) => o[j]! * Math.tanh(value)), c };
  }
  const [r, z] = [both(0), both(1)].map((v) => v.map(sigmoid)) as [number[], number[]];
  const n = gate(a, 2).map((value, j) => Math.tanh(value + r[j]! * gate(u, 2)[j]!));
  return { h: n.map((value, j) => (1 - z[j]!) * value + z[j]! * s.h[j]!), c: s.c };
}
