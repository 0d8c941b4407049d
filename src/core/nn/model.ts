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
