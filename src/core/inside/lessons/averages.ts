import { activations } from './activations';

/**
 * Lesson 7: from a running mean to an LSTM of one unit, a step at a time.
 *
 *   running mean      C_t = α C_{t−1} + (1 − α) x_t
 *   one learned gate  α = σ(θ), θ by gradient descent
 *   two gates         C_t = f C_{t−1} + i x_t
 *   output gate       h_t = o tanh C_t
 */

/** The mean as it runs, from C_0 = the first value. */
export function runningMean(x: number[], alpha: number): number[] {
  let C = x[0] ?? 0;
  return x.map((value) => {
    C = alpha * C + (1 - alpha) * value;
    return C;
  });
}

/** Mean squared error of C_t as the forecast of x_{t+1}, and its derivative by α: ∂C_t/∂α = C_{t−1} − x_t + α ∂C_{t−1}/∂α. */
export function meanLoss(x: number[], alpha: number): { loss: number; slope: number } {
  let [C, dC, loss, slope] = [x[0] ?? 0, 0, 0, 0];
  for (let t = 0; t + 1 < x.length; t++) {
    dC = C - x[t]! + alpha * dC;
    C = alpha * C + (1 - alpha) * x[t]!;
    const error = C - x[t + 1]!;
    loss += error * error;
    slope += 2 * error * dC;
  }
  const count = Math.max(1, x.length - 1);
  return { loss: loss / count, slope: slope / count };
}

/** α = σ(θ) learned by gradient descent from θ = 0: α after every step, the first one ½. */
export function learnedAlpha(x: number[], { steps, rate }: { steps: number; rate: number }): number[] {
  let theta = 0;
  const all = [0.5];
  for (let i = 0; i < steps; i++) {
    const alpha = activations.sigmoid.value(theta);
    theta -= rate * meanLoss(x, alpha).slope * activations.sigmoid.slope(theta);
    all.push(activations.sigmoid.value(theta));
  }
  return all;
}

export interface GatedStep {
  C: number;
  h: number;
  /** ∂C_T/∂C_t at the last step T: f to the power of the steps between. */
  kept: number;
}

/** Gates as values, which a logistic function keeps within 0 and 1 and a ReLU does not. */
export interface Gates {
  f: number;
  i: number;
  o: number;
}

/** C_t = f C_{t−1} + i x_t, h_t = o tanh C_t, from C_0 = 0. */
export function gated(x: number[], { f, i, o }: Gates): GatedStep[] {
  let C = 0;
  return x.map((value, t) => {
    C = f * C + i * value;
    return { C, h: o * Math.tanh(C), kept: f ** (x.length - 1 - t) };
  });
}

/** ∂h_T/∂h_t of a plain cell h_t = tanh(w h_{t−1} + x_t), beside which the LSTM's sum is seen to keep what this loses. */
export function plainKept(x: number[], w: number): number[] {
  let h = 0;
  const slopes = x.map((value) => {
    h = Math.tanh(w * h + value);
    return w * (1 - h * h);
  });
  const kept = x.map(() => 1);
  for (let t = x.length - 2; t >= 0; t--) kept[t] = kept[t + 1]! * slopes[t + 1]!;
  return kept;
}

/** Steps in which half of what is remembered is gone: ln ½ / ln f. */
export const halfLifeOf = (f: number): number =>
  f <= 0 ? 0 : f >= 1 ? Number.POSITIVE_INFINITY : Math.log(0.5) / Math.log(f);
