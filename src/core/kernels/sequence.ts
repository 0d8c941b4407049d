/** Kernels of the networks beyond recurrent layers; conventions and legend as in `Kernels`. */
export interface SequenceKernels {
  /**
   * x [N][S][ld], W·D columns: segment j of the windows `starts` [n] of table [rows][D], W rows from start + j·W on, as they
   * stand; with `centre` minus the window's last row. Other rows are 0.
   */
  gatherSegments(
    N: number,
    W: number,
    S: number,
    n: number,
    D: number,
    ld: number,
    table: number,
    starts: number,
    centre: 0 | 1,
    x: number,
  ): void;
  /** z [⌈C/8⌉][R][8] = max(0, z), and the same as C columns of rows [R][ld]. */
  reluRows(R: number, C: number, z: number, panel: number, rows: number, ld: number): void;
  /** d [P][R][8] = 0 where y [P][R][8] is not above 0. */
  reluBack(R: number, P: number, d: number, dPanel: number, y: number, yPanel: number): void;
  /** to [P][S][8] = Σ over M groups of from [P][M·S][8]. */
  foldGroups(M: number, S: number, P: number, from: number, fromPanel: number, to: number, toPanel: number): void;
  /** to [M][8P] = Σ over the S rows of each of M groups of from [P][M·S][8]. */
  foldRows(M: number, S: number, P: number, from: number, fromPanel: number, to: number): void;
  /** y [⌈Q·K/8⌉][S][8], output q·K + m·W + w, from the segments' outputs q·W + w [⌈Q·W/8⌉][M·S][8]. */
  joinSegments(M: number, S: number, W: number, K: number, Q: number, from: number, y: number): void;
  /** dy [⌈Q·K/8⌉][S][8] → panels d [⌈Q·W/8⌉][M·S][8] and rows dRows [M·S][8⌈Q·W/8⌉]; 0 beyond K and Q·W. */
  splitSegments(M: number, S: number, W: number, K: number, Q: number, dy: number, d: number, dRows: number): void;

  /**
   * Σ over n windows of the quantile loss of outputs q·K + k, at Q levels (numbers at `levels`), of targets k. dy = gradient ·
   * scale, as panels [⌈Q·K/8⌉][S][8] and as rows [S][8⌈Q·K/8⌉].
   */
  pinball(
    Q: number,
    levels: number,
    S: number,
    n: number,
    K: number,
    y: number,
    target: number,
    dy: number,
    dyRows: number,
    scale: number,
  ): number;
}
