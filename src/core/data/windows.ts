/**
 * Supervised windows over one scaled table. A window is the number of its first row, never a copy:
 * window s reads rows s … s+T−1 and learns `steps` values beginning `firstStep` rows after its last one.
 *
 *   rows:     s ────────────── s+T−1 │ +1 … +firstStep … +firstStep+steps−1
 *             └──── T inputs ─────┘        └──────── targets ────────┘
 */
export interface WindowTable {
  rows: number;
  /** Input columns, the target first. */
  D: number;
  /** Input columns, the last ones, that are known for every row ahead; without: none. */
  known?: number;
  /** Target columns per step, the first ones: the targets, or all that are not known ahead when they must be fed back. */
  targetColumns: number;
  /** [rows][D], transformed and scaled. */
  inputs: Float32Array;
  /** Lookback. */
  T: number;
  firstStep: number;
  steps: number;
  /** `last`: from every input and target of a window its last value (per column) is subtracted first, but not from what is known ahead. */
  centre: 'none' | 'last';
  /** First rows of the windows of each part, ascending. */
  starts: { train: Int32Array; validation: Int32Array; test: Int32Array };
  /** What a model of classes learns instead of the target columns. */
  labels?: Labels;
}

/**
 * The class of each row: that of a window is its row `firstStep` after the last one read; where every step is labelled,
 * those of the rows read. −1 where a row has none that may be learned from or judged: there are two tables so that neither
 * can hold what belongs to another part.
 */
export interface Labels {
  /** V: number of classes. */
  classes: number;
  /** [rows] */
  train: Float32Array;
  validation: Float32Array;
  /** Labels judged in all validation windows together. */
  validationCount: number;
  /** [V] what an error on a class counts. */
  weights: Float32Array;
  /** Steps at the end of a window that are judged; the earlier ones are context. Of use where every step is labelled. */
  judged: number;
}
