// Weight gradients of all time steps in one product: dW [columns of dz][E + H] = dzᵀ · rows.
import { madd } from './simd';

/** Rows of the sum taken at a time, so that a panel of each side lies in the first cache. */
const CHUNK: i32 = 256;

/** C [4 rows, `ldc` bytes apart][8] (+)= Aᵀ · B, A [K][4 of 8], B [K][8]. */
// @ts-ignore: decorator
@inline
function outer4x8(K: i32, A: usize, B: usize, C: usize, ldc: usize, add: i32): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let b0: v128, b1: v128, a: v128, k = K;
  do {
    b0 = v128.load(B); b1 = v128.load(B, 16);
    a = v128.load32_splat(A); c00 = madd(a, b0, c00); c01 = madd(a, b1, c01);
    a = v128.load32_splat(A, 4); c10 = madd(a, b0, c10); c11 = madd(a, b1, c11);
    a = v128.load32_splat(A, 8); c20 = madd(a, b0, c20); c21 = madd(a, b1, c21);
    a = v128.load32_splat(A, 12); c30 = madd(a, b0, c30); c31 = madd(a, b1, c31);
    A += 32; B += 32;
  } while (--k > 0);
  const p1 = C + ldc, p2 = p1 + ldc, p3 = p2 + ldc;
  if (add) {
    c00 = f32x4.add(c00, v128.load(C)); c01 = f32x4.add(c01, v128.load(C, 16));
    c10 = f32x4.add(c10, v128.load(p1)); c11 = f32x4.add(c11, v128.load(p1, 16));
    c20 = f32x4.add(c20, v128.load(p2)); c21 = f32x4.add(c21, v128.load(p2, 16));
    c30 = f32x4.add(c30, v128.load(p3)); c31 = f32x4.add(c31, v128.load(p3, 16));
  }
  v128.store(C, c00); v128.store(C, c01, 16); v128.store(p1, c10); v128.store(p1, c11, 16);
  v128.store(p2, c20); v128.store(p2, c21, 16); v128.store(p3, c30); v128.store(p3, c31, 16);
}

/** C [8 rows][4] (+)= Aᵀ · B, A [K][8], B [K rows, `ldb` bytes apart][4]: the narrow columns of inputs and bias. */
// @ts-ignore: decorator
@inline
function outer8x4(K: i32, A: usize, B: usize, ldb: usize, C: usize, ldc: usize, add: i32): void {
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0), c2 = f32x4.splat(0), c3 = f32x4.splat(0);
  let c4 = f32x4.splat(0), c5 = f32x4.splat(0), c6 = f32x4.splat(0), c7 = f32x4.splat(0);
  let b: v128, k = K;
  do {
    b = v128.load(B);
    c0 = madd(v128.load32_splat(A), b, c0); c1 = madd(v128.load32_splat(A, 4), b, c1);
    c2 = madd(v128.load32_splat(A, 8), b, c2); c3 = madd(v128.load32_splat(A, 12), b, c3);
    c4 = madd(v128.load32_splat(A, 16), b, c4); c5 = madd(v128.load32_splat(A, 20), b, c5);
    c6 = madd(v128.load32_splat(A, 24), b, c6); c7 = madd(v128.load32_splat(A, 28), b, c7);
    A += 32; B += ldb;
  } while (--k > 0);
  const p1 = C + ldc, p2 = p1 + ldc, p3 = p2 + ldc, p4 = p3 + ldc, p5 = p4 + ldc, p6 = p5 + ldc, p7 = p6 + ldc;
  if (add) {
    c0 = f32x4.add(c0, v128.load(C)); c1 = f32x4.add(c1, v128.load(p1));
    c2 = f32x4.add(c2, v128.load(p2)); c3 = f32x4.add(c3, v128.load(p3));
    c4 = f32x4.add(c4, v128.load(p4)); c5 = f32x4.add(c5, v128.load(p5));
    c6 = f32x4.add(c6, v128.load(p6)); c7 = f32x4.add(c7, v128.load(p7));
  }
  v128.store(C, c0); v128.store(p1, c1); v128.store(p2, c2); v128.store(p3, c3);
  v128.store(p4, c4); v128.store(p5, c5); v128.store(p6, c6); v128.store(p7, c7);
}

/** The hidden part of `count` rows as panels of eight columns, each CHUNK rows long. */
function packHidden(count: i32, U: i32, h: usize, ld: usize, panels: usize): void {
  for (let u = 0; u < U; u++) {
    let from = h + (<usize>u << 5), to = panels + <usize>u * (<usize>CHUNK << 5), k = count;
    do {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      from += ld; to += 32;
    } while (--k > 0);
  }
}

export function outerPanel(K: i32, U: i32, A: usize, panels: usize, C: usize, ldc: usize, add: i32): void {
  while (U-- > 0) {
    outer4x8(K, A, panels, C, ldc, add);
    panels += <usize>CHUNK << 5;
    C += 32;
  }
}
export function outerNarrow(K: i32, groups: i32, A: usize, B: usize, ldb: usize, C: usize, ldc: usize, add: i32): void {
  while (groups-- > 0) {
    outer8x4(K, A, B, ldb, C, ldc, add);
    B += 16; C += 16;
  }
}

/** C [8 rows][4] (+)= the sums of A [K][8] in its last column: the gradient of a bias, by which only ones are multiplied. */
function sumOnes(K: i32, A: usize, C: usize, ldc: usize, add: i32): void {
  let low = f32x4.splat(0), high = f32x4.splat(0);
  do {
    low = f32x4.add(low, v128.load(A));
    high = f32x4.add(high, v128.load(A, 16));
    A += 32;
  } while (--K > 0);
  last(C, f32x4.extract_lane(low, 0), add); C += ldc;
  last(C, f32x4.extract_lane(low, 1), add); C += ldc;
  last(C, f32x4.extract_lane(low, 2), add); C += ldc;
  last(C, f32x4.extract_lane(low, 3), add); C += ldc;
  last(C, f32x4.extract_lane(high, 0), add); C += ldc;
  last(C, f32x4.extract_lane(high, 1), add); C += ldc;
  last(C, f32x4.extract_lane(high, 2), add); C += ldc;
  last(C, f32x4.extract_lane(high, 3), add);
}

// @ts-ignore: decorator
@inline
function last(C: usize, sum: f32, add: i32): void {
  const four = f32x4.replace_lane(f32x4.splat(0), 3, sum);
  v128.store(C, add ? f32x4.add(v128.load(C), four) : four);
}

/**
 * dz [P panels][R][8], rows [R][E + H] (`ld` floats apart): dW [8P][E + H] (+)= dzᵀ · rows. The first `skip` panels get no hidden part
 * (the GRU's input-side candidate). With D = 0 there are no inputs: E is 4, and of it only the ones of the bias are taken.
 * scratch [H/8][256][8].
 */
export function weightGradient(
  R: i32, P: i32, skip: i32, D: i32, E: i32, H: i32, dz: usize, dzPanel: usize, rows: usize, ld: i32, dW: usize, scratch: usize, add: i32,
): void {
  const U = H >> 3, ldc = <usize>(E + H) << 2, stride = <usize>ld << 2, hidden = <usize>E << 2;
  for (let r = 0; r < R; r += CHUNK) {
    const count = min(CHUNK, R - r), at = <usize>r << 5, from = rows + <usize>r * stride;
    packHidden(count, U, from + hidden, stride, scratch);
    for (let p = 0; p < P; p++) {
      const a = dz + <usize>p * dzPanel + at, c = dW + <usize>(p << 3) * ldc;
      if (p >= skip) {
        outerPanel(count, U, a, scratch, c + hidden, ldc, add);
        outerPanel(count, U, a + 16, scratch, c + hidden + 4 * ldc, ldc, add);
      }
      if (D) outerNarrow(count, E >> 2, a, from, stride, c, ldc, add);
      else sumOnes(count, a, c, ldc, add);
    }
    add = 1;
  }
}
