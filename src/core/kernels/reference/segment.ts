import type { SequenceKernels } from '../sequence';
import { type Memory, panelsView, rowsView } from './memory';

type Segments = Pick<
  SequenceKernels,
  'gatherSegments' | 'reluRows' | 'reluBack' | 'foldGroups' | 'foldRows' | 'joinSegments' | 'splitSegments'
>;

export function segments(m: Memory): Segments {
  return {
    gatherSegments(N, W, S, n, D, ld, table, starts, centre, x) {
      const from = rowsView(m, table, D);
      const to = rowsView(m, x, ld);
      for (let j = 0; j < N; j++)
        for (let s = 0; s < S; s++)
          for (let w = 0; w < W; w++)
            for (let d = 0; d < D; d++) {
              const start = m.i[starts / 4 + s] as number;
              const last = s < n && d < centre ? from.get(start + N * W - 1, d) : 0;
              to.set(j * S + s, w * D + d, s < n ? from.get(start + j * W + w, d) - last : 0);
            }
    },
    reluRows(R, C, z, panel, rows, ld) {
      const view = panelsView(m, z, panel);
      for (let r = 0; r < R; r++)
        for (let c = 0; c < Math.ceil(C / 8) * 8; c++) {
          const value = view.get(r, c);
          const y = value > 0 || Number.isNaN(value) ? value : 0;
          view.set(r, c, y);
          if (c < C) rowsView(m, rows, ld).set(r, c, y);
        }
    },
    reluBack(R, P, d, dPanel, y, yPanel) {
      for (let r = 0; r < R; r++)
        for (let c = 0; c < P * 8; c++)
          if (!(panelsView(m, y, yPanel).get(r, c) > 0)) panelsView(m, d, dPanel).set(r, c, 0);
    },
    foldGroups(M, S, P, from, fromPanel, to, toPanel) {
      for (let s = 0; s < S; s++)
        for (let c = 0; c < P * 8; c++) {
          let sum = 0;
          for (let g = 0; g < M; g++) sum += panelsView(m, from, fromPanel).get(g * S + s, c);
          panelsView(m, to, toPanel).set(s, c, sum);
        }
    },
    foldRows(M, S, P, from, fromPanel, to) {
      for (let g = 0; g < M; g++)
        for (let c = 0; c < P * 8; c++) {
          let sum = 0;
          for (let s = 0; s < S; s++) sum += panelsView(m, from, fromPanel).get(g * S + s, c);
          rowsView(m, to, 8 * P).set(g, c, sum);
        }
    },
    joinSegments(M, S, W, K, Q, from, y) {
      for (let q = 0; q < Q; q++)
        for (let k = 0; k < K; k++)
          for (let s = 0; s < S; s++) {
            const value = panelsView(m, from, M * S * 32).get(Math.floor(k / W) * S + s, q * W + (k % W));
            panelsView(m, y, S * 32).set(s, q * K + k, value);
          }
    },
    splitSegments(M, S, W, K, Q, dy, d, dRows) {
      const width = Math.ceil((Q * W) / 8) * 8;
      for (let g = 0; g < M; g++)
        for (let s = 0; s < S; s++)
          for (let c = 0; c < width; c++) {
            const k = g * W + (c % W);
            const real = c < Q * W && k < K;
            const value = real ? panelsView(m, dy, S * 32).get(s, Math.floor(c / W) * K + k) : 0;
            panelsView(m, d, M * S * 32).set(g * S + s, c, value);
            rowsView(m, dRows, width).set(g * S + s, c, value);
          }
    },
  };
}
