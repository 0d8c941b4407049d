import type { CellName, ModelSpec } from '../nn/model';
import type { AskedName, QuantityName } from './reading';
import type { StackName } from './stacks';

/**
 * What the window and the command line are told of the inside of a trained network: docs/inside.md says it in words.
 * T steps in the window, H units per layer, K steps forecast. Numbers are JSON numbers; null where not finite.
 */
export type Num = number | null;

/** A window of one run, named by the row of its last value or that row's time; without `at` the last of the series. */
export interface InsideWindow {
  run: string;
  at?: number | string;
  /** Whose weights: one of the kept epochs; without, the best, which is the run's own. */
  epoch?: number;
  /** Steps read; the trained lookback unless told. */
  lookback?: number;
  /** Of targets that share a network: whose forecast and loss; the first unless told. */
  target?: string;
}

/** The same window with points of its own changed. */
export interface InsideEdited extends InsideWindow {
  edits: Edit[];
  /** States that are wanted, all unless told: a hand that drags a point waits for every number that is sent. */
  quantities?: AskedName[];
}

/** Another value for one point of the window, in the column's own units. `step` 0 is the window's first. */
export interface Edit {
  step: number;
  column: string;
  value: number;
}

export interface InsideProbe {
  run: string;
  cell: CellName;
  model: ModelSpec;
  /** 1-based epoch whose weights these are, the best one, and those that were kept for looking back. */
  epoch: number;
  bestEpoch: number;
  epochs: number[];
  /** Row of the window's last value, and the first and last row a window of this length may end at. */
  at: number;
  range: [first: number, last: number];
  lookback: number;
  /** Whose forecast and loss these are, and who else may be asked for: targets that share a network. */
  target: string;
  targets: string[];
  /** As trained: the lookback, the steps the gradient went back (0: all), the largest norm (0: not clipped). */
  trained: { lookback: number; tbptt: number; clip: number };
  /** [T] of the window's rows; null without dates. */
  times: string[] | null;
  /** Columns read, the targets first: [T] in their own units (null for calendar features), and as the network reads them. */
  inputs: { name: string; values: Num[] | null; scaled: Num[] }[];
  /** In the target's units; `actual` is null where the truth is not known or the window was edited. */
  forecast: { step: number; time: string | null; value: Num; actual: Num }[];
  /** Of a run of classes, in place of `forecast`: the last window's class, or one for every step read; `step` 0 is the last one. */
  classes: {
    names: string[];
    /** `class` is the likeliest; `probabilities` are in the order of `names`. */
    steps: { step: number; time: string | null; class: string; probabilities: Num[]; actual: string | null }[];
  } | null;
  /** What the gradient is of: the loss in training against the known truth, or, where it is not known, the mean forecast (of classes the
   * logarithm of the likeliest one's probability); null: none was asked for. */
  of: 'loss' | 'forecast' | null;
  loss: Num;
  /** Global norm of the gradient of all weights by this window, before clipping. */
  gradientNorm: Num;
  stacks: InsideStack[];
  /** [K][T] weights of attention: a row sums to 1. */
  attention: Num[][] | null;
}

/** Recurrent layers, and where targets share a network whose they are: a task's, or a direction of the common layer. */
export interface InsideStack extends Pick<StackName, 'name' | 'way'> {
  task?: string;
  steps: number;
  layers: InsideLayer[];
}

export interface InsideLayer {
  /** [T][H] per quantity: h; LSTM c, i, f, g, o; GRU r, z, n; RNN a, the pre-activation. */
  states: Partial<Record<QuantityName, Num[][]>>;
  /** Of a task's layer: the gates [T][H] through which its candidate reads states: of which task, or null, of the common layer. */
  entrances?: { task: string | null; gate: Num[][] }[];
  /** RNN: share of units per step, and of all, whose activation's slope is under 5 % of its largest (inside/measures.ts). */
  saturated: { share: number; steps: number[] } | null;
  /** [H] steps in which half of a unit's memory is gone, ln ½ / ln of the mean of the gate that keeps it. */
  halfLife: { gate: 'f' | 'z'; steps: Num[] } | null;
  gradient: {
    /** [T] ‖∂L/∂h_t‖ and ‖∂L/∂c_t‖. */
    h: Num[] | null;
    c: Num[] | null;
    /** What each step gives to ∂L/∂W_hh and ∂L/∂W_ih. */
    recurrent: InsideContributions;
    input: InsideContributions;
  } | null;
  /** Spectral radius of W_hh, of each gate's block of rows where there are several; null where it was not asked for. */
  radius: Partial<Record<QuantityName, Num>> | null;
}

export interface InsideContributions {
  /** [T] Frobenius norm of the step's part of the gradient. */
  norm: Num[];
  /** [T] the part's share of the gradient, by projection: signed, 1 in sum. */
  share: Num[];
  /** Frobenius norm of the whole. */
  total: Num;
}

/** The same window under the weights of every kept epoch. */
export interface InsideEpochs {
  run: string;
  at: number;
  epochs: {
    epoch: number;
    loss: Num;
    gradientNorm: Num;
    /** Per stack, in the order of the window's, and layer: [T] ‖∂L/∂h_t‖, and the spectral radii. */
    stacks: { name: string; layers: Pick<InsideLayer, 'radius'>[]; gradient: (Num[] | null)[] }[];
  }[];
}
