// From the table of the series into rows and back. A window is the number of its first row, never a copy.
import { coin } from './decoder';

/** x [T][S][ld] of the windows `starts` [n]; rows n … S−1 are zero. A window's last values are subtracted in `centre` columns. */
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
        store<f32>(to + at, load<f32>(from + at) - (d < centre ? load<f32>(last + at) : <f32>0));
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
 * Step k of a roll-out: C outputs y [⌈C/8⌉][S][8] and the true values of the other columns, row T + k of the window's in table
 * [rows][D], become the inputs after the window x [T][S][ld]. `centre`: outputs are changes from the window's last values,
 * and the C columns are taken relative to the new last ones; `moved` [S][C] keeps how far the centre has gone since the
 * window began, and y becomes its own distance from there. A row is fed its outputs with probability threshold/2³², or
 * always, else the truth.
 */
export function feedBack(
  k: i32, T: i32, S: i32, n: i32, D: i32, C: i32, ld: i32, y: usize, centre: i32, x: usize, moved: usize,
  table: usize, starts: usize, always: i32, key: i32, threshold: i32,
): void {
  const stride = <usize>ld << 2, step = <usize>S * stride;
  for (let s = 0; s < n; s++) {
    const mine = always || coin(k * S + s, key, threshold);
    const first = table + (<usize>(load<i32>(starts + (<usize>s << 2)) * D) << 2);
    const truth = first + (<usize>((T + k) * D) << 2), last = first + (<usize>((T - 1) * D) << 2);
    for (let d = C; d < D; d++)
      store<f32>(x + <usize>s * stride + (<usize>d << 2) + <usize>T * step, load<f32>(truth + (<usize>d << 2)));
    for (let d = 0; d < C; d++) {
      const at = <usize>d << 2;
      const from = y + (<usize>(((d >> 3) * S + s) * 8 + (d & 7)) << 2), own = load<f32>(from);
      let to = x + <usize>s * stride + at;
      if (!centre) {
        store<f32>(to + <usize>T * step, mine ? own : load<f32>(truth + at));
        continue;
      }
      const far = moved + (<usize>(s * C + d) << 2), gone = load<f32>(far);
      const next: f32 = mine ? gone + own : load<f32>(truth + at) - load<f32>(last + at);
      const change: f32 = mine ? own : next - gone;
      for (let t = 0; t < T; t++) {
        store<f32>(to, load<f32>(to) - change);
        to += step;
      }
      store<f32>(to, 0);
      store<f32>(far, next);
      store<f32>(from, gone + own);
    }
  }
}

/** Targets t [⌈C/8⌉][S][8], taken relative to a window's first centre, by the centre it has moved to: minus moved [S][C]. */
export function shiftTargets(n: i32, S: i32, C: i32, moved: usize, targets: usize): void {
  for (let s = 0; s < n; s++) for (let c = 0; c < C; c++) {
    const at = targets + (<usize>(((c >> 3) * S + s) * 8 + (c & 7)) << 2);
    store<f32>(at, load<f32>(at) - load<f32>(moved + (<usize>(s * C + c) << 2)));
  }
}

/** x [T][S][ld], `count` columns = columns `first` … of the rows from starts [n] + `row` on in table [rows][D]; others 0. */
export function gatherColumns(
  T: i32, S: i32, n: i32, D: i32, first: i32, count: i32, row: i32, ld: i32, table: usize, starts: usize, x: usize,
): void {
  for (let t = 0; t < T; t++) for (let s = 0; s < S; s++) {
    const to = x + (<usize>((t * S + s) * ld) << 2);
    if (s >= n) {
      memory.fill(to, 0, <usize>count << 2);
      continue;
    }
    const at = (load<i32>(starts + (<usize>s << 2)) + row + t) * D + first;
    memory.copy(to, table + (<usize>at << 2), <usize>count << 2);
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
