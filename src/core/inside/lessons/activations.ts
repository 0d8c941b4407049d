import type { ActivationName } from '../../nn/model';

/** Lesson 3: the non-linearities of the plain cell with their derivatives, in plain double precision. */
const logistic = (a: number): number => 1 / (1 + Math.exp(-a));

export const activations: Record<ActivationName, { value(a: number): number; slope(a: number): number }> = {
  tanh: { value: Math.tanh, slope: (a) => 1 - Math.tanh(a) ** 2 },
  sigmoid: { value: logistic, slope: (a) => logistic(a) * (1 - logistic(a)) },
  relu: { value: (a) => Math.max(0, a), slope: (a) => (a > 0 ? 1 : 0) },
};

/** The largest slope each can have, at 0 (ReLU: beyond it). */
export const steepest: Record<ActivationName, number> = { tanh: 1, sigmoid: 0.25, relu: 1 };
