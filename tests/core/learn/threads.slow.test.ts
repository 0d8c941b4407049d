import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../../src/core/learn';
import type { Engine, TrainRequest } from '../../../src/core/learn/engine';
import { together } from '../../../src/core/learn/together';
import { control, options, sine, spec, whole } from './lesson';
import { builtThreads } from './threads';

let threads: Awaited<ReturnType<typeof builtThreads>>;
beforeAll(async () => {
  threads = await builtThreads();
});
afterAll(() => threads.remove());

async function withEngine<R>(count: number, kernels: 'plain' | 'relaxed', use: (engine: Engine) => Promise<R>) {
  const engine = createEngine({ kernels, threads: count, startThread: threads.startThread });
  try {
    return await use(engine);
  } finally {
    engine.close();
  }
}

const request = (cell: 'rnn' | 'lstm' | 'gru', more: Partial<TrainRequest['options']> = {}): TrainRequest => ({
  model: spec(cell, { H: 20, L: 2, dropout: 0.2 }),
  table: sine(300, 14),
  // the last batch is ragged, and so is its last slice
  options: { ...options, batch: 67, epochs: 4, threads: 3, ...more },
});

describe.each(['plain', 'relaxed'] as const)('%s kernels', (kernels) => {
  test.each(['rnn', 'lstm', 'gru'] as const)('%s: bit for bit the same on 1, 2 and 3 threads', async (cell) => {
    const alone = await whole(createEngine({ kernels, threads: 1 }), request(cell));
    for (const count of [1, 2, 3])
      await withEngine(count, kernels, async (engine) => {
        const shared = await whole(engine, request(cell));
        expect(shared.trained.weights).toEqual(alone.trained.weights);
        expect(shared.epochs.map((e) => [e.train, e.validation])).toEqual(
          alone.epochs.map((e) => [e.train, e.validation]),
        );
      });
  });
});

test.each(['after', 'input'] as const)('memory %s: bit for bit the same on 1 and 3 threads', async (memory) => {
  const asked = request('rnn');
  const kind = { ...asked, model: { ...asked.model, memory } };
  const alone = await whole(createEngine({ kernels: 'plain', threads: 1 }), kind);
  for (const count of [1, 3])
    await withEngine(count, 'plain', async (engine) => {
      expect((await whole(engine, kind)).trained.weights).toEqual(alone.trained.weights);
    });
  const before = await whole(createEngine({ kernels: 'plain', threads: 1 }), asked);
  expect(alone.epochs.at(-1)!.train).not.toBe(before.epochs.at(-1)!.train);
  expect(alone.epochs.at(-1)!.train).toBeLessThan(alone.epochs[0]!.train);
});

test('several models at once end as each alone', async () => {
  const cells = ['rnn', 'lstm', 'gru', 'lstm'] as const;
  const requests = cells.map((cell, i) => request(cell, { seed: i, epochs: 6 }));
  await withEngine(2, 'plain', async (engine) => {
    const seen = await Promise.all(requests.map((r) => whole(engine, r)));
    for (const [i, r] of requests.entries()) {
      const alone = await whole(createEngine({ kernels: 'plain', threads: 1 }), r);
      expect(seen[i]!.trained.weights).toEqual(alone.trained.weights);
    }
    const events: string[] = [];
    for await (const event of together(requests.slice(0, 2).map((r) => engine.train(r, control))))
      events.push(event.type);
    expect(events.filter((type) => type === 'epoch')).toHaveLength(12);
  });
});

/** Trains for a while after the third epoch, held or not, and is then stopped; returns what came of it. */
async function stoppedAfterAWhile(engine: Engine, held: boolean) {
  let resume = () => {};
  let allowed: Promise<void> = Promise.resolve();
  const hand = { ...control, stopping: false, whileAllowed: () => allowed };
  const steps = engine.train(request('lstm', { epochs: 100_000 }), hand);
  const seen: number[] = [];
  let three = () => {};
  const begun = new Promise<void>((resolve) => {
    three = resolve;
  });
  const run = (async () => {
    for (;;) {
      const step = await steps.next();
      if (step.done) return step.value;
      if (step.value.type !== 'epoch' || seen.push(step.value.epoch) !== 3) continue;
      if (held)
        allowed = new Promise((resolve) => {
          resume = resolve;
        });
      three();
    }
  })();
  await begun;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  hand.stopping = true;
  resume();
  return { trained: await run, seen };
}

test('a paused training holds its threads; a stop ends it with its best epoch', async () => {
  await withEngine(2, 'plain', async (engine) => {
    const free = await stoppedAfterAWhile(engine, false);
    const held = await stoppedAfterAWhile(engine, true);
    for (const { trained, seen } of [free, held]) {
      expect(trained.stopped).toBe('interrupted');
      expect(seen).toEqual(Array.from({ length: trained.epochs }, (_, i) => i + 1));
      expect(trained.bestEpoch).toBeGreaterThan(0);
    }
    // in the same while it would have gone on as the free one did; what it did before it was told counts little
    expect(held.trained.epochs).toBeLessThan(free.trained.epochs / 2);
  });
});

test.each([
  ['leads', 0],
  ['helps', 1],
])('a thread that dies while it %s fails its training, and is replaced', async (_, which) => {
  const started: { end(): void }[] = [];
  const engine = createEngine({
    kernels: 'plain',
    threads: 2,
    startThread: () => {
      const thread = threads.startThread();
      started.push(thread);
      return thread;
    },
  });
  const failing = engine.train(request('gru', { epochs: 100_000 }), control);
  const end = (async () => {
    for (let epochs = 0; ; ) {
      const step = await failing.next();
      if (step.done) throw new Error('the training ended by itself');
      if (step.value.type === 'epoch' && ++epochs === 20) started[which]!.end();
    }
  })();
  await expect(end).rejects.toThrow('training thread ended');
  const alone = await whole(createEngine({ kernels: 'plain', threads: 1 }), request('gru'));
  const again = await Promise.all([whole(engine, request('gru')), whole(engine, request('gru'))]);
  for (const { trained } of again) expect(trained.weights).toEqual(alone.trained.weights);
  engine.close();
});
