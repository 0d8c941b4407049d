import type { AttentionKernels } from '../sequence';
import { type Memory, panelsView, rowsView, type View } from './memory';

/** A query: blocks of eight numbers `block` bytes apart, rows `row` bytes apart. */
const queries = ({ f }: Memory, q: number, block: number, row: number) => ({
  get: (s: number, h: number) => f[(q + s * row + (h >> 3) * block) / 4 + (h & 7)] as number,
});
const add = (view: View, row: number, column: number, value: number) =>
  view.set(row, column, view.get(row, column) + value);

export function attention(m: Memory): AttentionKernels {
  return { ...dotScores(m), ...additiveScores(m), ...weighting(m) };
}

function dotScores(m: Memory): Pick<AttentionKernels, 'scoresDot' | 'scoresDotBack'> {
  return {
    scoresDot(T, S, P, q, qBlock, qRow, keys, ld, e, ldE) {
      const query = queries(m, q, qBlock, qRow);
      const key = rowsView(m, keys, ld);
      for (let s = 0; s < S; s++)
        for (let t = 0; t < T; t++) {
          let sum = 0;
          for (let h = 0; h < 8 * P; h++) sum += query.get(s, h) * key.get(t * S + s, h);
          rowsView(m, e, ldE).set(s, t, sum);
        }
    },
    scoresDotBack(T, S, P, de, ldE, q, qBlock, qRow, keys, ld, dq, dKeys, dPanel) {
      const query = queries(m, q, qBlock, qRow);
      for (let s = 0; s < S; s++)
        for (let h = 0; h < 8 * P; h++) {
          let sum = 0;
          for (let t = 0; t < T; t++) {
            const d = rowsView(m, de, ldE).get(s, t);
            sum += d * rowsView(m, keys, ld).get(t * S + s, h);
            add(panelsView(m, dKeys, dPanel), t * S + s, h, d * query.get(s, h));
          }
          panelsView(m, dq, S * 32).set(s, h, sum);
        }
    },
  };
}

function additiveScores(m: Memory): Pick<AttentionKernels, 'scoresAdditive' | 'scoresAdditiveBack'> {
  return {
    scoresAdditive(T, S, P, q, k, kPanel, v, e, ldE) {
      for (let s = 0; s < S; s++)
        for (let t = 0; t < T; t++) {
          let sum = 0;
          for (let h = 0; h < 8 * P; h++) {
            const pre = panelsView(m, q, S * 32).get(s, h) + panelsView(m, k, kPanel).get(t * S + s, h);
            sum += (m.f[v / 4 + h] as number) * Math.tanh(pre);
          }
          rowsView(m, e, ldE).set(s, t, sum);
        }
    },
    scoresAdditiveBack(T, S, P, de, ldE, q, k, kPanel, v, dq, dk, dv) {
      const dQuery = panelsView(m, dq, S * 32);
      for (let s = 0; s < S; s++)
        for (let h = 0; h < 8 * P; h++) {
          dQuery.set(s, h, 0);
          for (let t = 0; t < T; t++) {
            const pre = panelsView(m, q, S * 32).get(s, h) + panelsView(m, k, kPanel).get(t * S + s, h);
            const g = Math.tanh(pre);
            const d = rowsView(m, de, ldE).get(s, t);
            const share = d * (m.f[v / 4 + h] as number) * (1 - g * g);
            m.f[dv / 4 + h] = (m.f[dv / 4 + h] as number) + d * g;
            add(dQuery, s, h, share);
            add(panelsView(m, dk, kPanel), t * S + s, h, share);
          }
        }
    },
  };
}

function weighting(m: Memory): Pick<AttentionKernels, 'attend' | 'attendBack'> {
  return {
    attend(T, S, P, lengths, e, ldE, values, ld, context, ldC) {
      const weights = rowsView(m, e, ldE);
      for (let s = 0; s < S; s++) {
        const real = lengths ? (m.i[lengths / 4 + s] as number) : T;
        let most = Number.NEGATIVE_INFINITY;
        for (let t = 0; t < real; t++) most = Math.max(most, weights.get(s, t));
        let total = 0;
        for (let t = 0; t < T; t++) {
          const x = t < real ? Math.exp(weights.get(s, t) - most) : 0;
          total += x;
          weights.set(s, t, x);
        }
        for (let t = 0; t < T; t++) weights.set(s, t, weights.get(s, t) / total);
        for (let h = 0; h < 8 * P; h++) {
          let sum = 0;
          for (let t = 0; t < T; t++) sum += weights.get(s, t) * rowsView(m, values, ld).get(t * S + s, h);
          rowsView(m, context, ldC).set(s, h, sum);
        }
      }
    },
    attendBack(T, S, P, alpha, ldE, c, cBlock, cRow, values, ld, de, dValues, dPanel) {
      const weights = rowsView(m, alpha, ldE);
      const d = queries(m, c, cBlock, cRow);
      for (let s = 0; s < S; s++) {
        const dWeights = Array.from({ length: T }, (_, t) => {
          let sum = 0;
          for (let h = 0; h < 8 * P; h++) {
            sum += d.get(s, h) * rowsView(m, values, ld).get(t * S + s, h);
            add(panelsView(m, dValues, dPanel), t * S + s, h, weights.get(s, t) * d.get(s, h));
          }
          return sum;
        });
        const mean = dWeights.reduce((sum, x, t) => sum + x * weights.get(s, t), 0);
        dWeights.forEach((x, t) => {
          rowsView(m, de, ldE).set(s, t, weights.get(s, t) * (x - mean));
        });
      }
    },
  };
}
