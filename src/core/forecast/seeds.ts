import type { CellName } from '../nn/model';
import type { Metrics, Spread } from '../run';
import { deviation, mean, orNull } from './statistics';

/** One model under several seeds: mean and spread of its scores on the test part. */
export interface SeedSummary {
  cell: CellName;
  seeds: number[];
  mae: Spread;
  rmse: Spread;
  mase: Spread;
  skill: Spread;
}

/** Mean and sample standard deviation (dividing by n − 1) of a score; null where some run has none. */
export function spreadOf(values: (number | null)[]): Spread {
  if (values.includes(null)) return { mean: null, deviation: null };
  const known = values as number[];
  const n = known.length;
  return { mean: orNull(mean(known)), deviation: orNull(deviation(known) * Math.sqrt(n / (n - 1))) };
}

/** The four scores by which runs and folds are summed up. */
export function spreadOfScores(tests: Metrics[]): Pick<SeedSummary, 'mae' | 'rmse' | 'mase' | 'skill'> {
  const over = (score: 'mae' | 'rmse' | 'mase' | 'skill') => spreadOf(tests.map((test) => test[score]));
  return { mae: over('mae'), rmse: over('rmse'), mase: over('mase'), skill: over('skill') };
}

/** Runs of one experiment by cell, in the order of their first appearance. */
export function summariseSeeds(runs: { cell: CellName; seed: number; metrics: { test: Metrics } }[]): SeedSummary[] {
  return [...new Set(runs.map(({ cell }) => cell))].map((cell) => {
    const own = runs.filter((run) => run.cell === cell);
    return { cell, seeds: own.map(({ seed }) => seed), ...spreadOfScores(own.map(({ metrics }) => metrics.test)) };
  });
}
