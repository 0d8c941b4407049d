import type { Kernels } from '../index';
import { dot, type Memory, packedView, panelsView, rowsView } from './memory';

export function products(
  m: Memory,
): Pick<Kernels, 'product' | 'weightGradient' | 'packRows' | 'unpackRows' | 'packColumns' | 'sumSlices'> {
  return {
    product(M, P, K, A, lda, B, C, cPanel, add) {
      const a = rowsView(m, A, lda / 4);
      const b = packedView(m, B, K);
      const c = panelsView(m, C, cPanel);
      for (let i = 0; i < M; i++)
        for (let j = 0; j < P * 8; j++) c.set(i, j, dot(a, i, 0, b, j, K) + (add ? c.get(i, j) : 0));
    },
    weightGradient(R, P, skip, D, E, H, dz, dzPanel, rows, ld, dW, _scratch, add) {
      const d = panelsView(m, dz, dzPanel);
      const row = rowsView(m, rows, ld);
      const out = rowsView(m, dW, E + H);
      const at = (r: number, c: number) => (D === 0 && c < E ? Number(c === E - 1) : row.get(r, c));
      for (let j = 0; j < P * 8; j++)
        for (let c = 0; c < (j < skip * 8 ? E : E + H); c++) {
          let sum = add ? out.get(j, c) : 0;
          for (let r = 0; r < R; r++) sum += d.get(r, j) * at(r, c);
          out.set(j, c, sum);
        }
    },
    packRows(J, K, w, ld, panels, panelRows, k0, add) {
      const from = rowsView(m, w, ld);
      const to = packedView(m, panels, panelRows);
      for (let j = 0; j < J; j++)
        for (let k = 0; k < K; k++) to.set(k0 + k, j, from.get(j, k) + (add ? to.get(k0 + k, j) : 0));
    },
    unpackRows(J, K, panels, panel, w, ld) {
      const from = panelsView(m, panels, panel);
      const to = rowsView(m, w, ld);
      for (let j = 0; j < J; j++) for (let k = 0; k < K; k++) to.set(j, k, from.get(k, j));
    },
    packColumns(J, K, w, ld, panels, panelRows, j0) {
      const from = rowsView(m, w, ld);
      const to = packedView(m, panels, panelRows);
      for (let j = 0; j < J; j++) for (let k = 0; k < K; k++) to.set(j0 + j, k, from.get(j, k));
    },
    sumSlices(J, K, slices, part, ld, sliceBytes, out, ldOut) {
      const to = rowsView(m, out, ldOut);
      for (let j = 0; j < J; j++)
        for (let k = 0; k < K; k++) {
          let sum = 0;
          for (let s = 0; s < slices; s++) sum += rowsView(m, part + s * sliceBytes, ld).get(j, k);
          to.set(j, k, sum);
        }
    },
  };
}
