import type { ActivationName, CellName } from '../nn/model';
import type { LayerStates } from './reading';

/**
 * Steps in which half of what a unit remembers is gone. A cell C ← f·C + … with a constant f keeps fᵏ after k steps, so
 * ½ = fᵏ gives k = ln ½ / ln f; f is the mean f̄ of the gate that keeps the past over the window: the LSTM's f, the GRU's z.
 * An average kept by a single gate, C ← f·C + (1 − f)·x, is the exponential moving average whose half-life this is.
 */
export const halfLife = (meanGate: number): number => Math.log(0.5) / Math.log(meanGate);

/** [H] half-lives of a layer's units; null for the plain RNN, which has no such gate. */
export function halfLives(cell: CellName, { gates, steps, H }: LayerStates): Float64Array | null {
  const gate = cell === 'lstm' ? gates.f : cell === 'gru' ? gates.z : undefined;
  if (!gate) return null;
  return Float64Array.from({ length: H }, (_, j) => {
    let sum = 0;
    for (let t = 0; t < steps; t++) sum += gate[t * H + j]!;
    return halfLife(sum / steps);
  });
}

/** Below this share of its largest value a slope lets next to nothing through. */
const little = 0.05;

/** The slope of an activation at value y, as a share of its largest: 1 − y² of 1, 4·y(1 − y) of ¼, 0 or 1. */
const slopes: Record<ActivationName, (y: number) => number> = {
  tanh: (y) => 1 - y * y,
  sigmoid: (y) => 4 * y * (1 - y),
  relu: (y) => (y > 0 ? 1 : 0),
};

/** [steps] share of units whose activation is saturated: its slope is under 5 % of its largest. */
export function saturation(activation: ActivationName, { steps, H }: LayerStates, y: Float64Array): Float64Array {
  const slope = slopes[activation];
  return Float64Array.from({ length: steps }, (_, t) => {
    let count = 0;
    for (let j = t * H; j < (t + 1) * H; j++) if (slope(y[j]!) < little) count++;
    return count / H;
  });
}
