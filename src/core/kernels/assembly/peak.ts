// The most this module can do: multiply-adds in registers, nothing loaded or stored.
import { madd } from './simd';

/** 8 independent chains of `n` vector multiply-adds: 64·n floating-point operations. */
export function fma(n: i32): f32 {
  const x = f32x4.splat(0.999),
    y = f32x4.splat(0.001);
  let a = f32x4.splat(0.1),
    b = f32x4.splat(0.2),
    c = f32x4.splat(0.3),
    d = f32x4.splat(0.4);
  let e = f32x4.splat(0.5),
    f = f32x4.splat(0.6),
    g = f32x4.splat(0.7),
    h = f32x4.splat(0.8);
  do {
    a = madd(a, x, y);
    b = madd(b, x, y);
    c = madd(c, x, y);
    d = madd(d, x, y);
    e = madd(e, x, y);
    f = madd(f, x, y);
    g = madd(g, x, y);
    h = madd(h, x, y);
  } while (--n > 0);
  a = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(f32x4.add(e, f), f32x4.add(g, h)));
  return f32x4.extract_lane(a, 0);
}
