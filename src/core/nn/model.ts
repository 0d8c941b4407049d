/**
 * The legend. These letters mean one thing in every file of this project:
 *
 *   N  windows in a batch          T  time steps in a window (lookback)
 *   D  features per time step      H  hidden units per layer
 *   L  recurrent layers            G  gates of the cell (RNN 1, GRU 3, LSTM 4)
 *   K  horizon: steps forecast     O  outputs of the head (target columns × steps learned at once)
 *   V  vocabulary
 *
 * A buffer's shape is written where it is declared, outermost axis first: `x [T][N][D]`.
 */
export const cellNames = ['rnn', 'lstm', 'gru'] as const;
export type CellName = (typeof cellNames)[number];

export const activationNames = ['tanh', 'relu', 'sigmoid'] as const;
/** The non-linearity of the plain RNN cell; LSTM and GRU always use tanh and the logistic function. */
export type ActivationName = (typeof activationNames)[number];

/** Everything that decides which parameters a model has and what they mean. */
export interface ModelSpec {
  cell: CellName;
  activation: ActivationName;
  D: number;
  H: number;
  L: number;
  O: number;
  /** Probability that an output of one recurrent layer is zeroed on its way to the next, in training only. */
  dropout: number;
}

/** G: gates of a cell, each with its own block of rows in the weights. RNN h; LSTM i, f, g, o; GRU r, z, n. */
export const gates: Record<CellName, number> = { rnn: 1, lstm: 4, gru: 3 };

/** One named array of a model, as PyTorch names and shapes it, and where it lies in the flat `Weights`. */
export interface Parameter {
  name: string;
  shape: number[];
  offset: number;
  size: number;
}

/**
 * The parameters in their order in `Weights`: per layer weight_ih [G·H][D], weight_hh [G·H][H], bias_ih, bias_hh [G·H]
 * (both added, as in PyTorch), then head.weight [O][H], head.bias [O]. A weight [out][in] is applied as x·Wᵀ + b.
 */
export function parameterTable(model: ModelSpec): Parameter[] {
  const { D, H, L, O } = model;
  const rows = gates[model.cell] * H;
  const table: Parameter[] = [];
  let offset = 0;
  const add = (name: string, ...shape: number[]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    table.push({ name, shape, offset, size });
    offset += size;
  };
  for (let l = 0; l < L; l++) {
    add(`weight_ih_l${l}`, rows, l === 0 ? D : H);
    add(`weight_hh_l${l}`, rows, H);
    add(`bias_ih_l${l}`, rows);
    add(`bias_hh_l${l}`, rows);
  }
  add('head.weight', O, H);
  add('head.bias', O);
  return table;
}

/** How many numbers a model learns. */
export function parameterCount(model: ModelSpec): number {
  return parameterTable(model).reduce((sum, { size }) => sum + size, 0);
}
