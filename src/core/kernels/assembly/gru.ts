// GRU, reset after the product: r, z = σ(·), n = tanh(a + r∘u), h' = (1−z)∘n + z∘h, where a = x·Wᵀ + b of the input
// side and u = h·Uᵀ + b of the recurrent side. Blocks stand in the order n, r, z, u: what the input feeds (n, r, z) and
// what the state feeds (r, z, u) are each contiguous. Before activation block n holds a.

import { addPanels } from './panels';
import { panel, product } from './product';
import { flush, madd, sigmoid4, tanh4 } from './simd';

// @ts-ignore: decorator
@inline
function unit4(n: usize, r: usize, z: usize, u: usize, past: usize, h: usize): void {
  const vr = sigmoid4(v128.load(r)), vz = sigmoid4(v128.load(z));
  const vn = tanh4(madd(vr, v128.load(u), v128.load(n)));
  v128.store(r, vr); v128.store(z, vz); v128.store(n, vn);
  v128.store(h, madd(vz, f32x4.sub(v128.load(past), vn), vn));
}

export function gruGates(R: i32, a: usize, block: usize, past: usize, h: usize, hStride: usize): void {
  let n = a, r = a + block, z = a + 2 * block, u = a + 3 * block;
  do {
    unit4(n, r, z, u, past, h);
    unit4(n + 16, r + 16, z + 16, u + 16, past + 16, h + 16);
    n += 32; r += 32; z += 32; u += 32; past += hStride; h += hStride;
  } while (--R > 0);
}

// @ts-ignore: decorator
@inline
function unitBack4(n: usize, r: usize, z: usize, u: usize, past: usize, dh: usize, row: usize, rowBlock: usize): void {
  const one = f32x4.splat(1);
  const vn = v128.load(n), vr = v128.load(r), vz = v128.load(z), d = flush(v128.load(dh)), keep = f32x4.sub(one, vz);
  const da = f32x4.mul(f32x4.mul(d, keep), f32x4.sub(one, f32x4.mul(vn, vn)));
  const dr = f32x4.mul(f32x4.mul(da, v128.load(u)), f32x4.mul(vr, f32x4.sub(one, vr)));
  const dz = f32x4.mul(f32x4.mul(d, f32x4.sub(v128.load(past), vn)), f32x4.mul(vz, keep));
  const du = f32x4.mul(da, vr);
  v128.store(n, da); v128.store(row, da);
  v128.store(r, dr); v128.store(row + rowBlock, dr);
  v128.store(z, dz); v128.store(row + 2 * rowBlock, dz);
  v128.store(u, du); v128.store(row + 3 * rowBlock, du);
  v128.store(dh, f32x4.mul(d, vz));
}

export function gruGatesBack(
  R: i32, a: usize, block: usize, past: usize, hStride: usize, dh: usize, row: usize, rowBlock: usize,
): void {
  let n = a, r = a + block, z = a + 2 * block, u = a + 3 * block;
  const rowStride = rowBlock << 2;
  do {
    unitBack4(n, r, z, u, past, dh, row, rowBlock);
    unitBack4(n + 16, r + 16, z + 16, u + 16, past + 16, dh + 16, row + 16, rowBlock);
    n += 32; r += 32; z += 32; u += 32; past += hStride; dh += 32; row += rowStride;
  } while (--R > 0);
}

export function gruForward(
  T: i32, S: i32, D: i32, E: i32, H: i32, rows: usize, gates: usize, gatePanel: usize, gateTime: usize, W: usize,
  add: i32,
): void {
  const U = H >> 3, ld = <usize>(E + H) << 2, step = <usize>S * ld, block = <usize>U * gatePanel;
  const Kn = D + 1, Kr = D + 1 + H, Ku = 1 + H;
  const Wr = W + (<usize>(U * Kn) << 5), Wz = Wr + (<usize>(U * Kr) << 5), Wu = Wz + (<usize>(U * Kr) << 5);
  const entrance = <usize>(E - D - 1) << 2, one = <usize>(E - 1) << 2, hidden = <usize>E << 2;
  while (T-- > 0) {
    const x = rows + entrance, past = rows + hidden, h = past + step;
    if (S == 1) {
      product(1, U, Kn, x, ld, W, gates, gatePanel, add);
      product(1, 2 * U, Kr, x, ld, Wr, gates + block, gatePanel, add);
      product(1, U, Ku, rows + one, ld, Wu, gates + 3 * block, gatePanel, 0);
      gruGates(U, gates, block, past, h, 32);
    } else for (let u = 0; u < U; u++) {
      const a = gates + <usize>u * gatePanel, at = <usize>u << 5;
      panel(S, Kn, x, ld, W + <usize>(u * Kn << 5), a, add);
      panel(S, Kr, x, ld, Wr + <usize>(u * Kr << 5), a + block, add);
      panel(S, Kr, x, ld, Wz + <usize>(u * Kr << 5), a + 2 * block, add);
      panel(S, Ku, rows + one, ld, Wu + <usize>(u * Ku << 5), a + 3 * block, 0);
      gruGates(S, a, block, past + at, h + at, ld);
    }
    rows += step;
    gates += gateTime;
  }
}

export function gruBackward(
  T: i32, S: i32, E: i32, H: i32, rows: usize, gates: usize, gatePanel: usize, gateTime: usize,
  dOut: usize, outPanel: usize, outTime: usize, outFrom: i32, dh: usize, dzRows: usize, W: usize,
  X: i32, Wx: usize, dx: usize, dxPanel: usize, dxTime: usize,
): void {
  const U = H >> 3, carry = <usize>S << 5, block = <usize>U * gatePanel, rowBlock = <usize>H << 2, ld = rowBlock << 2;
  const stride = <usize>(E + H) << 2, step = <usize>S * stride;
  for (let t = T - 1; t >= 0; t--) {
    if (t >= outFrom) addPanels(U, S, dh, carry, dOut + <usize>t * outTime, outPanel);
    const a = gates + <usize>t * gateTime, past = rows + <usize>t * step + (<usize>E << 2);
    for (let u = 0; u < U; u++) {
      const at = <usize>u << 5;
      gruGatesBack(S, a + <usize>u * gatePanel, block, past + at, stride, dh + <usize>u * carry, dzRows + at, rowBlock);
    }
    product(S, U, 3 * H, dzRows + rowBlock, ld, W, dh, carry, 1);
    if (X) product(S, X, 3 * H, dzRows, ld, Wx, dx + <usize>t * dxTime, dxPanel, 0);
  }
}
