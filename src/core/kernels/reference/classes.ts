import type { ClassKernels } from '../sequence';
import { type Memory, panelsView, rowsView } from './memory';

/**
 * Cross-entropy of softmax: p = e^(y − m) / Σ e^(y − m) with m the largest score, loss −ln p[class] = ln Σ e^(y − m) − (y[class] − m),
 * and its slope by y is p − [v = class] (Bishop 2006, 4.3.4). A class's weight multiplies both.
 */
export function classes(m: Memory): ClassKernels {
  return {
    crossEntropy(V, R, n, K, y, target, dy, dyRows, scale, weights = 0) {
      const width = Math.ceil((K * V) / 8) * 8;
      const scores = panelsView(m, y, R * 32);
      let sum = 0;
      for (let r = 0; r < R; r++)
        for (let o = 0; o < width; o++) {
          panelsView(m, dy, R * 32).set(r, o, 0);
          rowsView(m, dyRows, width).set(r, o, 0);
        }
      for (let r = 0; r < n; r++)
        for (let k = 0; k < K; k++) {
          const label = panelsView(m, target, R * 32).get(r, k);
          if (label < 0) continue;
          const own = Array.from({ length: V }, (_, v) => scores.get(r, k * V + v));
          const most = Math.max(...own);
          const powers = own.map((score) => Math.exp(score - most));
          const total = powers.reduce((a, b) => a + b);
          const weight = weights ? m.f[weights / 4 + label]! : 1;
          sum += weight * (Math.log(total) - (own[label]! - most));
          powers.forEach((power, v) => {
            const d = (power / total - (v === label ? 1 : 0)) * scale * weight;
            panelsView(m, dy, R * 32).set(r, k * V + v, d);
            rowsView(m, dyRows, width).set(r, k * V + v, d);
          });
        }
      return sum;
    },
  };
}
