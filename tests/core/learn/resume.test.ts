import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../../src/core/learn';
import type { Engine, TrainEvent, Trained, TrainOptions, TrainState } from '../../../src/core/learn/engine';
import { Pace } from '../../../src/core/learn/pace';
import type { TokenRequest } from '../../../src/core/learn/tokens';
import { cellNames, type ModelSpec } from '../../../src/core/nn/model';
import { Random } from '../../../src/core/nn/random';
import { streamsOf } from '../../../src/core/text/streams';
import { control, options, sine, spec } from './lesson';
import { builtThreads } from './threads';

type EpochEvent = Extract<TrainEvent, { type: 'epoch' }>;
type Start = (from: TrainState | null, by: typeof control, engine: Engine) => ReturnType<Engine['train']>;

/** Trains to the end, or until the person stops it in the middle of the epoch after `last`. */
async function sitting(start: Start, engine: Engine, from: TrainState | null, last = Number.POSITIVE_INFINITY) {
  const by = { ...control, stopping: false };
  const epochs: EpochEvent[] = [];
  const training = start(from, by, engine);
  for (;;) {
    const { value, done } = await training.next();
    if (done) return { trained: value, epochs };
    if (value.type !== 'epoch') continue;
    epochs.push(value);
    by.stopping = value.epoch === last;
  }
}

/** All that a training says and leaves but for the time it took. */
function all(sittings: { trained: Trained; epochs: EpochEvent[] }[]) {
  const curves = sittings
    .flatMap((one) => one.epochs)
    .map(({ epoch, bestEpoch, train, validation, gradientNorm }) => ({
      ...{ epoch, bestEpoch, train, validation, gradientNorm },
    }));
  const { seconds: _, samplesPerSecond: __, state, ...rest } = sittings.at(-1)!.trained;
  return { curves, ...rest, state: state && { ...state, seconds: 0 } };
}

const trainings = (model: ModelSpec, more: Partial<TrainOptions> = {}, table = sine(240, 14)): Start => {
  const asked = { model, table, options: { ...options, batch: 67, epochs: 9, threads: 3, ...more } };
  return (from, by, engine) => engine.train({ ...asked, from }, by);
};

const random = new Random(4);
const tokens = (count: number) => Int32Array.from({ length: count }, () => Math.floor(random.uniform() * 5));
const streams = streamsOf(tokens(900), tokens(150), { N: 9, T: 6 });
const language = (cell: ModelSpec['cell'], carried: boolean): Start => {
  const model = spec(cell, { D: 4, O: 5, L: 2, dropout: 0.2, tokens: { V: 5, embedding: 'learned' } });
  const asked: TokenRequest = { model, table: { ...streams, carried }, options: { ...options, batch: 9, epochs: 9 } };
  return (from, by, engine) => engine.trainTokens({ ...asked, from }, by);
};

const alone = () => createEngine({ kernels: 'plain', threads: 1 });
const kinds: [string, Start][] = [
  ...cellNames.map((cell): [string, Start] => [`${cell}, dropout`, trainings(spec(cell, { L: 2, dropout: 0.2 }))]),
  ['patience', trainings(spec('lstm'), { patience: 3, learningRate: 0.2, epochs: 60 })],
  ['cosine schedule, adamw', trainings(spec('gru'), { schedule: 'cosine', optimizer: 'adamw' })],
  ['decay, sgd', trainings(spec('gru'), { schedule: 'decay', optimizer: 'sgd' })],
  ['rmsprop', trainings(spec('gru'), { optimizer: 'rmsprop' })],
  ['truncated gradient', trainings(spec('lstm'), { tbptt: 5 })],
  ['scheduled sampling', trainings(spec('lstm', { dropout: 0.1, L: 2 }), { sampling: 0.7, unroll: 4, rollout: 4 })],
  [
    'scheduled sampling in a decoder',
    trainings(spec('gru', { O: 1, decoder: { steps: 1, attention: 'bahdanau' } }), { sampling: 0.5 }),
  ],
  ['a language model over streams', language('gru', true)],
  ['tokens from anywhere', language('lstm', false)],
];

describe.each(kinds)('%s', (_, start) => {
  test('stopped twice and gone on with, it is bit for bit as if it had never stopped', async () => {
    const never = await sitting(start, alone(), null);
    const first = await sitting(start, alone(), null, 2);
    expect(first.trained).toMatchObject({ stopped: 'interrupted', epochs: 2 });
    const second = await sitting(start, alone(), structuredClone(first.trained.state), 4);
    expect(second.trained).toMatchObject({ stopped: 'interrupted', epochs: 4 });
    const third = await sitting(start, alone(), structuredClone(second.trained.state));
    expect(all([first, second, third])).toEqual(all([never]));
    expect(third.trained.seconds).toBeGreaterThan(second.trained.state!.seconds);
  });
});

describe('threads', () => {
  let threads: Awaited<ReturnType<typeof builtThreads>>;
  beforeAll(async () => {
    threads = await builtThreads();
  });
  afterAll(() => threads.remove());

  test.each(cellNames)('%s: stopped on one thread, gone on with on three, and the other way round', async (cell) => {
    const [short, long] = [4, 9].map((epochs) => trainings(spec(cell, { H: 20, L: 2, dropout: 0.2 }), { epochs }));
    const crew = createEngine({ kernels: 'plain', threads: 3, startThread: threads.startThread });
    try {
      const never = all([await sitting(long!, alone(), null)]);
      for (const [before, after] of [
        [alone(), crew],
        [crew, alone()],
      ] as const) {
        const first = await sitting(short!, before, null);
        expect(all([first, await sitting(long!, after, first.trained.state)])).toEqual(never);
      }
    } finally {
      crew.close();
    }
  });
});

describe('a state', () => {
  const start = trainings(spec('gru'), { epochs: 4 });
  test('of a training that has ended says so again', async () => {
    const { trained } = await sitting(start, alone(), null);
    const again = await sitting(start, alone(), trained.state);
    expect(again.epochs).toEqual([]);
    expect(again.trained).toMatchObject({ stopped: 'epochs', epochs: 4, weights: trained.weights });
  });
  test('of another model, or damaged, is refused', async () => {
    const { state } = (await sitting(start, alone(), null, 2)).trained;
    const other = trainings(spec('gru', { H: 13 }));
    await expect(sitting(other, alone(), state)).rejects.toMatchObject({ code: 'resume.damaged' });
    const moments = state!.moments.map((values) => values.slice()) as TrainState['moments'];
    moments[1][3] = Number.NaN;
    await expect(sitting(start, alone(), { ...state!, moments })).rejects.toThrow('not finite');
  });
  test('is none where training diverged', async () => {
    const wild = trainings(spec('rnn', { activation: 'relu' }), { learningRate: 1e30, clip: 0, optimizer: 'sgd' });
    const { trained } = await sitting(wild, alone(), null);
    expect(trained).toMatchObject({ stopped: 'diverged', state: null });
  });
});

describe('pace', () => {
  const dues = (pace: Pace, seconds: number) =>
    Array.from({ length: seconds * 2 }, (_, i) => i / 2).filter((second) => pace.isDue(second * 1000));
  test('as long after the last time as was trained by then, half a minute at most', () => {
    expect(dues(new Pace(0, 1000), 120)).toEqual([1, 2, 4, 8, 16, 32, 62, 92]);
  });
  test('what is large is kept less often', () => {
    // 16 bytes a number: 480 MB are two minutes of 4 MB each second
    expect(dues(new Pace(0, 30_000_000), 300)).toEqual([1, 121, 241]);
  });
});
