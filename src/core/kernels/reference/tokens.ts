import type { TokenKernels } from '../sequence';
import { type Memory, panelsView, rowsView } from './memory';

/** x = one_hot(token) · E, so that dE[token] += dx for every step that read the token; the same for a table of what gates get. */
export function tokens(m: Memory): TokenKernels {
  const tokenAt = (list: number, starts: number, s: number, t: number) =>
    m.i[list / 4 + (m.i[starts / 4 + s] as number) + t] as number;
  return {
    embed(T, S, n, D, ld, list, starts, embedding, x) {
      for (let t = 0; t < T; t++)
        for (let s = 0; s < S; s++)
          for (let d = 0; d < D; d++) {
            const token = s < n ? tokenAt(list, starts, s, t) : -1;
            const value = token < 0 ? 0 : rowsView(m, embedding, D).get(token, d);
            rowsView(m, x, ld).set(t * S + s, d, value);
          }
    },
    embedBack(T, S, n, D, list, starts, dx, dxPanel, dE) {
      for (let t = 0; t < T; t++)
        for (let s = 0; s < n; s++)
          for (let d = 0; d < D; d++) {
            const token = tokenAt(list, starts, s, t);
            const more = panelsView(m, dx, dxPanel).get(t * S + s, d);
            rowsView(m, dE, D).set(token, d, rowsView(m, dE, D).get(token, d) + more);
          }
    },
    lookUp(t, S, n, P, list, starts, table, tablePanel, z, zPanel) {
      for (let s = 0; s < S; s++)
        for (let j = 0; j < 8 * P; j++) {
          const value = s < n ? panelsView(m, table, tablePanel).get(tokenAt(list, starts, s, t), j) : 0;
          panelsView(m, z, zPanel).set(s, j, value);
        }
    },
    lookUpBack(T, S, n, P, list, starts, dz, dzPanel, dTable, tablePanel) {
      const to = panelsView(m, dTable, tablePanel);
      for (let t = 0; t < T; t++)
        for (let s = 0; s < n; s++)
          for (let j = 0; j < 8 * P; j++) {
            const token = tokenAt(list, starts, s, t);
            to.set(token, j, to.get(token, j) + panelsView(m, dz, dzPanel).get(t * S + s, j));
          }
    },
    labelSteps(T, S, n, labels, starts, target) {
      for (let t = 0; t < T; t++)
        for (let s = 0; s < S; s++)
          rowsView(m, target, 8).set(t * S + s, 0, s < n ? tokenAt(labels, starts, s, t) : -1);
    },
  };
}
