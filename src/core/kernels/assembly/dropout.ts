// Dropout between layers. The mask is never stored: element e of a step is kept when a hash of e and the step's key
// is not below the threshold, so that forward and backward agree, whichever thread comes by.

/** Murmur3's finaliser over (e · 0x9E3779B1) xor key. */
// @ts-ignore: decorator
@inline
function hash4(e: v128, key: i32): v128 {
  let x = v128.xor(i32x4.mul(e, i32x4.splat(0x9e3779b1)), i32x4.splat(key));
  x = v128.xor(x, i32x4.shr_u(x, 16));
  x = i32x4.mul(x, i32x4.splat(0x85ebca6b));
  x = v128.xor(x, i32x4.shr_u(x, 13));
  x = i32x4.mul(x, i32x4.splat(0xc2b2ae35));
  return v128.xor(x, i32x4.shr_u(x, 16));
}
// @ts-ignore: decorator
@inline
function kept(e: i32, key: i32, threshold: i32): v128 {
  const lanes = i32x4.add(i32x4.splat(e), i32x4(0, 1, 2, 3));
  return i32x4.ge_u(hash4(lanes, key), i32x4.splat(threshold));
}

/**
 * The rows of one layer's output become the next one's input: to [R][ldTo] = from [R][ldFrom] over H columns, each kept
 * with probability 1 − threshold/2³² and then multiplied by `scale`. threshold 0 copies.
 */
export function enter(
  R: i32, H: i32, from: usize, ldFrom: i32, to: usize, ldTo: i32, key: i32, threshold: i32, scale: f32,
): void {
  const factor = f32x4.splat(scale);
  for (let r = 0; r < R; r++) {
    let a = from + (<usize>(r * ldFrom) << 2), b = to + (<usize>(r * ldTo) << 2), k = 0;
    if (threshold == 0) do {
      v128.store(b, v128.load(a));
      a += 16; b += 16; k += 4;
    } while (k < H);
    else do {
      v128.store(b, v128.and(f32x4.mul(v128.load(a), factor), kept(r * H + k, key, threshold)));
      a += 16; b += 16; k += 4;
    } while (k < H);
  }
}

/** The same mask and scale on the gradient d [H/8 panels][R][8] of the rows from `first` on. */
export function enterBack(
  first: i32, R: i32, H: i32, d: usize, panel: usize, key: i32, threshold: i32, scale: f32,
): void {
  if (threshold == 0) return;
  const factor = f32x4.splat(scale);
  for (let u = 0; u < H; u += 8) {
    let p = d + <usize>(u >> 3) * panel;
    for (let r = first; r < first + R; r++) {
      v128.store(p, v128.and(f32x4.mul(v128.load(p), factor), kept(r * H + u, key, threshold)));
      v128.store(p, v128.and(f32x4.mul(v128.load(p, 16), factor), kept(r * H + u + 4, key, threshold)), 16);
      p += 32;
    }
  }
}
