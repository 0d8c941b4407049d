import type { WindowTable } from '../data/windows';
import type { LookWindow, NetworkView } from '../inside/look';
import type { LookOptions } from '../inside/looks';
import type { Radii } from '../inside/request';
import type { InitName, ModelSpec } from '../nn/model';
import type { KernelName, LossName, OptimizerName, ScheduleName, TrainingName } from '../settings';
import type { Labeller } from './labeller';
import type { Reader } from './reader';
import type { TokenRequest } from './tokens';

/** How one model is trained. All randomness comes from `seed`. */
export interface TrainOptions {
  epochs: number;
  /** 0: never stop early. */
  patience: number;
  batch: number;
  learningRate: number;
  /** Without: constant. */
  schedule?: ScheduleName;
  optimizer: OptimizerName;
  /** 0: no clipping. */
  clip: number;
  /** 0: the gradient goes through the whole window. */
  tbptt: number;
  loss: LossName;
  seed: number;
  threads: number;
  kernels: KernelName;
  /**
   * Steps the validation part is rolled out, each output fed back as the next input; 1: judged on the learned steps.
   * The best epoch is chosen by the loss over these.
   */
  rollout: number;
  /**
   * Share of its own outputs among what a decoder is fed, or a model of the next step over `unroll` steps, reached by a linear
   * rise over the first half of the epochs (scheduled sampling); without, it is fed the truth.
   */
  sampling?: number;
  /** Steps a training window of a model of the next step goes on, each learned; without: one. */
  unroll?: number;
  /** How recurrent weights begin; orthogonal unless told. */
  init?: InitName;
  /**
   * Of tasks that share: all of a batch's tasks together, or a batch of one task after the other, as Liu, Qiu and Huang (2016)
   * train, each window once per task and epoch. Without: together.
   */
  training?: TrainingName;
}

/** What a host lends to a computation that must not block it: a way to let messages in, and what they asked for. */
export interface Control {
  /** Lets the host's event loop run once. */
  breathe(): Promise<void>;
  /** Milliseconds from any fixed moment. */
  now(): number;
  /** True once the person asked to stop: training ends after the current batch, with the best epoch kept. */
  readonly stopping: boolean;
  /** Resolves at once unless paused; then when training may go on. */
  whileAllowed(): Promise<void>;
}

export interface TrainRequest {
  model: ModelSpec;
  table: WindowTable;
  options: TrainOptions;
  /** Where an earlier training of this very request stood: it goes on from there, and ends as if it had never stopped. */
  from?: TrainState | null;
}

/** Weights as one flat array in the order of the model's parameter table (nn/parameters.ts), fp32. */
export type Weights = Float32Array;

/** The bytes of these weights alone: an array that came from another process is a view into a whole message. */
export const bytesOf = (weights: Weights): Uint8Array => new Uint8Array(Float32Array.from(weights).buffer);

/**
 * Where a training stands after whole epochs. With the request it is all there is to know: the order of the windows and the
 * state of the random numbers follow from the seed and the number of epochs (they are drawn anew), the learning rate and
 * the share of own outputs from the counts, and every stream and window begins an epoch from a zero state.
 */
export interface TrainState {
  /** Finished. */
  epoch: number;
  /** Steps of the optimizer. */
  steps: number;
  bestEpoch: number;
  /** By which the best epoch is chosen. */
  bestLoss: number;
  /** Wall time of training up to here. */
  seconds: number;
  /** [parameters] as they are, of the best epoch, and the optimizer's two moments; those it does not use are zeros. */
  weights: Weights;
  best: Weights;
  moments: [Float32Array, Float32Array];
}

export type TrainEvent =
  | { type: 'progress'; epoch: number; done: number; samplesPerSecond: number; secondsLeft: number }
  | {
      type: 'epoch';
      epoch: number;
      bestEpoch: number;
      train: number;
      validation: number;
      gradientNorm: number;
      samplesPerSecond: number;
      secondsLeft: number;
      /** A copy of the weights after this epoch, which are the best so far if `bestEpoch` is this one. */
      weights: Weights;
      /** Now and then (learn/pace.ts): enough to go on from here another day. */
      state: TrainState | null;
    };

/** What training ends with: the weights of the best epoch. */
export interface Trained {
  weights: Weights;
  epochs: number;
  bestEpoch: number;
  stopped: 'epochs' | 'patience' | 'diverged' | 'interrupted';
  /** When diverged: the epoch and what was not finite. */
  trouble: { epoch: number; what: 'loss' | 'gradient' } | null;
  seconds: number;
  samplesPerSecond: number;
  /** After the last whole epoch; null where there was none, or where going on would only diverge again. */
  state: TrainState | null;
}

/** One buffer of the memory a training places: its name, shape (outermost axis first) and size. */
export interface MemoryRow {
  name: string;
  shape: number[];
  bytes: number;
}

/**
 * What the rest of the core may ask of the compiled floor. Nothing above this interface knows of pointers, threads or
 * WebAssembly; a native implementation would be a second class behind it.
 */
export interface Engine {
  readonly kernels: KernelName;
  readonly threads: number;
  /**
   * Trains one model. Ends when done or stopped; throws a LabError for a request that cannot be met.
   *
   * Several trainings may be under way at once: start them all and take their events as they come (`together` does).
   * Each is led by a thread of its own as far as threads go, the rest wait; a thread without a training of its own helps
   * with another. That is the fastest way to compare models, and how threads are shared never changes a result.
   */
  train(request: TrainRequest, control: Control): AsyncGenerator<TrainEvent, Trained>;
  /** Trains a model that reads tokens; as `train` in all else. The losses are nats per judged step. */
  trainTokens(request: TokenRequest, control: Control): AsyncGenerator<TrainEvent, Trained>;
  /** A trained model of tokens, ready to read one after another. */
  reader(model: ModelSpec, weights: Weights): Reader;
  /** The same for many rows of T tokens at once, each from a zero state: scores of every step [rows][T][O]. */
  labeller(model: ModelSpec, weights: Weights, T: number): Labeller;
  /**
   * The head's outputs for the windows that begin at `starts`, in the table's scaled units (a centred window's last
   * value added back): [starts.length][steps][targetColumns]. A model of classes gives the scores that softmax makes
   * probabilities of: [starts.length][classes], or [starts.length][T][classes] where every step is labelled.
   */
  predict(model: ModelSpec, weights: Weights, table: WindowTable, starts: Int32Array): Float32Array;
  /**
   * Autoregressive: one step forecast, appended to the window, whose oldest row falls out, `horizon` times over;
   * every roll begins from a zero state; columns known ahead are read from the table.
   * [starts.length][horizon][targetColumns]. Needs targetColumns = O, and all columns that are not known ahead.
   */
  rollOut(model: ModelSpec, weights: Weights, table: WindowTable, starts: Int32Array, horizon: number): Float32Array;
  /**
   * What the network does with one window, and with `back` what its gradient does on the way back, beside the spectral
   * radii of its recurrent weights per stack and layer. In a memory of its own: no training is touched.
   */
  look(
    model: ModelSpec,
    weights: Weights,
    window: LookWindow,
    options: LookOptions,
  ): { view: NetworkView; radius: Radii[][] | null };
  /** What a training would place in memory, in bytes, without placing it. `train` refuses what is beyond the limit. */
  memory(request: TrainRequest): { bytes: number; table: MemoryRow[] };
  /** Gives the memory and threads back. */
  close(): void;
}
