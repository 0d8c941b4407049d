import type { Baseline, Predictions } from '../../run';
import { level, naiveOn, overlap, windowLosses } from '../evidence';
import { type PairedTest, pairedTest } from '../significance';
import { meanLosses } from '../verdict';
import type { ComparedRun, Group } from '.';
import { classTrial } from './classes';

/** Whether the error of one model differs from another's, or from the reference's, by more than chance explains. */
export interface ModelTest {
  first: string;
  /** null: the comparison's reference, as the naive forecast. */
  second: string | null;
  /**
   * Mean loss of the first minus mean loss of the second: below 0 the first is better. In the target's units; of classes the
   * share of rows told wrong.
   */
  difference: number;
  statistic: number;
  /** Two-sided, as it is. */
  p: number;
  /** The same with the number of tests here taken into account (Holm 1979). */
  adjusted: number;
  windows: number;
  /** Whether `adjusted` is below the level at which chance is ruled out, 0.05. */
  real: boolean;
}

/** How losses are had and two models' compared. */
export interface Trial {
  /** In each window, mean over seeds; null unless the answers of all runs are there. */
  losses(runs: ComparedRun[]): Float64Array | null;
  /** Of the reference in the same windows. */
  reference: Float64Array;
  /** Two-sided. */
  test(first: Float64Array, second: Float64Array): PairedTest | null;
}

/** By what forecasts of numbers are measured: Diebold and Mariano's test of the windows' mean absolute errors, against naive. */
const valueTrial = (test: Predictions): Trial => ({
  losses: (runs) => meanLosses({ contenders: runs }),
  reference: windowLosses(naiveOn(test)),
  test(first, second) {
    const found = pairedTest(first, second, overlap(test));
    // which of the two is the better one was not known beforehand
    return found && { ...found, p: Math.min(1, 2 * Math.min(found.p, 1 - found.p)) };
  },
});

/** Every model against the reference and every two models, by their losses averaged over each one's seeds. */
export function testsOf(groups: Group[], baselines: Baseline[]): ModelTest[] {
  const { record, test } = groups[0]?.runs[0] ?? {};
  if (!record || !test) return [];
  const { classes, settings } = record;
  const trial = classes ? classTrial(classes, settings, test, baselines) : valueTrial(test);
  const losses = groups.map(({ name, runs }) => ({ name, losses: trial.losses(runs) }));
  const reference = { name: null, losses: trial.reference };
  const pairs = losses.flatMap((first, i) => [reference, ...losses.slice(i + 1)].map((second) => ({ first, second })));
  const found = pairs.flatMap(({ first, second }) => {
    if (!first.losses || !second.losses) return [];
    const outcome = trial.test(first.losses, second.losses);
    const apart = difference(first.losses, second.losses);
    return outcome ? [{ first: first.name, second: second.name, difference: apart, ...outcome }] : [];
  });
  return holm(found);
}

const difference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, loss, w) => sum + loss - b[w]!, 0) / a.length;

/** The smallest p times the number of tests, the next times one less, …, none below the one before it. */
function holm(tests: Omit<ModelTest, 'adjusted' | 'real'>[]): ModelTest[] {
  const order = tests.map((_, i) => i).sort((a, b) => tests[a]!.p - tests[b]!.p);
  const adjusted = new Map<number, number>();
  let least = 0;
  for (const [rank, i] of order.entries()) {
    least = Math.max(least, Math.min(1, tests[i]!.p * (tests.length - rank)));
    adjusted.set(i, least);
  }
  return tests.map((test, i) => ({ ...test, adjusted: adjusted.get(i)!, real: adjusted.get(i)! < level }));
}
