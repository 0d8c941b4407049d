import type { Baseline, ClassReport, ClassScore, Predictions, RunRecord, Spread } from '../../run';
import type { Settings } from '../../settings';
import { overlapOf } from '../classes/layout';
import { scoresPerClass } from '../classes/metrics';
import { pairedErrors } from '../classes/paired';
import { betterBaseline, meanErrors, referenceErrors } from '../classes/verdict';
import { spreadOf } from '../seeds';
import type { ComparedRun } from '.';
import type { Trial } from './tests';

/** What is said of a model whose answer is a class, over its seeds. */
export interface ComparedClasses {
  scores: Record<ComparedClassScore, Spread>;
  /** The learned classes; scores of each are made of the counts below. */
  perClass: ClassScore[];
  /** [V][V] rows: what was, columns: what was told; summed over the seeds. */
  confusion: number[][];
  /** Judged rows of classes that were not learned, summed over the seeds; they count as wrong. */
  unseen: number;
}
export const comparedClassScores = ['accuracy', 'balancedAccuracy', 'macroF1', 'crossEntropy', 'skill'] as const;
export type ComparedClassScore = (typeof comparedClassScores)[number];

/** null for a model that forecasts numbers. */
export function comparedClasses(records: RunRecord[]): ComparedClasses | null {
  const tests = records.flatMap(({ classes }) => classes?.metrics.test ?? []);
  const [first] = tests;
  if (!first) return null;
  const sum = (value: (test: (typeof tests)[number]) => number) =>
    tests.reduce((total, test) => total + value(test), 0);
  const confusion = first.confusion.map((row, v) => row.map((_, told) => sum((test) => test.confusion[v]![told]!)));
  return {
    scores: Object.fromEntries(
      comparedClassScores.map((score) => [score, spreadOf(tests.map((test) => test[score]))]),
    ) as ComparedClasses['scores'],
    perClass: scoresPerClass({
      names: first.perClass.map(({ name }) => name),
      confusion,
      were: first.perClass.map((_, v) => sum((test) => test.perClass[v]!.support)),
      called: first.perClass.map((_, v) => sum((test) => test.perClass[v]!.predicted)),
    }),
    confusion,
    unseen: sum(({ unseen }) => unseen),
  };
}

/** By what models of classes are measured: right and wrong row by row, against the baseline that is right most often. */
export function classTrial(classes: ClassReport, settings: Settings, test: Predictions, baselines: Baseline[]): Trial {
  const overlap = overlapOf(settings);
  const reference = betterBaseline(baselines)?.name ?? 'majority';
  return {
    losses: (runs: ComparedRun[]) => meanErrors(runs),
    reference: referenceErrors(reference, test, classes),
    test(first, second) {
      const found = pairedErrors(first, second, overlap);
      if (!found) return null;
      const { statistic, p, pSecond, windows } = found;
      return { statistic, p: Math.min(1, 2 * Math.min(p, pSecond)), windows };
    },
  };
}
