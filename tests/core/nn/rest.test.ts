import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { initialWeights } from '../../../src/core/nn/initial';
import type { ModelSpec } from '../../../src/core/nn/model';
import { clipFactor } from '../../../src/core/nn/optimizer';
import { parameterCount, parameterTable } from '../../../src/core/nn/parameters';
import { Random } from '../../../src/core/nn/random';
import { backends, difference, flat, floor } from './workbench';

describe.each(backends)('%s: the global norm and clipping equal PyTorch', (backend) => {
  const { cases } = JSON.parse(
    readFileSync(new URL('../../fixtures/golden/clip_global_norm.json', import.meta.url), 'utf8'),
  );
  test.each(cases as { label: string; max_norm: number; grad: object; total_norm: number; clipped_torch: object }[])(
    '$label',
    ({ max_norm, grad, total_norm, clipped_torch }) => {
      const values = Object.values(grad).flatMap(flat);
      const { k, f } = floor(backend, 4096);
      f.set(values, 16);
      const norm = Math.sqrt(k.sumSquares(Math.ceil(values.length / 4) * 4, 64));
      const tolerance = backend === 'twin64' ? 1e-12 : 1e-6;
      expect(Math.abs(norm - total_norm)).toBeLessThanOrEqual(tolerance * Math.max(1, total_norm));
      const factor = clipFactor(norm, max_norm);
      const clipped = values.map((value) => value * factor);
      expect(difference(clipped, Object.values(clipped_torch).flatMap(flat))).toBeLessThanOrEqual(tolerance);
    },
  );
});

const lstm: ModelSpec = { cell: 'lstm', activation: 'tanh', D: 3, H: 20, L: 2, O: 2, dropout: 0 };

test('initial weights: Glorot inputs and head, orthogonal recurrences, forget biases 1', () => {
  const weights = initialWeights(lstm, new Random(5));
  expect(weights).toHaveLength(parameterCount(lstm));
  const of = Object.fromEntries(
    parameterTable(lstm).map((p) => [p.name, weights.subarray(p.offset, p.offset + p.size)]),
  );
  for (const name of ['weight_hh_l0', 'weight_hh_l1'])
    for (let gate = 0; gate < 4; gate++) {
      const q = of[name]!.subarray(gate * 400, gate * 400 + 400);
      for (let i = 0; i < 20; i++)
        for (let j = 0; j < 20; j++) {
          let dot = 0;
          for (let k = 0; k < 20; k++) dot += q[i * 20 + k]! * q[j * 20 + k]!;
          expect(dot).toBeCloseTo(i === j ? 1 : 0, 5);
        }
    }
  const inBound = (values: Float32Array, bound: number) => {
    const most = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    expect(most).toBeLessThanOrEqual(bound);
    expect(most).toBeGreaterThan(0.8 * bound);
  };
  inBound(of.weight_ih_l0!, Math.sqrt(6 / (3 + 20)));
  inBound(of.weight_ih_l1!, Math.sqrt(6 / (20 + 20)));
  inBound(of['head.weight']!, Math.sqrt(6 / (20 + 2)));
  for (const l of [0, 1]) {
    expect([...of[`bias_ih_l${l}`]!]).toEqual(Array.from({ length: 80 }, (_, i) => (i >= 20 && i < 40 ? 1 : 0)));
    expect(of[`bias_hh_l${l}`]!.every((value) => value === 0)).toBe(true);
  }
  expect(of['head.bias']!.every((value) => value === 0)).toBe(true);
});

describe('the generator', () => {
  test('is xoshiro128**: its published step from a known state', () => {
    const random = new Random(0);
    random.state.set([1, 2, 3, 4]);
    // rotl(2·5, 7)·9, and then by hand from the state after: [7, 0, 1026, 12288], [12295, 1029, 1, …]
    expect(random.word()).toBe(11520);
    expect([...random.state]).toEqual([7, 0, 1026, 12288]);
    expect(random.word()).toBe(0);
  });
  test('goes on from a saved state', () => {
    const random = new Random(42);
    for (let i = 0; i < 10; i++) random.word();
    const again = new Random(0);
    again.state.set(random.state);
    expect(Array.from({ length: 5 }, () => again.uniform())).toEqual(Array.from({ length: 5 }, () => random.uniform()));
  });
  test('gives even, normal and shuffled numbers', () => {
    const random = new Random(3);
    const n = 20_000;
    const even = Array.from({ length: n }, () => random.uniform());
    expect(even.reduce((a, b) => a + b) / n).toBeCloseTo(0.5, 1);
    expect(even.every((x) => x >= 0 && x < 1)).toBe(true);
    const normal = Array.from({ length: n }, () => random.normal());
    expect(normal.reduce((a, b) => a + b) / n).toBeCloseTo(0, 1);
    expect(normal.reduce((a, b) => a + b * b) / n).toBeCloseTo(1, 1);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const items = Int32Array.of(0, 1, 2);
      random.shuffle(items);
      counts.set(items.join(), (counts.get(items.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
