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
}
