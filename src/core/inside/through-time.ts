import { gates, type ModelSpec } from '../nn/model';
import type { LayerStates } from './reading';

/** A weight matrix [out][in] among flat weights. */
export interface Matrix {
  values: ArrayLike<number>;
  out: number;
  in: number;
}

/** Σ over out of left[out]·W[out][in]: what a gradient of the outputs is at the inputs. */
export function transposed({ values, out, in: width }: Matrix, left: ArrayLike<number>, to: Float64Array): void {
  for (let o = 0; o < out; o++) {
    const scale = left[o] as number;
    if (scale === 0) continue;
    for (let i = 0; i < width; i++) to[i]! += scale * (values[o * width + i] as number);
  }
}

/** to [out] += W·right. */
export function applied({ values, out, in: width }: Matrix, right: ArrayLike<number>, to: Float64Array): void {
  for (let o = 0; o < out; o++)
    for (let i = 0; i < width; i++) to[o]! += (values[o * width + i] as number) * (right[i] as number);
}

/** What reaches a layer's states from outside itself. */
export interface Outside {
  /** [steps][H] from what reads the states: the head, the layer above, attention; null: nothing. */
  above: Float64Array | null;
  /** [H] from what goes on from the last states. */
  last: Float64Array | null;
  lastCell: Float64Array | null;
  /** False where steps stand side by side: nothing goes from one to the next. */
  linked: boolean;
}

/**
 * ∂L/∂h_t and, for the LSTM, ∂L/∂c_t of every step, [steps][H] each, from the gradients δ of the pre-activations:
 *
 *   RNN     ∂L/∂h_t = above_t + Uᵀ δ_{t+1}
 *   LSTM    ∂L/∂h_t = above_t + Σ over gates Uᵀ δ_{t+1};  ∂L/∂c_t = ∂L/∂h_t ∘ o_t ∘ (1 − tanh² c_t) + ∂L/∂c_{t+1} ∘ f_{t+1}
 *   GRU     ∂L/∂h_t = above_t + Σ over r, z, u Uᵀ δ_{t+1} + ∂L/∂h_{t+1} ∘ z_{t+1}
 *
 * @param hidden [steps][G·H] δ on the side of the state
 * @param U weight_hh
 */
export function gradientOfStates(
  model: Pick<ModelSpec, 'cell' | 'H'>,
  states: LayerStates,
  hidden: Float64Array,
  U: Matrix,
  { above, last, lastCell, linked }: Outside,
): { h: Float64Array; c: Float64Array | null } {
  const { steps, H } = states;
  const width = gates[model.cell] * H;
  const h = new Float64Array(steps * H);
  const c = states.c && new Float64Array(steps * H);
  for (let t = steps - 1; t >= 0; t--) {
    const at = t * H;
    const dh = h.subarray(at, at + H);
    if (above) dh.set(above.subarray(at, at + H));
    if (t === steps - 1 || !linked) addTo(dh, last);
    else {
      transposed(U, hidden.subarray((t + 1) * width, (t + 2) * width), dh);
      if (states.gates.z) for (let j = 0; j < H; j++) dh[j]! += h[at + H + j]! * states.gates.z[at + H + j]!;
    }
    if (!c || !states.c) continue;
    const dc = c.subarray(at, at + H);
    if (t === steps - 1 || !linked) addTo(dc, lastCell);
    const { o, f } = states.gates;
    for (let j = 0; j < H; j++) {
      const tanhC = Math.tanh(states.c[at + j]!);
      dc[j]! += dh[j]! * o![at + j]! * (1 - tanhC * tanhC);
      if (t < steps - 1 && linked) dc[j]! += c[at + H + j]! * f![at + H + j]!;
    }
  }
  return { h, c };
}

function addTo(to: Float64Array, what: Float64Array | null): void {
  what?.forEach((value, j) => {
    to[j]! += value;
  });
}

/** Euclidean norm of each row of [steps][width]. */
export function norms(rows: Float64Array, steps: number): Float64Array {
  const width = rows.length / steps;
  return Float64Array.from({ length: steps }, (_, t) => {
    let sum = 0;
    for (let j = t * width; j < (t + 1) * width; j++) sum += rows[j]! ** 2;
    return Math.sqrt(sum);
  });
}

/** What each step gives to the gradient of one weight matrix. */
export interface Contributions {
  /** [steps] Frobenius norm of the step's part. */
  norm: Float64Array;
  /** [steps] ⟨part, gradient⟩ / ‖gradient‖²: signed, and 1 in sum, because the parts add up to the gradient. */
  share: Float64Array;
  /** Frobenius norm of the whole gradient. */
  total: number;
}

/**
 * The same weights serve every step, so ∂L/∂W = Σ over t of left_t ⊗ right_t, a matrix of rank one per step: δ_t with the
 * state before it for weight_hh, and with the input for weight_ih.
 *
 * @param left [steps][out]
 * @param right [steps][in]
 * @param gradient as the engine sums it over the window
 */
export function contributionsTo(
  gradient: Matrix,
  left: Float64Array,
  right: Float64Array,
  steps: number,
): Contributions {
  const { values, out, in: width } = gradient;
  let square = 0;
  for (let i = 0; i < out * width; i++) square += (values[i] as number) ** 2;
  const [a, b] = [norms(left, steps), norms(right, steps)];
  const share = new Float64Array(steps);
  const sum = new Float64Array(width);
  for (let t = 0; t < steps; t++) {
    sum.fill(0);
    transposed(gradient, left.subarray(t * out, (t + 1) * out), sum);
    let product = 0;
    for (let i = 0; i < width; i++) product += sum[i]! * right[t * width + i]!;
    share[t] = square > 0 ? product / square : 0;
  }
  return { norm: a.map((value, t) => value * b[t]!), share, total: Math.sqrt(square) };
}
