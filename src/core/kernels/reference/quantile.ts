import type { SequenceKernels } from '../sequence';
import { type Memory, panelsView, rowsView } from './memory';

/**
 * ρ(e) = max(a·e, (a − 1)·e), e = target − y (Koenker and Bassett 1978). Its mean over a distribution of targets is least
 * where y has the share a of them below: d/dy E ρ = −a·P(target > y) + (1 − a)·P(target < y) = P(target < y) − a.
 */
export function quantile(m: Memory): Pick<SequenceKernels, 'pinball'> {
  return {
    pinball(Q, levels, S, n, K, y, target, dy, dyRows, scale) {
      const width = Math.ceil((Q * K) / 8) * 8;
      let sum = 0;
      for (let s = 0; s < S; s++)
        for (let o = 0; o < width; o++) {
          let d = 0;
          if (s < n && o < Q * K) {
            const level = m.f[levels / 4 + Math.floor(o / K)] as number;
            const e = panelsView(m, target, S * 32).get(s, o % K) - panelsView(m, y, S * 32).get(s, o);
            sum += Math.max(level * e, (level - 1) * e);
            if (Number.isNaN(e)) d = e;
            else if (e !== 0) d = e > 0 ? -level : 1 - level;
          }
          panelsView(m, dy, S * 32).set(s, o, d * scale);
          rowsView(m, dyRows, width).set(s, o, d * scale);
        }
      return sum;
    },
  };
}
