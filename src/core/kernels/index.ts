import type {
  AttentionKernels,
  ClassKernels,
  DecoderKernels,
  GateKernels,
  SequenceKernels,
  TokenKernels,
} from './sequence';

/**
 * The compiled floor, crossed only by pointers, lengths and shapes. The modules of one source (assembly/), and a plain
 * TypeScript twin (reference/), stand behind this interface; a native implementation would be another.
 *
 * Pointers are bytes. Buffers whose last axis is units are kept in panels of eight columns, [⌈columns/8⌉][rows][8], and a
 * panel's distance to the next (`…Panel`) and a time step's to the next (`…Time`) are given in bytes: a distance of 0 in
 * time makes every step use the same place, which is how inference needs no activations. Legend: nn/model.ts; here D, H
 * and O are widths as stored (H and O multiples of 8), S rows of a slice: a multiple of 4, or 1 in forward passes.
 *
 * A layer's `rows` are [T+1][S][E + H]: columns … E−1 hold the D inputs and a constant 1 at the end (E = D + 1 rounded up
 * to 4, zeros in front), the rest the hidden state *before* the step; so one row is all that a step reads,
 * and one product with [Wᵀ; b; Uᵀ] is its whole pre-activation.
 */
export interface Kernels
  extends SequenceKernels,
    AttentionKernels,
    DecoderKernels,
    ClassKernels,
    TokenKernels,
    GateKernels {
  /** C [P][M][8] (+)= A [M][K] · B [P][K][8]; rows of A are `lda` bytes apart; M a multiple of 4, or 1. */
  product(
    M: number,
    P: number,
    K: number,
    A: number,
    lda: number,
    B: number,
    C: number,
    cPanel: number,
    add: 0 | 1,
  ): void;

  /**
   * T steps of a plain RNN, h' = f(x·Wᵀ + h·Uᵀ + b), kind of f: 0 tanh, 1 relu, 2 logistic. gates [H/8][T][S][8]
   * become f's values; weights [H/8][D+1+H][8]. With `add`, as in the other cells, the blocks that read inputs hold numbers
   * which are added to their pre-activations.
   */
  rnnForward(
    kind: number,
    T: number,
    S: number,
    D: number,
    E: number,
    H: number,
    rows: number,
    gates: number,
    gatePanel: number,
    gateTime: number,
    weights: number,
    add: 0 | 1,
  ): void;
  /**
   * The mirror image. gates become gradients of the pre-activations. dOut [H/8][T][S][8] is added to the gradient of h at
   * steps ≥ outFrom; dh [H/8][S][8]: gradient of the last state in, of the first state out; dzRows [S][G·H] scratch;
   * weights [H/8][G·H][8]. X > 0: gradient of the inputs dx [X][T][S][8] by inputWeights [X][G·H][8].
   */
  rnnBackward(
    kind: number,
    T: number,
    S: number,
    H: number,
    gates: number,
    gatePanel: number,
    gateTime: number,
    dOut: number,
    outPanel: number,
    outTime: number,
    outFrom: number,
    dh: number,
    dzRows: number,
    weights: number,
    X: number,
    inputWeights: number,
    dx: number,
    dxPanel: number,
    dxTime: number,
  ): void;

  /**
   * The same with memory after the activation, h' = f(x·Wᵀ + b) + h·Uᵀ: gates [2·H/8][T][S][8], f's values y and then h·Uᵀ;
   * weights y [H/8][D+1][8], then h·Uᵀ [H/8][1+H][8], its first row zeros.
   */
  rnnAfterForward: Kernels['rnnForward'];
  /** gates become gradients of the pre-activations and of h·Uᵀ, which is that of the state; dzRows [S][2H]. */
  rnnAfterBackward: Kernels['rnnBackward'];

  /** LSTM: gates [4·H/8][T][S][8] in the order i, f, g, o; cells [H/8][T+1][S][8], the first step given. */
  lstmForward(
    T: number,
    S: number,
    D: number,
    E: number,
    H: number,
    rows: number,
    gates: number,
    gatePanel: number,
    gateTime: number,
    cells: number,
    cellPanel: number,
    cellTime: number,
    weights: number,
    add: 0 | 1,
  ): void;
  /** As `rnnBackward`, with dc [H/8][S][8]: gradient of the last cell state in, of the first out. */
  lstmBackward(
    T: number,
    S: number,
    H: number,
    gates: number,
    gatePanel: number,
    gateTime: number,
    cells: number,
    cellPanel: number,
    cellTime: number,
    dOut: number,
    outPanel: number,
    outTime: number,
    outFrom: number,
    dh: number,
    dc: number,
    dzRows: number,
    weights: number,
    X: number,
    inputWeights: number,
    dx: number,
    dxPanel: number,
    dxTime: number,
  ): void;

  /**
   * GRU with the reset after the product: gates [4·H/8][T][S][8] in the order n, r, z, u with u = h·Uₙᵀ + bₕₙ, so that
   * n = tanh(a + r∘u). weights: n [H/8][D+1][8], r and z [H/8][D+1+H][8], u [H/8][1+H][8].
   */
  gruForward(
    T: number,
    S: number,
    D: number,
    E: number,
    H: number,
    rows: number,
    gates: number,
    gatePanel: number,
    gateTime: number,
    weights: number,
    add: 0 | 1,
  ): void;
  /** dzRows [S][4H]; weights [H/8][3H][8] of r, z, u; inputWeights [X][3H][8] of n, r, z. */
  gruBackward(
    T: number,
    S: number,
    E: number,
    H: number,
    rows: number,
    gates: number,
    gatePanel: number,
    gateTime: number,
    dOut: number,
    outPanel: number,
    outTime: number,
    outFrom: number,
    dh: number,
    dzRows: number,
    weights: number,
    X: number,
    inputWeights: number,
    dx: number,
    dxPanel: number,
    dxTime: number,
  ): void;

  /**
   * dW [8P][E + H] (+)= dzᵀ · rows over R rows (all steps of all windows), dz [P][R][8], rows [R][ld ≥ E + H]. The first
   * `skip` panels get no hidden part. D of the E columns are inputs; with none E is 4, the last of them stands for ones,
   * and the three before it are not read (their part of dW is 0). scratch [H/8][256][8].
   */
  weightGradient(
    R: number,
    P: number,
    skip: number,
    D: number,
    E: number,
    H: number,
    dz: number,
    dzPanel: number,
    rows: number,
    ld: number,
    dW: number,
    scratch: number,
    add: 0 | 1,
  ): void;

  /** panels [⌈J/8⌉][panelRows][8]: row k0 + k of a panel (+)= column k of the weights w [J][K], eight j at a time. */
  packRows(
    J: number,
    K: number,
    w: number,
    ld: number,
    panels: number,
    panelRows: number,
    k0: number,
    add: 0 | 1,
  ): void;
  /** `packRows` undone: w [J][K] = column by column the rows of panels [⌈J/8⌉][K][8], `panel` bytes apart. */
  unpackRows(J: number, K: number, panels: number, panel: number, w: number, ld: number): void;
  /** panels [⌈K/8⌉][panelRows][8]: row j0 + j of a panel = row j of the weights w [J][K], eight k at a time. */
  packColumns(J: number, K: number, w: number, ld: number, panels: number, panelRows: number, j0: number): void;
  /** out [J][K] = Σ part [slices][J][K], slice after slice; slices are `sliceBytes` apart. */
  sumSlices(
    J: number,
    K: number,
    slices: number,
    part: number,
    ld: number,
    sliceBytes: number,
    out: number,
    ldOut: number,
  ): void;

  /**
   * x [T][S][ld] (D columns written) = the windows `starts` [n] (32-bit row numbers) of table [rows][D]; others 0. In the first
   * `centre` columns the window's last value is subtracted.
   */
  gather(
    T: number,
    S: number,
    n: number,
    D: number,
    ld: number,
    table: number,
    starts: number,
    centre: number,
    x: number,
  ): void;
  /** x [T][S][ld], `count` columns = columns `first` … of the rows from starts [n] + `row` on in table [rows][D]; others 0. */
  gatherColumns(
    T: number,
    S: number,
    n: number,
    D: number,
    first: number,
    count: number,
    row: number,
    ld: number,
    table: number,
    starts: number,
    x: number,
  ): void;
  /** targets [⌈O/8⌉][S][8]: output k·C + c is column c of the row `first + k` after the window's last. */
  gatherTargets(
    T: number,
    S: number,
    n: number,
    D: number,
    C: number,
    first: number,
    steps: number,
    table: number,
    starts: number,
    centre: number,
    targets: number,
  ): void;
  /** out [n][outStride], O columns written, from y [⌈O/8⌉][S][8]; a centred window's last values added back. */
  emit(
    T: number,
    S: number,
    n: number,
    D: number,
    C: number,
    O: number,
    y: number,
    table: number,
    starts: number,
    centre: number,
    out: number,
    outStride: number,
  ): void;
  /**
   * Step k of a roll-out: C outputs y [⌈C/8⌉][S][8], or by a coin the truth, and the true values of the other columns follow
   * the window x [T][S][ld]; true is row T + k of the windows `starts` [n] of table [rows][D]. A row is fed its outputs with
   * probability threshold/2³², or always; then the truth of the C columns is not read. With `centre` the C columns move
   * to their new last values; moved [S][C] is how far since the window began, and y becomes its distance from there.
   */
  feedBack(
    k: number,
    T: number,
    S: number,
    n: number,
    D: number,
    C: number,
    ld: number,
    y: number,
    centre: number,
    x: number,
    moved: number,
    table: number,
    starts: number,
    always: 0 | 1,
    key: number,
    threshold: number,
  ): void;
  /** targets [⌈C/8⌉][S][8] relative to a window's first centre → relative to where `feedBack` moved it: minus moved [S][C]. */
  shiftTargets(n: number, S: number, C: number, moved: number, targets: number): void;
  /** h [S][ld] of H columns = 0. */
  clearRows(S: number, H: number, ld: number, h: number): void;
  clear(pointer: number, bytes: number): void;

  /**
   * to [R][ldTo] = from [R][ldFrom] over H columns, each element kept with probability 1 − threshold/2³² by a hash of its
   * number and `key`, and then multiplied by `scale`. threshold 0: a plain copy.
   */
  enter(
    R: number,
    H: number,
    from: number,
    ldFrom: number,
    to: number,
    ldTo: number,
    key: number,
    threshold: number,
    scale: number,
  ): void;
  /** The same on the gradient d [H/8][R][8] of the rows from `first` on. */
  enterBack(
    first: number,
    R: number,
    H: number,
    d: number,
    panel: number,
    key: number,
    threshold: number,
    scale: number,
  ): void;

  /**
   * Σ over n windows and O outputs of the loss, kind 0: (y−t)², 1: |y−t|, 2: Huber with `delta`. dy = gradient · scale, as
   * panels [⌈O/8⌉][S][8] and as rows [S][8⌈O/8⌉].
   */
  loss(
    kind: number,
    S: number,
    n: number,
    O: number,
    y: number,
    target: number,
    dy: number,
    dyRows: number,
    scale: number,
    delta: number,
  ): number;

  /** Σ g². n is a multiple of 4 in this and the following. */
  sumSquares(n: number, g: number): number;
  /** `decay` multiplies the weights first; c1, c2 are 1/(1−β1ᵗ), 1/(1−β2ᵗ). */
  adam(
    n: number,
    w: number,
    g: number,
    m: number,
    v: number,
    clip: number,
    lr: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    c1: number,
    c2: number,
    decay: number,
  ): void;
  sgd(n: number, w: number, g: number, m: number, clip: number, lr: number, momentum: number): void;
  rmsprop(n: number, w: number, g: number, v: number, clip: number, lr: number, rho: number, epsilon: number): void;

  /** 64·n multiply-adds' worth of floating-point operations in registers: the most this module can do. */
  fma(n: number): number;
}

export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}
/** A memory of just `bytes`, all zero: shared among threads, save for the module that is made for a page of its own. */
export function newMemory(bytes: number, shared = true): WebAssembly.Memory {
  const pages = Math.ceil(bytes / 65536);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
}
