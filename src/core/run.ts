import type { Frequency, ReadingChoices } from './data/frame';
import type { CellName, ModelSpec } from './nn/model';
import type { ClassPartMetrics, ClassReport, ToldClasses } from './run-classes';
import type { KernelName, Settings } from './settings';

export type * from './run-classes';

/**
 * RunRecord: everything needed to repeat, show, resume or export one trained model. It is `run.json` in the run's
 * folder, beside `weights.safetensors` and `predictions.csv`. Field names follow `forecast --json`.
 */
export const runVersion = 1;

/** Scores over one part, in the target's own units after undoing every transform. `null`: not defined there. */
export interface Metrics {
  /** Forecast values judged. */
  n: number;
  mae: number | null;
  mse: number | null;
  rmse: number | null;
  /** Percent. */
  mape: number | null;
  /** Percent, 0–200. */
  smape: number | null;
  mase: number | null;
  r2: number | null;
  /** Share of windows, 0–1. */
  direction: number | null;
  skill: number | null;
  /** Share of values inside the band, 0–1. */
  coverage80: number | null;
  coverage95: number | null;
}

/** In units of the training part's standard deviation. */
export interface ScaledMetrics {
  mse: number | null;
  mae: number | null;
}

export interface PartMetrics {
  validation: Metrics;
  test: Metrics;
  testScaled: ScaledMetrics;
}

export interface Part {
  rows: number;
  start: string | null;
  end: string | null;
}
export interface Split {
  train: Part;
  validation: Part;
  test: Part;
}

export interface ForecastPoint {
  /** 1 … horizon. */
  step: number;
  /** Of curves that a model was applied to: the row of the file, from 1. */
  row?: number;
  time: string | null;
  value: number;
  lower80: number | null;
  upper80: number | null;
  lower95: number | null;
  upper95: number | null;
}

export interface Baseline {
  name: string;
  metrics: PartMetrics;
  /** Of a task of classes, whose `metrics` are null. */
  classMetrics?: ClassPartMetrics;
}

/** Errors of the test part at one step ahead, in the target's units. */
export interface StepError {
  step: number;
  mae: number;
  rmse: number;
  naiveMae: number;
}

/** One of several targets: what a run with a single one says of it. */
export interface TargetResult {
  name: string;
  metrics: PartMetrics;
  byStep: StepError[];
  bands: Bands | null;
  evidence: Evidence;
  forecast: ForecastPoint[];
  baselines: Baseline[];
}

/** What sharing did to a task, beyond what chance explains; `untested`: too few windows to tell. */
export const sharingOutcomes = ['helped', 'harmed', 'chance', 'untested'] as const;
export type SharingOutcome = (typeof sharingOutcomes)[number];
export interface SharingTest {
  /** 1 − error of the shared network / error of the models of one task. */
  change: number;
  /** Diebold–Mariano test of equal absolute error against the models of one task: p is one-sided, small when sharing is better. */
  test: { statistic: number; p: number; windows: number } | null;
  outcome: SharingOutcome;
}

/** One task by a model of its own, of the same cell, size, windows, epochs and seed. */
export interface TaskAlone extends SharingTest {
  name: string;
  parameters: number;
  epochs: number;
  bestEpoch: number;
  seconds: number;
  metrics: PartMetrics;
  evidence: Evidence;
  forecast: ForecastPoint[];
}

/** What came of sharing, task by task and over all of them, each task's error there in units of its naive error. */
export interface SharingReport {
  kind: Exclude<Settings['sharing'], 'none'>;
  training: Settings['training'];
  tasks: TaskAlone[];
  overall: SharingTest;
}

/** A way of asking a trained network for a forecast (forecast/forms.ts). */
export const formNames = ['direct', 'one-step', 'rolled-out', 'blocks', 'decoded'] as const;
export type Form = (typeof formNames)[number];
/** Errors of one such way by step ahead, over `windows` windows of the test part. */
export interface FormErrors {
  form: Form;
  windows: number;
  byStep: StepError[];
}

/**
 * Prediction bands, from the validation residuals (locally weighted split conformal prediction). A band reaches `half`
 * times the spread of its origin to both sides: value ± half · spread, with `log` value · e^(± half · spread).
 * null: too few residuals to promise it. With g(y) = ln max(y, floor) if `log`, else y, the spread after row t is
 *   0.8 · mean of |g(y(i)) − g(y(i−1))| over the last `rows` rows up to t + 0.2 · usual.
 */
export interface Bands {
  log: boolean;
  floor: number;
  rows: number;
  /** Mean change from row to row in the training part. */
  usual: number;
  /** Per step ahead. */
  half80: (number | null)[];
  half95: (number | null)[];
}

/** What speaks for or against a model beyond its scores, all measured on the test part. */
export interface Evidence {
  /** Diebold–Mariano test of equal absolute error against naive: p is one-sided, small when the model is better. */
  againstNaive: { statistic: number; p: number; windows: number } | null;
  /** The same against every baseline that could be tested, in their order. */
  againstBaselines: { name: string; statistic: number; p: number }[];
  /** Shift of the truth, in steps, with which the forecast correlates best; 0 is right, `horizon` is a copy of the last value. */
  lag: number | null;
  /** Probability that a coin calls the direction at least as often right. */
  coin: number | null;
  /** True when the forecast is the past shifted: lag ≥ 1, direction no better than a coin, and about as near as naive. */
  copy: boolean;
}

/** What the same model would seem to reach had scaler and epoch seen the test part: a demonstration, never a result. */
export interface Leak {
  bestEpoch: number;
  test: Metrics;
}

/** One fold of a rolling-origin backtest: what was trained on what, and how it did on the rows after. */
export interface Fold {
  split: Split;
  /** False where the model of the first fold was used as it was. */
  trained: boolean;
  preparation: Preparation;
  epochs: number;
  bestEpoch: number;
  metrics: PartMetrics;
  baselines: Baseline[];
}

/** A score over the folds: mean and standard deviation (dividing by folds − 1; null for a single one). */
export interface Spread {
  mean: number | null;
  deviation: number | null;
}

/** One model over all folds. `metrics`, `evidence` and `baselines` are over the test windows of all folds together. */
export interface BacktestRun {
  cell: CellName;
  seed: number;
  refit: boolean;
  folds: Fold[];
  overFolds: { mae: Spread; rmse: Spread; mase: Spread; skill: Spread };
  metrics: TestMetrics;
  evidence: Evidence;
  baselines: { name: string; metrics: TestMetrics }[];
}

export type TestMetrics = Pick<PartMetrics, 'test' | 'testScaled'>;

export interface DatasetFingerprint {
  file: string;
  rows: number;
  dateColumn: string | null;
  target: string;
  frequency: Frequency;
  start: string | null;
  end: string | null;
  sha256: string;
  reading: ReadingChoices;
  /** Where it was read from on this machine, or `example:NAME`; absent where it came through a browser. */
  path?: string;
}

/** How the target and inputs were made ready, with everything fitted on the training part: enough to undo it exactly. */
export interface Preparation {
  transform: Exclude<Settings['transform'], 'auto'>;
  scale: Exclude<Settings['scale'], 'auto'>;
  /** Per input column, target first. */
  columns: PreparedColumn[];
}

/**
 * How one column y becomes an input x of the network. With g(y) = ln max(y, floor) if `log`, else y:
 *   u(t) = g(y(t)) − g(y(t − lag))  (u = g(y) where lag is 0)      x(t) = (u(t) − offset) / factor
 */
export interface PreparedColumn {
  name: string;
  /** Known ahead: read for the step to be forecast, not for the row that is read. Such columns come last. */
  known?: boolean;
  log: boolean;
  /** Smallest value the logarithm is taken of; 0 without logarithm. */
  floor: number;
  /** Rows between the two values of a difference; 0: no difference is taken. */
  lag: number;
  offset: number;
  factor: number;
}

/** Forecasts over one part, in the target's units: `values[w][k]` is made from row `origins[w]` for `firstStep + k` rows on. */
export interface Predictions {
  firstStep: number;
  /** [windows] row of the last value each forecast has seen. */
  origins: Int32Array;
  /** Steps per window. */
  steps: number;
  /** [windows][steps] */
  values: Float64Array;
  /** [windows][steps] */
  actual: Float64Array;
  /** [windows] the target at each origin: the last value a forecast has seen. */
  last: Float64Array;
  /** [windows][steps] what skill is measured against, where that is not `last` at every step: of curves (forecast/curves.ts). */
  naive?: Float64Array;
  /** Of the bands of the run that made these forecasts. */
  edges?: Edges;
  /** Of a task of classes: then values, actual and last are codes, and steps is 1. */
  classes?: ToldClasses;
}

/** [windows][steps] lower and upper ends of prediction bands; NaN where no band could be promised. */
export type Edge = 'lower80' | 'upper80' | 'lower95' | 'upper95';
export type Edges = Record<Edge, Float64Array>;

export type Stopped = 'epochs' | 'patience' | 'diverged' | 'interrupted';

export interface RunRecord {
  version: typeof runVersion;
  id: string;
  /** Runs started together, on the same windows, share this. */
  experiment: string;
  name: string;
  /** ISO 8601, UTC. */
  created: string;
  dataset: DatasetFingerprint;
  /** As used, nothing left out. `models` names all cells of the experiment. */
  settings: Settings;
  cell: CellName;
  seed: number;
  model: ModelSpec;
  kernels: KernelName;
  preparation: Preparation;
  split: Split;
  parameters: number;
  epochs: number;
  /** 1-based epoch whose weights were kept. */
  bestEpoch: number;
  /** Wall time of training. */
  seconds: number;
  samplesPerSecond: number;
  stopped: Stopped;
  /** Epochs after which training was taken up again another time; absent where it went on in one piece. */
  resumed?: number[];
  /** Set when `stopped` is `diverged`: code and facts of the explanation. */
  trouble: { code: string; facts: Record<string, string | number> } | null;
  /** Exploding or vanishing gradients, saturation; absent in runs from before it was looked for. */
  health?: { code: string; facts: Record<string, string | number> }[];
  loss: { train: (number | null)[]; validation: (number | null)[] };
  metrics: PartMetrics;
  byStep: StepError[];
  /** The way the task is judged first, then the others the network can be used in; absent in older runs. */
  forms?: FormErrors[];
  /** Every target, the first one too, where there are several. */
  targets?: TargetResult[];
  /** Of tasks that share, where the training was not stopped. */
  sharing?: SharingReport;
  /** null where the model forecasts its bands itself (quantile loss). */
  bands: Bands | null;
  evidence: Evidence;
  /** Set when the leak demonstration was asked for. */
  leak: Leak | null;
  forecast: ForecastPoint[];
  baselines: Baseline[];
  /** What a task of classes found; then `metrics` are null, and `byStep` and `forecast` are empty. */
  classes?: ClassReport;
}

/** The answer in one sentence: its code and facts in the catalogue, and its English wording. */
export interface Verdict {
  best: string;
  beatsNaive: boolean;
  code: string;
  facts: Record<string, string | number>;
  sentence: string;
}

/** What a person says of a run. Kept in a file of its own beside `run.json`, which stays as it was written. */
export interface Annotation {
  /** null: it is called by its model. */
  name: string | null;
  starred: boolean;
  notes: string;
}
export const plainAnnotation: Annotation = { name: null, starred: false, notes: '' };
