import type { Kernels } from '../index';
import { kept } from './dropout';
import { type Memory, panelsView, rowsView } from './memory';

export function windows(m: Memory): Pick<Kernels, 'gather' | 'gatherTargets' | 'emit' | 'clearRows' | 'clear'> {
  const start = (starts: number, s: number) => m.i[starts / 4 + s] as number;
  return {
    gather(T, S, n, D, ld, table, starts, centre, x) {
      const from = rowsView(m, table, D);
      for (let t = 0; t < T; t++) {
        const to = rowsView(m, x + t * S * ld * 4, ld);
        for (let s = 0; s < S; s++)
          for (let d = 0; d < D; d++) {
            const last = s < n && d < centre ? from.get(start(starts, s) + T - 1, d) : 0;
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
    clearRows(S, H, ld, h) {
      for (let s = 0; s < S; s++) for (let j = 0; j < H; j++) rowsView(m, h, ld).set(s, j, 0);
    },
    clear(pointer, bytes) {
      m.f.fill(0, pointer / 4, (pointer + bytes) / 4);
    },
  };
}

/** A window that goes on: what is fed back, where its centre has moved, and what is known of the rows after it. */
export function feeding(m: Memory): Pick<Kernels, 'feedBack' | 'shiftTargets' | 'gatherColumns'> {
  const start = (starts: number, s: number) => m.i[starts / 4 + s] as number;
  return {
    feedBack(k, T, S, n, D, C, ld, y, centre, x, moved, table, starts, always, key, threshold) {
      const head = panelsView(m, y, S * 32);
      const far = rowsView(m, moved, C);
      const window = rowsView(m, x, ld);
      const series = rowsView(m, table, D);
      for (let s = 0; s < n; s++) {
        const mine = always || !kept(k * S + s, key, threshold);
        const first = start(starts, s);
        for (let d = C; d < D; d++) window.set(T * S + s, d, series.get(first + T + k, d));
        for (let d = 0; d < C; d++) {
          const own = head.get(s, d);
          // a roll-out that feeds back its own alone may go beyond the table
          const truth = mine ? 0 : series.get(first + T + k, d);
          window.set(T * S + s, d, centre ? 0 : mine ? own : truth);
          if (!centre) continue;
          const gone = far.get(s, d);
          const next = mine ? gone + own : truth - series.get(first + T - 1, d);
          const change = mine ? own : next - gone;
          for (let t = 0; t < T; t++) window.set(t * S + s, d, window.get(t * S + s, d) - change);
          far.set(s, d, next);
          head.set(s, d, gone + own);
        }
      }
    },
    shiftTargets(n, S, C, moved, targets) {
      const to = panelsView(m, targets, S * 32);
      for (let s = 0; s < n; s++)
        for (let c = 0; c < C; c++) to.set(s, c, to.get(s, c) - rowsView(m, moved, C).get(s, c));
    },
    gatherColumns(T, S, n, D, first, count, row, ld, table, starts, x) {
      for (let t = 0; t < T; t++)
        for (let s = 0; s < S; s++)
          for (let c = 0; c < count; c++) {
            const value = s < n ? rowsView(m, table, D).get(start(starts, s) + row + t, first + c) : 0;
            rowsView(m, x, ld).set(t * S + s, c, value);
          }
    },
  };
}
