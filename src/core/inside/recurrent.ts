import { gates, type ModelSpec } from '../nn/model';
import type { LayerStates } from './reading';
import { applied, type Matrix, transposed } from './through-time';

type Named = (name: string) => Float32Array | Float64Array;
type Model = Pick<ModelSpec, 'cell' | 'memory' | 'H'>;

/** The weights by which a state enters the next step: weight_hh [G·H][H], or W_ih W_hx where memory enters with the input; zeros without memory. */
export function recurrentOf(
  { cell, memory, H }: Model,
  named: Named,
  inputs: number,
): Matrix & { values: Float32Array | Float64Array } {
  if (memory === 'none') return { values: new Float64Array(H * H), out: H, in: H };
  if (memory !== 'input') return { values: named('weight_hh'), out: gates[cell] * H, in: H };
  const V = { values: named('weight_hx'), out: inputs, in: H };
  const W = named('weight_ih');
  const values = new Float64Array(H * H);
  for (let j = 0; j < H; j++)
    transposed(V, W.subarray(j * inputs, (j + 1) * inputs), values.subarray(j * H, (j + 1) * H));
  return { values, out: H, in: H };
}

/** A weight's gradient as Σ over t of left_t ⊗ right_t. */
export interface Side {
  /** null: there is no such weight, and its gradient is zero. */
  name: string | null;
  /** [steps][out], [steps][in] */
  left: Float64Array;
  right: Float64Array;
}

/**
 * The two sides of a layer: δ_t with the state before it makes ∂L/∂weight_hh, and with the input ∂L/∂weight_ih. Where memory
 * enters with the input, x_t + V h_{t−1} is what W_ih is applied to, and Wᵀ δ_t with the state makes ∂L/∂weight_hx.
 */
export function sidesOf(
  { memory, H }: Model,
  { steps, inputs, x, before }: LayerStates,
  { input, hidden }: { input: Float64Array; hidden: Float64Array },
  named: Named,
): { recurrent: Side; input: Side } {
  const own = { name: 'weight_ih', left: input, right: x };
  if (memory === 'none') return { recurrent: { name: null, left: hidden, right: before.map(() => 0) }, input: own };
  if (memory !== 'input') return { recurrent: { name: 'weight_hh', left: hidden, right: before }, input: own };
  const V = { values: named('weight_hx'), out: inputs, in: H };
  const W = { values: named('weight_ih'), out: H, in: inputs };
  const left = new Float64Array(steps * inputs);
  const right = x.slice();
  for (let t = 0; t < steps; t++) {
    transposed(W, input.subarray(t * H, (t + 1) * H), left.subarray(t * inputs, (t + 1) * inputs));
    applied(V, before.subarray(t * H, (t + 1) * H), right.subarray(t * inputs, (t + 1) * inputs));
  }
  return { recurrent: { name: 'weight_hx', left, right: before }, input: { ...own, right } };
}
