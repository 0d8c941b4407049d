import type { Kernels } from '../index';
import { type Memory, panelsView, rowsView } from './memory';

export function learning(m: Memory): Pick<Kernels, 'loss' | 'sumSquares' | 'adam' | 'sgd' | 'rmsprop' | 'fma'> {
  const { f } = m;
  const at = (pointer: number, i: number) => f[pointer / 4 + i] as number;
  const put = (pointer: number, i: number, value: number) => {
    f[pointer / 4 + i] = value;
  };
  return {
    loss(kind, S, n, O, y, target, dy, dyRows, scale, delta) {
      const width = Math.ceil(O / 8) * 8;
      let sum = 0;
      for (let s = 0; s < S; s++)
        for (let o = 0; o < width; o++) {
          let d = 0;
          if (s < n && o < O) {
            const e = panelsView(m, y, S * 32).get(s, o) - panelsView(m, target, S * 32).get(s, o);
            const [value, slope] = pointLoss(kind, e, delta);
            sum += value;
            d = slope * scale;
          }
          panelsView(m, dy, S * 32).set(s, o, d);
          rowsView(m, dyRows, width).set(s, o, d);
        }
      return sum;
    },
    sumSquares(n, g) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += at(g, i) ** 2;
      return sum;
    },
    adam(n, w, g, m1, v1, clip, lr, beta1, beta2, epsilon, c1, c2, decay) {
      for (let i = 0; i < n; i++) {
        const d = clip * at(g, i);
        const mean = beta1 * at(m1, i) + (1 - beta1) * d;
        const square = beta2 * at(v1, i) + (1 - beta2) * d * d;
        put(m1, i, mean);
        put(v1, i, square);
        put(w, i, at(w, i) * decay - (lr * (mean * c1)) / (Math.sqrt(square * c2) + epsilon));
      }
    },
    sgd(n, w, g, m1, clip, lr, momentum) {
      for (let i = 0; i < n; i++) {
        put(m1, i, momentum * at(m1, i) + clip * at(g, i));
        put(w, i, at(w, i) - lr * at(m1, i));
      }
    },
    rmsprop(n, w, g, v1, clip, lr, rho, epsilon) {
      for (let i = 0; i < n; i++) {
        const d = clip * at(g, i);
        put(v1, i, rho * at(v1, i) + (1 - rho) * d * d);
        put(w, i, at(w, i) - (lr * d) / (Math.sqrt(at(v1, i)) + epsilon));
      }
    },
    fma(n) {
      let x = 0.1;
      for (let i = 0; i < n * 64; i += 2) x = x * 0.999 + 0.001;
      return x;
    },
  };
}

/** Value and slope of one error: e², |e|, or Huber's e²/2 up to delta and delta·(|e| − delta/2) beyond. */
function pointLoss(kind: number, e: number, delta: number): [number, number] {
  if (kind === 0) return [e * e, 2 * e];
  if (kind === 1) return [Math.abs(e), Math.sign(e)];
  if (Math.abs(e) <= delta) return [0.5 * e * e, e];
  return [delta * (Math.abs(e) - 0.5 * delta), delta * Math.sign(e)];
}
