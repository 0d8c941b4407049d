import { describe, expect, test } from 'vitest';
import { LabError } from '../../../src/core/errors';
import { createEngine } from '../../../src/core/learn';
import { optimizerNames } from '../../../src/core/setting-names';
import { control, options, sine, spec, whole } from './lesson';

const engine = createEngine({ kernels: 'plain', threads: 1 });

test('the same request gives the same weights, another seed others', async () => {
  const request = {
    model: spec('gru', { dropout: 0.3, L: 2 }),
    table: sine(200, 9),
    options: { ...options, epochs: 3 },
  };
  const first = await whole(engine, request);
  expect((await whole(engine, request)).trained.weights).toEqual(first.trained.weights);
  const other = await whole(engine, { ...request, options: { ...request.options, seed: 2 } });
  expect(other.trained.weights).not.toEqual(first.trained.weights);
});

test.each(optimizerNames)('%s brings the loss down', async (optimizer) => {
  const learningRate = optimizer === 'sgd' ? 0.05 : 0.005;
  const { epochs } = await whole(engine, {
    model: spec('lstm'),
    table: sine(300, 10),
    options: { ...options, optimizer, learningRate, epochs: 15 },
  });
  expect(epochs.at(-1)!.train).toBeLessThan(0.3 * epochs[0]!.train);
});

test.each(['mse', 'mae', 'huber'] as const)('the validation loss is the mean %s of the forecasts', async (loss) => {
  const table = sine(220, 8);
  const model = spec('rnn');
  const { trained, epochs } = await whole(engine, { model, table, options: { ...options, loss, epochs: 4 } });
  const at = table.starts.validation;
  const errors = Array.from(engine.predict(model, trained.weights, table, at), (y, i) =>
    Math.abs(y - table.inputs[at[i]! + 8]!),
  );
  const point = {
    mse: (e: number) => e * e,
    mae: (e: number) => e,
    huber: (e: number) => (e <= 1 ? (e * e) / 2 : e - 0.5),
  };
  const mean = errors.reduce((sum, e) => sum + point[loss](e), 0) / errors.length;
  expect(mean).toBeCloseTo(epochs[trained.bestEpoch - 1]!.validation, 6);
});

test('patience stops a training that no longer improves, and the best epoch is given back', async () => {
  const table = sine(200, 9);
  // far too fast to settle, so that later epochs are worse
  const request = { model: spec('rnn'), table, options: { ...options, learningRate: 0.05, epochs: 500, patience: 5 } };
  const { trained, epochs } = await whole(engine, request);
  expect(trained.stopped).toBe('patience');
  expect(epochs).toHaveLength(trained.epochs);
  expect(trained.epochs - trained.bestEpoch).toBe(5);
  const losses = epochs.map((epoch) => epoch.validation);
  expect(losses[trained.bestEpoch - 1]).toBe(Math.min(...losses));
  expect(trained.weights).toEqual(epochs[trained.bestEpoch - 1]!.weights);
  expect(epochs.at(-1)!.bestEpoch).toBeLessThan(epochs.at(-1)!.epoch);
  expect(epochs[trained.bestEpoch - 1]!.weights).toEqual(trained.weights);
  expect(epochs.at(-1)!.weights).not.toEqual(trained.weights);
});

test('a gradient that overflows is told, and the weights are those before it', async () => {
  const table = sine(200, 9);
  table.inputs[100] = 3e38;
  const { trained } = await whole(engine, { model: spec('lstm'), table, options });
  expect(trained).toMatchObject({
    stopped: 'diverged',
    epochs: 0,
    bestEpoch: 0,
    trouble: { epoch: 1, what: 'gradient' },
  });
  expect(trained.weights.every(Number.isFinite)).toBe(true);
});

test('a rate that is far too high diverges, is told, and leaves finite weights', async () => {
  const { trained, epochs } = await whole(engine, {
    model: spec('rnn', { activation: 'relu', H: 32 }),
    table: sine(300, 30),
    options: { ...options, optimizer: 'sgd', learningRate: 10, clip: 0, epochs: 50 },
  });
  expect(trained.stopped).toBe('diverged');
  expect(trained.trouble?.epoch).toBe(trained.epochs + 1);
  expect(trained.weights.every(Number.isFinite)).toBe(true);
  expect(trained.bestEpoch).toBe(epochs.filter(({ epoch, bestEpoch }) => epoch === bestEpoch).at(-1)?.epoch ?? 0);
});

test('a stop ends training after the batch it comes in, with the best epoch', async () => {
  const hand = { ...control, stopping: false };
  const steps = engine.train({ model: spec('gru'), table: sine(300, 12), options: { ...options, epochs: 9999 } }, hand);
  let step = await steps.next();
  let best = 0;
  for (; !step.done; step = await steps.next())
    if (step.value.type === 'epoch') {
      best = step.value.bestEpoch;
      if (step.value.epoch === 3) hand.stopping = true;
    }
  expect(step.value).toMatchObject({ stopped: 'interrupted', epochs: 3, bestEpoch: best });
});

test('the host breathes while a training runs, and holds it while it is not allowed', async () => {
  let breaths = 0;
  let clock = 0;
  let release = () => {};
  const hand = {
    ...control,
    // every look at the clock is ten milliseconds later
    now: () => (clock += 10),
    breathe: async () => {
      breaths++;
    },
    whileAllowed: () =>
      breaths === 3
        ? new Promise<void>((resolve) => {
            release = resolve;
          })
        : Promise.resolve(),
  };
  const run = whole(engine, { model: spec('rnn'), table: sine(200, 9), options: { ...options, epochs: 4 } }, hand);
  await new Promise((resolve) => setImmediate(resolve));
  expect(breaths).toBe(3);
  await new Promise((resolve) => setImmediate(resolve));
  expect(breaths).toBe(3);
  release();
  expect((await run).trained.stopped).toBe('epochs');
  expect(breaths).toBeGreaterThan(3);
});

describe('memory', () => {
  const request = {
    model: spec('lstm', { H: 1024, L: 4 }),
    table: sine(5000, 2000),
    options: { ...options, batch: 256 },
  };
  test('a training beyond the limit is refused with the figure, before anything is placed', async () => {
    const { bytes } = engine.memory(request);
    const refusal = await whole(engine, request).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(LabError);
    expect(refusal).toMatchObject({ code: 'experiment.too-much-memory', facts: { needed: Math.ceil(bytes / 1e6) } });
  });
  test('a truncated gradient needs less', () => {
    const less = engine.memory({ ...request, options: { ...request.options, tbptt: 100 } });
    expect(less.bytes).toBeLessThan(engine.memory(request).bytes / 2);
  });
  test('the figure is the sum of its table', () => {
    const { bytes, table } = engine.memory({ ...request, model: spec('gru') });
    const sum = table.reduce((total, row) => total + row.bytes, 0);
    expect(bytes).toBeGreaterThanOrEqual(sum);
    expect(bytes - sum).toBeLessThan(100 * table.length);
    for (const { shape, bytes: size } of table) expect([4, 8]).toContain(size / shape.reduce((a, b) => a * b, 1));
  });
});

test('tbptt truncates: gradients stop at the given step, so training goes another way', async () => {
  const request = (tbptt: number) => ({
    model: spec('rnn'),
    table: sine(200, 12),
    options: { ...options, epochs: 2, tbptt },
  });
  const full = await whole(engine, request(0));
  expect((await whole(engine, request(12))).trained.weights).toEqual(full.trained.weights);
  expect((await whole(engine, request(50))).trained.weights).toEqual(full.trained.weights);
  expect((await whole(engine, request(3))).trained.weights).not.toEqual(full.trained.weights);
});
