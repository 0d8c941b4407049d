import { addSharing } from './sharing/parameters';

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

/** One named array of a model, as PyTorch names and shapes it, and where it lies in the flat `Weights`. */
export interface Parameter {
  name: string;
  shape: number[];
  offset: number;
  size: number;
}

/**
 * The parameters in their order in `Weights`: per layer weight_ih [G·H][D], weight_hh [G·H][H], bias_ih, bias_hh [G·H]
 * (both added, as in PyTorch), then head.weight [O][H], head.bias [O]. A weight [out][in] is applied as x·Wᵀ + b. A plain RNN
 * whose memory does not enter before the activation has bias_ih alone, and with memory `input` weight_hx [D][H] in place of
 * weight_hh, with memory `none` neither.
 *
 * With segments: first segment.weight [H][W·D] and segment.bias [H], which project a segment to the inputs of the layers
 * (so that weight_ih_l0 is [G·H][H]), then the layers, position [segments of the horizon][H], and a head of W outputs (W
 * per quantile).
 *
 * With tokens: first embedding.weight [V][D], where it is learned.
 *
 * With a decoder: the layers of both, as encoder.weight_ih_l0 and decoder.weight_ih_l0 and so on, the attention's
 * (nn/attention.ts), and a head of one step's outputs.
 *
 * With sharing: those of nn/sharing/parameters.ts.
 */
export function parameterTable(model: ModelSpec): Parameter[] {
  const { D, H, O, segment } = model;
  const table: Parameter[] = [];
  const add: Add = (name, ...shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const last = table.at(-1);
    table.push({ name, shape, offset: last ? last.offset + last.size : 0, size });
  };
  if (model.decoder) {
    addSeq2seq(add, model, model.decoder);
    return table;
  }
  if (model.sharing) {
    addSharing(add, model, model.sharing);
    return table;
  }
  if (model.tokens?.embedding === 'learned') add('embedding.weight', model.tokens.V, D);
  if (segment) addLinear(add, 'segment', segment * D, H);
  addLayers(add, '', { ...model, D: segment ? H : D });
  if (segment) add('position', segmentsOf(model), H);
  addLinear(add, 'head', H, segment ? segment * quantilesOf(model) : O);
  return table;
}
export type Add = (name: string, ...shape: number[]) => void;

export function addLinear(add: Add, name: string, inputs: number, outputs: number): void {
  add(`${name}.weight`, outputs, inputs);
  add(`${name}.bias`, outputs);
}

/** A decoder's inputs: the values it made before, what is known ahead, and with Bahdanau's attention the context. */
export const decoderInputs = (
  { O, H }: ModelSpec,
  { steps, attention, known = 0 }: NonNullable<ModelSpec['decoder']>,
): number => O / steps + known + (attention === 'bahdanau' ? H : 0);

function addSeq2seq(add: Add, model: ModelSpec, decoder: NonNullable<ModelSpec['decoder']>): void {
  const { H, O } = model;
  const { steps, attention } = decoder;
  addLayers(add, 'encoder.', model);
  addLayers(add, 'decoder.', { ...model, D: decoderInputs(model, decoder) });
  if (attention === 'bahdanau' || attention === 'luong') add('attention.query.weight', H, H);
  if (attention === 'bahdanau') {
    addLinear(add, 'attention.key', H, H);
    add('attention.score', H);
  } else if (attention !== 'none') {
    add('attention.context.weight', H, H);
    addLinear(add, 'attention.state', H, H);
  }
  addLinear(add, 'head', H, O / steps);
}

export function addLayers(
  add: Add,
  prefix: string,
  { cell, memory = 'before', D, H, L }: Pick<ModelSpec, 'cell' | 'memory' | 'D' | 'H' | 'L'>,
): void {
  const rows = gates[cell] * H;
  for (let l = 0; l < L; l++) {
    const inputs = l === 0 ? D : H;
    add(`${prefix}weight_ih_l${l}`, rows, inputs);
    if (memory === 'input') add(`${prefix}weight_hx_l${l}`, inputs, H);
    else if (memory !== 'none') add(`${prefix}weight_hh_l${l}`, rows, H);
    add(`${prefix}bias_ih_l${l}`, rows);
    if (memory === 'before') add(`${prefix}bias_hh_l${l}`, rows);
  }
}

/** How many numbers a model learns. */
export function parameterCount(model: ModelSpec): number {
  return parameterTable(model).reduce((sum, { size }) => sum + size, 0);
}
