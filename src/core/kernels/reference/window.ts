import type { Kernels } from '../index';
import { type Memory, panelsView, rowsView } from './memory';

export function windows(
  m: Memory,
): Pick<Kernels, 'gather' | 'gatherTargets' | 'emit' | 'feedBack' | 'clearRows' | 'clear' | 'enter' | 'enterBack'> {
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
    enter(R, H, from, ldFrom, to, ldTo, key, threshold, scale) {
      for (let r = 0; r < R; r++)
        for (let j = 0; j < H; j++) {
          const value = rowsView(m, from, ldFrom).get(r, j);
          rowsView(m, to, ldTo).set(
            r,
            j,
            threshold === 0 ? value : kept(r * H + j, key, threshold) ? value * scale : 0,
          );
        }
    },
    enterBack(first, R, H, d, panel, key, threshold, scale) {
      if (threshold === 0) return;
      const view = panelsView(m, d, panel);
      for (let r = 0; r < R; r++)
        for (let j = 0; j < H; j++)
          view.set(r, j, kept((first + r) * H + j, key, threshold) ? view.get(r, j) * scale : 0);
    },
  };
}

/** Murmur3's finaliser over (e · 0x9E3779B1) xor key, compared as an unsigned number. */
function kept(e: number, key: number, threshold: number): boolean {
  let x = Math.imul(e, 0x9e3779b1) ^ key;
  x ^= x >>> 16;
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  x ^= x >>> 16;
  return x >>> 0 >= threshold >>> 0;
}
