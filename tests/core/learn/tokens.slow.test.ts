import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, TrainEvent, Trained, TrainOptions } from '../../../src/core/learn/engine';
import { createEngine } from '../../../src/core/learn/index';
import type { StartThread } from '../../../src/core/learn/thread';
import type { TokenRequest } from '../../../src/core/learn/tokens';
import type { ModelSpec } from '../../../src/core/nn/model';
import { Random } from '../../../src/core/nn/random';
import { chunkStarts, streamsOf } from '../../../src/core/text/streams';
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
const corpus = { train: text(1500, 1), validation: text(120, 2) };
const spec = (cell: ModelSpec['cell'], more: Partial<ModelSpec> = {}): ModelSpec => ({
  cell,
  activation: 'tanh',
  D: 4,
  H: 12,
  L: 2,
  O: V,
  dropout: 0.1,
  tokens: { V, embedding: 'learned' },
  ...more,
});
const learned: TrainOptions = { ...options, epochs: 12, batch: 9, learningRate: 0.01, clip: 5 };

const streams = (N: number, T: number) => streamsOf(corpus.train, corpus.validation, { N, T });

async function whole(engine: Engine, request: TokenRequest): Promise<{ trained: Trained; events: TrainEvent[] }> {
  const events: TrainEvent[] = [];
  const training = engine.trainTokens(request, control);
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
    const model = spec(cell, { D: embedding === 'learned' ? 4 : V, tokens: { V, embedding } });
    const { trained, events } = await whole(engine, { model, table: streams(9, 6), options: learned });
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
    const request = {
      model: spec(cell),
      table: streams(19, 6),
      options: { ...learned, epochs: 3, batch: 19, threads: 3 },
    };
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
    const request = { model: spec(cell), table: streams(1, 7), options: { ...learned, epochs: 2, batch: 1 } };
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

/** Sentences of 3 to 7 tokens, padded to 8; each step's label is whether the token is that of the step before. */
function sentences(count: number, seed: number) {
  const random = new Random(seed);
  const T = 8;
  const tokens = new Int32Array(count * T);
  const labels = new Int32Array(count * T).fill(-1);
  for (let s = 0; s < count; s++)
    for (let t = 0; t < 3 + Math.floor(random.uniform() * 5); t++) {
      const at = s * T + t;
      tokens[at] = Math.floor(random.uniform() * 3);
      labels[at] = t > 0 && tokens[at] === tokens[at - 1] ? 1 : 0;
    }
  const starts = Int32Array.from({ length: count }, (_, s) => s * T);
  const cut = Math.floor(0.8 * count);
  return { tokens, labels, T, starts: { train: starts.slice(0, cut), validation: starts.slice(cut) }, carried: false };
}

describe.each(['rnn', 'lstm', 'gru'] as const)('%s labels every step of sentences', (cell) => {
  const model = spec(cell, { O: 2, L: 1, dropout: 0, tokens: { V: 3, embedding: 'one-hot' }, D: 3 });
  const request = (more: Partial<TrainOptions> = {}): TokenRequest => ({
    model,
    table: sentences(300, 3),
    options: { ...learned, batch: 21, epochs: 25, ...more },
  });

  test('learns the rule, whatever stands in the padding', async () => {
    const engine = createEngine({ kernels: 'plain', threads: 1 });
    const { trained, events } = await whole(engine, request());
    const losses = events.flatMap((e) => (e.type === 'epoch' ? [e.validation] : []));
    expect(Math.min(...losses)).toBeLessThan(0.05);
    const padded = request();
    padded.table.labels.forEach((label, i) => {
      if (label < 0) padded.table.tokens[i] = 2;
    });
    expect((await whole(engine, padded)).trained.weights).toEqual(trained.weights);
    // the mean is over judged steps alone: the reader finds the same, sentence by sentence
    const reader = engine.reader(model, trained.weights);
    const { tokens, labels, starts, T } = request().table;
    let [sum, count] = [0, 0];
    for (const start of starts.validation) {
      reader.forget();
      for (let t = 0; t < T && labels[start + t]! >= 0; t++, count++) {
        const scores = Array.from(reader.read(tokens[start + t]!));
        sum += Math.log(scores.reduce((a, y) => a + Math.exp(y), 0)) - scores[labels[start + t]!]!;
      }
    }
    expect(sum / count).toBeCloseTo(Math.min(...losses), 5);
  });

  test('bit for bit the same on 1 and 3 threads', async () => {
    const few = request({ epochs: 3, threads: 3 });
    const alone = await whole(createEngine({ kernels: 'plain', threads: 1 }), few);
    const engine = createEngine({ kernels: 'plain', threads: 3, startThread: threads.startThread });
    const shared = await whole(engine, few);
    engine.close();
    expect(shared.trained.weights).toEqual(alone.trained.weights);
    expect(shared.events.filter((e) => e.type === 'epoch').map((e) => e.validation)).toEqual(
      alone.events.filter((e) => e.type === 'epoch').map((e) => e.validation),
    );
  });
});

test('every stream reads a stretch of its own, chunk after chunk', () => {
  expect([...chunkStarts(31, 3, 4)]).toEqual([0, 10, 20, 4, 14, 24]);
  expect([...chunkStarts(31, 3, 5, 100)]).toEqual([100, 110, 120, 105, 115, 125]);
  expect([...chunkStarts(4, 2, 4)]).toEqual([]);
});
