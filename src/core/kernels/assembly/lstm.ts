// LSTM: i, f, o = σ(·), g = tanh(·), c' = f∘c + i∘g, h' = o∘tanh c'. Blocks of the gates stand in the order i, f, g, o.

import { addPanels } from './panels';
import { panel, product } from './product';
import { flush, madd, sigmoid4, tanh4 } from './simd';

// @ts-ignore: decorator
@inline
function unit4(i: usize, f: usize, g: usize, o: usize, past: usize, c: usize, h: usize): void {
  const vi = sigmoid4(v128.load(i)), vf = sigmoid4(v128.load(f)), vg = tanh4(v128.load(g)), vo = sigmoid4(v128.load(o));
  const vc = madd(vf, v128.load(past), f32x4.mul(vi, vg));
  v128.store(i, vi); v128.store(f, vf); v128.store(g, vg); v128.store(o, vo);
  v128.store(c, vc);
  v128.store(h, f32x4.mul(vo, tanh4(vc)));
}

/** R rows of 8 units; z points to the input gate's rows, the other gates follow `block` bytes apart. */
export function lstmGates(R: i32, z: usize, block: usize, past: usize, c: usize, h: usize, hStride: usize): void {
  let i = z, f = z + block, g = z + 2 * block, o = z + 3 * block;
  do {
    unit4(i, f, g, o, past, c, h);
    unit4(i + 16, f + 16, g + 16, o + 16, past + 16, c + 16, h + 16);
    i += 32; f += 32; g += 32; o += 32; past += 32; c += 32; h += hStride;
  } while (--R > 0);
}

// @ts-ignore: decorator
@inline
function unitBack4(
  i: usize, f: usize, g: usize, o: usize, past: usize, c: usize, dh: usize, dc: usize, row: usize, rowBlock: usize,
): void {
  const one = f32x4.splat(1);
  const vi = v128.load(i), vf = v128.load(f), vg = v128.load(g), vo = v128.load(o), d = flush(v128.load(dh));
  const s = tanh4(v128.load(c));
  const dcell = flush(madd(f32x4.mul(d, vo), f32x4.sub(one, f32x4.mul(s, s)), v128.load(dc)));
  v128.store(dc, f32x4.mul(dcell, vf));
  let a = f32x4.mul(f32x4.mul(dcell, vg), f32x4.mul(vi, f32x4.sub(one, vi)));
  v128.store(i, a); v128.store(row, a);
  a = f32x4.mul(f32x4.mul(dcell, v128.load(past)), f32x4.mul(vf, f32x4.sub(one, vf)));
  v128.store(f, a); v128.store(row + rowBlock, a);
  a = f32x4.mul(f32x4.mul(dcell, vi), f32x4.sub(one, f32x4.mul(vg, vg)));
  v128.store(g, a); v128.store(row + 2 * rowBlock, a);
  a = f32x4.mul(f32x4.mul(d, s), f32x4.mul(vo, f32x4.sub(one, vo)));
  v128.store(o, a); v128.store(row + 3 * rowBlock, a);
}

export function lstmGatesBack(
  R: i32, z: usize, block: usize, past: usize, c: usize, dh: usize, dc: usize, row: usize, rowBlock: usize,
): void {
  let i = z, f = z + block, g = z + 2 * block, o = z + 3 * block;
  const rowStride = rowBlock << 2;
  do {
    unitBack4(i, f, g, o, past, c, dh, dc, row, rowBlock);
    unitBack4(i + 16, f + 16, g + 16, o + 16, past + 16, c + 16, dh + 16, dc + 16, row + 16, rowBlock);
    i += 32; f += 32; g += 32; o += 32; past += 32; c += 32; dh += 32; dc += 32; row += rowStride;
  } while (--R > 0);
}

export function lstmForward(
  T: i32, S: i32, D: i32, E: i32, H: i32, rows: usize, gates: usize, gatePanel: usize, gateTime: usize,
  cells: usize, cellPanel: usize, cellTime: usize, W: usize, add: i32,
): void {
  const K = D + 1 + H, U = H >> 3, size = <usize>K << 5, ld = <usize>(E + H) << 2, step = <usize>S * ld;
  const entrance = <usize>(E - D - 1) << 2, hidden = <usize>E << 2, block = <usize>U * gatePanel;
  while (T-- > 0) {
    const x = rows + entrance, h = rows + step + hidden;
    if (S == 1) {
      product(1, 4 * U, K, x, ld, W, gates, gatePanel, add);
      lstmGates(U, gates, block, cells, cells + cellTime, h, 32);
    } else for (let u = 0; u < U; u++) {
      const z = gates + <usize>u * gatePanel, c = cells + <usize>u * cellPanel;
      for (let q = 0; q < 4; q++) panel(S, K, x, ld, W + <usize>(q * U + u) * size, z + <usize>q * block, add);
      lstmGates(S, z, block, c, c + cellTime, h + (<usize>u << 5), ld);
    }
    rows += step;
    gates += gateTime;
    cells += cellTime;
  }
}

export function lstmBackward(
  T: i32, S: i32, H: i32, gates: usize, gatePanel: usize, gateTime: usize,
  cells: usize, cellPanel: usize, cellTime: usize,
  dOut: usize, outPanel: usize, outTime: usize, outFrom: i32, dh: usize, dc: usize, dzRows: usize, W: usize,
  X: i32, Wx: usize, dx: usize, dxPanel: usize, dxTime: usize,
): void {
  const U = H >> 3, carry = <usize>S << 5, block = <usize>U * gatePanel, rowBlock = <usize>H << 2, ld = rowBlock << 2;
  for (let t = T - 1; t >= 0; t--) {
    if (t >= outFrom) addPanels(U, S, dh, carry, dOut + <usize>t * outTime, outPanel);
    const z = gates + <usize>t * gateTime, past = cells + <usize>t * cellTime;
    for (let u = 0; u < U; u++) {
      const p = past + <usize>u * cellPanel, at = <usize>u * carry;
      lstmGatesBack(S, z + <usize>u * gatePanel, block, p, p + cellTime, dh + at, dc + at, dzRows + (<usize>u << 5), rowBlock);
    }
    product(S, U, 4 * H, dzRows, ld, W, dh, carry, 0);
    if (X) product(S, X, 4 * H, dzRows, ld, Wx, dx + <usize>t * dxTime, dxPanel, 0);
  }
}
