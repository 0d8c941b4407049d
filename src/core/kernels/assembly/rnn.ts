// Vanilla RNN: h' = f(x·Wᵀ + h·Uᵀ + b), f one of tanh, relu, logistic.

import { addPanels } from './panels';
import { panel, product } from './product';
import { flush, sigmoid4, tanh4 } from './simd';

/** h and gate [R][8] in place of the pre-activations. h rows are `hStride` bytes apart. */
export function rnnGates(kind: i32, R: i32, z: usize, h: usize, hStride: usize): void {
  const zero = f32x4.splat(0);
  if (kind == 0) do {
    const a = tanh4(v128.load(z)), b = tanh4(v128.load(z, 16));
    v128.store(z, a); v128.store(z, b, 16); v128.store(h, a); v128.store(h, b, 16);
    z += 32; h += hStride;
  } while (--R > 0);
  else if (kind == 1) do {
    // max(0, z), NaN kept
    const a = f32x4.max(v128.load(z), zero), b = f32x4.max(v128.load(z, 16), zero);
    v128.store(z, a); v128.store(z, b, 16); v128.store(h, a); v128.store(h, b, 16);
    z += 32; h += hStride;
  } while (--R > 0);
  else do {
    const a = sigmoid4(v128.load(z)), b = sigmoid4(v128.load(z, 16));
    v128.store(z, a); v128.store(z, b, 16); v128.store(h, a); v128.store(h, b, 16);
    z += 32; h += hStride;
  } while (--R > 0);
}

/** f' from f's value y: 1−y², [y > 0], y(1−y). */
// @ts-ignore: decorator
@inline
function slope(kind: i32, y: v128, d: v128): v128 {
  const one = f32x4.splat(1);
  if (kind == 0) return f32x4.mul(d, f32x4.sub(one, f32x4.mul(y, y)));
  if (kind == 1) return v128.and(d, f32x4.gt(y, f32x4.splat(0)));
  return f32x4.mul(d, f32x4.mul(y, f32x4.sub(one, y)));
}

export function rnnGatesBack(kind: i32, R: i32, z: usize, dh: usize, row: usize, rowStride: usize): void {
  do {
    const a = slope(kind, v128.load(z), flush(v128.load(dh))), b = slope(kind, v128.load(z, 16), flush(v128.load(dh, 16)));
    v128.store(z, a); v128.store(z, b, 16); v128.store(row, a); v128.store(row, b, 16);
    z += 32; dh += 32; row += rowStride;
  } while (--R > 0);
}

export function rnnForward(
  kind: i32, T: i32, S: i32, D: i32, E: i32, H: i32, rows: usize, gates: usize, gatePanel: usize, gateTime: usize,
  W: usize, add: i32,
): void {
  const K = D + 1 + H, U = H >> 3, size = <usize>K << 5, ld = <usize>(E + H) << 2, step = <usize>S * ld;
  const entrance = <usize>(E - D - 1) << 2, hidden = <usize>E << 2;
  while (T-- > 0) {
    const h = rows + step + hidden;
    if (S == 1) {
      product(1, U, K, rows + entrance, ld, W, gates, gatePanel, add);
      rnnGates(kind, U, gates, h, 32);
    } else for (let u = 0; u < U; u++) {
      const z = gates + <usize>u * gatePanel;
      panel(S, K, rows + entrance, ld, W + <usize>u * size, z, add);
      rnnGates(kind, S, z, h + (<usize>u << 5), ld);
    }
    rows += step;
    gates += gateTime;
  }
}

export function rnnBackward(
  kind: i32, T: i32, S: i32, H: i32, gates: usize, gatePanel: usize, gateTime: usize,
  dOut: usize, outPanel: usize, outTime: usize, outFrom: i32, dh: usize, dzRows: usize, W: usize,
  X: i32, Wx: usize, dx: usize, dxPanel: usize, dxTime: usize,
): void {
  const U = H >> 3, carry = <usize>S << 5, ld = <usize>H << 2;
  for (let t = T - 1; t >= 0; t--) {
    if (t >= outFrom) addPanels(U, S, dh, carry, dOut + <usize>t * outTime, outPanel);
    const z = gates + <usize>t * gateTime;
    for (let u = 0; u < U; u++)
      rnnGatesBack(kind, S, z + <usize>u * gatePanel, dh + <usize>u * carry, dzRows + (<usize>u << 5), ld);
    product(S, U, H, dzRows, ld, W, dh, carry, 0);
    if (X) product(S, X, H, dzRows, ld, Wx, dx + <usize>t * dxTime, dxPanel, 0);
  }
}
