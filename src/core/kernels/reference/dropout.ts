import type { Kernels } from '../index';
import { type Memory, panelsView, rowsView } from './memory';

export function dropout(m: Memory): Pick<Kernels, 'enter' | 'enterBack'> {
  return {
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
export function kept(e: number, key: number, threshold: number): boolean {
  let x = Math.imul(e, 0x9e3779b1) ^ key;
  x ^= x >>> 16;
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  x ^= x >>> 16;
  return x >>> 0 >= threshold >>> 0;
}
