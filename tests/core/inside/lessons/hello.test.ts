import { expect, test } from 'vitest';
import {
  type HelloWeights,
  helloForward,
  helloGradient,
  helloInputs,
  helloLoss,
  helloNames,
  helloStart,
  helloTargets,
  helloTrained,
  helloVocabulary,
  helloWritten,
} from '../../../../src/core/inside/lessons/hello';
import { createEngine } from '../../../../src/core/learn';
import type { ModelSpec } from '../../../../src/core/nn/model';
import { parameterTable } from '../../../../src/core/nn/parameters';

const start = helloStart();

test('the word is read a character at a time, and the next is to be said', () => {
  expect(helloInputs.map((i) => helloVocabulary[i]).join('')).toBe('hell');
  expect(helloTargets.map((i) => helloVocabulary[i]).join('')).toBe('ello');
});

test('every number is what the lab’s own engine computes', () => {
  const model: ModelSpec = {
    cell: 'rnn',
    activation: 'tanh',
    ...{ D: 4, H: 3, L: 1, O: 4, dropout: 0 },
    tokens: { V: 4, embedding: 'one-hot' },
  };
  for (const w of [start, helloTrained(start, 1, 7)]) {
    const named: Record<string, number[]> = {
      weight_ih_l0: w.Wxh.flat(),
      weight_hh_l0: w.Whh.flat(),
      bias_ih_l0: w.bh.flat(),
      bias_hh_l0: [0, 0, 0],
      'head.weight': w.Why.flat(),
      'head.bias': w.by.flat(),
    };
    const weights = Float32Array.from(parameterTable(model).flatMap(({ name }) => named[name]!));
    const reader = createEngine({ kernels: 'plain', threads: 1 }).reader(model, weights);
    for (const { x, y } of helloForward(w)) {
      const scores = reader.read(x.indexOf(1));
      for (const [v, score] of y.entries()) expect(Math.abs(scores[v]! - score)).toBeLessThan(2e-6);
    }
  }
});

test('the gradient is that of the loss, by differences', () => {
  const w = helloTrained(start, 1, 3);
  const gradient = helloGradient(w, helloForward(w));
  const lossWith = (name: keyof HelloWeights, i: number, j: number, by: number) => {
    const moved = w[name].map((row, r) => row.map((value, c) => (r === i && c === j ? value + by : value)));
    return helloLoss(helloForward({ ...w, [name]: moved }));
  };
  for (const name of helloNames)
    for (const [i, row] of w[name].entries())
      for (const j of row.keys()) {
        const slope = (lossWith(name, i, j, 1e-5) - lossWith(name, i, j, -1e-5)) / 2e-5;
        expect(gradient[name][i]![j], `${name} ${i} ${j}`).toBeCloseTo(slope, 8);
      }
});

test('it begins with wrong guesses, and training corrects them', () => {
  const wrong = (w: HelloWeights) => helloForward(w).filter(({ guess, target }) => guess !== target).length;
  expect(wrong(start)).toBeGreaterThan(1);
  const losses = [0, 1, 2, 5, 20, 60].map((count) => helloLoss(helloForward(helloTrained(start, 1, count))));
  expect(losses).toEqual(losses.toSorted((a, b) => b - a));
  expect(wrong(helloTrained(start, 1, 60))).toBe(0);
  expect(helloWritten(helloTrained(start, 1, 60))).toBe('hello');
  expect(helloWritten(start)).not.toBe('hello');
});
