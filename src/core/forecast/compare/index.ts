import type { Language } from '../../errors';
import type { CellName } from '../../nn/model';
import type { Baseline, Metrics, Predictions, RunRecord, Spread, Verdict } from '../../run';
import { betterBaseline, judgeClasses } from '../classes/verdict';
import { spreadOf } from '../seeds';
import { judge } from '../verdict';
import { type ComparedClasses, comparedClasses } from './classes';
import { type DifferingSetting, differingSettings, groupOf, namesOf } from './differing';
import { type Objection, objectionsTo } from './objections';
import { seenTogether } from './targets';
import { type ModelTest, testsOf } from './tests';

/**
 * Runs side by side, of one experiment or of several: one model against another on the same series. Runs that differ in
 * nothing but their seed are one model; everything said of a model is the mean over its seeds with its spread.
 */
export interface RunComparison {
  /** The columns that all of the runs forecast, and the one that everything here is about: null where there is none. */
  targets: string[];
  target: string | null;
  models: ComparedModel[];
  baselines: Baseline[];
  /** The baseline that models are tested against. */
  reference: string;
  /** Every model against the reference, and every two models; empty where they were not judged on the same windows. */
  tests: ModelTest[];
  differing: DifferingSetting[];
  /** What speaks against comparing them, the worst first. */
  objections: Objection[];
  /** null where they were not judged on the same windows. */
  verdict: Verdict | null;
}

export interface ComparedModel {
  name: string;
  cell: CellName;
  runs: string[];
  seeds: number[];
  parameters: number;
  scores: Record<ComparedScore, Spread>;
  /** Wall time of training. */
  seconds: Spread;
  samplesPerSecond: Spread;
  bestEpoch: Spread;
  epochs: Spread;
  /** Mean absolute error by step ahead, mean over seeds; beside it naive's. */
  byStep: { step: number; mae: number; naiveMae: number }[];
  /** Of a model whose answer is a class; then its other scores are null. */
  classes: ComparedClasses | null;
}
export const comparedScores = ['mae', 'rmse', 'mase', 'skill', 'direction', 'coverage95'] as const;
export type ComparedScore = (typeof comparedScores)[number];

/** A run as the comparison needs it: its record, what a person called it, and its forecasts of the test part. */
export interface ComparedRun {
  record: RunRecord;
  name: string | null;
  test: Predictions | null;
}

/** Several runs of one model. */
export interface Group {
  name: string;
  runs: ComparedRun[];
}

/**
 * @param language in whose words models are named; null: in the command line's
 * @param wanted of several targets the one they are compared by
 */
export function compareRuns(
  all: ComparedRun[],
  language: Language | null = null,
  wanted: string | null = null,
): RunComparison {
  const { runs, targets, target } = seenTogether(all, wanted);
  const groups = namesOf(groupOf(runs), language);
  const objections = objectionsTo(groups);
  const comparable = !objections.some(({ bars }) => bars);
  const baselines = comparable ? (runs[0]?.record.baselines ?? []) : [];
  const verdictOf = runs.some(({ record }) => record.classes) ? judgeClasses : judge;
  const contenders = groups.flatMap(({ name: called, runs: own }) =>
    own.map(({ record, test }) => ({ ...record, test, called })),
  );
  return {
    ...{ targets, target },
    models: groups.map(modelOf),
    baselines,
    reference: referenceOf(runs, baselines),
    tests: comparable ? testsOf(groups, baselines) : [],
    differing: differingSettings(groups),
    objections,
    verdict: comparable && runs.length > 0 ? verdictOf(contenders, baselines) : null,
  };
}

const referenceOf = (runs: ComparedRun[], baselines: Baseline[]): string =>
  runs.some(({ record }) => record.classes) ? (betterBaseline(baselines)?.name ?? 'majority') : 'naive';

function modelOf({ name, runs }: Group): ComparedModel {
  const records = runs.map(({ record }) => record);
  const [first] = records as [RunRecord];
  const over = (value: (record: RunRecord) => number | null) => spreadOf(records.map(value));
  const score = (key: keyof Metrics) => over(({ metrics }) => metrics.test[key]);
  return {
    name,
    cell: first.cell,
    runs: records.map(({ id }) => id),
    seeds: records.map(({ seed }) => seed),
    parameters: first.parameters,
    scores: Object.fromEntries(comparedScores.map((key) => [key, score(key)])) as Record<ComparedScore, Spread>,
    seconds: over(({ seconds }) => seconds),
    samplesPerSecond: over(({ samplesPerSecond }) => samplesPerSecond),
    bestEpoch: over(({ bestEpoch }) => bestEpoch),
    epochs: over(({ epochs }) => epochs),
    byStep: first.byStep.map(({ step, naiveMae }, k) => ({
      step,
      mae: spreadOf(records.map(({ byStep }) => byStep[k]?.mae ?? null)).mean ?? Number.NaN,
      naiveMae,
    })),
    classes: comparedClasses(records),
  };
}
