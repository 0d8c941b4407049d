import { describe, expect, test } from 'vitest';
import { Look, type LookWindow, placeLook } from '../../../src/core/inside/look';
import { contributionsTo } from '../../../src/core/inside/through-time';
import type { ModelSpec } from '../../../src/core/nn/model';
import { parameterTable } from '../../../src/core/nn/parameters';
import { Random } from '../../../src/core/nn/random';
import { type Backend, difference, floor } from '../nn/workbench';
import { plainNetwork, squaredError } from './plain';

// odd and unequal, so that no axis can be taken for another
const [T, D, H, L, O] = [7, 3, 6, 2, 2];
const kinds: [string, Partial<ModelSpec>][] = [
  ['rnn tanh', { cell: 'rnn', activation: 'tanh' }],
  ['rnn relu', { cell: 'rnn', activation: 'relu' }],
  ['rnn sigmoid', { cell: 'rnn', activation: 'sigmoid' }],
  ['rnn, memory after', { cell: 'rnn', memory: 'after' }],
  ['rnn, memory with input', { cell: 'rnn', memory: 'input' }],
  ['lstm', { cell: 'lstm' }],
  ['gru', { cell: 'gru' }],
];
const spec = (kind: Partial<ModelSpec>): ModelSpec =>
  ({ cell: 'rnn', activation: 'tanh', D, H, L, O, dropout: 0.3, ...kind }) as ModelSpec;

/** A look into a network of random weights at a random window. */
function subject(backend: Backend, model: ModelSpec, steps = T) {
  const random = new Random(5);
  const table = parameterTable(model);
  const named = Object.fromEntries(
    table.map(({ name, size }) => [
      name,
      Array.from({ length: size }, () => (model.memory ? 0.3 : 0.6) * random.normal()),
    ]),
  );
  const rows = steps + model.O;
  const values = Float32Array.from({ length: rows * model.D }, () => random.normal());
  const places = placeLook(model, steps, rows);
  const { k, f } = floor(backend, places.bytes);
  const look = new Look(k, f, model, places);
  look.take(table.flatMap(({ name }) => named[name]!));
  const columns = model.decoder ? model.O / model.decoder.steps : 1;
  const window: LookWindow = {
    T: steps,
    table: values,
    centre: 'none',
    columns,
    targets: { firstStep: 1, steps: model.O / columns },
    loss: 'mse',
  };
  const x = Array.from({ length: steps }, (_, t) => [...values.subarray(t * model.D, (t + 1) * model.D)]);
  const targets = Array.from({ length: model.O }, (_, o) => values[(steps + o) * model.D]!);
  return { look, window, named, x, targets };
}

const list = (numbers: ArrayLike<number> | null | undefined) => Array.from(numbers ?? []);

describe.each(kinds)('%s', (_, kind) => {
  const model = spec(kind);
  const exact = subject('twin64', model);
  const seen = exact.look.see(exact.window, { back: true });
  const lossWith = (handle: Parameters<typeof plainNetwork>[3]) =>
    squaredError(plainNetwork(model, exact.named, exact.x, handle).outputs, exact.targets);
  const slope = (at: (by: number) => Parameters<typeof plainNetwork>[3]) =>
    (lossWith(at(1e-5)) - lossWith(at(-1e-5))) / 2e-5;

  test.each(['twin64', 'plain', 'relaxed'] as const)('%s: states and gates are those of the equations', (backend) => {
    const { look, window, named, x, targets } = subject(backend, model);
    const view = look.see(window, { back: true });
    const { outputs, quantities } = plainNetwork(model, named, x);
    const within = backend === 'twin64' ? 1e-6 : 5e-6;
    expect(difference(list(view.outputs), outputs)).toBeLessThan(within);
    expect(view.loss!).toBeCloseTo(squaredError(outputs, targets), 5);
    quantities.forEach((layer, l) => {
      const { h, c, a, gates } = view.stacks[0]!.layers[l]!;
      const found: Record<string, Float64Array | null> = { h, c, a, ...gates };
      for (const [name, values] of Object.entries(layer))
        expect(difference(list(found[name]), values.flat()), name).toBeLessThan(within);
    });
  });

  test('the gradient of every state is the slope of the loss by it', () => {
    for (let l = 0; l < L; l++)
      for (let t = 0; t < T; t++) {
        const numeric = Math.hypot(...Array.from({ length: H }, (_, j) => slope((by) => ({ nudge: { l, t, j, by } }))));
        expect(seen.stacks[0]!.layers[l]!.gradient!.h![t]).toBeCloseTo(numeric, 6);
      }
  });

  test("a step's part of a weight's gradient is the slope of the loss by the weight at that step alone", () => {
    for (const [l, t] of [
      [0, 0],
      [0, 3],
      [1, T - 1],
      [1, 2],
    ] as const)
      for (const side of ['hh', 'ih'] as const) {
        const recurrentName = model.memory === 'input' ? 'weight_hx' : 'weight_hh';
        const name = `${side === 'hh' ? recurrentName : 'weight_ih'}_l${l}`;
        const parts = exact.named[name]!.map((_, index) => slope((by) => ({ weight: { name, t, index, by } })));
        const { recurrent, input } = seen.stacks[0]!.layers[l]!.gradient!;
        expect((side === 'hh' ? recurrent : input).norm[t], name).toBeCloseTo(Math.hypot(...parts), 6);
      }
  });

  test.each(['twin64', 'plain', 'relaxed'] as const)('%s: the parts of all steps sum to the gradient', (backend) => {
    const { look, window } = subject(backend, model);
    for (const { gradient } of look.see(window, { back: true }).stacks[0]!.layers)
      for (const { share, total } of [gradient!.recurrent, gradient!.input]) {
        expect(total).toBeGreaterThan(0);
        expect(share.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, backend === 'twin64' ? 10 : 4);
      }
  });
});

test('the gradient of every cell state of an LSTM is the slope of the loss by it', () => {
  const model = spec({ cell: 'lstm' });
  const { look, window, named, x, targets } = subject('twin64', model);
  const { layers } = look.see(window, { back: true }).stacks[0]!;
  const loss = (l: number, t: number, j: number, by: number) =>
    squaredError(plainNetwork(model, named, x, { nudge: { l, t, j, by, cell: true } }).outputs, targets);
  for (let l = 0; l < L; l++)
    for (let t = 0; t < T; t++) {
      const slopes = Array.from({ length: H }, (_, j) => (loss(l, t, j, 1e-5) - loss(l, t, j, -1e-5)) / 2e-5);
      expect(layers[l]!.gradient!.c![t]).toBeCloseTo(Math.hypot(...slopes), 6);
    }
});

describe.each([
  ['segments', { segment: 3, O: 5 }, 12],
  ['seq2seq', { decoder: { steps: 4, attention: 'none' }, O: 4 }, 7],
  ['seq2seq bahdanau', { decoder: { steps: 4, attention: 'bahdanau' }, O: 4 }, 7],
  ['seq2seq luong', { decoder: { steps: 4, attention: 'luong' }, O: 4 }, 7],
  ['seq2seq luong-dot', { decoder: { steps: 4, attention: 'luong-dot' }, O: 4 }, 7],
] as [string, Partial<ModelSpec>, number][])('%s', (name, more, steps) => {
  test.each(['rnn', 'lstm', 'gru'] as const)('%s: encoder and decoder, and parts that sum to the gradient', (cell) => {
    const { look, window } = subject('twin64', spec({ cell, ...more }), steps);
    const view = look.see(window, { back: true });
    expect(view.stacks.map((stack) => stack.name)).toEqual(['encoder', 'decoder']);
    for (let l = 0; l < L; l++) {
      // segments share their weights between the two, so that only both together make the gradient
      const sums = (which: 'recurrent' | 'input') =>
        view.stacks.map(({ layers }) => layers[l]!.gradient![which].share.reduce((sum, value) => sum + value, 0));
      for (const which of ['recurrent', 'input'] as const) {
        const [encoder, decoder] = sums(which) as [number, number];
        if (name === 'segments') expect(encoder + decoder).toBeCloseTo(1, 10);
        else for (const sum of [encoder, decoder]) expect(sum).toBeCloseTo(1, 10);
      }
    }
  });

  test('attention is a share of the window for each step of the horizon', () => {
    const { look, window } = subject('plain', spec(more), steps);
    const { attention } = look.see(window, { back: false });
    if (!name.includes(' ')) return expect(attention).toBeNull();
    for (let k = 0; k < 4; k++)
      expect(attention!.subarray(k * steps, (k + 1) * steps).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  });

  test('what comes back to the encoder: a tanh unit passes its state’s gradient times its slope', () => {
    // of one unit δ = ∂L/∂h · (1 − h²), and δ · h₋₁ is the step's part of the recurrent weight's gradient
    const { look, window } = subject('twin64', spec({ ...more, H: 1, L: 1 }), steps);
    for (const { layers } of look.see(window, { back: true }).stacks) {
      const { gradient, h, before } = layers[0]!;
      if (!gradient!.h) continue;
      h.forEach((value, t) => {
        const part = gradient!.h![t]! * (1 - value ** 2) * Math.abs(before[t]!);
        expect(part).toBeCloseTo(gradient!.recurrent.norm[t]!, 12);
      });
    }
  });
});

test('a longer window runs the same cell on: its first states are those of the shorter', () => {
  const model = spec({ cell: 'lstm' });
  const short = subject('plain', model);
  const long = subject('plain', model, 2 * T);
  const h = (s: typeof short) => s.look.see(s.window, { back: false }).stacks[0]!.layers[1]!.h;
  expect([...h(long).subarray(0, T * H)]).toEqual([...h(short)]);
});

test('without a truth the gradient is that of the mean forecast', () => {
  const model = spec({ cell: 'gru', L: 1 });
  const { look, window, named, x } = subject('twin64', model);
  const { gradient } = look.see({ ...window, targets: null }, { back: true }).stacks[0]!.layers[0]!;
  const mean = (by: number, j: number) => {
    const { outputs } = plainNetwork(model, named, x, { nudge: { l: 0, t: 2, j, by } });
    return outputs.reduce((sum, y) => sum + y, 0) / O;
  };
  const numeric = Math.hypot(...Array.from({ length: H }, (_, j) => (mean(1e-5, j) - mean(-1e-5, j)) / 2e-5));
  expect(gradient!.h![2]).toBeCloseTo(numeric, 8);
});

test('contributions of given vectors', () => {
  // parts [2 0; 0 0] and [0 0; 3 6], so the gradient is [2 0; 3 6], ‖·‖² = 49
  const gradient = { values: [2, 0, 3, 6], out: 2, in: 2 };
  const { norm, share, total } = contributionsTo(gradient, Float64Array.of(2, 0, 0, 3), Float64Array.of(1, 0, 1, 2), 2);
  expect([...norm]).toEqual([2, 3 * Math.sqrt(5)]);
  expect(share[0]).toBeCloseTo(4 / 49, 12);
  expect(share[1]).toBeCloseTo(45 / 49, 12);
  expect(total).toBeCloseTo(7, 12);
});
