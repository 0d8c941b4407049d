import { describe, expect, test } from 'vitest';
import { attentionNames, cellNames, type ModelSpec } from '../../../src/core/nn/model';
import { affine, cellStep, type State, zeros } from './cell-step';
import { type Problem, problem } from './problem';
import { backends, difference } from './workbench';

// odd and unequal: 7 steps of 3 columns read, 5 steps of 2 values made
const [T, K, C, D, H] = [7, 5, 2, 3, 6];
const spec = (cell: ModelSpec['cell'], attention: (typeof attentionNames)[number], L = 1, dropout = 0): ModelSpec => ({
  cell,
  activation: 'tanh',
  D,
  H,
  L,
  O: K * C,
  dropout,
  decoder: { steps: K, attention },
});
const given = { T, n: 3, rows: 40, centre: 1, C } as const;

/** The published equations on plain arrays; fed the truth, or its own outputs. */
function expected(model: ModelSpec, p: Problem, forced: boolean): number[] {
  const { attention } = model.decoder!;
  const zero = Array(H).fill(0);
  const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const bare = (name: string, x: number[]) => affine(p.named(`attention.${name}.weight`), zero, x);
  return p.starts.flatMap((start) => {
    const at = (t: number, d: number) => p.table[(start + t) * D + d]! - p.table[(start + T - 1) * D + d]!;
    const run = (part: string, from: State[], x: number[]) => {
      let input = x;
      return from.map((state, l) => {
        const next = cellStep(model, (name) => p.named(`${part}.${name}`), l, input, state);
        input = next.h;
        return next;
      });
    };
    let states = Array.from({ length: model.L }, () => zeros(H));
    const seen: number[][] = [];
    for (let t = 0; t < T; t++) {
      states = run('encoder', states, [at(t, 0), at(t, 1), at(t, 2)]);
      seen.push(states.at(-1)!.h);
    }
    const contextOf = (s: number[]) => {
      const keys = attention === 'bahdanau' ? [p.named('attention.key.weight'), p.named('attention.key.bias')] : null;
      const query = attention === 'luong-dot' ? s : bare('query', s);
      const scores = seen.map((h) =>
        keys
          ? dot(
              p.named('attention.score'),
              affine(keys[0]!, keys[1]!, h).map((x, i) => Math.tanh(x + query[i]!)),
            )
          : dot(query, h),
      );
      const powers = scores.map((x) => Math.exp(x - Math.max(...scores)));
      const total = powers.reduce((a, b) => a + b);
      return zero.map((_, i) => seen.reduce((sum, h, t) => sum + (powers[t]! / total) * h[i]!, 0));
    };
    let fed = [at(T - 1, 0), at(T - 1, 1)];
    const values: number[] = [];
    for (let k = 0; k < K; k++) {
      const context = attention === 'bahdanau' ? contextOf(states.at(-1)!.h) : [];
      states = run('decoder', states, [...fed, ...context]);
      let read = states.at(-1)!.h;
      if (attention.startsWith('luong')) {
        const state = affine(p.named('attention.state.weight'), p.named('attention.state.bias'), read);
        read = bare('context', contextOf(read)).map((x, i) => Math.tanh(x + state[i]!));
      }
      const y = affine(p.named('head.weight'), p.named('head.bias'), read);
      values.push(...y);
      fed = forced ? [at(T + k, 0), at(T + k, 1)] : y;
    }
    return values;
  });
}

describe.each(cellNames)('%s', (cell) => {
  describe.each(attentionNames)('attention %s', (attention) => {
    test.each(backends)('%s follows the equations, forced and free', (backend) => {
      const tolerance = backend === 'twin64' ? 1e-12 : 5e-6;
      for (const L of [1, 2]) {
        const model = spec(cell, attention, L);
        const p = problem({ ...given, backend, model });
        p.loss();
        expect(difference(p.outputs(), expected(model, p, true))).toBeLessThan(tolerance);
        p.forward(false);
        expect(difference(p.outputs(), expected(model, p, false))).toBeLessThan(tolerance);
      }
    });

    test.each([
      { L: 1, dropout: 0 },
      { L: 2, dropout: 0.3 },
    ])('gradients are slopes through decoder, attention and encoder: %o', ({ L, dropout }) => {
      const p = problem({ ...given, backend: 'twin64', model: spec(cell, attention, L, dropout) });
      const gradient = p.gradient();
      for (const { name, offset, size } of p.parameters)
        for (let i = 0; i < size; i += size > 20 ? 29 : 5)
          expect(Math.abs(gradient[offset + i]! - p.slope(offset + i)), `${name} ${i}`).toBeLessThan(1e-8);
      expect(gradient.filter((g) => g !== 0).length).toBeGreaterThan(gradient.length / 2);
    });

    test.each(['twin32', 'plain', 'relaxed'] as const)('%s gives the gradients of the double twin', (backend) => {
      const model = { ...spec(cell, attention, 2, 0.3), H: 12 };
      const exact = problem({ ...given, backend: 'twin64', model }).gradient();
      expect(difference(problem({ ...given, backend, model }).gradient(), exact)).toBeLessThan(5e-5);
    });
  });
});
