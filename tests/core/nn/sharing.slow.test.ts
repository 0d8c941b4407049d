import { describe, expect, test } from 'vitest';
import { cellNames, gates, type ModelSpec, type SharingName, sharingNames } from '../../../src/core/nn/model';
import { affine, cellStep, zeros } from './cell-step';
import { type Problem, problem } from './problem';
import { backends, difference } from './workbench';

// odd and unequal: 7 steps of 3 tasks' columns and 2 that all read, 5 values of each task
const [T, M, shared, H, K] = [7, 3, 2, 6, 5];
const D = M + shared;
const spec = (cell: ModelSpec['cell'], kind: SharingName, more: Partial<ModelSpec> = {}): ModelSpec => ({
  cell,
  activation: 'tanh',
  D,
  H,
  L: 1,
  O: K * M,
  dropout: 0,
  sharing: { kind, tasks: M },
  ...more,
});
const given = { T, n: 3, rows: 40, centre: 1, C: M } as const;
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const sum = (...all: number[][]) => all[0]!.map((_, j) => all.reduce((total, one) => total + one[j]!, 0));
const times = (a: number[], b: number[]) => a.map((x, j) => x * b[j]!);
const zero = (): number[] => Array(H).fill(0);

/** The step of a cell whose candidate reads e: what the gates let in. */
function step(
  { cell }: ModelSpec,
  named: (name: string) => number[],
  x: number[],
  e: number[],
  s: { h: number[]; c: number[] },
) {
  const rows = (all: number[], g: number, width: number) => all.slice(g * H * width, (g + 1) * H * width);
  const input = (g: number) => affine(rows(named('weight_ih'), g, x.length), rows(named('bias_ih'), g, 1), x);
  const both = (g: number) => sum(input(g), affine(rows(named('weight_hh'), g, H), zero(), s.h));
  if (gates[cell] === 1) return { h: sum(input(0), e).map(Math.tanh), c: s.c };
  if (cell === 'lstm') {
    const [i, f, o] = [both(0), both(1), both(3)].map((v) => v.map(sigmoid)) as [number[], number[], number[]];
    const c = sum(times(f, s.c), times(i, sum(input(2), e).map(Math.tanh)));
    return { h: times(o, c.map(Math.tanh)), c };
  }
  const [r, z] = [both(0), both(1)].map((v) => v.map(sigmoid)) as [number[], number[]];
  const n = sum(input(2), times(r, e)).map(Math.tanh);
  return { h: n.map((value, j) => (1 - z[j]!) * value + z[j]! * s.h[j]!), c: s.c };
}

/** The published equations on plain arrays, window by window. */
function expected(model: ModelSpec, p: Problem): number[] {
  const { kind } = model.sharing!;
  const tasks = Array.from({ length: M }, (_, m) => m);
  const matrix = (name: string, x: number[], block = 0) =>
    affine(p.named(name).slice(block * H * H, (block + 1) * H * H), zero(), x);
  const candidate = gates[model.cell] === 1 ? 0 : 2;
  return p.starts.flatMap((start) => {
    const at = (t: number, d: number) => p.table[(start + t) * D + d]! - p.table[(start + T - 1) * D + d]!;
    const all = (t: number) => Array.from({ length: D }, (_, d) => at(t, d));
    const own = (t: number, m: number) => [at(t, m), ...all(t).slice(M)];
    const layer = (prefix: string, inputs: number[][], L = 1) => {
      let states = Array.from({ length: L }, () => zeros(H));
      return inputs.map((x) => {
        let input = x;
        states = states.map((state, l) => {
          const next = cellStep(model, (name) => p.named(prefix + name), l, input, state);
          input = next.h;
          return next;
        });
        return states.at(-1)!.h;
      });
    };
    const steps = Array.from({ length: T }, (_, t) => t);
    const forward = kind === 'shared' ? layer('shared.forward.', steps.map(all)) : [];
    const backward = kind === 'shared' ? layer('shared.backward.', steps.toReversed().map(all)).toReversed() : [];
    let states = tasks.map(() => zeros(H));
    for (const t of steps) {
      if (kind === 'uniform') break;
      states = tasks.map((m) => {
        const x = own(t, m);
        const a = affine(p.named(`task${m}.gate.weight`), p.named(`task${m}.gate.bias`), x);
        const letIn = (v: number[], u: number[]) => times(sum(a, v).map(sigmoid), u);
        const mine = (i: number) => states[i]!.h;
        const entering =
          kind === 'coupled'
            ? tasks.map((i) =>
                letIn(
                  matrix(`task${i}.gate_state.weight`, mine(i)),
                  i === m
                    ? matrix(`task${m}.weight_hh`, mine(m), candidate)
                    : matrix(`task${m}.weight_hh_from${i}`, mine(i)),
                ),
              )
            : [
                letIn(matrix(`task${m}.gate_state.weight`, mine(m)), matrix(`task${m}.weight_hh`, mine(m), candidate)),
                letIn(
                  sum(
                    matrix(`task${m}.gate_forward.weight`, forward[t]!),
                    matrix(`task${m}.gate_backward.weight`, backward[t]!),
                  ),
                  sum(
                    matrix('shared.candidate_forward.weight', forward[t]!),
                    matrix('shared.candidate_backward.weight', backward[t]!),
                  ),
                ),
              ];
        return step(model, (name) => p.named(`task${m}.${name}`), x, sum(...entering), states[m]!);
      });
    }
    const last = (m: number) =>
      kind === 'uniform'
        ? layer(
            '',
            steps.map((t) => own(t, m)),
            model.L,
          ).at(-1)!
        : states[m]!.h;
    const answers = tasks.map((m) => affine(p.named(`task${m}.head.weight`), p.named(`task${m}.head.bias`), last(m)));
    return Array.from({ length: K * M }, (_, o) => answers[o % M]![Math.floor(o / M)]!);
  });
}

describe.each(cellNames)('%s', (cell) => {
  describe.each(sharingNames)('%s layer', (kind) => {
    test.each(backends)('%s follows the equations', (backend) => {
      for (const L of kind === 'uniform' ? [1, 2] : [1]) {
        const model = spec(cell, kind, { L });
        const p = problem({ ...given, backend, model });
        p.loss();
        const tolerance = backend === 'twin64' ? 1e-12 : 5e-6;
        expect(difference(p.outputs(), expected(model, p))).toBeLessThan(tolerance);
        p.forward(false);
        expect(difference(p.outputs(), expected(model, p))).toBeLessThan(tolerance);
      }
    });

    test.each([{ D: M + shared }, { D: M }, { quantiles: [0.5, 0.1, 0.9], O: 3 * K * M }])(
      'gradients are slopes: %o',
      (more) => {
        const deep = kind === 'uniform' ? { L: 2, dropout: 0.3 } : {};
        const p = problem({ ...given, backend: 'twin64', model: spec(cell, kind, { ...more, ...deep }) });
        const gradient = p.gradient();
        for (const { name, offset, size } of p.parameters)
          for (let i = 0; i < size; i += size > 20 ? 29 : 5)
            expect(Math.abs(gradient[offset + i]! - p.slope(offset + i)), `${name} ${i}`).toBeLessThan(1e-8);
        expect(gradient.filter((g) => g !== 0).length).toBeGreaterThan(gradient.length / 2);
      },
    );

    test.each(['twin32', 'plain', 'relaxed'] as const)('%s gives the gradients of the double twin', (backend) => {
      const model = spec(cell, kind, { H: 12 });
      const exact = problem({ ...given, backend: 'twin64', model }).gradient();
      expect(difference(problem({ ...given, backend, model }).gradient(), exact)).toBeLessThan(5e-5);
    });

    test('one task alone is learned from', () => {
      const p = problem({ ...given, backend: 'twin64', model: spec(cell, kind) });
      const whole = p.gradient();
      const parts = Array.from({ length: M }, (_, m) => {
        p.net.learnOnly!(m);
        return p.gradient();
      });
      const added = whole.map((_, i) => parts.reduce((total, part) => total + part[i]!, 0));
      expect(difference(added, whole)).toBeLessThan(1e-12);
      for (const { name, offset, size } of p.parameters)
        for (let m = 0; m < M; m++)
          if (name.includes('head') && !name.startsWith(`task${m}.`))
            expect(
              parts[m]!.slice(offset, offset + size).every((g) => g === 0),
              name,
            ).toBe(true);
      p.net.learnOnly!(null);
      expect(p.gradient()).toEqual(whole);
    });
  });
});
