// RNN whose memory enters after the activation: h' = f(x·Wᵀ + b) + h·Uᵀ.

import { addPanels } from './panels';
import { panel, product } from './product';
import { rnnGates, rnnGatesBack } from './rnn';
import { flush } from './simd';

/** h = y + v over R rows of 8 units; rows of h are `hStride` bytes apart. */
export function rnnAfterSum(R: i32, y: usize, v: usize, h: usize, hStride: usize): void {
  do {
    v128.store(h, f32x4.add(v128.load(y), v128.load(v)));
    v128.store(h, f32x4.add(v128.load(y, 16), v128.load(v, 16)), 16);
    y += 32; v += 32; h += hStride;
  } while (--R > 0);
}

/** The state's gradient dh [R][8] is that of h·Uᵀ as well: into panel v and into rows. */
export function rnnAfterPass(R: i32, dh: usize, v: usize, row: usize, rowStride: usize): void {
  do {
    const a = flush(v128.load(dh)), b = flush(v128.load(dh, 16));
    v128.store(v, a); v128.store(v, b, 16); v128.store(row, a); v128.store(row, b, 16);
    dh += 32; v += 32; row += rowStride;
  } while (--R > 0);
}

export function rnnAfterForward(
  kind: i32, T: i32, S: i32, D: i32, E: i32, H: i32, rows: usize, gates: usize, gatePanel: usize, gateTime: usize,
  W: usize, add: i32,
): void {
  const U = H >> 3, ld = <usize>(E + H) << 2, step = <usize>S * ld, block = <usize>U * gatePanel;
  const entrance = <usize>(E - D - 1) << 2, one = <usize>(E - 1) << 2, hidden = <usize>E << 2;
  const sizeX = <usize>(D + 1) << 5, sizeH = <usize>(1 + H) << 5, WH = W + <usize>U * sizeX;
  while (T-- > 0) {
    const h = rows + step + hidden;
    if (S == 1) {
      product(1, U, D + 1, rows + entrance, ld, W, gates, gatePanel, add);
      rnnGates(kind, U, gates, gates, 32);
      product(1, U, 1 + H, rows + one, ld, WH, gates + block, gatePanel, 0);
      rnnAfterSum(U, gates, gates + block, h, 32);
    } else for (let u = 0; u < U; u++) {
      const y = gates + <usize>u * gatePanel, v = y + block;
      panel(S, D + 1, rows + entrance, ld, W + <usize>u * sizeX, y, add);
      rnnGates(kind, S, y, y, 32);
      panel(S, 1 + H, rows + one, ld, WH + <usize>u * sizeH, v, 0);
      rnnAfterSum(S, y, v, h + (<usize>u << 5), ld);
    }
    rows += step;
    gates += gateTime;
  }
}

export function rnnAfterBackward(
  kind: i32, T: i32, S: i32, H: i32, gates: usize, gatePanel: usize, gateTime: usize,
  dOut: usize, outPanel: usize, outTime: usize, outFrom: i32, dh: usize, dzRows: usize, W: usize,
  X: i32, Wx: usize, dx: usize, dxPanel: usize, dxTime: usize,
): void {
  const U = H >> 3, carry = <usize>S << 5, width = <usize>H << 2, ld = width << 1, block = <usize>U * gatePanel;
  for (let t = T - 1; t >= 0; t--) {
    if (t >= outFrom) addPanels(U, S, dh, carry, dOut + <usize>t * outTime, outPanel);
    const z = gates + <usize>t * gateTime;
    for (let u = 0; u < U; u++) {
      const y = z + <usize>u * gatePanel, d = dh + <usize>u * carry, row = dzRows + (<usize>u << 5);
      rnnGatesBack(kind, S, y, d, row, ld);
      rnnAfterPass(S, d, y + block, row + width, ld);
    }
    product(S, U, H, dzRows + width, ld, W, dh, carry, 0);
    if (X) product(S, X, H, dzRows, ld, Wx, dx + <usize>t * dxTime, dxPanel, 0);
  }
}
