import type { Kernels } from '../index';
import { dot, type Memory, multiply, packedView, panelsView, rowsView, sigmoid } from './memory';

/**
 * r, z = σ(·); n = tanh(a + r·u); h' = (1−z)·n + z·h, with a = W x + b and u = U h + b of the candidate: the reset gate
 * acts after the product (cuDNN's and PyTorch's form of Cho et al. 2014).
 */
export const gru = (m: Memory): Pick<Kernels, 'gruForward' | 'gruBackward'> => ({
  gruForward: forward(m),
  gruBackward: backward(m),
});

const forward =
  (m: Memory): Kernels['gruForward'] =>
  (T, S, D, E, H, rows, gates, gatePanel, gateTime, weights, add) => {
    const K = D + 1 + H;
    const Wn = packedView(m, weights, D + 1);
    const Wrz = packedView(m, weights + H * (D + 1) * 4, K);
    const Wu = packedView(m, weights + H * (D + 1 + 2 * K) * 4, 1 + H);
    for (let t = 0; t < T; t++) {
      const row = rowsView(m, rows + t * S * (E + H) * 4, E + H);
      const next = rowsView(m, rows + (t + 1) * S * (E + H) * 4, E + H);
      const y = panelsView(m, gates + t * gateTime, gatePanel);
      for (let s = 0; s < S; s++)
        for (let j = 0; j < H; j++) {
          const given = (block: number) => (add ? y.get(s, block * H + j) : 0);
          const r = sigmoid(dot(row, s, E - D - 1, Wrz, j, K) + given(1));
          const z = sigmoid(dot(row, s, E - D - 1, Wrz, H + j, K) + given(2));
          const u = dot(row, s, E - 1, Wu, j, 1 + H);
          const n = Math.tanh(dot(row, s, E - D - 1, Wn, j, D + 1) + given(0) + r * u);
          [n, r, z, u].forEach((v, block) => {
            y.set(s, block * H + j, v);
          });
          next.set(s, E + j, (1 - z) * n + z * row.get(s, E + j));
        }
    }
  };

const backward =
  (m: Memory): Kernels['gruBackward'] =>
  (
    T,
    S,
    E,
    H,
    rows,
    gates,
    gatePanel,
    gateTime,
    dOut,
    outPanel,
    outTime,
    outFrom,
    dh,
    dzRows,
    weights,
    X,
    inputWeights,
    dx,
    dxPanel,
    dxTime,
  ) => {
    const carry = panelsView(m, dh, S * 32);
    const dz = rowsView(m, dzRows, 4 * H);
    const W = packedView(m, weights, 3 * H);
    const Wx = packedView(m, inputWeights, 3 * H);
    for (let t = T - 1; t >= 0; t--) {
      const row = rowsView(m, rows + t * S * (E + H) * 4, E + H);
      const y = panelsView(m, gates + t * gateTime, gatePanel);
      const out = panelsView(m, dOut + t * outTime, outPanel);
      const dxt = panelsView(m, dx + t * dxTime, dxPanel);
      for (let s = 0; s < S; s++)
        for (let j = 0; j < H; j++) {
          const [n, r, z, u] = [0, 1, 2, 3].map((block) => y.get(s, block * H + j)) as [number, number, number, number];
          const d = carry.get(s, j) + (t >= outFrom ? out.get(s, j) : 0);
          const dn = d * (1 - z) * (1 - n * n);
          const blocks = [dn, dn * u * r * (1 - r), d * (row.get(s, E + j) - n) * z * (1 - z), dn * r];
          blocks.forEach((v, block) => {
            y.set(s, block * H + j, v);
            dz.set(s, block * H + j, v);
          });
          carry.set(s, j, d * z);
        }
      multiply(carry, dz, H, W, { rows: S, K: 3 * H, columns: H, add: true });
      multiply(dxt, dz, 0, Wx, { rows: S, K: 3 * H, columns: X * 8 });
    }
  };
