import type { Kernels } from '../index';
import { dot, type Memory, multiply, packedView, panelsView, rowsView, sigmoid } from './memory';

/** i, f, o = σ(·), g = tanh(·); c' = f·c + i·g; h' = o·tanh c' (Hochreiter and Schmidhuber 1997, Gers et al. 2000). */
export const lstm = (m: Memory): Pick<Kernels, 'lstmForward' | 'lstmBackward'> => ({
  lstmForward: forward(m),
  lstmBackward: backward(m),
});

const forward =
  (m: Memory): Kernels['lstmForward'] =>
  (T, S, D, E, H, rows, gates, gatePanel, gateTime, cells, cellPanel, cellTime, weights, add) => {
    const K = D + 1 + H;
    const W = packedView(m, weights, K);
    for (let t = 0; t < T; t++) {
      const row = rowsView(m, rows + t * S * (E + H) * 4, E + H);
      const next = rowsView(m, rows + (t + 1) * S * (E + H) * 4, E + H);
      const y = panelsView(m, gates + t * gateTime, gatePanel);
      const past = panelsView(m, cells + t * cellTime, cellPanel);
      const cell = panelsView(m, cells + (t + 1) * cellTime, cellPanel);
      for (let s = 0; s < S; s++)
        for (let j = 0; j < H; j++) {
          const given = (gate: number) => (add ? y.get(s, gate * H + j) : 0);
          const z = (gate: number) => dot(row, s, E - D - 1, W, gate * H + j, K) + given(gate);
          const i = sigmoid(z(0));
          const f = sigmoid(z(1));
          const g = Math.tanh(z(2));
          const o = sigmoid(z(3));
          const c = f * past.get(s, j) + i * g;
          [i, f, g, o].forEach((v, gate) => {
            y.set(s, gate * H + j, v);
          });
          cell.set(s, j, c);
          next.set(s, E + j, o * Math.tanh(c));
        }
    }
  };

/**
 * dc = dc' + dh·o·(1−tanh²c): then the four gates get dc·g, dc·c₋₁, dc·i and dh·tanh c, each times its slope, and the
 * step before gets dc·f.
 */
const backward =
  (m: Memory): Kernels['lstmBackward'] =>
  (
    T,
    S,
    H,
    gates,
    gatePanel,
    gateTime,
    cells,
    cellPanel,
    cellTime,
    dOut,
    outPanel,
    outTime,
    outFrom,
    dh,
    dcAt,
    dzRows,
    weights,
    X,
    inputWeights,
    dx,
    dxPanel,
    dxTime,
  ) => {
    const carry = panelsView(m, dh, S * 32);
    const dCell = panelsView(m, dcAt, S * 32);
    const dz = rowsView(m, dzRows, 4 * H);
    const W = packedView(m, weights, 4 * H);
    const Wx = packedView(m, inputWeights, 4 * H);
    for (let t = T - 1; t >= 0; t--) {
      const y = panelsView(m, gates + t * gateTime, gatePanel);
      const out = panelsView(m, dOut + t * outTime, outPanel);
      const past = panelsView(m, cells + t * cellTime, cellPanel);
      const cell = panelsView(m, cells + (t + 1) * cellTime, cellPanel);
      const dxt = panelsView(m, dx + t * dxTime, dxPanel);
      for (let s = 0; s < S; s++)
        for (let j = 0; j < H; j++) {
          const [i, f, g, o] = [0, 1, 2, 3].map((gate) => y.get(s, gate * H + j)) as [number, number, number, number];
          const d = carry.get(s, j) + (t >= outFrom ? out.get(s, j) : 0);
          const tanhC = Math.tanh(cell.get(s, j));
          const dc = dCell.get(s, j) + d * o * (1 - tanhC * tanhC);
          dCell.set(s, j, dc * f);
          const dGates = [
            dc * g * i * (1 - i),
            dc * past.get(s, j) * f * (1 - f),
            dc * i * (1 - g * g),
            d * tanhC * o * (1 - o),
          ];
          dGates.forEach((v, gate) => {
            y.set(s, gate * H + j, v);
            dz.set(s, gate * H + j, v);
          });
        }
      multiply(carry, dz, 0, W, { rows: S, K: 4 * H, columns: H });
      multiply(dxt, dz, 0, Wx, { rows: S, K: 4 * H, columns: X * 8 });
    }
  };
