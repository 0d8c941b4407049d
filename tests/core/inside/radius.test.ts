import { describe, expect, test } from 'vitest';
import { placeRadius, spectralRadius } from '../../../src/core/inside/radius';
import { Arena } from '../../../src/core/kernels/arena';
import { initialWeights } from '../../../src/core/nn/initial';
import { Random } from '../../../src/core/nn/random';
import { floor } from '../nn/workbench';

function radiusOf(matrix: number[][], backend: 'plain' | 'twin64' = 'plain'): number {
  const arena = new Arena();
  const place = placeRadius(arena, matrix.length);
  const { k, f } = floor(backend, arena.bytes);
  return spectralRadius(k, f, place, matrix.flat(), matrix.length);
}

/** The companion matrix of a polynomial with these roots' real factors: its eigenvalues are known. */
function blocks(...parts: number[][][]): number[][] {
  const H = parts.reduce((sum, part) => sum + part.length, 0);
  const all = Array.from({ length: H }, () => Array<number>(H).fill(0));
  let at = 0;
  for (const part of parts) {
    part.forEach((row, i) => {
      row.forEach((value, j) => {
        all[at + i]![at + j] = value;
      });
    });
    at += part.length;
  }
  return all;
}
const turn = (radius: number, angle: number) => [
  [radius * Math.cos(angle), -radius * Math.sin(angle)],
  [radius * Math.sin(angle), radius * Math.cos(angle)],
];
/** M ↦ P M P⁻¹ with P = I + c·(upper ones): the same eigenvalues, far from normal. */
function sheared(matrix: number[][], c: number): number[][] {
  const out = matrix.map((row) => [...row]);
  const H = out.length;
  for (let i = 0; i < H - 1; i++) {
    for (let j = 0; j < H; j++) out[i]![j]! += c * out[i + 1]![j]!;
    for (let j = 0; j < H; j++) out[j]![i + 1]! -= c * out[j]![i]!;
  }
  return out;
}

describe.each(['plain', 'twin64'] as const)('%s', (backend) => {
  test.each([
    ['a number', [[-0.3]], 0.3],
    ['a pair that turns', turn(0.9, 1), 0.9],
    ['real and opposite', blocks([[1.2]], [[-1.2]], [[0.5]]), 1.2],
    ['two pairs of one size', blocks(turn(1.1, 0.3), turn(1.1, 2), [[0.2]]), 1.1],
    ['far from normal', sheared(blocks(turn(0.8, 1.3), [[0.7]], [[-0.4]], [[0.1]]), 3), 0.8],
    ['large', [[1e6]], 1e6],
    ['small', blocks([[1e-6]], turn(1e-7, 1)), 1e-6],
    [
      'nothing comes back',
      [
        [0, 1, 2],
        [0, 0, 3],
        [0, 0, 0],
      ],
      0,
    ],
    ['nothing', [[0]], 0],
  ])('%s', (_, matrix, radius) => {
    expect(Math.abs(radiusOf(matrix, backend) - radius)).toBeLessThanOrEqual(2e-4 * radius);
  });
});

test('an orthogonal matrix neither grows nor shrinks, of any width', () => {
  for (const H of [3, 24, 65]) {
    const model = { cell: 'rnn', activation: 'tanh', D: 1, H, L: 1, O: 1, dropout: 0 } as const;
    const U = [...initialWeights(model, new Random(3)).subarray(H, H + H * H)];
    expect(radiusOf(Array.from({ length: H }, (_, i) => U.slice(i * H, (i + 1) * H)))).toBeCloseTo(1, 4);
  }
});

test('what is not finite has none', () => {
  expect(radiusOf([[Number.NaN]])).toBeNaN();
  expect(radiusOf([[Number.POSITIVE_INFINITY]])).toBeNaN();
});
