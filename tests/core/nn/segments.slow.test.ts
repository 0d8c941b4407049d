import { describe, expect, test } from 'vitest';
import { cellNames, type ModelSpec, quantilesOf, segmentsOf } from '../../../src/core/nn/model';
import { affine, cellStep, zeros } from './cell-step';
import { type Problem, problem } from './problem';
import { backends, difference } from './workbench';

// odd and unequal: 4 segments of 5 steps and 2 columns, and a horizon that ends within its third segment
const T = 20;
const spec = (cell: ModelSpec['cell'], more: Partial<ModelSpec> = {}): ModelSpec => ({
  cell,
  activation: 'tanh',
  D: 2,
  H: 6,
  L: 1,
  O: 13,
  dropout: 0,
  segment: 5,
  ...more,
});
const given = { T, n: 3, rows: 60, centre: 1 } as const;

/** The published equations on plain arrays. */
function expected(model: ModelSpec, p: Problem): number[] {
  const { H, D, L, O, segment: W = 1 } = model;
  return p.starts.flatMap((start) => {
    const at = (t: number, d: number) => p.table[(start + t) * D + d]! - p.table[(start + T - 1) * D + d]!;
    let states = Array.from({ length: L }, () => zeros(H));
    const through = (from: typeof states, x: number[]) => {
      let input = x;
      return from.map((state, l) => {
        const next = cellStep(model, p.named, l, input, state);
        input = next.h;
        return next;
      });
    };
    for (let j = 0; j < T / W; j++) {
      const segment = Array.from({ length: W * D }, (_, i) => at(j * W + Math.floor(i / D), i % D));
      const projected = affine(p.named('segment.weight'), p.named('segment.bias'), segment);
      states = through(
        states,
        projected.map((v) => Math.max(0, v)),
      );
    }
    const values = Array.from({ length: segmentsOf(model) }, (_, m) => {
      const decoded = through(states, p.named('position').slice(m * H, m * H + H));
      return affine(p.named('head.weight'), p.named('head.bias'), decoded[L - 1]!.h);
    });
    const Q = quantilesOf(model);
    return Array.from({ length: O }, (_, o) => {
      const k = o % (O / Q);
      return values[Math.floor(k / W)]![Math.floor(o / (O / Q)) * W + (k % W)]!;
    });
  });
}

describe.each(cellNames)('%s over segments', (cell) => {
  test.each(backends)('%s follows the equations', (backend) => {
    for (const more of [{ L: 1 }, { L: 2 }, { O: 39, quantiles: [0.5, 0.1, 0.9] }]) {
      const model = spec(cell, more);
      const p = problem({ ...given, backend, model });
      for (const kept of [true, false]) {
        p.forward(kept);
        expect(difference(p.outputs(), expected(model, p))).toBeLessThan(backend === 'twin64' ? 1e-12 : 2e-6);
      }
    }
  });

  test.each([
    { L: 1, dropout: 0 },
    { L: 2, dropout: 0.3 },
    { L: 1, dropout: 0, segment: 4, O: 4 },
    { L: 1, dropout: 0.2, H: 9, O: 3 },
    { L: 1, dropout: 0, O: 39, quantiles: [0.5, 0.1, 0.9] },
  ])('gradients are slopes: %o', (more) => {
    const p = problem({ ...given, backend: 'twin64', model: spec(cell, more) });
    const gradient = p.gradient();
    for (const { name, offset, size } of p.parameters)
      for (let i = 0; i < size; i += size > 60 ? 7 : 1)
        expect(Math.abs(gradient[offset + i]! - p.slope(offset + i)), `${name} ${i}`).toBeLessThan(1e-8);
    expect(gradient.filter((g) => g !== 0).length).toBeGreaterThan(gradient.length / 2);
  });

  test.each(['twin32', 'plain', 'relaxed'] as const)('%s gives the gradients of the double twin', (backend) => {
    const model = spec(cell, { L: 2, dropout: 0.3, H: 20, O: 18 });
    const exact = problem({ ...given, backend: 'twin64', model }).gradient();
    expect(difference(problem({ ...given, backend, model }).gradient(), exact)).toBeLessThan(2e-5);
  });

  test('a gradient cut short goes through the last segments alone', () => {
    const model = spec(cell);
    const whole = problem({ ...given, backend: 'twin64', model }).gradient();
    const cut = problem({ ...given, backend: 'twin64', model, kept: 10 });
    const gradient = cut.gradient();
    const part = (name: string, of: number[]) => {
      const { offset, size } = cut.parameters.find((p) => p.name === name)!;
      return of.slice(offset, offset + size);
    };
    expect(difference(part('head.weight', gradient), part('head.weight', whole))).toBeLessThan(1e-12);
    expect(difference(part('segment.weight', gradient), part('segment.weight', whole))).toBeGreaterThan(1e-6);
  });
});
