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

const activations = { tanh: 'Tanh', relu: 'Relu', sigmoid: 'Sigmoid' } as const;

/** Recurrent layers over x [T][N][inputs], from `initial` states or from zero. */
export function layers(g: GraphWriter, model: ModelSpec, prefix: string, x: string, initial?: States): LayersOut {
  const { cell, activation, memory = 'before', H, L } = model;
  if (memory === 'after') return addedMemory(g, model, prefix, x, initial);
  if (memory === 'none') return withoutMemory(g, model, prefix, x);
  const attributes: Record<string, Attribute> = { hidden_size: H };
  if (cell === 'rnn') attributes.activations = [activations[activation]];
  if (cell === 'gru') attributes.linear_before_reset = 1;
  const h: string[] = [];
  const c: string[] = [];
  let all = x;
  for (let l = 0; l < L; l++) {
    const weights =
      memory === 'input' ? throughInput(g, prefix, l, H) : ['W', 'R', 'B'].map((kind) => `${prefix}${kind}_l${l}`);
    const from = initial ? ['', initial.h[l] as string, ...(cell === 'lstm' ? [initial.c[l] as string] : [])] : [];
    const names = [`${prefix}steps_l${l}`, `${prefix}h_l${l}`, ...(cell === 'lstm' ? [`${prefix}c_l${l}`] : [])];
    const [steps, last, cells] = g.ops(cell.toUpperCase(), names, [all, ...weights, ...from], attributes);
    all = g.op('Squeeze', `${prefix}out_l${l}`, [steps as string, g.ints(1)]);
    h.push(last as string);
    if (cells !== undefined) c.push(cells);
  }
  return { all, h, c };
}

/** Without memory, h = g(W x + b), each row by itself. */
function withoutMemory(g: GraphWriter, { activation, L }: ModelSpec, prefix: string, x: string): LayersOut {
  const h: string[] = [];
  let all = x;
  for (let l = 0; l < L; l++) {
    all = activated(g, activation, prefix, l, all);
    h.push(slice(g, `${prefix}h_l${l}`, all, 0, -1));
  }
  return { all, h, c: [] };
}

/** g(W x + b) of every row. */
function activated(g: GraphWriter, activation: ModelSpec['activation'], prefix: string, l: number, x: string): string {
  const flat = g.op('Squeeze', `${prefix}W_flat_l${l}`, [`${prefix}W_l${l}`, g.ints(0)]);
  const W = g.op('Transpose', `${prefix}W_turned_l${l}`, [flat]);
  const product = g.op('MatMul', `${prefix}product_l${l}`, [x, W]);
  const sum = g.op('Add', `${prefix}sum_l${l}`, [product, `${prefix}bias_ih_l${l}`]);
  return g.op(activations[activation], `${prefix}activated_l${l}`, [sum]);
}

/** Memory with the input, g(W (x + M h) + b), is g(W x + (W M) h + b): W, R = W M and B of the plain operator. */
function throughInput(g: GraphWriter, prefix: string, l: number, H: number): string[] {
  const W = `${prefix}W_l${l}`;
  const R = g.op('MatMul', `${prefix}R_l${l}`, [W, `${prefix}weight_hx_l${l}`]);
  const bias = g.op('Pad', `${prefix}both_biases_l${l}`, [`${prefix}bias_ih_l${l}`, g.ints(0, H)]);
  return [W, R, g.op('Unsqueeze', `${prefix}B_l${l}`, [bias, g.ints(0)])];
}

/** Memory after the activation, h = g(W x + b) + R h, is no operator's: a loop over what the activation leaves of each row. */
function addedMemory(
  g: GraphWriter,
  { activation, H, L }: ModelSpec,
  prefix: string,
  x: string,
  initial?: States,
): LayersOut {
  const h: string[] = [];
  let all = x;
  for (let l = 0; l < L; l++) {
    const flat = g.op('Squeeze', `${prefix}R_flat_l${l}`, [`${prefix}R_l${l}`, g.ints(0)]);
    const R = g.op('Transpose', `${prefix}R_turned_l${l}`, [flat]);
    const rows = activated(g, activation, prefix, l, all);
    const first = g.op('ReduceSum', `${prefix}row_l${l}`, [slice(g, `${prefix}rows_l${l}`, rows, 0, 0, 1), g.ints(0)], {
      keepdims: 0,
    });
    const zero = g.op('Sub', `${prefix}zero_l${l}`, [first, first]);
    const from = initial ? g.op('Squeeze', `${prefix}from_l${l}`, [initial.h[l] as string, g.ints(0)]) : zero;
    const body = g.inner();
    // a decoding goes over more rows than there are windows
    const axis = `rows of ${first}`;
    const before = body.input('memory', 'float', [axis, H]);
    const row = body.input('row', 'float', [axis, H]);
    const next = body.op('Add', 'remembered', [row, body.op('MatMul', 'recalled', [before, R])]);
    body.output(next, 'memory_next', 'float', [axis, H]);
    body.output(next, 'out', 'float', [axis, H]);
    const [last, steps] = g.ops('Scan', [`${prefix}last_l${l}`, `${prefix}out_l${l}`], [from, rows], {
      body: body.graph('remember'),
      num_scan_inputs: 1,
    }) as [string, string];
    h.push(g.op('Unsqueeze', `${prefix}h_l${l}`, [last, g.ints(0)]));
    all = steps;
  }
  return { all, h, c: [] };
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
