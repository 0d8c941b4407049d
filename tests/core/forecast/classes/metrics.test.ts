import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { classWeights } from '../../../../src/core/forecast/classes/lesson';
import { classScores, coinScores } from '../../../../src/core/forecast/classes/metrics';

const golden = JSON.parse(
  readFileSync(new URL('../../../fixtures/golden/class_scores.json', import.meta.url), 'utf8'),
) as Golden;

test('scores equal scikit-learn’s, with a class that never occurs and one that is never told', () => {
  const { names, actual, predicted, probabilities, precision, recall, f1, support, confusion } = golden;
  const scores = classScores({ actual, predicted, probabilities: probabilities.flat() }, names, null);
  for (const score of ['accuracy', 'balancedAccuracy', 'macroF1', 'crossEntropy', 'brier'] as const)
    expect(scores[score], score).toBeCloseTo(golden[score], 12);
  expect(scores.confusion).toEqual(confusion);
  scores.perClass.forEach((own, v) => {
    expect(own.support).toBe(support[v]);
    for (const [found, known] of [
      [own.precision, precision[v]!],
      [own.recall, recall[v]!],
      [own.f1, f1[v]!],
    ] as const)
      if (known === null) expect(found).toBeNull();
      else expect(found).toBeCloseTo(known, 12);
  });
  expect(support).toContain(0);
  expect(precision).toContain(null);
});

test('a worked example: accuracy, skill, calibration, and a row of a class that was not learned', () => {
  const scores = classScores(
    {
      actual: [0, 0, 1, 1, 2],
      predicted: [0, 1, 1, 1, 0],
      probabilities: [0.9, 0.1, 0.4, 0.6, 0.2, 0.8, 0.35, 0.65, 0.5, 0.5],
    },
    ['a', 'b'],
    0.5,
  );
  expect(scores).toMatchObject({
    n: 5,
    unseen: 1,
    accuracy: 0.6,
    confusion: [
      [1, 1],
      [0, 2],
    ],
  });
  expect(scores.skill).toBeCloseTo(1 - 0.4 / 0.5, 12);
  expect(scores.crossEntropy).toBeCloseTo(-(Math.log(0.9) + Math.log(0.4) + Math.log(0.8) + Math.log(0.65)) / 4, 12);
  expect(scores.brier).toBeCloseTo((2 * 0.01 + 2 * 0.36 + 2 * 0.04 + 2 * 0.1225) / 4, 12);
  // bins 0.6–0.7 with one of two right at 0.6 and 0.65, 0.8–0.9 right at 0.8, 0.9–1 right at 0.9
  expect(scores.calibration).toBeCloseTo((Math.abs(1 - 1.25) + 0.2 + 0.1) / 4, 12);
  expect(scores.perClass[0]).toMatchObject({ support: 2, predicted: 2, precision: 0.5, recall: 0.5, f1: 0.5 });
});

test('a coin is right as often as shares of training and test meet, and as sure as the shares say', () => {
  const actual = [0, 0, 0, 1];
  const coin = coinScores(actual, [0.6, 0.4], ['a', 'b'], 0.75);
  expect(coin.accuracy).toBeCloseTo(0.75 * 0.6 + 0.25 * 0.4, 12);
  expect(coin.balancedAccuracy).toBeCloseTo(0.5, 12);
  expect(coin.crossEntropy).toBeCloseTo(-(3 * Math.log(0.6) + Math.log(0.4)) / 4, 12);
  expect(coin.skill).toBeCloseTo(1 - 0.45 / 0.25, 12);
});

test('balanced weights are those of scikit-learn, and the mean example weighs 1', () => {
  expect([...classWeights([5, 3, 2], 'none')]).toEqual([1, 1, 1]);
  const weights = classWeights([5, 3, 2], 'balanced');
  for (const [v, known] of [10 / 15, 10 / 9, 10 / 6].entries()) expect(weights[v]).toBeCloseTo(known, 6);
  expect((5 * weights[0]! + 3 * weights[1]! + 2 * weights[2]!) / 10).toBeCloseTo(1, 6);
});

interface Golden {
  names: string[];
  actual: number[];
  predicted: number[];
  probabilities: number[][];
  accuracy: number;
  balancedAccuracy: number;
  macroF1: number;
  crossEntropy: number;
  brier: number;
  precision: (number | null)[];
  recall: (number | null)[];
  f1: (number | null)[];
  support: number[];
  confusion: number[][];
}
