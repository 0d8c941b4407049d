import type { LabErrorView } from '../core/errors';
import { summariseSeeds } from '../core/forecast/seeds';
import { sharingVerdicts } from '../core/forecast/sharing/verdict';
import { judge } from '../core/forecast/verdict';
import type { Comparison, ExperimentStarted } from '../core/protocol';
import { type Annotation, type BacktestRun, plainAnnotation, type RunRecord } from '../core/run';
import type { AnyTextRecord } from '../core/text/any-record';
import type { TextRecord } from '../core/text/record';
import { classesOverSeeds, classFields } from './class-documents';

/** The command line's JSON documents. Their field names are fixed: scripts depend on them. */

/** One run as `forecast --json` shows it. `testPredictions`: where the CSV is. */
export function modelDocument(record: RunRecord, testPredictions: string | null) {
  const { id, name, cell, seed, parameters, epochs, bestEpoch, seconds, samplesPerSecond } = record;
  const {
    stopped,
    trouble,
    targets,
    sharing,
    kernels,
    preparation,
    loss,
    metrics,
    byStep,
    forms,
    bands,
    evidence,
    leak,
    forecast,
  } = record;
  const speed = { seconds, samplesPerSecond };
  const identity = { run: id, name, cell, seed, parameters, epochs, bestEpoch, ...speed, stopped, trouble, kernels };
  const judged = { metrics, byStep, forms: forms ?? [], bands, evidence, leak };
  const further = {
    ...(targets && { targets: besideAlone(targets, sharing) }),
    ...(sharing && { sharing }),
    ...classFields(record.classes),
  };
  return { ...identity, preparation, loss, ...judged, testPredictions, forecast, ...further };
}

/** Each target with the model of one task beside it, where tasks share. */
const besideAlone = (targets: NonNullable<RunRecord['targets']>, sharing: RunRecord['sharing']) =>
  targets.map((target, m) => (sharing ? { ...target, alone: sharing.tasks[m] } : target));

export function forecastDocument(
  comparison: Comparison,
  failures: { run: string; error: LabErrorView }[],
  pathOf: (run: string) => string | null,
) {
  const [first] = comparison.runs;
  if (!first) throw new Error('an experiment without runs has no document');
  const { settings, split } = first;
  const { file, rows, dateColumn, target, frequency, start, end, sha256 } = first.dataset;
  const { verdict } = comparison;
  return {
    version: 1,
    dataset: { file, rows, dateColumn, target, frequency, start, end, sha256 },
    settings,
    split,
    models: comparison.runs.map((record) => modelDocument(record, pathOf(record.id))),
    baselines: comparison.baselines,
    ...(settings.seeds > 1 && { overSeeds: (first.classes ? classesOverSeeds : summariseSeeds)(comparison.runs) }),
    ...targetVerdicts(comparison),
    ...sharingOf(comparison),
    verdict: verdict && {
      best: verdict.best,
      beatsNaive: verdict.beatsNaive,
      sentence: verdict.sentence,
      code: verdict.code,
      facts: verdict.facts,
    },
    failures: failures.map(shownFailure),
  };
}

/**
 * What is said of each of several targets; their figures stand with the models. Of the first the verdict is that of the
 * experiment: only its forecasts are kept window by window, so that the lead of one model over another can be tested.
 */
function targetVerdicts({ runs, verdict }: Comparison) {
  const several = runs.flatMap(({ cell, seed, targets }) => (targets ? [{ cell, seed, targets }] : []));
  const [first] = several;
  if (!first) return {};
  const targets = first.targets.map(({ name, baselines }, i) => {
    const contenders = several.map(({ cell, seed, targets }) => ({ cell, seed, ...targets[i]! }));
    const { best, beatsNaive, sentence } = (i === 0 && verdict) || judge(contenders, baselines);
    return { name, verdict: { best, beatsNaive, sentence }, baselines };
  });
  return { targets };
}

/** Whether sharing helped, per model, task by task and over all. */
function sharingOf({ runs }: Comparison) {
  const report = runs.find(({ sharing }) => sharing)?.sharing;
  if (!report) return {};
  const { kind, training } = report;
  return {
    sharing: { kind, training, verdicts: sharingVerdicts(runs).map(({ code: _, facts: __, ...told }) => told) },
  };
}

/** `backtest --json`: per model all test windows together, mean and deviation over folds, and each fold. */
export function summaryOfBacktest({ backtests, started, failures, file }: Backtested) {
  const { folds = [] } = backtests[0] ?? {};
  return {
    version: 1,
    dataset: { file, target: started.settings.target },
    settings: started.settings,
    folds: folds.length,
    refit: backtests.some(({ refit }) => refit),
    models: backtests.map(({ cell, seed, metrics, overFolds, evidence, folds }) => ({
      ...{ name: cell, cell, seed, metrics, overFolds, evidence },
      folds: folds.map(({ baselines, ...fold }) => fold),
    })),
    baselines: backtests[0]?.baselines ?? [],
    failures: failures.map(shownFailure),
  };
}
interface Backtested {
  backtests: BacktestRun[];
  started: ExperimentStarted;
  failures: { run: string; error: LabErrorView }[];
  file: string;
}

const shownFailure = ({ run, error: { code, message, remedy } }: { run: string; error: LabErrorView }) => ({
  run,
  error: { code, message, remedy },
});

/** One line of `runs --json`, of a run on texts: what the metrics are is told by its kind. */
export function textSummary(record: AnyTextRecord, annotation: Annotation = plainAnnotation) {
  const { id, kind, experiment, name, created, cell, seed, dataset, parameters, seconds, stopped, metrics } = record;
  const { hidden, layers } = record.settings;
  return {
    ...{
      run: id,
      kind,
      experiment,
      name: annotation.name ?? name,
      starred: annotation.starred,
      notes: annotation.notes,
    },
    ...{ created, cell, seed, file: dataset.file, hidden, layers, parameters, seconds, stopped, metrics },
  };
}

/** A language model as `train-text --json` and `show --json` tell of it. */
export function textDocument(record: TextRecord) {
  const { id, name, cell, seed, parameters, epochs, bestEpoch, seconds, charactersPerSecond, stopped, trouble } =
    record;
  const { kernels, loss, metrics, samples } = record;
  return {
    ...{ run: id, name, cell, seed, parameters, epochs, bestEpoch, seconds, charactersPerSecond, stopped, trouble },
    ...{ kernels, loss, metrics, samples },
  };
}

/** One line of `runs --json`. */
export function runSummary(record: RunRecord, annotation: Annotation = plainAnnotation) {
  const { id, experiment, name, created, cell, seed, dataset, settings, parameters, seconds, stopped, metrics } =
    record;
  const { task, lookback, horizon } = settings;
  const { file, target } = dataset;
  return {
    run: id,
    experiment,
    name: annotation.name ?? name,
    starred: annotation.starred,
    notes: annotation.notes,
    created,
    cell,
    seed,
    file,
    target,
    task,
    lookback,
    horizon,
    parameters,
    seconds,
    stopped,
    metrics,
    ...(record.classes && { classMetrics: record.classes.metrics }),
  };
}
