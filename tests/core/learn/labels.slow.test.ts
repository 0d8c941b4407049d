import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WindowTable } from '../../../src/core/data/windows';
import { createEngine } from '../../../src/core/learn';
import type { TrainRequest } from '../../../src/core/learn/engine';
import { planTraining } from '../../../src/core/learn/plan';
import { phases, Seat } from '../../../src/core/learn/session';
import { cellNames, type ModelSpec } from '../../../src/core/nn/model';
import { Random } from '../../../src/core/nn/random';
import { type Backend, difference, floor } from '../nn/workbench';
import { options, spec, whole } from './lesson';
import { builtThreads } from './threads';

const T = 5;
const V = 3;
const kinds = ['last', 'every'] as const;
type Kind = (typeof kinds)[number];

/** Two columns of chance and a class of each row that follows from them; rows 70 … 99 are the validation part. */
function labelled(kind: Kind, judged = 3): WindowTable {
  const rows = 100;
  const random = new Random(3);
  const inputs = Float32Array.from({ length: rows * 2 }, () => random.normal());
  const classOf = (row: number) => (inputs[2 * row]! > 0.4 ? 2 : inputs[2 * row + 1]! > 0 ? 1 : 0);
  const before = kind === 'last' ? 1 : 0;
  const of = (first: number, end: number) =>
    Float32Array.from({ length: rows }, (_, row) => (row >= first && row < end ? classOf(row - before) : -1));
  const train = Int32Array.from({ length: 65 - before }, (_, s) => s);
  // every row of the validation part once: blocks laid from its end, the first one reaching back before it
  const blocks = Math.ceil(30 / judged);
  const validation =
    kind === 'last'
      ? Int32Array.from({ length: 30 }, (_, i) => 70 - T + i)
      : Int32Array.from({ length: blocks }, (_, i) => 100 - T - judged * (blocks - 1 - i));
  return {
    ...{ rows, D: 2, targetColumns: 1, inputs, T, firstStep: 1, steps: 1, centre: 'none' as const },
    starts: { train, validation, test: validation },
    labels: {
      classes: V,
      train: of(0, 70),
      validation: of(70, 100),
      validationCount: 30,
      weights: Float32Array.of(0.5, 2, 1.25),
      judged,
    },
  };
}

/** One thread's seat at a training, on any backend, with random weights. */
function seated(backend: Backend, table: WindowTable, model: ModelSpec) {
  const request: TrainRequest = { model, table, options: { ...options, batch: 7, loss: 'cross-entropy' } };
  const plan = planTraining(request, 1);
  const { k, f, i } = floor(backend, plan.bytes);
  const put = (at: number, values: ArrayLike<number>) => f.set(values, at / 4);
  const { train, validation, weights } = table.labels!;
  put(plan.tableAt, table.inputs);
  put(plan.labels!.train, train);
  put(plan.labels!.validation, validation);
  put(plan.labels!.weights, weights);
  i.set(table.starts.train, plan.trainAt / 4);
  i.set(table.starts.validation, plan.validationAt / 4);
  const seat = new Seat(plan, 0, k, f, request.options);
  const random = new Random(11);
  const { weights: at } = plan.network;
  for (let w = 0; w < seat.net.count; w++) f[at / 4 + w] = 0.5 * random.normal();
  seat.net.pack();
  // 7 windows in slices of 8: one row of each stands empty
  const loss = () => {
    seat.run(phases.train, 0, 2, 7, 1);
    return seat.losses[0]! / (7 * (model.classes === 'every' ? T : 1));
  };
  return { plan, seat, f, at, loss };
}

function gradientOf({ plan, seat, f, loss }: ReturnType<typeof seated>): number[] {
  loss();
  seat.collect(1);
  return Array.from(f.subarray(plan.gradient / 4, plan.gradient / 4 + seat.net.count));
}

describe.each(kinds)('classes of %s', (kind) => {
  test.each(
    cellNames.flatMap((cell) => [
      { cell, L: 1, dropout: 0 },
      { cell, L: 2, dropout: 0.3 },
    ]),
  )('gradients are slopes: %o', (more) => {
    const model = spec(more.cell, { D: 2, H: 6, O: V, classes: kind, ...more });
    const s = seated('twin64', labelled(kind), model);
    const gradient = gradientOf(s);
    const step = 1e-5;
    for (let w = 0; w < gradient.length; w += 5) {
      const was = s.f[s.at / 4 + w]!;
      const lossAt = (x: number) => {
        s.f[s.at / 4 + w] = x;
        s.seat.net.pack();
        return s.loss();
      };
      const slope = (lossAt(was + step) - lossAt(was - step)) / (2 * step);
      lossAt(was);
      expect(Math.abs(gradient[w]! - slope), `weight ${w}`).toBeLessThan(1e-8);
    }
    expect(gradient.filter((g) => g !== 0).length).toBeGreaterThan(gradient.length / 2);
  });

  test.each(['twin32', 'plain', 'relaxed'] as const)('%s gives the gradients of the double twin', (backend) => {
    const model = spec('lstm', { D: 2, H: 20, L: 2, dropout: 0.3, O: V, classes: kind });
    const exact = gradientOf(seated('twin64', labelled(kind), model));
    expect(difference(gradientOf(seated(backend, labelled(kind), model)), exact)).toBeLessThan(2e-5);
  });

  test('validation is the weighted mean over what is judged, each row once, and its scores are those forecast', async () => {
    const engine = createEngine({ kernels: 'plain', threads: 1 });
    const table = labelled(kind, 4);
    const model = spec('gru', { D: 2, O: V, classes: kind });
    const request = { model, table, options: { ...options, epochs: 30, loss: 'cross-entropy' as const } };
    const { trained, epochs } = await whole(engine, request);
    const { labels, starts } = table;
    const scores = engine.predict(model, trained.weights, table, starts.validation);
    const seen: number[] = [];
    let sum = 0;
    let right = 0;
    starts.validation.forEach((start, w) => {
      for (const t of kind === 'last' ? [T] : [1, 2, 3, 4]) {
        const label = labels!.validation[start + t]!;
        if (label < 0) continue;
        seen.push(start + t);
        const from = kind === 'last' ? w * V : (w * T + t) * V;
        const own = Array.from(scores.subarray(from, from + V));
        const total = own.reduce((all, score) => all + Math.exp(score), 0);
        sum += labels!.weights[label]! * (Math.log(total) - own[label]!);
        if (own.indexOf(Math.max(...own)) === label) right++;
      }
    });
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => 70 + i));
    expect(epochs[trained.bestEpoch - 1]!.validation).toBeCloseTo(sum / 30, 5);
    expect(right).toBeGreaterThan(18);
    engine.close();
  });
});

describe('threads', () => {
  let threads: Awaited<ReturnType<typeof builtThreads>>;
  beforeAll(async () => {
    threads = await builtThreads();
  });
  afterAll(() => threads.remove());

  test.each(kinds)('classes of %s: bit for bit the same on 1, 2 and 3', async (kind) => {
    const request: TrainRequest = {
      model: spec('lstm', { D: 2, H: 20, L: 2, dropout: 0.2, O: V, classes: kind }),
      table: labelled(kind),
      options: { ...options, batch: 29, epochs: 4, threads: 3, loss: 'cross-entropy' },
    };
    const alone = await whole(createEngine({ kernels: 'plain', threads: 1 }), request);
    for (const count of [1, 2, 3]) {
      const engine = createEngine({ kernels: 'plain', threads: count, startThread: threads.startThread });
      const shared = await whole(engine, request);
      expect(shared.trained.weights).toEqual(alone.trained.weights);
      expect(shared.epochs.map(({ validation }) => validation)).toEqual(
        alone.epochs.map(({ validation }) => validation),
      );
      engine.close();
    }
  });
});
