import type { Kernels } from '../index';
import { type Memory, panelsView, rowsView } from './memory';

export function windows(
  m: Memory,
): Pick<Kernels, 'gather' | 'gatherTargets' | 'emit' | 'feedBack' | 'clearRows' | 'clear'> {
  const start = (starts: number, s: number) => m.i[starts / 4 + s] as number;
  return {
    gather(T, S, n, D, ld, table, starts, centre, x) {
      const from = rowsView(m, table, D);
      for (let t = 0; t < T; t++) {
        const to = rowsView(m, x + t * S * ld * 4, ld);
        for (let s = 0; s < S; s++)
          for (let d = 0; d < D; d++) {
            const last = s < n && centre ? from.get(start(starts, s) + T - 1, d) : 0;
            to.set(s, d, s < n ? from.get(start(starts, s) + t, d) - last : 0);
          }
      }
    },
    gatherTargets(T, S, n, D, C, first, steps, table, starts, centre, targets) {
      const from = rowsView(m, table, D);
      const to = panelsView(m, targets, S * 32);
      for (let s = 0; s < n; s++) {
        const last = start(starts, s) + T - 1;
        for (let k = 0; k < steps; k++)
          for (let c = 0; c < C; c++)
            to.set(s, k * C + c, from.get(last + first + k, c) - (centre ? from.get(last, c) : 0));
      }
    },
    emit(T, S, n, D, C, O, y, table, starts, centre, out, outStride) {
      const from = rowsView(m, table, D);
      for (let s = 0; s < n; s++)
        for (let o = 0; o < O; o++) {
          const last = centre ? from.get(start(starts, s) + T - 1, o % C) : 0;
          rowsView(m, out, outStride).set(s, o, panelsView(m, y, S * 32).get(s, o) + last);
        }
    },
    feedBack(T, S, n, D, ld, y, centre, x, moved) {
      const head = panelsView(m, y, S * 32);
      const far = rowsView(m, moved, D);
      const window = rowsView(m, x, ld);
      for (let s = 0; s < n; s++)
        for (let d = 0; d < D; d++) {
          const value = head.get(s, d);
          window.set(T * S + s, d, centre ? 0 : value);
          if (!centre) continue;
          for (let t = 0; t < T; t++) window.set(t * S + s, d, window.get(t * S + s, d) - value);
          far.set(s, d, far.get(s, d) + value);
          head.set(s, d, far.get(s, d));
        }
    },
    clearRows(S, H, ld, h) {
      for (let s = 0; s < S; s++) for (let j = 0; j < H; j++) rowsView(m, h, ld).set(s, j, 0);
    },
    clear(pointer, bytes) {
      m.f.fill(0, pointer / 4, (pointer + bytes) / 4);
    },
  };
}
