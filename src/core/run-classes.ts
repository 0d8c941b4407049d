/** What a run of a task of classes records, beside what every run does (run.ts). */

/** How well classes were told on one part (forecast/classes/metrics.ts). `null`: not defined there. */
export interface ClassMetrics {
  /** Rows judged. */
  n: number;
  /** Of them, rows of a class that the training part does not have; they count as wrong. */
  unseen: number;
  /** 0–1, as are the next two. */
  accuracy: number | null;
  balancedAccuracy: number | null;
  macroF1: number | null;
  /** Nats. */
  crossEntropy: number | null;
  /** 0–2. */
  brier: number | null;
  /** Expected calibration error, 0–1. */
  calibration: number | null;
  /** Against the better of majority and persistence. */
  skill: number | null;
  perClass: ClassScore[];
  /** [V][V] rows: what was, columns: what was told. */
  confusion: number[][];
}

export interface ClassScore {
  name: string;
  /** Rows that were of this class. */
  support: number;
  /** Rows that were told to be. */
  predicted: number;
  precision: number | null;
  recall: number | null;
  f1: number | null;
}

export interface ClassPartMetrics {
  validation: ClassMetrics;
  test: ClassMetrics;
}

/** Rows of each class in what is learned and judged; the learned classes first, then those the training part lacks. */
export interface ClassBalance {
  classes: string[];
  train: number[];
  validation: number[];
  test: number[];
}

export interface ClassForecast {
  /** Rows after the last one; 0 is the last row itself (labelling). */
  step: number;
  time: string | null;
  class: string;
  /** [V] in the order of `names`. */
  probabilities: number[];
}

export interface ClassReport {
  /** The learned classes, in the order of the model's outputs. */
  names: string[];
  /** [V] what an error on each counted in training. */
  weights: number[];
  balance: ClassBalance;
  metrics: ClassPartMetrics;
  /** Diebold–Mariano test of an equal share of errors, one-sided: p is small when the model is better. */
  evidence: { name: string; statistic: number; p: number; windows: number }[];
  forecast: ClassForecast[];
}

/** Beside `Predictions` whose values are codes: positions in `labels`, of which the first `classes` are learned. */
export interface ToldClasses {
  labels: string[];
  classes: number;
  /** [windows][classes] */
  probabilities: Float64Array;
}
