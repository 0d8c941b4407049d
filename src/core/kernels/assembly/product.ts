// The matrix products. Two rules make V8 compile them well: loops are do-while, and a tile has eight accumulators
// with neither unrolling over k nor a guard around the loop over k.
import { madd } from './simd';

/** C [4][8] (+)= A [4 rows, `lda` bytes apart][K] · B [K][8]. K > 0. */
// @ts-ignore: decorator
@inline
function tile4x8(K: i32, A: usize, lda: usize, B: usize, C: usize, add: i32): void {
  let a0 = A, a1 = A + lda, a2 = A + 2 * lda, a3 = A + 3 * lda, b = B;
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let b0: v128, b1: v128, a: v128, k = K;
  do {
    b0 = v128.load(b); b1 = v128.load(b, 16);
    a = v128.load32_splat(a0); c00 = madd(a, b0, c00); c01 = madd(a, b1, c01);
    a = v128.load32_splat(a1); c10 = madd(a, b0, c10); c11 = madd(a, b1, c11);
    a = v128.load32_splat(a2); c20 = madd(a, b0, c20); c21 = madd(a, b1, c21);
    a = v128.load32_splat(a3); c30 = madd(a, b0, c30); c31 = madd(a, b1, c31);
    b += 32; a0 += 4; a1 += 4; a2 += 4; a3 += 4;
  } while (--k > 0);
  if (add) {
    c00 = f32x4.add(c00, v128.load(C)); c01 = f32x4.add(c01, v128.load(C, 16));
    c10 = f32x4.add(c10, v128.load(C, 32)); c11 = f32x4.add(c11, v128.load(C, 48));
    c20 = f32x4.add(c20, v128.load(C, 64)); c21 = f32x4.add(c21, v128.load(C, 80));
    c30 = f32x4.add(c30, v128.load(C, 96)); c31 = f32x4.add(c31, v128.load(C, 112));
  }
  v128.store(C, c00); v128.store(C, c01, 16); v128.store(C, c10, 32); v128.store(C, c11, 48);
  v128.store(C, c20, 64); v128.store(C, c21, 80); v128.store(C, c30, 96); v128.store(C, c31, 112);
}

/** One panel: C [M][8] (+)= A [M][K] · B [K][8]; M a multiple of 4. */
export function panel(M: i32, K: i32, A: usize, lda: usize, B: usize, C: usize, add: i32): void {
  let i = M;
  do {
    tile4x8(K, A, lda, B, C, add);
    A += 4 * lda;
    C += 128;
    i -= 4;
  } while (i > 0);
}

/**
 * One row through four panels at once: c [4 panels][8] (+)= a [K] · B [4 panels][K][8]. The two stores within the loop are
 * not needed for the result: they keep V8 from loading all eight vectors first, for which it has too few registers
 * (measured: twice as fast).
 */
function row4(K: i32, a: usize, B: usize, C: usize, panelC: usize, add: i32): void {
  const size = <usize>K << 5;
  let b0 = B, b1 = B + size, b2 = B + 2 * size, b3 = B + 3 * size;
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  if (add) {
    let D = C;
    c00 = v128.load(D); c01 = v128.load(D, 16); D += panelC;
    c10 = v128.load(D); c11 = v128.load(D, 16); D += panelC;
    c20 = v128.load(D); c21 = v128.load(D, 16); D += panelC;
    c30 = v128.load(D); c31 = v128.load(D, 16);
  }
  let x: v128, k = K;
  do {
    x = v128.load32_splat(a);
    c00 = madd(x, v128.load(b0), c00); c01 = madd(x, v128.load(b0, 16), c01);
    v128.store(C, c00); v128.store(C, c01, 16);
    c10 = madd(x, v128.load(b1), c10); c11 = madd(x, v128.load(b1, 16), c11);
    c20 = madd(x, v128.load(b2), c20); c21 = madd(x, v128.load(b2, 16), c21);
    c30 = madd(x, v128.load(b3), c30); c31 = madd(x, v128.load(b3, 16), c31);
    a += 4; b0 += 32; b1 += 32; b2 += 32; b3 += 32;
  } while (--k > 0);
  C += panelC; v128.store(C, c10); v128.store(C, c11, 16);
  C += panelC; v128.store(C, c20); v128.store(C, c21, 16);
  C += panelC; v128.store(C, c30); v128.store(C, c31, 16);
}

function row1(K: i32, a: usize, B: usize, C: usize, add: i32): void {
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0), x: v128, k = K;
  if (add) {
    c0 = v128.load(C);
    c1 = v128.load(C, 16);
  }
  do {
    x = v128.load32_splat(a);
    c0 = madd(x, v128.load(B), c0);
    c1 = madd(x, v128.load(B, 16), c1);
    a += 4; B += 32;
  } while (--k > 0);
  v128.store(C, c0); v128.store(C, c1, 16);
}

/** C [P panels, `panelC` bytes apart][M][8] (+)= A [M][K] · B [P][K][8]; M a multiple of 4, or 1. */
export function product(
  M: i32, P: i32, K: i32, A: usize, lda: usize, B: usize, C: usize, panelC: usize, add: i32,
): void {
  const size = <usize>K << 5;
  if (M == 1) {
    while (P >= 4) {
      row4(K, A, B, C, panelC, add);
      B += 4 * size; C += 4 * panelC; P -= 4;
    }
    while (P > 0) {
      row1(K, A, B, C, add);
      B += size; C += panelC; P--;
    }
  } else {
    while (P > 0) {
      panel(M, K, A, lda, B, C, add);
      B += size; C += panelC; P--;
    }
  }
}
