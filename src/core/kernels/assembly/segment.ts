// Segment-wise recurrence: a window cut into segments, and the horizon's segments decoded beside each other.

/**
 * x [N segments][S][ld], W·D columns: segment j of window s is the table's rows start + j·W … as they stand, minus in the
 * first `centre` columns the window's last row. Rows n … S−1 are zero.
 */
export function gatherSegments(
  N: i32, W: i32, S: i32, n: i32, D: i32, ld: i32, table: usize, starts: usize, centre: i32, x: usize,
): void {
  const width = W * D, stride = <usize>ld << 2, bytes = <usize>width << 2;
  for (let j = 0; j < N; j++) for (let s = 0; s < S; s++) {
    let to = x + <usize>(j * S + s) * stride;
    if (s >= n) {
      memory.fill(to, 0, bytes);
      continue;
    }
    const first = load<i32>(starts + (<usize>s << 2));
    let from = table + (<usize>(first * D + j * width) << 2);
    if (!centre) {
      memory.copy(to, from, bytes);
      continue;
    }
    const last = table + (<usize>((first + N * W - 1) * D) << 2);
    for (let w = 0; w < W; w++) for (let d = 0; d < D; d++) {
      store<f32>(to, load<f32>(from) - (d < centre ? load<f32>(last + (<usize>d << 2)) : <f32>0));
      from += 4; to += 4;
    }
  }
}

/** z [⌈C/8⌉][R][8] = max(0, z), NaN kept, and the same as C columns of rows [R][ld]. */
export function reluRows(R: i32, C: i32, z: usize, panel: usize, rows: usize, ld: i32): void {
  const zero = f32x4.splat(0), stride = <usize>ld << 2;
  for (let c = 0; c < C; c += 8) {
    let from = z + <usize>(c >> 3) * panel, to = rows + (<usize>c << 2), r = R;
    if (c + 8 <= C) do {
      const a = f32x4.max(v128.load(from), zero), b = f32x4.max(v128.load(from, 16), zero);
      v128.store(from, a); v128.store(from, b, 16); v128.store(to, a); v128.store(to, b, 16);
      from += 32; to += stride;
    } while (--r > 0);
    else do {
      v128.store(from, f32x4.max(v128.load(from), zero));
      v128.store(from, f32x4.max(v128.load(from, 16), zero), 16);
      memory.copy(to, from, <usize>(C - c) << 2);
      from += 32; to += stride;
    } while (--r > 0);
  }
}

/** d [P][R][8] = 0 where y [P][R][8] is not above 0. */
export function reluBack(R: i32, P: i32, d: usize, dPanel: usize, y: usize, yPanel: usize): void {
  const zero = f32x4.splat(0);
  while (P-- > 0) {
    let a = d, b = y, r = R;
    do {
      v128.store(a, v128.and(v128.load(a), f32x4.gt(v128.load(b), zero)));
      v128.store(a, v128.and(v128.load(a, 16), f32x4.gt(v128.load(b, 16), zero)), 16);
      a += 32; b += 32;
    } while (--r > 0);
    d += dPanel; y += yPanel;
  }
}

/** to [P][S][8] = Σ over M groups of from [P][M·S][8]: the gradient of what was given to every group. */
export function foldGroups(M: i32, S: i32, P: i32, from: usize, fromPanel: usize, to: usize, toPanel: usize): void {
  while (P-- > 0) {
    for (let s = 0; s < S; s++) {
      let p = from + (<usize>s << 5), m = M, a = f32x4.splat(0), b = f32x4.splat(0);
      do {
        a = f32x4.add(a, v128.load(p)); b = f32x4.add(b, v128.load(p, 16));
        p += <usize>S << 5;
      } while (--m > 0);
      const out = to + (<usize>s << 5);
      v128.store(out, a); v128.store(out, b, 16);
    }
    from += fromPanel; to += toPanel;
  }
}

/** to [M][8P] = Σ over the S rows of each of M groups of from [P][M·S][8]: the gradient of a row all rows of its group got. */
export function foldRows(M: i32, S: i32, P: i32, from: usize, fromPanel: usize, to: usize): void {
  for (let p = 0; p < P; p++) for (let m = 0; m < M; m++) {
    let at = from + <usize>p * fromPanel + (<usize>(m * S) << 5), s = S, a = f32x4.splat(0), b = f32x4.splat(0);
    do {
      a = f32x4.add(a, v128.load(at)); b = f32x4.add(b, v128.load(at, 16));
      at += 32;
    } while (--s > 0);
    const out = to + (<usize>(m * 8 * P + 8 * p) << 2);
    v128.store(out, a); v128.store(out, b, 16);
  }
}

/** y [⌈Q·K/8⌉][S][8], output q·K + m·W + w, from the segments' outputs q·W + w [⌈Q·W/8⌉][M·S][8]. */
export function joinSegments(M: i32, S: i32, W: i32, K: i32, Q: i32, from: usize, y: usize): void {
  const panel = <usize>(M * S) << 5;
  for (let o = 0; o < Q * K; o++) {
    const k = o % K, m = k / W, c = (o / K) * W + k % W;
    let a = from + <usize>(c >> 3) * panel + (<usize>(m * S * 8 + (c & 7)) << 2);
    let b = y + (<usize>((o >> 3) * S * 8 + (o & 7)) << 2);
    for (let s = 0; s < S; s++) {
      store<f32>(b, load<f32>(a));
      a += 32; b += 32;
    }
  }
}

/** The way back: dy → panels d [⌈Q·W/8⌉][M·S][8] and rows dRows [M·S][8⌈Q·W/8⌉]; 0 beyond K and Q·W. */
export function splitSegments(
  M: i32, S: i32, W: i32, K: i32, Q: i32, dy: usize, d: usize, dRows: usize,
): void {
  const width = (Q * W + 7) & ~7, panel = <usize>(M * S) << 5;
  for (let m = 0; m < M; m++) for (let c = 0; c < width; c++) {
    const k = m * W + c % W, o = (c / W) * K + k, real = c < Q * W && k < K;
    let a = d + <usize>(c >> 3) * panel + (<usize>(m * S * 8 + (c & 7)) << 2);
    let b = dRows + (<usize>(m * S * width + c) << 2);
    let from = dy + (<usize>((o >> 3) * S * 8 + (o & 7)) << 2);
    for (let s = 0; s < S; s++) {
      const value: f32 = real ? load<f32>(from) : 0;
      store<f32>(a, value); store<f32>(b, value);
      a += 32; b += <usize>width << 2; from += 32;
    }
  }
}
