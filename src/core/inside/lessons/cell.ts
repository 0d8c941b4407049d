/**
 * Lesson 1: one plain cell with all its numbers in sight. Letters as in nn/model.ts; PyTorch's two bias vectors are one here.
 *
 *   h_t = tanh(W_xh x_t + W_hh h_{t−1} + b_h)        y_t = W_hy h_t + b_y
 */
export interface VisibleCell {
  /** [H][D] */
  Wxh: number[][];
  /** [H][H] */
  Whh: number[][];
  bh: number[];
  /** [O][H] */
  Why: number[][];
  by: number[];
}

/** H = 2, D = 3: small enough to be followed by hand, of unequal sizes so that no axis is mistaken for another. */
export const visibleCell: VisibleCell = {
  Wxh: [
    [0.5, -0.3, 0.8],
    [-0.6, 0.9, 0.2],
  ],
  Whh: [
    [0.7, -0.4],
    [0.3, 0.6],
  ],
  bh: [0.1, -0.1],
  Why: [[1.2, -0.8]],
  by: [0.05],
};

export interface CellStep {
  x: number[];
  /** The state the step begins from. */
  before: number[];
  /** W_xh x_t and W_hh h_{t−1}: the two halves of [W_xh | W_hh] on x_t over h_{t−1}. */
  fromInput: number[];
  fromState: number[];
  /** Pre-activation: both halves and the bias. */
  a: number[];
  h: number[];
  y: number[];
}

const product = (W: number[][], v: number[]): number[] => W.map((row) => row.reduce((sum, w, j) => sum + w * v[j]!, 0));

/** The same weights at every step, from a state of zeros; `inputs` is [T][D]. */
export function unroll(cell: VisibleCell, inputs: number[][]): CellStep[] {
  let state = cell.bh.map(() => 0);
  return inputs.map((x) => {
    const before = state;
    const fromInput = product(cell.Wxh, x);
    const fromState = product(cell.Whh, before);
    const a = cell.bh.map((b, i) => fromInput[i]! + fromState[i]! + b);
    state = a.map(Math.tanh);
    const y = product(cell.Why, state).map((value, o) => value + cell.by[o]!);
    return { x, before, fromInput, fromState, a, h: state, y };
  });
}

/** Numbers such a cell learns: H(D + H + 1) + O(H + 1), in which T does not occur. */
export const cellParameters = (D: number, H: number, O: number): number => H * (D + H + 1) + O * (H + 1);

/** Numbers a dense layer from a whole window would learn to the same H units and O outputs: it grows with T. */
export const denseParameters = (T: number, D: number, H: number, O: number): number => H * (T * D + 1) + O * (H + 1);
