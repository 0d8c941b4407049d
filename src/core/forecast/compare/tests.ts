import { level, naiveOn, windowLosses } from '../evidence';
import { type PairedTest, pairedTest } from '../significance';
import { meanLosses } from '../verdict';
import type { Group } from '.';

/** Whether the error of one model differs from another's, or from naive's, by more than chance explains. */
export interface ModelTest {
  first: string;
  /** null: the naive forecast. */
  second: string | null;
  /** Mean loss of the first minus mean loss of the second, in the target's units: below 0 the first is better. */
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

/** Tests of Diebold and Mariano on the windows' mean absolute errors, averaged over each model's seeds. */
export function testsOf(groups: Group[]): ModelTest[] {
  const losses = groups.map(({ name, runs }) => ({ name, losses: meanLosses({ contenders: runs }) }));
  const test = groups[0]?.runs[0]?.test;
  if (!test) return [];
  const horizon = test.firstStep + test.steps - 1;
  const naive = { name: null, losses: windowLosses(naiveOn(test)) };
  const pairs = losses.flatMap((first, i) => [naive, ...losses.slice(i + 1)].map((second) => ({ first, second })));
  const found = pairs.flatMap(({ first, second }) => {
    if (!first.losses || !second.losses) return [];
    const outcome = pairedTest(first.losses, second.losses, horizon);
    return outcome ? [testOf(first.name, second.name, difference(first.losses, second.losses), outcome)] : [];
  });
  return holm(found);
}

function testOf(first: string, second: string | null, apart: number, { statistic, p, windows }: PairedTest) {
  // which of the two is the better one was not known beforehand
  return { first, second, difference: apart, statistic, p: Math.min(1, 2 * Math.min(p, 1 - p)), windows };
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
