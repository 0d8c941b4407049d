/** Kernels of the networks beyond recurrent layers; conventions and legend as in `Kernels`. */
export interface SequenceKernels {
  /**
   * x [N][S][ld], W·D columns: segment j of the windows `starts` [n] of table [rows][D], W rows from start + j·W on, as they
   * stand; in the first `centre` columns minus the window's last row. Other rows are 0.
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
    centre: number,
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

/**
 * Attention of S decoder rows over T encoder states. Scores, weights and their gradients are [S][ldE], ldE a multiple of 4;
 * keys and values are rows [T][S][ld] of P blocks of eight; a query's blocks are `qBlock` bytes apart, its rows `qRow`.
 */
export interface AttentionKernels {
  /** e = q · key. */
  scoresDot(
    T: number,
    S: number,
    P: number,
    q: number,
    qBlock: number,
    qRow: number,
    keys: number,
    ld: number,
    e: number,
    ldE: number,
  ): void;
  /** dq [P][S][8] = Σₜ de·key; dKeys [P][T·S][8] += de·q. */
  scoresDotBack(
    T: number,
    S: number,
    P: number,
    de: number,
    ldE: number,
    q: number,
    qBlock: number,
    qRow: number,
    keys: number,
    ld: number,
    dq: number,
    dKeys: number,
    dPanel: number,
  ): void;
  /** e = v · tanh(q + k), q [P][S][8], k [P][T·S][8], v [8P]. */
  scoresAdditive(
    T: number,
    S: number,
    P: number,
    q: number,
    k: number,
    kPanel: number,
    v: number,
    e: number,
    ldE: number,
  ): void;
  /** dq [P][S][8] is written, dk [P][T·S][8] and dv [8P] are added to. */
  scoresAdditiveBack(
    T: number,
    S: number,
    P: number,
    de: number,
    ldE: number,
    q: number,
    k: number,
    kPanel: number,
    v: number,
    dq: number,
    dk: number,
    dv: number,
  ): void;
  /** e → softmax over the first lengths[s] scores (all where `lengths` is 0; others 0); context [S][ldC] = Σₜ e·value. */
  attend(
    T: number,
    S: number,
    P: number,
    lengths: number,
    e: number,
    ldE: number,
    values: number,
    ld: number,
    context: number,
    ldC: number,
  ): void;
  /** By the context's gradient c: de of the scores is written, dValues [P][T·S][8] added to. */
  attendBack(
    T: number,
    S: number,
    P: number,
    alpha: number,
    ldE: number,
    c: number,
    cBlock: number,
    cRow: number,
    values: number,
    ld: number,
    de: number,
    dValues: number,
    dPanel: number,
  ): void;
}

export interface DecoderKernels {
  /** a [P][R][8] += b [P][R][8]. */
  addPanels(P: number, R: number, a: number, panelA: number, b: number, panelB: number): void;
  /** z [P][R][8] = tanh z, and the same as rows [R][ld]. */
  tanhRows(R: number, P: number, z: number, panel: number, rows: number, ld: number): void;
  /** d [P][R][8] times 1 − y². */
  tanhBack(R: number, P: number, d: number, dPanel: number, y: number, yPanel: number): void;
  /** Columns c0 … c0 + n − 1 of panels [·][R][8] as rows [R][ld]. */
  toRows(R: number, c0: number, n: number, from: number, panel: number, to: number, ld: number): void;
  /**
   * C columns of rows [S][ld]: the decoder's own outputs of step k, own [⌈C/8⌉][…][8] from row k·S on, always or with
   * probability threshold/2³², else the truth [⌈O/8⌉][S][8] from column k·C on.
   */
  feedDecoder(
    k: number,
    S: number,
    C: number,
    own: number,
    panel: number,
    truth: number,
    always: 0 | 1,
    key: number,
    threshold: number,
    to: number,
    ld: number,
  ): void;
}

/** Layers that read several states through gates, step by step (nn/sharing). Panels [P][R][8]. */
export interface GateKernels {
  /** g = σ(a + v), and z += g∘u. */
  gateIn(
    R: number,
    P: number,
    a: number,
    aPanel: number,
    v: number,
    vPanel: number,
    u: number,
    uPanel: number,
    z: number,
    zPanel: number,
    g: number,
    gPanel: number,
  ): void;
  /** By dz: du += dz∘g, and g becomes the gradient of its pre-activation, dz∘u∘g∘(1 − g). */
  gateInBack(
    R: number,
    P: number,
    dz: number,
    dzPanel: number,
    u: number,
    uPanel: number,
    g: number,
    gPanel: number,
    du: number,
    duPanel: number,
  ): void;
  /**
   * One panel of R rows of an RNN's step from its pre-activations z, which become f's values; h in rows `hStride` bytes apart.
   * kind as in `rnnForward`.
   */
  rnnGates(kind: number, R: number, z: number, h: number, hStride: number): void;
  /** z becomes the gradient of the pre-activations by dh, and the same as rows `rowStride` bytes apart. */
  rnnGatesBack(kind: number, R: number, z: number, dh: number, row: number, rowStride: number): void;
  /** The same of an LSTM: z the input gate's panel, f, g and o `block` bytes apart; cells past → c. */
  lstmGates(R: number, z: number, block: number, past: number, c: number, h: number, hStride: number): void;
  /** dc of the cell after the step becomes that before it; rows [R][4·rowBlock/4], gates `rowBlock` bytes apart. */
  lstmGatesBack(
    R: number,
    z: number,
    block: number,
    past: number,
    c: number,
    dh: number,
    dc: number,
    row: number,
    rowBlock: number,
  ): void;
  /** The same of a GRU: panels n, r, z, u `block` bytes apart; past and h in rows `hStride` bytes apart. */
  gruGates(R: number, a: number, block: number, past: number, h: number, hStride: number): void;
  /** dh becomes what passes by the update gate. */
  gruGatesBack(
    R: number,
    a: number,
    block: number,
    past: number,
    hStride: number,
    dh: number,
    row: number,
    rowBlock: number,
  ): void;
}

export interface ClassKernels {
  /**
   * Σ over the rows below n and their K outputs of −ln softmax(y)[class], y [⌈K·V/8⌉][R][8] with score v of output k in column
   * k·V + v, class numbers target [⌈K/8⌉][R][8], a negative one not counted. dy = (softmax − one of the class) · scale, as
   * panels and as rows [R][8⌈K·V/8⌉]. With `weights` [V] each term, and its gradient, is times the weight of its class.
   */
  crossEntropy(
    V: number,
    R: number,
    n: number,
    K: number,
    y: number,
    target: number,
    dy: number,
    dyRows: number,
    scale: number,
    /** 0: every class weighs 1. */
    weights?: number,
  ): number;
}

/** Texts. `tokens` are 32-bit numbers 0 … V−1, and row s reads those from `starts` [n] (32-bit) on. */
export interface TokenKernels {
  /** x [T][S][ld], D columns: the tokens' rows of the embedding [V][D]; 0 from row n on. */
  embed(
    T: number,
    S: number,
    n: number,
    D: number,
    ld: number,
    tokens: number,
    starts: number,
    embedding: number,
    x: number,
  ): void;
  /** dE [V][D] += dx [⌈D/8⌉][T·S][8] of the rows that were taken from it. */
  embedBack(
    T: number,
    S: number,
    n: number,
    D: number,
    tokens: number,
    starts: number,
    dx: number,
    dxPanel: number,
    dE: number,
  ): void;
  /** z [P][S][8]: rows of the table [P][…][8] by the tokens of step t; 0 from row n on. */
  lookUp(
    t: number,
    S: number,
    n: number,
    P: number,
    tokens: number,
    starts: number,
    table: number,
    tablePanel: number,
    z: number,
    zPanel: number,
  ): void;
  /** dTable [P][…][8] += dz [P][T·S][8] of the rows that were taken from it. */
  lookUpBack(
    T: number,
    S: number,
    n: number,
    P: number,
    tokens: number,
    starts: number,
    dz: number,
    dzPanel: number,
    dTable: number,
    tablePanel: number,
  ): void;
  /** target [T·S][8], column 0: labels[starts[s] + t] (32-bit); −1, which no loss counts, from row n on. */
  labelSteps(T: number, S: number, n: number, labels: number, starts: number, target: number): void;
}
