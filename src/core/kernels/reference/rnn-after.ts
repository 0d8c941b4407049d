import type { Kernels } from '../index';
import { dot, type Memory, multiply, packedView, panelsView, rowsView } from './memory';
import { kinds } from './rnn';

/** h' = y + h·Uᵀ with y = f(x·Wᵀ + b): what is remembered passes no activation. */
export const rnnAfter = (m: Memory): Pick<Kernels, 'rnnAfterForward' | 'rnnAfterBackward'> => ({
  rnnAfterForward: forward(m),
  rnnAfterBackward: backward(m),
});

const forward =
  (m: Memory): Kernels['rnnAfterForward'] =>
  (kind, T, S, D, E, H, rows, gates, gatePanel, gateTime, weights, add) => {
    const W = packedView(m, weights, D + 1);
    const U = packedView(m, weights + H * (D + 1) * 4, 1 + H);
    for (let t = 0; t < T; t++) {
      const row = rowsView(m, rows + t * S * (E + H) * 4, E + H);
      const next = rowsView(m, rows + (t + 1) * S * (E + H) * 4, E + H);
      const gate = panelsView(m, gates + t * gateTime, gatePanel);
      for (let s = 0; s < S; s++)
        for (let j = 0; j < H; j++) {
          const y = kinds.f[kind]!(dot(row, s, E - D - 1, W, j, D + 1) + (add ? gate.get(s, j) : 0));
          const v = dot(row, s, E - 1, U, j, 1 + H);
          gate.set(s, j, y);
          gate.set(s, H + j, v);
          next.set(s, E + j, y + v);
        }
    }
  };

/** The state's gradient d goes on whole through U, and times f's slope through W. */
const backward =
  (m: Memory): Kernels['rnnAfterBackward'] =>
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
    const dz = rowsView(m, dzRows, 2 * H);
    const U = packedView(m, weights, H);
    const Wx = packedView(m, inputWeights, H);
    for (let t = T - 1; t >= 0; t--) {
      const gate = panelsView(m, gates + t * gateTime, gatePanel);
      const out = panelsView(m, dOut + t * outTime, outPanel);
      const dxt = panelsView(m, dx + t * dxTime, dxPanel);
      for (let s = 0; s < S; s++)
        for (let j = 0; j < H; j++) {
          const d = carry.get(s, j) + (t >= outFrom ? out.get(s, j) : 0);
          [d * kinds.slope[kind]!(gate.get(s, j)), d].forEach((value, block) => {
            gate.set(s, block * H + j, value);
            dz.set(s, block * H + j, value);
          });
        }
      multiply(carry, dz, H, U, { rows: S, K: H, columns: H });
      multiply(dxt, dz, 0, Wx, { rows: S, K: H, columns: X * 8 });
    }
  };
