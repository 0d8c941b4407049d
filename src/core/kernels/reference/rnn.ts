import type { Kernels } from '../index';
import { dot, type Memory, multiply, packedView, panelsView, rowsView, sigmoid } from './memory';

/** h' = f(x·Wᵀ + h·Uᵀ + b); the derivative of f from its value y is 1−y², [y > 0] or y(1−y). */
const f = [Math.tanh, (x: number) => (x > 0 || Number.isNaN(x) ? x : 0), sigmoid];
const slope = [(y: number) => 1 - y * y, (y: number) => (y > 0 ? 1 : 0), (y: number) => y * (1 - y)];
export const rnn = (m: Memory): Pick<Kernels, 'rnnForward' | 'rnnBackward'> => ({
  rnnForward: forward(m),
  rnnBackward: backward(m),
});
/** The kinds of f and their slopes, in the kernels' order. */
export const kinds = { f, slope };

const forward =
  (m: Memory): Kernels['rnnForward'] =>
  (kind, T, S, D, E, H, rows, gates, gatePanel, gateTime, weights, add) => {
    const K = D + 1 + H;
    const W = packedView(m, weights, K);
    for (let t = 0; t < T; t++) {
      const row = rowsView(m, rows + t * S * (E + H) * 4, E + H);
      const next = rowsView(m, rows + (t + 1) * S * (E + H) * 4, E + H);
      const y = panelsView(m, gates + t * gateTime, gatePanel);
      for (let s = 0; s < S; s++)
        for (let j = 0; j < H; j++) {
          const h = f[kind]!(dot(row, s, E - D - 1, W, j, K) + (add ? y.get(s, j) : 0));
          y.set(s, j, h);
          next.set(s, E + j, h);
        }
    }
  };

const backward =
  (m: Memory): Kernels['rnnBackward'] =>
  (
    kind,
    T,
    S,
    H,
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
    const dz = rowsView(m, dzRows, H);
    const W = packedView(m, weights, H);
    const Wx = packedView(m, inputWeights, H);
    for (let t = T - 1; t >= 0; t--) {
      const y = panelsView(m, gates + t * gateTime, gatePanel);
      const out = panelsView(m, dOut + t * outTime, outPanel);
      const dxt = panelsView(m, dx + t * dxTime, dxPanel);
      for (let s = 0; s < S; s++)
        for (let j = 0; j < H; j++) {
          const d = carry.get(s, j) + (t >= outFrom ? out.get(s, j) : 0);
          const dzj = d * slope[kind]!(y.get(s, j));
          y.set(s, j, dzj);
          dz.set(s, j, dzj);
        }
      multiply(carry, dz, 0, W, { rows: S, K: H, columns: H });
      multiply(dxt, dz, 0, Wx, { rows: S, K: H, columns: X * 8 });
    }
  };
