// From the table of the series into rows and back. A window is the number of its first row, never a copy.

/** x [T][S][ld] of the windows `starts` [n]; rows n … S−1 are zero. `centre`: a window's last values are subtracted. */
export function gather(
  T: i32,
  S: i32,
  n: i32,
  D: i32,
  ld: i32,
  table: usize,
  starts: usize,
  centre: i32,
  x: usize,
): void {
  const stride = (<usize>ld) << 2,
    width = (<usize>D) << 2;
  for (let s = 0; s < S; s++) {
    let to = x + <usize>s * stride;
    if (s >= n) {
      for (let t = 0; t < T; t++) {
        for (let d = 0; d < D; d++) store<f32>(to + ((<usize>d) << 2), 0);
        to += <usize>S * stride;
      }
      continue;
    }
    let from = table + <usize>load<i32>(starts + ((<usize>s) << 2)) * width;
    const last = from + <usize>(T - 1) * width;
    for (let t = 0; t < T; t++) {
      for (let d = 0; d < D; d++) {
        const at = (<usize>d) << 2;
        store<f32>(to + at, load<f32>(from + at) - (centre ? load<f32>(last + at) : <f32>0));
      }
      from += width;
      to += <usize>S * stride;
    }
  }
}

/** targets [O/8 panels][S][8], output o = k·C + c: the value of column c, `first + k` rows after the window's last. */
export function gatherTargets(
  T: i32,
  S: i32,
  n: i32,
  D: i32,
  C: i32,
  first: i32,
  steps: i32,
  table: usize,
  starts: usize,
  centre: i32,
  targets: usize,
): void {
  for (let s = 0; s < n; s++) {
    const last = table + ((<usize>((load<i32>(starts + ((<usize>s) << 2)) + T - 1) * D)) << 2);
    for (let k = 0; k < steps; k++)
      for (let c = 0; c < C; c++) {
        const o = k * C + c,
          at = (<usize>c) << 2;
        const value =
          load<f32>(last + ((<usize>((first + k) * D)) << 2) + at) - (centre ? load<f32>(last + at) : <f32>0);
        store<f32>(targets + ((<usize>(((o >> 3) * S + s) * 8 + (o & 7))) << 2), value);
      }
  }
}

/** out [n][outStride], O columns written, from the head's panels y [O/8][S][8]; a centred window's last values added. */
export function emit(
  T: i32, S: i32, n: i32, D: i32, C: i32, O: i32, y: usize, table: usize, starts: usize, centre: i32,
  out: usize, outStride: i32,
): void {
  for (let s = 0; s < n; s++) {
    const last = table + (<usize>((load<i32>(starts + (<usize>s << 2)) + T - 1) * D) << 2);
    for (let o = 0; o < O; o++) {
      let value = load<f32>(y + (<usize>(((o >> 3) * S + s) * 8 + (o & 7)) << 2));
      if (centre) value += load<f32>(last + (<usize>(o % C) << 2));
      store<f32>(out + (<usize>(s * outStride + o) << 2), value);
    }
  }
}

/**
 * One step of a roll-out: the head's outputs y [D/8][S][8] become the inputs after the window x [T][S][ld].
 * `centre`: y is a change from the window's last values, and all are taken relative to the new last ones; `moved` [S][D]
 * keeps how far the centre has gone since the window began, and y becomes that.
 */
export function feedBack(
  T: i32, S: i32, n: i32, D: i32, ld: i32, y: usize, centre: i32, x: usize, moved: usize,
): void {
  const stride = <usize>ld << 2, step = <usize>S * stride;
  for (let s = 0; s < n; s++) for (let d = 0; d < D; d++) {
    const from = y + (<usize>(((d >> 3) * S + s) * 8 + (d & 7)) << 2), value = load<f32>(from);
    let to = x + <usize>s * stride + (<usize>d << 2);
    if (!centre) {
      store<f32>(to + <usize>T * step, value);
      continue;
    }
    for (let t = 0; t < T; t++) {
      store<f32>(to, load<f32>(to) - value);
      to += step;
    }
    store<f32>(to, 0);
    const far = moved + (<usize>(s * D + d) << 2), sum = load<f32>(far) + value;
    store<f32>(far, sum);
    store<f32>(from, sum);
  }
}

/** The hidden part h [S][ld] of the first rows: set to zero. */
export function clearRows(S: i32, H: i32, ld: i32, h: usize): void {
  for (let s = 0; s < S; s++) memory.fill(h + ((<usize>(s * ld)) << 2), 0, (<usize>H) << 2);
}
/** bytes at p: set to zero. */
export function clear(p: usize, bytes: usize): void {
  memory.fill(p, 0, bytes);
}
