import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, TrainEvent, Trained, TrainOptions } from '../../../src/core/learn/engine';
import { createEngine } from '../../../src/core/learn/index';
import { type Corpus, chunkStarts, type StreamRequest } from '../../../src/core/learn/streams';
import type { StartThread } from '../../../src/core/learn/thread';
import type { ModelSpec } from '../../../src/core/nn/model';
import { Random } from '../../../src/core/nn/random';
import { control, options } from './lesson';
import { builtThreads } from './threads';

const V = 5;
/** Words 0 1 2 3 and 0 2 1 4 in a random order: of four tokens one is not known beforehand, so nats per token are ¼ ln 2 at best. */
const text = (count: number, seed: number) => {
  const random = new Random(seed);
  return Int32Array.from(
    Array.from({ length: count }, () => (random.uniform() < 0.5 ? [0, 1, 2, 3] : [0, 2, 1, 4])).flat(),
  );
};
const corpus: Corpus = { train: text(1500, 1), validation: text(120, 2) };
const spec = (cell: ModelSpec['cell'], more: Partial<ModelSpec> = {}): ModelSpec => ({
  cell,
  activation: 'tanh',
  D: 4,
  H: 12,
  L: 2,
  O: V,
  dropout: 0.1,
  tokens: { embedding: 'learned' },
  ...more,
});
const learned: TrainOptions = { ...options, epochs: 12, batch: 9, tbptt: 6, learningRate: 0.01, clip: 5 };

async function whole(engine: Engine, request: StreamRequest): Promise<{ trained: Trained; events: TrainEvent[] }> {
  const events: TrainEvent[] = [];
  const training = engine.trainStreams(request, control);
  for (;;) {
    const { value, done } = await training.next();
    if (done) return { trained: value, events };
    events.push(value);
  }
}

const best = Math.log(2) / 4;

let threads: { startThread: StartThread; remove: () => void };
beforeAll(async () => {
  threads = await builtThreads();
});
afterAll(() => threads.remove());

describe.each(['rnn', 'lstm', 'gru'] as const)('%s over streams of tokens', (cell) => {
  test.each(['learned', 'one-hot'] as const)('%s: learns what can be known, and no more', async (embedding) => {
    const engine = createEngine({ kernels: 'plain', threads: 1 });
    const model = spec(cell, { D: embedding === 'learned' ? 4 : V, tokens: { embedding } });
    const { trained, events } = await whole(engine, { model, corpus, options: learned });
    const losses = events.flatMap((e) => (e.type === 'epoch' ? [e.validation] : []));
    expect(losses).toHaveLength(12);
    // it knew nothing at first: the first epoch's mean is of what it did not know yet
    const first = events.find((e) => e.type === 'epoch');
    expect(first?.type === 'epoch' && first.train).toBeGreaterThan(1.5 * best);
    expect(Math.min(...losses)).toBeLessThan(1.25 * best);
    expect(Math.min(...losses)).toBeGreaterThan(0.9 * best);
    expect(trained.bestEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
  });

  test('bit for bit the same on 1, 2 and 3 threads', async () => {
    const request = { model: spec(cell), corpus, options: { ...learned, epochs: 3, batch: 19, threads: 3 } };
    const alone = await whole(createEngine({ kernels: 'plain', threads: 1 }), request);
    for (const count of [1, 2, 3]) {
      const engine = createEngine({ kernels: 'plain', threads: count, startThread: threads.startThread });
      const shared = await whole(engine, request);
      engine.close();
      expect(shared.trained.weights).toEqual(alone.trained.weights);
    }
  });

  test('the reader judges held-out text as training did', async () => {
    const engine = createEngine({ kernels: 'plain', threads: 1 });
    const request = { model: spec(cell), corpus, options: { ...learned, epochs: 2, batch: 1, tbptt: 7 } };
    const { trained, events } = await whole(engine, request);
    const kept = events.find((e) => e.type === 'epoch' && e.epoch === trained.bestEpoch);
    const reader = engine.reader(request.model, trained.weights);
    const read = Math.floor((corpus.validation.length - 1) / 7) * 7;
    const nats = () => {
      reader.forget();
      let sum = 0;
      for (let t = 0; t < read; t++) {
        const scores = Array.from(reader.read(corpus.validation[t]!));
        const total = scores.reduce((a, y) => a + Math.exp(y), 0);
        sum += Math.log(total) - scores[corpus.validation[t + 1]!]!;
      }
      return sum / read;
    };
    expect(nats()).toBeCloseTo(kept?.type === 'epoch' ? kept.validation : Number.NaN, 5);
    expect(nats()).toBe(nats());
  });
});

test('every stream reads a stretch of its own, chunk after chunk', () => {
  expect([...chunkStarts(31, 3, 4)]).toEqual([0, 10, 20, 4, 14, 24]);
  expect([...chunkStarts(31, 3, 5, 100)]).toEqual([100, 110, 120, 105, 115, 125]);
  expect([...chunkStarts(4, 2, 4)]).toEqual([]);
});
