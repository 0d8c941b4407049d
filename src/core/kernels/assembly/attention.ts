// Attention over the T states of an encoder, S windows at a time. Scores and weights e [S][ld of e], T of them real; keys and
// values are rows [T][S][ld]; a query's block p of eight numbers stands at q + p·qBlock + s·qRow, so rows and panels serve.
import { madd, tanh4 } from './simd';
import { exp4 } from './exp';

// @ts-ignore: decorator
@inline
function sum4(a: v128): f32 {
  const b = f32x4.add(a, i8x16.shuffle(a, a, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  return f32x4.extract_lane(b, 0) + f32x4.extract_lane(b, 1);
}
// @ts-ignore: decorator
@inline
function dot(P: i32, a: usize, aBlock: usize, b: usize): f32 {
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0);
  do {
    c0 = madd(v128.load(a), v128.load(b), c0);
    c1 = madd(v128.load(a, 16), v128.load(b, 16), c1);
    a += aBlock; b += 32;
  } while (--P > 0);
  return sum4(f32x4.add(c0, c1));
}
/** to (+ toBlock) += x · a, P blocks. */
// @ts-ignore: decorator
@inline
function addScaled(P: i32, x: f32, a: usize, aBlock: usize, to: usize, toBlock: usize): void {
  const factor = f32x4.splat(x);
  do {
    v128.store(to, madd(factor, v128.load(a), v128.load(to)));
    v128.store(to, madd(factor, v128.load(a, 16), v128.load(to, 16)), 16);
    a += aBlock; to += toBlock;
  } while (--P > 0);
}
// @ts-ignore: decorator
@inline
function zero(P: i32, to: usize, block: usize): void {
  do {
    v128.store(to, f32x4.splat(0)); v128.store(to, f32x4.splat(0), 16);
    to += block;
  } while (--P > 0);
}

/** e[s][t] = q[s] · keys[t][s]. */
export function scoresDot(
  T: i32, S: i32, P: i32, q: usize, qBlock: usize, qRow: usize, keys: usize, ld: i32, e: usize, ldE: i32,
): void {
  for (let s = 0; s < S; s++) for (let t = 0; t < T; t++)
    store<f32>(e + (<usize>(s * ldE + t) << 2), dot(P, q + <usize>s * qRow, qBlock, keys + (<usize>((t * S + s) * ld) << 2)));
}

/** de → dq [P][S][8] = Σₜ de·key, and dKeys [P][T·S][8] += de·q. */
export function scoresDotBack(
  T: i32, S: i32, P: i32, de: usize, ldE: i32, q: usize, qBlock: usize, qRow: usize, keys: usize, ld: i32,
  dq: usize, dKeys: usize, dPanel: usize,
): void {
  for (let s = 0; s < S; s++) {
    const query = q + <usize>s * qRow, to = dq + (<usize>s << 5), panel = <usize>S << 5;
    zero(P, to, panel);
    for (let t = 0; t < T; t++) {
      const d = load<f32>(de + (<usize>(s * ldE + t) << 2)), row = t * S + s;
      addScaled(P, d, keys + (<usize>(row * ld) << 2), 32, to, panel);
      addScaled(P, d, query, qBlock, dKeys + (<usize>row << 5), dPanel);
    }
  }
}

/** e[s][t] = v · tanh(q[s] + k[t][s]), q [P][S][8], k [P][T·S][8], v [8P]. */
export function scoresAdditive(
  T: i32, S: i32, P: i32, q: usize, k: usize, kPanel: usize, v: usize, e: usize, ldE: i32,
): void {
  for (let s = 0; s < S; s++) for (let t = 0; t < T; t++) {
    let a = q + (<usize>s << 5), b = k + (<usize>(t * S + s) << 5), w = v, p = P;
    let c0 = f32x4.splat(0), c1 = f32x4.splat(0);
    do {
      c0 = madd(v128.load(w), tanh4(f32x4.add(v128.load(a), v128.load(b))), c0);
      c1 = madd(v128.load(w, 16), tanh4(f32x4.add(v128.load(a, 16), v128.load(b, 16))), c1);
      a += <usize>S << 5; b += kPanel; w += 32;
    } while (--p > 0);
    store<f32>(e + (<usize>(s * ldE + t) << 2), sum4(f32x4.add(c0, c1)));
  }
}

/** With g = tanh(q + k): dv += de·g, and de·v·(1 − g²) is the share of dq [P][S][8] and is added to dk [P][T·S][8]. */
export function scoresAdditiveBack(
  T: i32, S: i32, P: i32, de: usize, ldE: i32, q: usize, k: usize, kPanel: usize, v: usize, dq: usize, dk: usize, dv: usize,
): void {
  const one = f32x4.splat(1), panel = <usize>S << 5;
  for (let s = 0; s < S; s++) {
    zero(P, dq + (<usize>s << 5), panel);
    for (let t = 0; t < T; t++) {
      const d = f32x4.splat(load<f32>(de + (<usize>(s * ldE + t) << 2)));
      let at = <usize>s << 5, row = <usize>(t * S + s) << 5, w: usize = 0, p = P;
      do {
        for (let half: usize = 0; half < 32; half += 16) {
          const g = tanh4(f32x4.add(v128.load(q + at + half), v128.load(k + row + half)));
          const share = f32x4.mul(f32x4.mul(d, v128.load(v + w + half)), f32x4.sub(one, f32x4.mul(g, g)));
          v128.store(dv + w + half, madd(d, g, v128.load(dv + w + half)));
          v128.store(dq + at + half, f32x4.add(v128.load(dq + at + half), share));
          v128.store(dk + row + half, f32x4.add(v128.load(dk + row + half), share));
        }
        at += panel; row += kPanel; w += 32;
      } while (--p > 0);
    }
  }
}

/** e becomes softmax over the first lengths[s] of T (all where `lengths` is 0), others exactly 0. ldE a multiple of 4. */
function softmaxRow(T: i32, e: usize): void {
  let most = load<f32>(e);
  for (let t = 1; t < T; t++) most = max(most, load<f32>(e + (<usize>t << 2)));
  const shift = f32x4.splat(most), lanes = i32x4(0, 1, 2, 3);
  let total = f32x4.splat(0), t = 0;
  do {
    const at = e + (<usize>t << 2), real = i32x4.lt_s(i32x4.add(i32x4.splat(t), lanes), i32x4.splat(T));
    const x = v128.and(exp4(f32x4.sub(v128.load(at), shift)), real);
    v128.store(at, x);
    total = f32x4.add(total, x);
    t += 4;
  } while (t < T);
  const scale = f32x4.splat(1 / sum4(total));
  t = 0;
  do {
    const at = e + (<usize>t << 2);
    v128.store(at, f32x4.mul(v128.load(at), scale));
    t += 4;
  } while (t < T);
}

/** Scores e → weights in place, and context [S][ldC] = Σₜ weight · values[t][s]. */
export function attend(
  T: i32, S: i32, P: i32, lengths: usize, e: usize, ldE: i32, values: usize, ld: i32, context: usize, ldC: i32,
): void {
  for (let s = 0; s < S; s++) {
    const row = e + (<usize>(s * ldE) << 2), to = context + (<usize>(s * ldC) << 2);
    const real = lengths ? load<i32>(lengths + (<usize>s << 2)) : T;
    softmaxRow(real, row);
    for (let t = (real + 3) & ~3; t < T; t++) store<f32>(row + (<usize>t << 2), 0);
    zero(P, to, 32);
    for (let t = 0; t < real; t++)
      addScaled(P, load<f32>(row + (<usize>t << 2)), values + (<usize>((t * S + s) * ld) << 2), 32, to, 32);
  }
}

/**
 * Gradient of the context → de [S][ldE] of the scores, α·(c·v − Σ α·c·v), and dValues [P][T·S][8] += α·c. c's blocks stand as a
 * query's do.
 */
export function attendBack(
  T: i32, S: i32, P: i32, alpha: usize, ldE: i32, c: usize, cBlock: usize, cRow: usize, values: usize, ld: i32,
  de: usize, dValues: usize, dPanel: usize,
): void {
  for (let s = 0; s < S; s++) {
    const d = c + <usize>s * cRow, at = <usize>(s * ldE) << 2;
    let mean: f32 = 0;
    for (let t = 0; t < T; t++) {
      const row = t * S + s, weight = load<f32>(alpha + at + (<usize>t << 2));
      const x = dot(P, d, cBlock, values + (<usize>(row * ld) << 2));
      mean += weight * x;
      store<f32>(de + at + (<usize>t << 2), x);
      addScaled(P, weight, d, cBlock, dValues + (<usize>row << 5), dPanel);
    }
    for (let t = 0; t < T; t++) {
      const p = de + at + (<usize>t << 2);
      store<f32>(p, load<f32>(alpha + at + (<usize>t << 2)) * (load<f32>(p) - mean));
    }
  }
}
