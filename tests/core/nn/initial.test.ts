import { expect, test } from 'vitest';
import { initialWeights } from '../../../src/core/nn/initial';
import type { ModelSpec } from '../../../src/core/nn/model';
import { parameterTable } from '../../../src/core/nn/parameters';
import { Random } from '../../../src/core/nn/random';

const part = (model: ModelSpec, weights: Float32Array, name: string) => {
  const { offset, size } = parameterTable(model).find((parameter) => parameter.name === name)!;
  return weights.subarray(offset, offset + size);
};

test('weight_hx begins with orthonormal rows, where there are no more of them than units', () => {
  const model: ModelSpec = { cell: 'rnn', activation: 'tanh', memory: 'input', D: 3, H: 8, L: 1, O: 1, dropout: 0 };
  const V = part(model, initialWeights(model, new Random(2)), 'weight_hx_l0');
  for (let a = 0; a < 3; a++)
    for (let b = 0; b < 3; b++) {
      let dot = 0;
      for (let k = 0; k < 8; k++) dot += V[a * 8 + k]! * V[b * 8 + k]!;
      expect(dot).toBeCloseTo(a === b ? 1 : 0, 6);
    }
});

test('uniform weights lie evenly within ±1/√H, biases too', () => {
  const model: ModelSpec = { cell: 'lstm', activation: 'tanh', D: 2, H: 25, L: 2, O: 1, dropout: 0 };
  const weights = initialWeights(model, new Random(2), 'uniform');
  const sizes = weights.map(Math.abs);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(0.2);
  expect(Math.max(...sizes)).toBeGreaterThan(0.199);
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  expect(mean).toBeCloseTo(0.1, 2);
  expect(part(model, weights, 'bias_hh_l1').some((bias) => bias !== 0)).toBe(true);
  expect(part(model, initialWeights(model, new Random(2)), 'bias_hh_l1').some((bias) => bias !== 0)).toBe(false);
});
