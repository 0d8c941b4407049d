import type { Kernels } from '../kernels/index';
import type { OptimizerName } from '../settings';

/** What each optimizer has besides its learning rate; PyTorch's defaults, AdamW's decay on every parameter. */
export const optimizers = {
  /** Kingma and Ba 2015, both moments corrected for their start at 0, ε outside the root. */
  adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0 },
  /** Loshchilov and Hutter 2019: weights shrink by lr·decay before the step of Adam. */
  adamw: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0.01 },
  /** m = momentum·m + g; w −= lr·m (Polyak 1964, Sutskever et al. 2013 in PyTorch's form). */
  sgd: { momentum: 0.9 },
  /** v = ρ·v + (1−ρ)·g²; w −= lr·g/(√v + ε) (Tieleman and Hinton 2012). */
  rmsprop: { rho: 0.99, epsilon: 1e-8 },
} as const;

/** What the gradient is multiplied by so that its global norm is at most `most`; 0: never. PyTorch's form. */
export function clipFactor(norm: number, most: number): number {
  return most > 0 ? Math.min(1, most / (norm + 1e-6)) : 1;
}

export interface Arrays {
  size: number;
  weights: number;
  gradient: number;
  moments: readonly [number, number];
}

/** Step number `t` (from 1) of an optimizer over all parameters in one pass. */
export function update(
  k: Kernels,
  name: OptimizerName,
  { size, weights, gradient, moments }: Arrays,
  { t, lr, clip }: { t: number; lr: number; clip: number },
): void {
  const [m, v] = moments;
  if (name === 'sgd') k.sgd(size, weights, gradient, m, clip, lr, optimizers.sgd.momentum);
  else if (name === 'rmsprop') {
    const { rho, epsilon } = optimizers.rmsprop;
    k.rmsprop(size, weights, gradient, v, clip, lr, rho, epsilon);
  } else {
    const { beta1, beta2, epsilon, decay } = optimizers[name];
    const c1 = 1 / (1 - beta1 ** t);
    const c2 = 1 / (1 - beta2 ** t);
    k.adam(size, weights, gradient, m, v, clip, lr, beta1, beta2, epsilon, c1, c2, 1 - lr * decay);
  }
}
