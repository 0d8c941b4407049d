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

/**
 * Where the memory of the plain RNN enters: before the activation, h_t = g(W_ih x_t + b + W_hh h_{t−1}), as everybody has
 * it; after it, h_t = g(W_ih x_t + b) + W_hh h_{t−1}; or with the input, h_t = g(W_ih (x_t + W_hx h_{t−1}) + b). Without
 * any, h_t = g(W_ih x_t + b), it is the plain feed-forward network that the recurrent ones start from, row by row.
 */
export const memoryNames = ['before', 'after', 'input', 'none'] as const;
export type MemoryName = (typeof memoryNames)[number];

/** How recurrent weights begin (nn/initial.ts). */
export const initNames = ['orthogonal', 'uniform'] as const;
export type InitName = (typeof initNames)[number];

/**
 * How a decoder looks back at the encoder's states: not at all, additively (Bahdanau et al. 2015), or by a product with
 * (`luong`, "general") or without (`luong-dot`) weights (Luong et al. 2015).
 */
export const attentionNames = ['none', 'bahdanau', 'luong', 'luong-dot'] as const;
export type AttentionName = (typeof attentionNames)[number];

/**
 * What several tasks share (Liu, Qiu and Huang 2016): one recurrent layer for all, a layer each that reads the others' states
 * through gates, or a layer each beside a common bidirectional one (nn/sharing).
 */
export const sharingNames = ['uniform', 'coupled', 'shared'] as const;
export type SharingName = (typeof sharingNames)[number];

/** Everything that decides which parameters a model has and what they mean. */
export interface ModelSpec {
  cell: CellName;
  activation: ActivationName;
  /** Of the plain RNN; without, `before`. */
  memory?: MemoryName;
  D: number;
  H: number;
  L: number;
  O: number;
  /**
   * Probability that an output of one recurrent layer is zeroed on its way to the next, in training only; with segments
   * also on its way to the head.
   */
  dropout: number;
  /** W: steps to a segment, where the recurrence goes over segments (nn/segments.ts). */
  segment?: number;
  /**
   * Levels of the quantiles the head gives, the median first; each has its block of O / Q outputs. Without, outputs are
   * plain values.
   */
  quantiles?: number[];
  /** The O outputs are scores of O classes (softmax), of a window's end or of every step of it; without, they are values. */
  classes?: 'last' | 'every';
  /**
   * Steps a decoder makes one after another, O / steps values each (nn/seq2seq.ts); without, the head makes all at once.
   * `known`: how many of the D inputs, the last ones, are known ahead and so are given to each of its steps too.
   */
  decoder?: { steps: number; attention: AttentionName; known?: number };
  /**
   * Inputs are tokens 0 … V−1, as vectors of a learned embedding, D numbers each, or one-hot with D = V; the head scores O
   * classes at every step (nn/tokens.ts).
   */
  tokens?: { V: number; embedding: 'learned' | 'one-hot' };
  /**
   * Several tasks with heads of their own: the first `tasks` of the D inputs are one task's each, the others are read by all;
   * output k · tasks + m is value k of task m.
   */
  sharing?: { kind: SharingName; tasks: number };
}

/** Q: values per thing forecast. */
export const quantilesOf = ({ quantiles }: Pick<ModelSpec, 'quantiles'>): number => quantiles?.length ?? 1;

/** Segments that hold the horizon. */
export const segmentsOf = ({ O, segment = 1, quantiles }: Pick<ModelSpec, 'O' | 'segment' | 'quantiles'>): number =>
  Math.ceil(O / quantilesOf({ quantiles }) / segment);

/** G: gates of a cell, each with its own block of rows in the weights. RNN h; LSTM i, f, g, o; GRU r, z, n. */
export const gates: Record<CellName, number> = { rnn: 1, lstm: 4, gru: 3 };

/** A decoder's inputs: the values it made before, what is known ahead, and with Bahdanau's attention the context. */
export const decoderInputs = (
  { O, H }: ModelSpec,
  { steps, attention, known = 0 }: NonNullable<ModelSpec['decoder']>,
): number => O / steps + known + (attention === 'bahdanau' ? H : 0);
