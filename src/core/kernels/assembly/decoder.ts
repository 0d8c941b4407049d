// What a decoder needs beside its recurrent layers.
import { tanh4 } from './simd';

/** z [P][R][8] = tanh z, and the same as rows [R][ld]. */
export function tanhRows(R: i32, P: i32, z: usize, panel: usize, rows: usize, ld: i32): void {
  for (let p = 0; p < P; p++) {
    let from = z + <usize>p * panel, to = rows + (<usize>p << 5), r = R;
    do {
      const a = tanh4(v128.load(from)), b = tanh4(v128.load(from, 16));
      v128.store(from, a); v128.store(from, b, 16); v128.store(to, a); v128.store(to, b, 16);
      from += 32; to += <usize>ld << 2;
    } while (--r > 0);
  }
}

/** d [P][R][8] times 1 − y². */
export function tanhBack(R: i32, P: i32, d: usize, dPanel: usize, y: usize, yPanel: usize): void {
  const one = f32x4.splat(1);
  while (P-- > 0) {
    let a = d, b = y, r = R;
    do {
      const u = v128.load(b), w = v128.load(b, 16);
      v128.store(a, f32x4.mul(v128.load(a), f32x4.sub(one, f32x4.mul(u, u))));
      v128.store(a, f32x4.mul(v128.load(a, 16), f32x4.sub(one, f32x4.mul(w, w))), 16);
      a += 32; b += 32;
    } while (--r > 0);
    d += dPanel; y += yPanel;
  }
}

/** Columns c0 … c0 + n − 1 of panels from [·][R][8] as rows to [R][ld]. */
export function toRows(R: i32, c0: i32, n: i32, from: usize, panel: usize, to: usize, ld: i32): void {
  let done = 0;
  // whole panels eight at a time
  if ((c0 & 7) == 0) for (; done + 8 <= n; done += 8) {
    let a = from + <usize>((c0 + done) >> 3) * panel, b = to + (<usize>done << 2), r = R;
    do {
      v128.store(b, v128.load(a)); v128.store(b, v128.load(a, 16), 16);
      a += 32; b += <usize>ld << 2;
    } while (--r > 0);
  }
  for (let c = done; c < n; c++) {
    let a = from + <usize>((c0 + c) >> 3) * panel + (<usize>((c0 + c) & 7) << 2), b = to + (<usize>c << 2);
    for (let r = 0; r < R; r++) {
      store<f32>(b, load<f32>(a));
      a += 32; b += <usize>ld << 2;
    }
  }
}

/** Whether element e falls below the threshold, by the same hash as dropout's. */
// @ts-ignore: decorator
@inline
export function coin(e: i32, key: i32, threshold: i32): bool {
  let x = <u32>((e * <i32>0x9e3779b1) ^ key);
  x = (x ^ (x >> 16)) * 0x85ebca6b;
  x = (x ^ (x >> 13)) * 0xc2b2ae35;
  return (x ^ (x >> 16)) < <u32>threshold;
}

/**
 * The decoder's next inputs, C columns of rows [S][ld]: its own outputs of step k, own [⌈C/8⌉][…][8] from row k·S on, or the
 * truth, [⌈O/8⌉][S][8] from column k·C on. A row takes its own with probability threshold/2³², or always.
 */
export function feedDecoder(
  k: i32, S: i32, C: i32, own: usize, panel: usize, truth: usize, always: i32, key: i32, threshold: i32, to: usize, ld: i32,
): void {
  for (let s = 0; s < S; s++) {
    const mine = always || coin(k * S + s, key, threshold);
    for (let c = 0; c < C; c++) {
      const o = k * C + c;
      const value = mine
        ? load<f32>(own + <usize>(c >> 3) * panel + (<usize>((k * S + s) * 8 + (c & 7)) << 2))
        : load<f32>(truth + (<usize>(((o >> 3) * S + s) * 8 + (o & 7)) << 2));
      store<f32>(to + (<usize>(s * ld + c) << 2), value);
    }
  }
}
