import { expect, test } from 'vitest';
import type {
  LessonAnswer,
  LessonProgress,
  LessonRequest,
  TrialAnswer,
} from '../../../../src/core/inside/lessons/request';
import { runLesson } from '../../../../src/core/inside/lessons/run';
import {
  leastRecallError,
  likeBefore,
  marked,
  products,
  recall,
  tableOf,
} from '../../../../src/core/inside/lessons/tasks';
import { createEngine } from '../../../../src/core/learn';
import { control } from '../../learn/lesson';

/** What the lessons say must be what happens. */
const engine = createEngine({ kernels: 'plain', threads: 1 });

async function learn(
  request: LessonRequest,
  how = control,
  by = engine,
): Promise<{ answer: LessonAnswer; told: LessonProgress[] }> {
  const told: LessonProgress[] = [];
  const lesson = runLesson(by, request, how);
  for (;;) {
    const { value, done } = await lesson.next();
    if (done) return { answer: value, told };
    told.push(value);
  }
}
async function errors(request: LessonRequest): Promise<Record<string, number>> {
  const { answer } = await learn(request);
  return Object.fromEntries(answer.trials.map(({ name, error }) => [name, error ?? Number.POSITIVE_INFINITY]));
}

test('a recalled series tells of its next value only by the one that far back', () => {
  const x = recall(6, 400_000, 1);
  const correlation = (lag: number) => {
    let sum = 0;
    for (let t = lag; t < x.length; t++) sum += x[t]! * x[t - lag]!;
    return sum / (x.length - lag);
  };
  expect(correlation(0)).toBeCloseTo(1, 1);
  expect(correlation(6) / correlation(0)).toBeCloseTo(0.95, 2);
  for (const lag of [1, 2, 3, 4, 5, 7]) expect(Math.abs(correlation(lag))).toBeLessThan(0.05);
  expect(leastRecallError).toBeCloseTo(0.0975, 12);
});

test('a series of products is one, but for one sign in twenty', () => {
  const x = products(4, 20_000, 1);
  let right = 0;
  for (let t = 4; t < x.length; t++) if (x[t] === x[t - 1]! * x[t - 4]!) right++;
  expect(right / (x.length - 4)).toBeCloseTo(0.95, 2);
  expect(Math.abs(x.reduce((sum, v) => sum + v, 0) / x.length)).toBeLessThan(0.05);
});

test('windows lie within their part, and bits are labelled by the one before', () => {
  const { starts } = tableOf([recall(2, 100, 1)], { T: 10, steps: 3 });
  expect(starts.train.at(-1)! + 10 + 3).toBe(70);
  expect([starts.validation[0], starts.validation.at(-1)! + 10 + 3]).toEqual([70, 100]);
  const { tokens, labels, T } = likeBefore(64, 16, 1);
  labels.forEach((label, t) => {
    expect(label).toBe(t % T === 0 ? -1 : tokens[t] === tokens[t - 1] ? 1 : 0);
  });
});

test('lesson 3: without clipping ReLU explodes, tanh learns, and the gradient of the logistic function starves', async () => {
  const { answer, told } = await learn({ lesson: 'activations', rate: 0.05, steps: 60, clip: 0 });
  const [tanh, relu, sigmoid] = answer.trials;
  expect(answer.trials.map(({ name }) => name)).toEqual(['tanh', 'relu', 'sigmoid']);
  expect(relu!.stopped).toBe('diverged');
  expect(tanh!.error).toBeLessThan(0.03);
  expect(sigmoid!.error!).toBeGreaterThan(2 * tanh!.error!);
  expect(sigmoid!.gradient![0]!).toBeLessThan(1e-12 * sigmoid!.gradient!.at(-1)!);
  expect(told.at(-1)!.done).toBeGreaterThan(told[0]!.done);
});

test('a marked number comes again as the last of its window, and nothing else does', () => {
  const { inputs, starts, T, D } = marked(9, 50, 1);
  for (const start of [...starts.train, ...starts.validation]) {
    const own = Array.from({ length: T + 1 }, (_, t) => inputs[(start + t) * D]);
    expect(own.indexOf(own[T])).toBe(0);
    expect(Array.from({ length: T }, (_, t) => inputs[(start + t) * D + 1])).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
  }
  expect([starts.train.length, starts.validation.length]).toEqual([35, 15]);
});

test.each(['plain', 'best'] as const)(
  'lesson 4, %s: from uniform weights the RNN loses the marked number and its gradient dies, LSTM and GRU keep both; orthogonal weights bring it near',
  async (kernels) => {
    const own = createEngine({ kernels, threads: 1 });
    const ask = { lesson: 'vanishing', lag: 15, rate: 0.01, clip: 1 } as const;
    const { answer: uniform } = await learn({ ...ask, init: 'uniform' }, control, own);
    const [rnn, lstm, gru] = uniform.trials;
    const left = ({ gradient }: TrialAnswer) => gradient![0]! / Math.max(...(gradient as number[]));
    expect(rnn!.gradient).toHaveLength(15);
    expect(rnn!.error!).toBeGreaterThan(0.2);
    expect(left(rnn!)).toBeLessThan(1e-6);
    for (const gated of [lstm!, gru!]) {
      expect(gated.error!).toBeLessThan(0.01);
      expect(left(gated)).toBeGreaterThan(0.01);
    }
    const { answer: orthogonal } = await learn({ ...ask, init: 'orthogonal' }, control, own);
    expect(orthogonal.trials[0]!.error!).toBeLessThan(0.05);
    expect(orthogonal.trials[0]!.error!).toBeGreaterThan(2 * orthogonal.trials[1]!.error!);
  },
);

test('lesson 5: what lies beyond the truncation is hardly learned, with the whole gradient it is', async () => {
  const found = await errors({ lesson: 'truncation', lag: 16 });
  expect(found.all).toBeLessThan(0.3);
  expect(found['7 steps']).toBeGreaterThan(0.6);
  expect(found['10 steps']).toBeGreaterThan(found.all! + 0.2);
});

test('lesson 6: a product of two earlier signs is learned where memory enters before the activation', async () => {
  const found = await errors({ lesson: 'memory', lag: 4 });
  expect(found.before).toBeLessThan(0.3);
  expect(found.after).toBeGreaterThan(0.8);
  expect(found.input).toBeGreaterThan(found.before! + 0.2);
});

test('lesson 8: every shape is learned', async () => {
  const most = {
    'one-to-one': 0.02,
    'one-to-many': 0.02,
    'many-to-one': 0.05,
    'encoder-decoder': 0.08,
    'every-step': 0.3,
  };
  for (const [shape, error] of Object.entries(most)) {
    const { answer } = await learn({ lesson: 'shapes', shape: shape as keyof typeof most, hidden: 12 });
    const { error: found, sample } = answer.trials[0]!;
    expect(found, shape).toBeLessThan(error);
    expect(sample!.forecast, shape).toHaveLength(sample!.came.length);
  }
});

test('lesson 9: errors by step are those of the roll-out, and the first step’s that of one step', async () => {
  const { answer } = await learn({ lesson: 'feedback', noise: 0.1, horizon: 8 });
  for (const { byStep, error, sample } of answer.trials) {
    expect(byStep).toHaveLength(8);
    expect(byStep![0]!).toBeCloseTo(Math.sqrt(error!), 2);
    expect(sample!.forecast).toHaveLength(8);
  }
});

test('lesson 10: attention copies better than the last state alone, and its map is a diagonal', async () => {
  const { answer } = await learn({ lesson: 'attention', lag: 12 });
  const [none, bahdanau, luong] = answer.trials;
  expect(none!.attention).toBe(null);
  expect(luong!.error!).toBeLessThan(0.7 * none!.error!);
  expect(bahdanau!.error!).toBeLessThan(0.8 * none!.error!);
  for (const { attention } of [bahdanau!, luong!]) {
    expect(attention).toHaveLength(4);
    const places = attention!.map((row) => {
      expect(row.reduce<number>((sum, weight) => sum + weight!, 0)).toBeCloseTo(1, 4);
      return row.indexOf(Math.max(...(row as number[])));
    });
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    for (const [k, place] of places.entries()) expect(Math.abs(place - k)).toBeLessThanOrEqual(1);
  }
});

test('a lesson that is stopped answers with what it has', async () => {
  const stopping = { ...control, stopping: true };
  const { answer } = await learn({ lesson: 'memory', lag: 4 }, stopping);
  expect(answer.trials.map(({ stopped }) => stopped)).toEqual(['interrupted', 'interrupted', 'interrupted']);
});
