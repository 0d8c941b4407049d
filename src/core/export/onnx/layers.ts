import type { ModelSpec } from '../../nn/model';
import type { Attribute, GraphWriter } from './graph';

/** What the networks are made of. Shapes as in nn/model.ts, outermost first. */
export interface States {
  /** Per layer [1][N][H]. */
  h: string[];
  /** The same; of LSTM alone. */
  c: string[];
}

export interface LayersOut extends States {
  /** [T][N][H] outputs of the last layer. */
  all: string;
}

/** Recurrent layers over x [T][N][inputs], from `initial` states or from zero. */
export function layers(
  g: GraphWriter,
  { cell, activation, H, L }: ModelSpec,
  prefix: string,
  x: string,
  initial?: States,
): LayersOut {
  const attributes: Record<string, Attribute> = { hidden_size: H };
  if (cell === 'rnn') attributes.activations = [{ tanh: 'Tanh', relu: 'Relu', sigmoid: 'Sigmoid' }[activation]];
  if (cell === 'gru') attributes.linear_before_reset = 1;
  const h: string[] = [];
  const c: string[] = [];
  let all = x;
  for (let l = 0; l < L; l++) {
    const weights = ['W', 'R', 'B'].map((kind) => `${prefix}${kind}_l${l}`);
    const from = initial ? ['', initial.h[l] as string, ...(cell === 'lstm' ? [initial.c[l] as string] : [])] : [];
    const names = [`${prefix}steps_l${l}`, `${prefix}h_l${l}`, ...(cell === 'lstm' ? [`${prefix}c_l${l}`] : [])];
    const [steps, last, cells] = g.ops(cell.toUpperCase(), names, [all, ...weights, ...from], attributes);
    all = g.op('Squeeze', `${prefix}out_l${l}`, [steps as string, g.ints(1)]);
    h.push(last as string);
    if (cells !== undefined) c.push(cells);
  }
  return { all, h, c };
}

/** x [R][inputs] · Wᵀ + b, of the parameters `name`.weight [outputs][inputs] and, with `bias`, `name`.bias. */
export function linear(g: GraphWriter, name: string, x: string, bias = true): string {
  return g.op('Gemm', `${name}.out`, [x, `${name}.weight`, ...(bias ? [`${name}.bias`] : [])], { transB: 1 });
}

/** The same over x [A][B][inputs]. */
export function linearOver(g: GraphWriter, name: string, x: string): string {
  const turned = g.op('Transpose', `${name}.turned`, [`${name}.weight`]);
  return g.op('Add', `${name}.out`, [g.op('MatMul', `${name}.product`, [x, turned]), `${name}.bias`]);
}

/** The axes of [A][B][…] changed over: [B][A][…]. */
export function swapped(g: GraphWriter, name: string, x: string): string {
  return g.op('Transpose', name, [x], { perm: [1, 0, 2] });
}

/** Rows `from` to `to` of one axis; without `to` up to the end. */
export function slice(g: GraphWriter, name: string, x: string, axis: number, from: number, to?: number): string {
  const end = to ?? Number.MAX_SAFE_INTEGER;
  return g.op('Slice', name, [x, g.ints(from), g.ints(end), g.ints(axis)]);
}
