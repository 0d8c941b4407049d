import type { DecoderKernels } from '../sequence';
import { kept } from './dropout';
import { type Memory, panelsView, rowsView } from './memory';

export function decoder(m: Memory): DecoderKernels {
  return {
    addPanels(P, R, a, panelA, b, panelB) {
      for (let r = 0; r < R; r++)
        for (let c = 0; c < 8 * P; c++)
          panelsView(m, a, panelA).set(r, c, panelsView(m, a, panelA).get(r, c) + panelsView(m, b, panelB).get(r, c));
    },
    tanhRows(R, P, z, panel, rows, ld) {
      for (let r = 0; r < R; r++)
        for (let c = 0; c < 8 * P; c++) {
          const y = Math.tanh(panelsView(m, z, panel).get(r, c));
          panelsView(m, z, panel).set(r, c, y);
          rowsView(m, rows, ld).set(r, c, y);
        }
    },
    tanhBack(R, P, d, dPanel, y, yPanel) {
      for (let r = 0; r < R; r++)
        for (let c = 0; c < 8 * P; c++) {
          const value = panelsView(m, y, yPanel).get(r, c);
          panelsView(m, d, dPanel).set(r, c, panelsView(m, d, dPanel).get(r, c) * (1 - value * value));
        }
    },
    toRows(R, c0, n, from, panel, to, ld) {
      for (let r = 0; r < R; r++)
        for (let c = 0; c < n; c++) rowsView(m, to, ld).set(r, c, panelsView(m, from, panel).get(r, c0 + c));
    },
    feedDecoder(k, S, C, own, panel, truth, always, key, threshold, to, ld) {
      for (let s = 0; s < S; s++) {
        const mine = always || !kept(k * S + s, key, threshold);
        for (let c = 0; c < C; c++) {
          const value = mine
            ? panelsView(m, own, panel).get(k * S + s, c)
            : panelsView(m, truth, S * 32).get(s, k * C + c);
          rowsView(m, to, ld).set(s, c, value);
        }
      }
    },
  };
}
