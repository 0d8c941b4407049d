import type { GateKernels } from '../sequence';
import { type Memory, panelsView, rowsView, sigmoid } from './memory';
import { kinds } from './rnn';

/** Gates in front of states, and single panels of the cells' steps; the equations stand at the cells' own twins. */
export function gate(m: Memory): GateKernels {
  return { ...gatesInFront(m), ...rnnPanels(m), ...lstmPanels(m), ...gruPanels(m) };
}

const gatesInFront = (m: Memory): Pick<GateKernels, 'gateIn' | 'gateInBack'> => ({
  gateIn(R, P, a, aPanel, v, vPanel, u, uPanel, z, zPanel, g, gPanel) {
    const [A, V, U, Z, G] = [
      panelsView(m, a, aPanel),
      panelsView(m, v, vPanel),
      panelsView(m, u, uPanel),
      panelsView(m, z, zPanel),
      panelsView(m, g, gPanel),
    ] as const;
    for (let r = 0; r < R; r++)
      for (let j = 0; j < 8 * P; j++) {
        G.set(r, j, sigmoid(A.get(r, j) + V.get(r, j)));
        Z.set(r, j, Z.get(r, j) + G.get(r, j) * U.get(r, j));
      }
  },
  gateInBack(R, P, dz, dzPanel, u, uPanel, g, gPanel, du, duPanel) {
    const [dZ, U, G, dU] = [
      panelsView(m, dz, dzPanel),
      panelsView(m, u, uPanel),
      panelsView(m, g, gPanel),
      panelsView(m, du, duPanel),
    ] as const;
    for (let r = 0; r < R; r++)
      for (let j = 0; j < 8 * P; j++) {
        const [d, open] = [dZ.get(r, j), G.get(r, j)];
        dU.set(r, j, dU.get(r, j) + d * open);
        G.set(r, j, d * U.get(r, j) * open * (1 - open));
      }
  },
});

const rnnPanels = (m: Memory): Pick<GateKernels, 'rnnGates' | 'rnnGatesBack'> => ({
  rnnGates(kind, R, z, h, hStride) {
    const Z = rowsView(m, z, 8);
    for (let r = 0; r < R; r++)
      for (let j = 0; j < 8; j++) {
        Z.set(r, j, kinds.f[kind]!(Z.get(r, j)));
        rowsView(m, h, hStride / 4).set(r, j, Z.get(r, j));
      }
  },
  rnnGatesBack(kind, R, z, dh, row, rowStride) {
    const Z = rowsView(m, z, 8);
    for (let r = 0; r < R; r++)
      for (let j = 0; j < 8; j++) {
        Z.set(r, j, rowsView(m, dh, 8).get(r, j) * kinds.slope[kind]!(Z.get(r, j)));
        rowsView(m, row, rowStride / 4).set(r, j, Z.get(r, j));
      }
  },
});

/** Blocks of one panel's gates, `block` bytes apart. */
const blocks = (m: Memory, z: number, block: number) =>
  [0, 1, 2, 3].map((b) => rowsView(m, z + b * block, 8)) as [View8, View8, View8, View8];
type View8 = ReturnType<typeof rowsView>;

const lstmPanels = (m: Memory): Pick<GateKernels, 'lstmGates' | 'lstmGatesBack'> => ({
  lstmGates(R, z, block, past, c, h, hStride) {
    const [I, F, G, O] = blocks(m, z, block);
    for (let r = 0; r < R; r++)
      for (let j = 0; j < 8; j++) {
        for (const gate of [I, F, O]) gate.set(r, j, sigmoid(gate.get(r, j)));
        G.set(r, j, Math.tanh(G.get(r, j)));
        const cell = F.get(r, j) * rowsView(m, past, 8).get(r, j) + I.get(r, j) * G.get(r, j);
        rowsView(m, c, 8).set(r, j, cell);
        rowsView(m, h, hStride / 4).set(r, j, O.get(r, j) * Math.tanh(cell));
      }
  },
  lstmGatesBack(R, z, block, past, c, dh, dc, row, rowBlock) {
    const views = blocks(m, z, block);
    const carried = rowsView(m, dc, 8);
    for (let r = 0; r < R; r++)
      for (let j = 0; j < 8; j++) {
        const [i, f, g, o] = views.map((view) => view.get(r, j)) as [number, number, number, number];
        const d = rowsView(m, dh, 8).get(r, j);
        const s = Math.tanh(rowsView(m, c, 8).get(r, j));
        const dCell = carried.get(r, j) + d * o * (1 - s * s);
        carried.set(r, j, dCell * f);
        const slopes = [
          dCell * g * i * (1 - i),
          dCell * rowsView(m, past, 8).get(r, j) * f * (1 - f),
          dCell * i * (1 - g * g),
          d * s * o * (1 - o),
        ];
        slopes.forEach((value, b) => {
          views[b]!.set(r, j, value);
          rowsView(m, row + b * rowBlock, rowBlock).set(r, j, value);
        });
      }
  },
});

const gruPanels = (m: Memory): Pick<GateKernels, 'gruGates' | 'gruGatesBack'> => ({
  gruGates(R, a, block, past, h, hStride) {
    const [N, Reset, Z, U] = blocks(m, a, block);
    for (let r = 0; r < R; r++)
      for (let j = 0; j < 8; j++) {
        for (const gate of [Reset, Z]) gate.set(r, j, sigmoid(gate.get(r, j)));
        N.set(r, j, Math.tanh(N.get(r, j) + Reset.get(r, j) * U.get(r, j)));
        const z = Z.get(r, j);
        const before = rowsView(m, past, hStride / 4).get(r, j);
        rowsView(m, h, hStride / 4).set(r, j, (1 - z) * N.get(r, j) + z * before);
      }
  },
  gruGatesBack(R, a, block, past, hStride, dh, row, rowBlock) {
    const views = blocks(m, a, block);
    const carried = rowsView(m, dh, 8);
    for (let r = 0; r < R; r++)
      for (let j = 0; j < 8; j++) {
        const [n, reset, z, u] = views.map((view) => view.get(r, j)) as [number, number, number, number];
        const d = carried.get(r, j);
        const dn = d * (1 - z) * (1 - n * n);
        const before = rowsView(m, past, hStride / 4).get(r, j);
        const slopes = [dn, dn * u * reset * (1 - reset), d * (before - n) * z * (1 - z), dn * reset];
        slopes.forEach((value, b) => {
          views[b]!.set(r, j, value);
          rowsView(m, row + b * rowBlock, rowBlock).set(r, j, value);
        });
        carried.set(r, j, d * z);
      }
  },
});
