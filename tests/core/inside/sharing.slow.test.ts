import { describe, expect, test } from 'vitest';
import { Look, type LookWindow, placeLook, type StackView } from '../../../src/core/inside/look';
import { cellNames, type ModelSpec, type SharingName, sharingNames } from '../../../src/core/nn/model';
import { parameterTable } from '../../../src/core/nn/parameters';
import { Random } from '../../../src/core/nn/random';
import { type Backend, difference, floor } from '../nn/workbench';
import { type Handle, type Place, plainSharing } from './plain-sharing';

// odd and unequal: 7 steps of 3 tasks' columns and 2 that all read, 6 units, 5 values of each task
const [T, M, D, H, K] = [7, 3, 5, 6, 5];
const spec = (cell: ModelSpec['cell'], kind: SharingName, more: Partial<ModelSpec> = {}): ModelSpec => ({
  cell,
  activation: 'tanh',
  D,
  H,
  L: kind === 'uniform' ? 2 : 1,
  O: K * M,
  dropout: 0.3,
  sharing: { kind, tasks: M },
  ...more,
});

function subject(backend: Backend, model: ModelSpec) {
  const random = new Random(7);
  const table = parameterTable(model);
  const named = Object.fromEntries(
    table.map(({ name, size }) => [name, Array.from({ length: size }, () => 0.6 * random.normal())]),
  );
  const values = Float32Array.from({ length: (T + K) * D }, () => random.normal());
  const places = placeLook(model, T, T + K);
  const { k, f } = floor(backend, places.bytes);
  const look = new Look(k, f, model, places);
  look.take(table.flatMap(({ name }) => named[name]!));
  const window: LookWindow = {
    T,
    table: values,
    centre: 'none',
    columns: M,
    targets: { firstStep: 1, steps: K },
    loss: 'mse',
  };
  const x = Array.from({ length: T }, (_, t) => [...values.subarray(t * D, (t + 1) * D)]);
  /** Squared error of one task, the mean over its steps. */
  const lossOf = (m: number, handle: Handle = {}) => {
    const { outputs } = plainSharing(model, named, x, handle);
    let total = 0;
    for (let k = 0; k < K; k++) total += (outputs[k * M + m]! - values[(T + k) * D + m]!) ** 2;
    return total / K;
  };
  return { look, window, named, x, lossOf };
}

const placeOf = ({ task, way }: StackView): Place => task ?? way!;
const list = (numbers: ArrayLike<number> | null | undefined) => Array.from(numbers ?? []);
const within = (backend: Backend) => (backend === 'twin64' ? 1e-6 : 5e-6);

describe.each(cellNames)('%s', (cell) => {
  describe.each(sharingNames)('%s', (kind) => {
    const model = spec(cell, kind);
    const exact = subject('twin64', model);
    const slope = (m: number, at: (by: number) => Handle) =>
      (exact.lossOf(m, at(1e-5)) - exact.lossOf(m, at(-1e-5))) / 2e-5;

    test.each(['twin64', 'plain', 'relaxed'] as const)('%s: states and gates are those of the equations', (backend) => {
      const { look, window, named, x, lossOf } = subject(backend, model);
      const view = look.see({ ...window, only: 1 }, { back: true });
      const plain = plainSharing(model, named, x);
      expect(difference(list(view.outputs), plain.outputs)).toBeLessThan(within(backend));
      expect(view.loss!).toBeCloseTo(lossOf(1), 4);
      expect(view.stacks.map(({ name }) => name)).toEqual([
        ...Array(M).fill('task'),
        ...(kind === 'shared' ? ['common', 'common'] : []),
      ]);
      for (const stack of view.stacks)
        stack.layers.forEach(({ h, c, a, gates, entrances }, l) => {
          const doors = Object.fromEntries((entrances ?? []).map(({ gate }, i) => [`gate${i}`, gate]));
          const found: Record<string, Float64Array | null> = { h, c, a, ...gates, ...doors };
          const equations = plain.quantities(placeOf(stack), l);
          expect(Object.keys(equations).sort()).toEqual(
            Object.keys(found)
              .filter((name) => found[name])
              .sort(),
          );
          for (const [name, values] of Object.entries(equations))
            expect(difference(list(found[name]), values.flat()), `${placeOf(stack)} ${name}`).toBeLessThan(
              within(backend),
            );
        });
    });

    test('the gates say whose state they let in', () => {
      const [first, second] = exact.look.see(exact.window, { back: false }).stacks;
      const from = second!.layers[0]!.entrances?.map((one) => one.from) ?? null;
      expect(from).toEqual({ uniform: null, coupled: [0, 1, 2], shared: [1, 'common'] }[kind]);
      expect(first!.layers[0]!.gradient).toBeNull();
    });

    test("the gradient of every state is the slope of the chosen task's loss by it", () => {
      const only = 1;
      const { stacks } = exact.look.see({ ...exact.window, only }, { back: true });
      let reached = 0;
      for (const stack of stacks)
        stack.layers.forEach(({ gradient }, l) => {
          for (const t of [0, 2, T - 2, T - 1])
            for (const isCell of cell === 'lstm' ? [false, true] : [false]) {
              const slopes = Array.from({ length: H }, (_, j) =>
                slope(only, (by) => ({ nudge: { layer: placeOf(stack), l, t, j, by, cell: isCell } })),
              );
              const norm = (isCell ? gradient!.c : gradient!.h)![t]!;
              expect(norm, `${placeOf(stack)} ${l} ${t} ${isCell}`).toBeCloseTo(Math.hypot(...slopes), 6);
              if (norm > 1e-9) reached++;
            }
        });
      expect(reached).toBeGreaterThan(6);
    });

    test("a step's part of a weight's gradient is the slope by the weight at that step alone, and the parts sum to it", () => {
      const only = 2;
      const { stacks } = exact.look.see({ ...exact.window, only }, { back: true });
      for (const stack of stacks) {
        const place = placeOf(stack);
        for (const [side, weight] of [
          ['recurrent', 'weight_hh'],
          ['input', 'weight_ih'],
        ] as const) {
          const { norm, share, total } = stack.layers[0]!.gradient![side];
          const prefix = stack.way ? `shared.${stack.way}.` : kind === 'uniform' ? '' : `task${stack.task}.`;
          const name = `${prefix}${weight}${stack.way || kind === 'uniform' ? '_l0' : ''}`;
          for (const t of [1, T - 1]) {
            const parts = exact.named[name]!.map((_, index) =>
              slope(only, (by) => ({ weight: { name, layer: place, t, index, by } })),
            );
            expect(norm[t], `${name} of ${place} at ${t}`).toBeCloseTo(Math.hypot(...parts), 6);
          }
          // another task's rows of uniform layers give nothing, and a coupled task reaches the others' layers
          const apart = kind !== 'coupled' && stack.task !== undefined && stack.task !== only;
          if (apart && kind === 'uniform') expect(list(norm).every((value) => value === 0)).toBe(true);
          else if (!apart) {
            expect(total).toBeGreaterThan(0);
            expect(share.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 10);
          }
        }
      }
    });

    test('without a task the loss is that of all, and quantiles have theirs', () => {
      const all = exact.look.see(exact.window, { back: true });
      const each = Array.from({ length: M }, (_, m) => exact.look.see({ ...exact.window, only: m }, { back: true }));
      expect(all.loss!).toBeCloseTo(
        each.reduce((sum, { loss }) => sum + loss! / M, 0),
        12,
      );
      const quantiles = subject('twin64', spec(cell, kind, { quantiles: [0.5, 0.1, 0.9], O: 3 * K * M }));
      const window = { ...quantiles.window, loss: 'quantile' } as const;
      const whole = quantiles.look.see(window, { back: true });
      const parts = Array.from({ length: M }, (_, m) => quantiles.look.see({ ...window, only: m }, { back: true }));
      expect(whole.loss!).toBeCloseTo(
        parts.reduce((sum, { loss }) => sum + loss! / M, 0),
        12,
      );
      expect(parts[0]!.stacks[0]!.layers[0]!.gradient!.h!.at(-1)!).toBeGreaterThan(0);
      // what reads no other task is not moved by its loss
      const other = parts[0]!.stacks[1]!.layers[0]!.gradient!.h!;
      expect(list(other).every((value) => value === 0)).toBe(kind !== 'coupled');
    });

    test('without a truth the gradient is that of the mean forecast of the task', () => {
      const only = 1;
      const { stacks, loss } = exact.look.see({ ...exact.window, targets: null, only }, { back: true });
      const mean = (by: number, j: number) => {
        const { outputs } = plainSharing(model, exact.named, exact.x, { nudge: { layer: only, l: 0, t: 3, j, by } });
        return outputs.reduce((sum, y, o) => sum + (o % M === only ? y / K : 0), 0);
      };
      const numeric = Math.hypot(...Array.from({ length: H }, (_, j) => (mean(1e-5, j) - mean(-1e-5, j)) / 2e-5));
      expect(loss).toBeNull();
      expect(stacks[only]!.layers[0]!.gradient!.h![3]).toBeCloseTo(numeric, 7);
    });
  });
});
