import { describe, expect, test } from 'vitest';
import { classesOf } from '../../../src/core/inside/classes';
import { Look, type LookWindow, placeLook } from '../../../src/core/inside/look';
import { answerLook } from '../../../src/core/inside/request';
import { aimAt, inputsOf, type Subject, subjectOf, windowOf } from '../../../src/core/inside/subject';
import { createEngine } from '../../../src/core/learn/index';
import type { ModelSpec } from '../../../src/core/nn/model';
import { parameterTable } from '../../../src/core/nn/parameters';
import { Random } from '../../../src/core/nn/random';
import type { Series } from '../../../src/core/protocol';
import type { RunRecord } from '../../../src/core/run';
import type { Settings } from '../../../src/core/settings';
import { experimentOn } from '../forecast/laboratory';
import { type Backend, difference, floor } from '../nn/workbench';
import { type Handle, plainNetwork } from './plain';

// odd and unequal, so that no axis can be taken for another; more classes than a panel holds
const [T, D, H, L, V] = [5, 3, 6, 2, 9];
const weights = Float32Array.from({ length: V }, (_, v) => 0.5 + v / 4);
const codes = { last: [7], every: [2, -1, 8, 0, 4] };

function subject(backend: Backend, cell: ModelSpec['cell'], classes: 'last' | 'every') {
  const model: ModelSpec = { cell, activation: 'tanh', D, H, L, O: V, dropout: 0.3, classes };
  const random = new Random(11);
  const table = parameterTable(model);
  const named = Object.fromEntries(
    table.map(({ name, size }) => [name, Array.from({ length: size }, () => 0.6 * random.normal())]),
  );
  const values = Float32Array.from({ length: T * D }, () => random.normal());
  const places = placeLook(model, T, T);
  const { k, f } = floor(backend, places.bytes);
  const look = new Look(k, f, model, places);
  look.take(table.flatMap(({ name }) => named[name]!));
  const window: LookWindow = {
    T,
    table: values,
    centre: 'none',
    columns: 1,
    targets: null,
    labels: { codes: codes[classes], weights },
    loss: 'cross-entropy',
  };
  const x = Array.from({ length: T }, (_, t) => [...values.subarray(t * D, (t + 1) * D)]);
  /** Scores of every step that has a class, from the equations alone. */
  const scoresOf = (handle: Handle = {}) => {
    const states = plainNetwork(model, named, x, handle).quantities.at(-1)!.h!;
    return (classes === 'every' ? states : states.slice(-1)).map((h) =>
      named['head.bias']!.map((b, v) =>
        h.reduce((sum, value, j) => sum + value * named['head.weight']![v * H + j]!, b),
      ),
    );
  };
  return { look, window, scoresOf };
}

/** −ln softmax(scores)[code]. */
const surprise = (scores: number[], code: number) =>
  Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0)) - scores[code]!;
const crossEntropy = (scores: number[][], of: number[], weight: (code: number) => number) =>
  scores.reduce((sum, own, t) => (of[t]! < 0 ? sum : sum + weight(of[t]!) * surprise(own, of[t]!)), 0) / scores.length;

describe.each(['rnn', 'lstm', 'gru'] as const)('%s of classes', (cell) => {
  test.each([
    ['last', 'twin64'],
    ['last', 'plain'],
    ['last', 'relaxed'],
    ['every', 'twin64'],
    ['every', 'plain'],
    ['every', 'relaxed'],
  ] as const)('%s, %s: scores and weighted cross-entropy are those of the equations', (classes, backend) => {
    const { look, window, scoresOf } = subject(backend, cell, classes);
    const { outputs, loss } = look.see(window, { back: true });
    const scores = scoresOf();
    expect(difference(Array.from(outputs), scores.flat())).toBeLessThan(backend === 'twin64' ? 1e-6 : 5e-6);
    expect(loss!).toBeCloseTo(
      crossEntropy(scores, codes[classes], (code) => weights[code]!),
      5,
    );
  });

  test.each(['last', 'every'] as const)('%s: gradients of states are slopes of the cross-entropy', (classes) => {
    const { look, window, scoresOf } = subject('twin64', cell, classes);
    const { layers } = look.see(window, { back: true }).stacks[0]!;
    const loss = (handle: Handle) => crossEntropy(scoresOf(handle), codes[classes], (code) => weights[code]!);
    for (let l = 0; l < L; l++) {
      for (let t = 0; t < T; t++) {
        const slopes = Array.from(
          { length: H },
          (_, j) => (loss({ nudge: { l, t, j, by: 1e-5 } }) - loss({ nudge: { l, t, j, by: -1e-5 } })) / 2e-5,
        );
        expect(layers[l]!.gradient!.h![t]).toBeCloseTo(Math.hypot(...slopes), 6);
      }
      for (const { share } of [layers[l]!.gradient!.recurrent, layers[l]!.gradient!.input])
        expect(share.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 10);
    }
  });

  test.each(['last', 'every'] as const)('%s: of no known class, the gradient is that of the likeliest', (classes) => {
    const { look, window, scoresOf } = subject('twin64', cell, classes);
    const unknown = { ...window, labels: { codes: codes[classes].map(() => -1), weights } };
    const { loss, stacks } = look.see(unknown, { back: true });
    expect(loss).toBeNull();
    const likeliest = scoresOf().map((own) => own.indexOf(Math.max(...own)));
    const nats = (by: number, j: number) =>
      crossEntropy(scoresOf({ nudge: { l: 0, t: 1, j, by } }), likeliest, () => 1);
    const slopes = Array.from({ length: H }, (_, j) => (nats(1e-5, j) - nats(-1e-5, j)) / 2e-5);
    expect(stacks[0]!.layers[0]!.gradient!.h![1]).toBeCloseTo(Math.hypot(...slopes), 7);
  });
});

const rows = 200;
const swing = Float64Array.from({ length: rows }, (_, t) => Math.sin(t / 5) + ((t * 7919) % 13) / 20);
const calm = Float64Array.from(swing, (value) => (value > 0.9 ? 2 : value > 0 ? 0 : 1));
const dated = {
  times: Float64Array.from({ length: rows }, (_, t) => Date.UTC(2021, 0, 1) + t * 86_400_000),
  future: Float64Array.from({ length: 6 }, (_, t) => Date.UTC(2021, 0, 1) + (rows + t) * 86_400_000),
  dateOnly: true,
  season: 1,
};
const values: Series = { names: ['y', 'z'], values: [swing, Float64Array.from(swing, (v) => v * v)], ...dated };
const labels: Series = { names: ['regime', 'x'], values: [calm, swing], labels: ['calm', 'slow', 'wild'], ...dated };
const engine = createEngine({ kernels: 'plain', threads: 1 });

async function trained(series: Series, chosen: Partial<Settings>) {
  const { outcomes, events, settings } = await experimentOn(series, { epochs: 2, hidden: 5, ...chosen });
  const outcome = outcomes[0]!;
  const record = { ...outcome, id: 'r', settings } as unknown as RunRecord;
  return { subject: subjectOf(record, series), weights: new Float32Array(outcome.weights.buffer), outcome, events };
}

function told(subject: Subject, own: Float32Array, at: number, edits: Parameters<typeof windowOf>[2] = []) {
  const aim = aimAt(subject, { run: 'r', at });
  const window = windowOf(subject, aim, edits);
  const { model } = subject.record;
  const answer = answerLook(engine, {
    model,
    window,
    weights: [own],
    what: { type: 'window', back: true },
    rollout: 1,
  });
  if (answer.type !== 'window') throw new Error('another answer');
  return { aim, window, view: answer.view, classes: classesOf(subject, aim, answer.forecast, edits.length > 0)! };
}

describe.each([
  ['direction', values, { task: 'direction', horizon: 2, inputs: ['z'] }],
  ['direction, window scale', values, { task: 'direction', horizon: 1, transform: 'none', scale: 'window' }],
  ['classify', labels, { task: 'classify', horizon: 3, inputs: ['x'] }],
  ['labelling', labels, { task: 'labelling', inputs: ['x'], horizon: 1, classWeights: 'balanced' }],
] as [string, Series, Partial<Settings>][])('%s', (name, series, chosen) => {
  test('a look tells the probabilities the run told, beside the truth', async () => {
    const { subject, weights: own, outcome } = await trained(series, chosen);
    const { origins, firstStep, actual, classes: said } = outcome.test;
    const { classes: V, labels: all, probabilities } = said!;
    const every = name === 'labelling';
    // of labelled rows the last window's second half is judged, the last row by its last step
    for (const back of every ? [0, 3, 5] : [0, 7, origins.length - 1]) {
      const w = origins.length - 1 - back;
      const { classes, view } = told(subject, own, every ? rows - 1 : origins[w]!);
      const step = classes.steps.at(every ? -1 - back : 0)!;
      expect(step.step).toBe(every ? 0 - back : firstStep);
      step.probabilities.forEach((value, v) => {
        expect(value).toBeCloseTo(probabilities[w * V + v]!, 5);
      });
      expect(step.actual).toBe(all[actual[w]!]);
      expect(step.class).toBe(classes.names[step.probabilities.indexOf(Math.max(...(step.probabilities as number[])))]);
      expect(view.loss).toBeGreaterThan(0);
    }
  });

  test('an edited number is that of a series that was so, and a label is not edited', async () => {
    const { subject, weights: own } = await trained(series, chosen);
    const column = name.startsWith('direction') ? 'y' : 'x';
    const before = told(subject, own, 150);
    const after = told(subject, own, 150, [{ step: 10, column, value: 3 }]);
    expect(after.classes.steps.at(-1)!.probabilities).not.toEqual(before.classes.steps.at(-1)!.probabilities);
    expect(after.classes.steps.every(({ actual }) => actual === null)).toBe(true);
    expect(after.view.loss).toBeNull();
    const inputs = inputsOf(subject, after.aim, after.window, [{ step: 10, column, value: 3 }]);
    expect(inputs.find((input) => input.name === column)!.values![10]).toBe(3);
    expect(inputs.map((input) => input.name)).toEqual(
      name === 'classify'
        ? ['x', 'regime = calm', 'regime = slow', 'regime = wild']
        : name === 'labelling'
          ? ['x']
          : ['y', 'z'],
    );
    expect(() => told(subject, own, 150, [{ step: 1, column: 'regime', value: 1 }])).toThrow('"regime"');
  });

  test('its health is watched and its epochs are kept', async () => {
    const { outcome, events } = await trained(series, chosen);
    expect(outcome.health).toBeDefined();
    const done = events.find((event) => event.type === 'trained');
    expect(done?.type === 'trained' && done.epochs?.map(({ epoch }) => epoch)).toEqual([1, 2]);
  });
});

test('past the last row a class is not known, and its time is', async () => {
  const { subject, weights: own } = await trained(values, { task: 'direction', horizon: 2 });
  const { classes, view } = told(subject, own, rows - 1);
  expect(classes.steps).toMatchObject([{ step: 2, actual: null, time: '2021-07-21' }]);
  expect(view.loss).toBeNull();
});
