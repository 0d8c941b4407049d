import { describe, expect, test } from 'vitest';
import type { Kernels } from '../../../src/core/kernels/index';
import type { ModelSpec } from '../../../src/core/nn/model';
import { parameterTable } from '../../../src/core/nn/parameters';
import { Random } from '../../../src/core/nn/random';
import { backward, collect, dropOf, forward } from '../../../src/core/nn/stack';
import { difference, floor, workbench } from '../nn/workbench';

/** Numbers in the test's memory; windows' first rows stand in the last ones. */
const size = 1 << 16;
const starts = (size - 16) * 4;

/** Every kernel does to one memory what its twin does to a copy, whatever it holds; single against double precision. */
function same(
  backend: 'plain' | 'relaxed',
  use: (k: Kernels) => unknown,
  ignore: [number, number] = [0, 0],
  scale = 1,
) {
  const random = new Random(11);
  const numbers = Float32Array.from({ length: size }, () => random.normal() * scale);
  const [fast, slow] = ([backend, 'twin64'] as const).map((name) => {
    const floorOf = floor(name, size * 4);
    floorOf.f.set(numbers);
    floorOf.i.set([3, 9, 0, 5, 7, 1, 12, 4, 2, 8, 6, 10], starts / 4);
    const result = use(floorOf.k);
    floorOf.f.fill(0, ignore[0] / 4, ignore[1] / 4).fill(0, starts / 4);
    return { memory: Array.from(floorOf.f), result };
  }) as [{ memory: number[]; result: unknown }, { memory: number[]; result: unknown }];
  expect(difference(fast.memory, slow.memory)).toBeLessThan(2e-6);
  if (typeof slow.result === 'number') expect(difference([fast.result as number], [slow.result])).toBeLessThan(1e-5);
  return slow;
}

describe.each(['plain', 'relaxed'] as const)('%s kernels do as their twins do', (backend) => {
  test.each([
    [1, 5, 3],
    [1, 1, 66],
    [4, 1, 1],
    [8, 3, 7],
    [20, 9, 33],
    [32, 4, 300],
  ])('product of %i rows, %i panels, K = %i', (M, P, K) => {
    for (const add of [0, 1] as const)
      same(backend, (k) => k.product(M, P, K, 64, (K + 3) * 4, 48_000, 90_000, M * 32 + 64, add));
  });

  test.each([
    [4, 1, 0, 3, 4, 8],
    [12, 3, 1, 6, 8, 16],
    [300, 4, 1, 2, 4, 8],
    [520, 2, 0, 9, 12, 8],
    [1, 1, 0, 0, 4, 8],
    [7, 3, 1, 0, 4, 16],
    [520, 2, 0, 0, 4, 8],
  ])('weight gradient of %i rows', (R, P, skip, D, E, H) => {
    const scratch = 40_000;
    for (const add of [0, 1] as const)
      same(
        backend,
        (k) => k.weightGradient(R, P, skip, D, E, H, 64, R * 32 + 64, 68_000, E + H + 4, 150_000, scratch, add),
        [scratch, scratch + H * 256 * 4],
        0.3,
      );
  });

  test.each([
    [1, 1],
    [7, 3],
    [8, 8],
    [13, 21],
    [24, 9],
  ])('packing and summing %i × %i', (J, K) => {
    same(backend, (k) => k.packRows(J, K, 64, K, 20_000, K + 5, 3, 0));
    same(backend, (k) => k.packRows(J, K, 64, K, 20_000, K + 5, 2, 1));
    same(backend, (k) => k.unpackRows(J, K, 64, K * 32 + 64, 20_000, K + 1));
    same(backend, (k) => k.packColumns(J, K, 64, K, 20_000, J + 5, 3));
    same(backend, (k) => k.sumSlices(J, K, 3, 64, K + 2, 8_000, 60_000, K + 1));
    same(backend, (k) => k.sumSlices(J, K, 1, 64, K + 2, 8_000, 60_000, K + 1));
  });

  test.each([0, 2, 3])('windows, columns centred: %i', (centre) => {
    const [T, S, n, D, ld] = [6, 8, 7, 3, 12];
    same(backend, (k) => k.gather(T, S, n, D, ld, 64, starts, centre, 8_000));
    same(backend, (k) => k.gatherTargets(T, S, n, D, 2, 4, 5, 64, starts, centre, 8_000));
    same(backend, (k) => k.emit(T, S, n, D, 2, 10, 8_000, 64, starts, centre, 16_000, 13));
    same(backend, (k) => k.gatherColumns(T, S, n, D, 1, 2, 3, ld, 64, starts, 8_000));
    const half = (2 ** 31) | 0;
    for (const C of [2, 3])
      for (const always of [0, 1] as const)
        same(backend, (k) => {
          const fed = [64, starts, always, 99, half] as const;
          k.feedBack(2, T, S, n, D, C, ld, 8_000, Math.min(C, centre), 16_000, 32_000, ...fed);
          k.shiftTargets(n, S, C, 32_000, 24_000);
        });
    same(backend, (k) => k.clearRows(5, 8, 20, 8_000));
    same(backend, (k) => k.clear(8_000, 1_000));
  });

  test.each([
    [1, 0, 8],
    [9, 8, 21],
    [5, 3, 17],
  ])('%i rows out of panels, from column %i on, %i of them', (R, c0, n) => {
    same(backend, (k) => k.toRows(R, c0, n, 64, R * 32 + 64, 20_000, n + 3));
  });

  test.each([
    [1, 1, 1],
    [5, 4, 3],
    [3, 8, 4],
  ])('%i steps of %i rows, %i read: a table looked up, and the gradients of its rows', (T, S, n) => {
    // whole numbers that stand there serve as tokens, and four of them as the places to read from
    const read = [starts, starts + 8] as const;
    for (let t = 0; t < T; t++) same(backend, (k) => k.lookUp(t, S, n, 3, ...read, 64, 512, 40_000, S * 32 + 64));
    same(backend, (k) => k.lookUpBack(T, S, n, 3, ...read, 40_000, T * S * 32 + 64, 64, 512));
    same(backend, (k) => k.embed(T, S, n, 7, 12, ...read, 64, 40_000));
    same(backend, (k) => k.embedBack(T, S, n, 13, ...read, 40_000, T * S * 32 + 64, 64));
  });

  test('dropout', () => {
    const threshold = Math.floor(0.3 * 2 ** 32) | 0;
    const { memory } = same(backend, (k) => k.enter(40, 16, 64, 20, 16_000, 24, 1234, threshold, 1 / 0.7));
    const there = Array.from({ length: 640 }, (_, i) => memory[4_000 + Math.floor(i / 16) * 24 + (i % 16)]);
    // 640 draws at 0.3: more than six standard deviations from these bounds
    expect(there.filter((x) => x === 0).length).toBeGreaterThan(120);
    expect(there.filter((x) => x === 0).length).toBeLessThan(265);
    same(backend, (k) => k.enter(40, 16, 64, 20, 16_000, 24, 1234, 0, 1));
    same(backend, (k) => k.enterBack(0, 40, 16, 64, 40 * 32, 1234, threshold, 1 / 0.7));
    same(backend, (k) => k.enterBack(9, 12, 16, 64, 40 * 32, -77, threshold, 1 / 0.7));
  });

  test.each([0, 1, 2])('loss of kind %i', (kind) => {
    for (const [S, n, O] of [
      [4, 3, 1],
      [8, 8, 7],
      [12, 9, 11],
    ] as const)
      same(backend, (k) => k.loss(kind, S, n, O, 64, 8_000, 16_000, 32_000, 0.25, 0.8));
  });

  test.each([4, 12])('gates in front of states, and the panels of cells: %i rows', (R) => {
    const P = 3;
    const panel = R * 32 + 64;
    const at = Array.from({ length: 8 }, (_, i) => 64 + i * 8_000) as [number, number, number, number, ...number[]];
    const [a, v, u, z, g] = at as [number, number, number, number, number];
    same(backend, (k) => k.gateIn(R, P, a, panel, v, panel, u, panel, z, panel, g, panel));
    same(backend, (k) => k.gateInBack(R, P, z, panel, u, panel, g, panel, v, panel), undefined, 0.5);
    for (const kind of [0, 1, 2]) {
      same(backend, (k) => k.rnnGates(kind, R, a, v, 48));
      same(backend, (k) => k.rnnGatesBack(kind, R, a, v, u, 48));
    }
    same(backend, (k) => k.lstmGates(R, a, 1_000, v, u, z, 48));
    same(backend, (k) => k.lstmGatesBack(R, a, 1_000, v, u, z, g, 50_000, 64), undefined, 0.5);
    same(backend, (k) => k.gruGates(R, a, 1_000, v, z, 48));
    same(backend, (k) => k.gruGatesBack(R, a, 1_000, v, 48, z, 50_000, 64), undefined, 0.5);
  });

  test('optimizers', () => {
    const at = [64, 8_064, 16_064, 24_064] as const;
    same(backend, (k) => k.sumSquares(44, 64));
    same(backend, (k) => k.sgd(44, at[0], at[1], at[2], 0.5, 0.1, 0.9));
    const positive = (k: Kernels) => k.loss(0, 40, 40, 8, 64, 40_000, 48_000, 24_064, 0, 1);
    same(backend, (k) => {
      // second moments are never negative
      positive(k);
      k.rmsprop(44, at[0], at[1], at[3], 0.5, 0.1, 0.99, 1e-8);
      k.adam(44, at[0], at[1], at[2], at[3], 0.5, 0.01, 0.9, 0.999, 1e-8, 1.7, 2.3, 0.99);
    });
  });
});

const cells: Partial<ModelSpec>[] = [
  { cell: 'rnn', activation: 'tanh' },
  { cell: 'rnn', activation: 'relu' },
  { cell: 'rnn', activation: 'sigmoid' },
  { cell: 'rnn', activation: 'tanh', memory: 'after' },
  { cell: 'rnn', activation: 'relu', memory: 'after' },
  { cell: 'rnn', activation: 'sigmoid', memory: 'input' },
  { cell: 'lstm' },
  { cell: 'gru' },
];

describe.each(['plain', 'relaxed'] as const)('%s: a network of any size', (backend) => {
  test.each([
    { N: 1, T: 1, D: 1, H: 1, L: 1, O: 1 },
    { N: 5, T: 3, D: 2, H: 9, L: 2, O: 1 },
    { N: 13, T: 7, D: 9, H: 17, L: 1, O: 11 },
    { N: 4, T: 5, D: 3, H: 33, L: 3, O: 2 },
    { N: 16, T: 40, D: 1, H: 8, L: 1, O: 1 },
  ])('N $N, T $T, D $D, H $H, L $L, O $O', ({ N, T, D, H, L, O }) => {
    for (const cell of cells) {
      const model = { activation: 'tanh', D, H, L, O, dropout: 0.25, ...cell } as ModelSpec;
      const S = Math.ceil(N / 4) * 4;
      const kept = Math.max(1, T - 2);
      const [fast, slow] = ([backend, 'twin64'] as const).map((name) => {
        const w = workbench(name, model, { S, T, kept });
        const random = new Random(3);
        const normal = () => random.normal() * (model.memory ? 0.2 : 0.5);
        const weights = new Map(parameterTable(model).map((p) => [p.name, Array.from({ length: p.size }, normal)]));
        w.setWeights((parameter) => weights.get(parameter)!);
        const x = Array.from({ length: T }, () => Array.from({ length: N }, () => Array.from({ length: D }, normal)));
        w.setInputs(x, S);
        for (let n = 0; n < N; n++) for (let o = 0; o < O; o++) w.setPanel(w.work.target, S * 32, n, o, normal());
        const pass = { S, drop: dropOf(0.25, 5), shift: 0, keepState: false };
        forward(w.net, w.work, pass);
        const { y, target, dy, dyRows } = w.work;
        const outputs = w.read(y, Math.ceil(O / 8) * 8 * S);
        w.k.loss(0, S, N, O, y, target, dy, dyRows, 1 / (N * O), 1);
        backward(w.net, w.work, w.grads, 0, pass);
        collect(w.net, w.grads, 1, w.gradient);
        const found = w.named(w.gradient);
        // and a lone window without dropout, by the path of its own
        const still = { ...w.work, kept: 0 };
        w.setInputs(
          x.map((step) => [step[0]!]),
          1,
        );
        forward(w.net, still, { ...pass, S: 1, drop: dropOf(0, 0) });
        return { outputs, found, lone: w.read(y, Math.ceil(O / 8) * 8) };
      }) as [Numbers, Numbers];
      // rounding that passes no activation is never squashed
      const within = cell.memory ? 3e-5 : 5e-6;
      expect(difference(fast.outputs, slow.outputs), cell.cell).toBeLessThan(within);
      expect(difference(fast.lone, slow.lone), cell.cell).toBeLessThan(within);
      for (const [name, values] of Object.entries(slow.found))
        expect(difference(fast.found[name]!, values), `${cell.cell} ${name}`).toBeLessThan(5e-5);
    }
  });
});
interface Numbers {
  outputs: number[];
  found: Record<string, number[]>;
  lone: number[];
}

test('tanh and the logistic function are right over their whole range, and keep what is not a number', () => {
  const { k, f } = floor('plain', 4096 * 4);
  // rnnForward with T = S = 1, H = 8: the weight of the first input is 1, so that the states are f of it
  const value = (kind: number, x: number) => {
    f.fill(0);
    f[64 + 2] = x;
    f[64 + 3] = 1;
    f.fill(1, 256, 264);
    k.rnnForward(kind, 1, 1, 1, 4, 8, 256, 2048, 32, 0, 1024, 0);
    return f[64 + 12 + 4] as number;
  };
  for (let x = -30; x <= 30; x += 0.37) {
    expect(Math.abs(value(0, x) - Math.tanh(x))).toBeLessThan(5e-7);
    expect(Math.abs(value(2, x) - 1 / (1 + Math.exp(-x)))).toBeLessThan(5e-7);
    expect(Math.abs(value(0, x))).toBeLessThanOrEqual(1);
    expect(value(1, x)).toBe(Math.max(0, Math.fround(x)));
  }
  for (const kind of [0, 1, 2]) expect(value(kind, Number.NaN)).toBeNaN();
});
