import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WindowTable } from '../../../src/core/data/windows';
import { kept } from '../../../src/core/kernels/reference/dropout';
import { createEngine } from '../../../src/core/learn';
import type { TrainRequest } from '../../../src/core/learn/engine';
import { planTraining } from '../../../src/core/learn/plan';
import { phases, Seat } from '../../../src/core/learn/session';
import { cellNames, type ModelSpec } from '../../../src/core/nn/model';
import { parameterTable } from '../../../src/core/nn/parameters';
import { Random } from '../../../src/core/nn/random';
import { affine, cellStep, type State, zeros } from '../nn/cell-step';
import { type Backend, difference, floor } from '../nn/workbench';
import { options, spec, whole } from './lesson';
import { builtThreads } from './threads';

// odd and unequal: 7 rows read of 2 columns that are forecast and 1 that is known ahead, 4 steps of 6 hidden units
const [T, U, C, D, H, n, rows] = [7, 4, 2, 3, 6, 3, 40];
const random = new Random(11);
const inputs = Array.from({ length: rows * D }, () => random.normal());
const starts = [1, 4, 9];
const none = new Int32Array(0);
const tableOf = (centre: WindowTable['centre']): WindowTable => ({
  rows,
  D,
  known: D - C,
  targetColumns: C,
  inputs: Float32Array.from(inputs),
  T,
  firstStep: 1,
  steps: 1,
  centre,
  starts: { train: Int32Array.from(starts), validation: none, test: none },
});
const seed = 5;
const step = 1;
const threshold = (2 ** 31) | 0;

/** The share is reached at once: half of an epoch of one batch is less than its first step. */
const request = (model: ModelSpec, centre: WindowTable['centre'], sampling: number): TrainRequest => ({
  model,
  table: tableOf(centre),
  options: { ...options, epochs: 1, batch: 4, seed, sampling, unroll: U, rollout: U },
});

/** What the seat makes of one batch of `n` windows: its loss per output, and the gradient. */
function seated(backend: Backend, asked: TrainRequest, weights: number[]) {
  const plan = planTraining(asked, 1);
  const { k, f, i } = floor(backend, plan.bytes);
  f.set(inputs, plan.tableAt / 4);
  i.set(starts, plan.trainAt / 4);
  const seat = new Seat(plan, 0, k, f, asked.options);
  f.set(weights, plan.network.weights / 4);
  seat.net.pack();
  seat.run(phases.train, 0, 0, n, step);
  seat.collect(1);
  const at = plan.gradient / 4;
  return { loss: seat.losses[0]! / (n * C), gradient: Array.from(f.subarray(at, at + weights.length)) };
}

/** The same from the equations on plain arrays. `fed`: what windows read between their steps, made here when not given. */
function plain(
  model: ModelSpec,
  centre: WindowTable['centre'],
  share: 0 | 0.5 | 1,
  weights: number[],
  fed?: number[][][],
) {
  const named = (name: string) => {
    const { offset, size } = parameterTable(model).find((p) => p.name === name)!;
    return weights.slice(offset, offset + size);
  };
  const key = Math.imul(Math.imul(seed, 0x9e3779b1) + step, 0x85ebca6b) ^ 0x68bc21eb;
  const row = (t: number) => inputs.slice(t * D, t * D + D);
  let loss = 0;
  const made = starts.map((start, s) => {
    const window = Array.from({ length: T }, (_, t) => row(start + t));
    const follow: number[][] = [];
    for (let u = 0; u < U; u++) {
      const read = window.slice(-T);
      const last = read.at(-1)!.map((x, d) => (centre === 'last' && d < C ? x : 0));
      let states: State[] = Array.from({ length: model.L }, () => zeros(H));
      for (const x of read) {
        let input = x.map((value, d) => value - last[d]!);
        states = states.map((state, l) => {
          const next = cellStep(model, named, l, input, state);
          input = next.h;
          return next;
        });
      }
      const y = affine(named('head.weight'), named('head.bias'), states.at(-1)!.h).map((v, c) => v + last[c]!);
      const truth = row(start + T + u);
      for (let c = 0; c < C; c++) loss += (y[c]! - truth[c]!) ** 2;
      const own = share === 1 || (share === 0.5 && !kept(u * 4 + s, key, threshold));
      follow.push(fed ? fed[s]![u]! : own ? [...y, truth[C]!] : truth);
      window.push(follow.at(-1)!);
    }
    return follow;
  });
  return { loss: loss / (n * C * U), fed: made };
}

describe.each(cellNames)('%s', (cell) => {
  test.each([
    ['none', 0.5, 1],
    ['last', 0.5, 2],
    ['last', 1, 1],
    ['last', 0, 1],
  ] as const)(
    'centred %s, own share %d, layers %i: loss and gradient are those of the equations',
    (centre, share, L) => {
      const model = spec(cell, { D, H, L, O: C });
      const weights = Array.from(
        { length: parameterTable(model).reduce((sum, { size }) => sum + size, 0) },
        () => 0.5 * random.normal(),
      );
      const asked = request(model, centre, share);
      const { loss, gradient } = seated('twin64', asked, weights);
      const expected = plain(model, centre, share, weights);
      expect(Math.abs(loss - expected.loss) / expected.loss).toBeLessThan(1e-9);
      // what was fed back is held while a weight is moved: no gradient goes through it
      const lossAt = (index: number, by: number) => {
        const moved = weights.map((w, i) => (i === index ? w + by : w));
        return plain(model, centre, share, moved, expected.fed).loss;
      };
      for (let i = 0; i < weights.length; i += 7) {
        const slope = (lossAt(i, 1e-5) - lossAt(i, -1e-5)) / 2e-5;
        expect(Math.abs(gradient[i]! - slope), `weight ${i}`).toBeLessThan(1e-7);
      }
      for (const backend of ['twin32', 'plain', 'relaxed'] as const)
        expect(difference(seated(backend, asked, weights).gradient, gradient)).toBeLessThan(1e-4);
    },
  );
});

describe('a training', () => {
  let threads: Awaited<ReturnType<typeof builtThreads>>;
  beforeAll(async () => {
    threads = await builtThreads();
  });
  afterAll(() => threads.remove());
  const wave = Float32Array.from({ length: 300 * D }, (_, i) => Math.sin(0.4 * Math.floor(i / D) + (i % D)));
  const some = Int32Array.from({ length: 250 }, (_, s) => s);
  const lesson = (sampling: number): TrainRequest => ({
    model: spec('gru', { D, H: 16, O: C, L: 2, dropout: 0.2 }),
    table: {
      ...tableOf('last'),
      rows: 300,
      inputs: wave,
      starts: { train: some.slice(0, 180), validation: some.slice(180), test: none },
    },
    options: { ...options, batch: 37, epochs: 3, threads: 3, sampling, unroll: U, rollout: U },
  });

  test('is the same again, and on any number of threads; its share of own outputs matters', async () => {
    const engine = createEngine({ kernels: 'plain', threads: 1 });
    const alone = (await whole(engine, lesson(0.7))).trained.weights;
    expect((await whole(engine, lesson(0.7))).trained.weights).toEqual(alone);
    expect((await whole(engine, lesson(0.2))).trained.weights).not.toEqual(alone);
    engine.close();
    for (const count of [2, 3]) {
      const shared = createEngine({ kernels: 'plain', threads: count, startThread: threads.startThread });
      expect((await whole(shared, lesson(0.7))).trained.weights).toEqual(alone);
      shared.close();
    }
  });
});
