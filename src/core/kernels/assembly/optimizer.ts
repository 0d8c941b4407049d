// One pass each over the parameters w [n], gradients g, moments m, v. `clip` multiplies the gradient. n > 0; arrays are
// padded to four elements.
import { madd } from './simd';

/** Σ g², in double precision, four running sums joined in a fixed order. */
export function sumSquares(n: i32, g: usize): f64 {
  let a = f64x2.splat(0), b = f64x2.splat(0);
  const end = g + (<usize>n << 2);
  do {
    const v = v128.load(g);
    const low = f64x2.promote_low_f32x4(v);
    const high = f64x2.promote_low_f32x4(i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
    a = f64x2.add(a, f64x2.mul(low, low));
    b = f64x2.add(b, f64x2.mul(high, high));
    g += 16;
  } while (g < end);
  const s = f64x2.add(a, b);
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/** Values this small change nothing, but slow arithmetic on them costs: they become 0. */
// @ts-ignore: decorator
@inline
function flush(x: v128): v128 {
  return v128.and(x, f32x4.gt(f32x4.abs(x), f32x4.splat(1e-36)));
}

/** Adam; `decay` = 1 − lr·weight decay multiplies the weights first (AdamW). c1, c2: 1/(1−β1ᵗ), 1/(1−β2ᵗ). */
export function adam(
  n: i32, w: usize, g: usize, m: usize, v: usize, clip: f32, lr: f32, beta1: f32, beta2: f32, epsilon: f32,
  c1: f32, c2: f32, decay: f32,
): void {
  const end = w + (<usize>n << 2), rate = f32x4.splat(lr * c1);
  do {
    const d = f32x4.mul(v128.load(g), f32x4.splat(clip));
    const m1 = flush(madd(f32x4.splat(beta1), v128.load(m), f32x4.mul(f32x4.splat(1 - beta1), d)));
    const v1 = flush(madd(f32x4.splat(beta2), v128.load(v), f32x4.mul(f32x4.splat(1 - beta2), f32x4.mul(d, d))));
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(v1, f32x4.splat(c2))), f32x4.splat(epsilon));
    v128.store(m, m1);
    v128.store(v, v1);
    const old = f32x4.mul(v128.load(w), f32x4.splat(decay));
    v128.store(w, f32x4.sub(old, f32x4.div(f32x4.mul(rate, m1), root)));
    w += 16; g += 16; m += 16; v += 16;
  } while (w < end);
}

/** m = momentum·m + g; w −= lr·m. */
export function sgd(n: i32, w: usize, g: usize, m: usize, clip: f32, lr: f32, momentum: f32): void {
  const end = w + (<usize>n << 2);
  do {
    const d = f32x4.mul(v128.load(g), f32x4.splat(clip));
    const m1 = flush(madd(f32x4.splat(momentum), v128.load(m), d));
    v128.store(m, m1);
    v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(f32x4.splat(lr), m1)));
    w += 16; g += 16; m += 16;
  } while (w < end);
}

/** v = ρ·v + (1−ρ)·g²; w −= lr·g/(√v + ε). */
export function rmsprop(n: i32, w: usize, g: usize, v: usize, clip: f32, lr: f32, rho: f32, epsilon: f32): void {
  const end = w + (<usize>n << 2);
  do {
    const d = f32x4.mul(v128.load(g), f32x4.splat(clip));
    const v1 = flush(madd(f32x4.splat(rho), v128.load(v), f32x4.mul(f32x4.splat(1 - rho), f32x4.mul(d, d))));
    v128.store(v, v1);
    const root = f32x4.add(f32x4.sqrt(v1), f32x4.splat(epsilon));
    v128.store(w, f32x4.sub(v128.load(w), f32x4.div(f32x4.mul(f32x4.splat(lr), d), root)));
    w += 16; g += 16; v += 16;
  } while (w < end);
}
