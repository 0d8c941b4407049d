import { asView, LabError } from '../errors';
import type { Control, Engine } from '../learn/engine';
import { parameterCount } from '../nn/parameters';
import type { Series, TrainerEvent, TrainerJob } from '../protocol';
import type { BacktestRun, Baseline, Fold, PartMetrics, Predictions, TestMetrics } from '../run';
import type { Settings } from '../settings';
import { isClassTask, ofCurves } from '../task-kinds';
import { trainAside } from './aside';
import { chooseByValidation } from './choose';
import { evidenceOf } from './evidence';
import { banded, judgedBaselines, partMetrics, yardstickOf } from './judged';
import { type Lesson, lessonOf, modelOf, trainOptions } from './lesson';
import { score, scoreScaled, type Yardstick } from './metrics';
import { type Learned, predictions } from './predict';
import { spreadOf, spreadOfScores } from './seeds';
import { partsOf } from './split';
import { splitView } from './split-view';
import { originsOf } from './tasks';

/**
 * Rolling-origin evaluation (Tashman 2000): the last half of the rows is cut into test blocks, one after another, and
 * each is forecast from a model that has seen only rows before it. With `refit` transform, scaler, weights and the choice
 * of the epoch are made anew for each block, on all rows before it; without, the model of the first block is used on.
 */
export function foldsOf(rows: number, settings: Settings, folds: number): Settings[] {
  const end = settings.splitRows ? settings.splitRows[0] + settings.splitRows[1] + settings.splitRows[2] : rows;
  const block = Math.floor(end / 2 / folds);
  const share = settings.split[1] / (settings.split[0] + settings.split[1]);
  return Array.from({ length: folds }, (_, i) => {
    const before = end - (folds - i) * block;
    const validation = Math.round(before * share);
    return { ...settings, splitRows: [before - validation, validation, block] };
  });
}

/** What is wrong with so many folds on so many rows; null: nothing. */
export function foldsRefusal(rows: number, settings: Settings, folds: number): LabError | null {
  if (isClassTask(settings.task)) return new LabError('experiment.class-backtest', { task: settings.task });
  if (ofCurves(settings)) return new LabError('experiment.no-backtest', { task: settings.task });
  const { lookback, horizon, season } = settings;
  const [first] = foldsOf(rows, settings, folds);
  const [train, validation, test] = first!.splitRows!;
  // The longest difference any transform takes reaches back one horizon and one season.
  const needTrain = lookback + 2 * horizon + season;
  if (train >= needTrain && validation >= horizon && test >= horizon) return null;
  return new LabError('experiment.folds', { folds, rows, train, validation, test, needTrain, needPart: horizon });
}

/** What one fold leaves behind. */
interface FoldOutcome {
  fold: Fold;
  test: Predictions;
  baselines: (Baseline & { test: Predictions })[];
  learned: Learned;
}

export async function* runBacktest(
  job: TrainerJob,
  { folds, refit }: NonNullable<TrainerJob['backtest']>,
  engine: Engine,
  controlOf: (run: string) => Control,
): AsyncGenerator<TrainerEvent> {
  const settings = foldsOf(job.series.values[0]!.length, job.settings, folds);
  for (const run of job.runs) {
    try {
      yield* backtestRun(job, run, settings, refit, engine, controlOf(run.run));
    } catch (thrown) {
      yield { type: 'failed', experiment: job.experiment, run: run.run, error: asView(thrown) };
    }
  }
}

async function* backtestRun(
  job: TrainerJob,
  { run, cell, seed }: TrainerJob['runs'][number],
  folds: Settings[],
  refit: boolean,
  engine: Engine,
  control: Control,
): AsyncGenerator<TrainerEvent> {
  const { experiment, series } = job;
  const epochs = folds[0]!.epochs;
  const outcomes: FoldOutcome[] = [];
  for (const [i, settings] of folds.entries()) {
    const earlier = outcomes[0]?.learned;
    if (earlier && !refit) {
      outcomes.push(await judgeFold({ ...earlier, lesson: moved(earlier.lesson, settings) }, null, control));
      continue;
    }
    const choice = yield* chooseByValidation({ ...job, settings }, run, engine, control);
    const lesson = lessonOf(series, settings, choice);
    const model = modelOf(cell, lesson);
    if (i === 0) yield { type: 'started', experiment, run, cell, parameters: parameterCount(model), epochs };
    const request = { model, table: lesson.table, options: trainOptions(settings, seed) };
    const trainings = refit ? folds.length : 1;
    const trained = yield* trainAside(request, { engine, control, run, experiment }, (event) => ({
      epoch: event.epoch,
      epochs,
      done: (i + (event.type === 'progress' ? event.done : event.epoch / epochs)) / trainings,
      secondsLeft: event.secondsLeft * (trainings - i),
    }));
    if (trained.bestEpoch === 0 && trained.trouble)
      throw new LabError('experiment.diverged', { epoch: trained.trouble.epoch });
    if (control.stopping) throw new LabError('experiment.backtest-stopped', { fold: i + 1 });
    outcomes.push(await judgeFold({ engine, model, weights: trained.weights, lesson }, trained, control));
  }
  yield { type: 'backtested', experiment, run, result: { cell, seed, refit, ...summary(outcomes, series) } };
}

/** The same preparation and table, judged on the parts of a later fold. */
function moved(lesson: Lesson, settings: Settings): Lesson {
  const parts = partsOf(lesson.series.values[0]!.length, settings);
  const { lag } = lesson.preparation.columns[0]!;
  return { ...lesson, settings, parts, origins: originsOf(parts, settings, lag) };
}

async function judgeFold(
  learned: Learned,
  trained: { epochs: number; bestEpoch: number } | null,
  control: Control,
): Promise<FoldOutcome> {
  const { series, settings, parts, origins, preparation } = learned.lesson;
  const target = series.values[0]!;
  const validation = await predictions(learned, origins.validation, control);
  const { test } = banded(validation, await predictions(learned, origins.test, control), learned.lesson);
  const baselines = judgedBaselines(series, settings, parts, origins);
  const fold: Fold = {
    split: splitView(series, parts),
    trained: trained !== null,
    preparation,
    epochs: trained?.epochs ?? 0,
    bestEpoch: trained?.bestEpoch ?? 0,
    metrics: partMetrics(validation, test, yardstickOf(target, parts, settings.season)),
    baselines: baselines.map(({ name, metrics }) => ({ name, metrics })),
  };
  return { fold, test, baselines, learned };
}

/** All folds together: their windows as one test part, measured with the first fold's yardstick. */
function summary(outcomes: FoldOutcome[], series: Series): Omit<BacktestRun, 'cell' | 'seed' | 'refit'> {
  const target = series.values[0]!;
  const { parts, settings } = outcomes[0]!.learned.lesson;
  const yardstick = yardstickOf(target, parts, settings.season);
  const test = joined(outcomes.map((outcome) => outcome.test));
  const folds = outcomes.map(({ fold }) => fold);
  const baselines = outcomes[0]!.baselines.map(({ name }, b) => {
    const own = outcomes.map((outcome) => outcome.baselines[b]!);
    const all = joined(own.map((one) => one.test));
    return { name, test: all, metrics: pooled(all, yardstick, own) };
  });
  return {
    folds,
    overFolds: spreadOfScores(folds.map((fold) => fold.metrics.test)),
    metrics: pooled(test, yardstick, folds),
    evidence: evidenceOf(test, target, baselines),
    baselines: baselines.map(({ name, metrics }) => ({ name, metrics })),
  };
}

/** Scores over all test windows; each fold has bands of its own, so coverage is the mean over folds, equal in windows. */
function pooled(test: Predictions, yardstick: Yardstick, folds: { metrics: PartMetrics }[]): TestMetrics {
  const scores = score(test, yardstick);
  const coverage80 = spreadOf(folds.map(({ metrics }) => metrics.test.coverage80)).mean;
  const coverage95 = spreadOf(folds.map(({ metrics }) => metrics.test.coverage95)).mean;
  return { test: { ...scores, coverage80, coverage95 }, testScaled: scoreScaled(scores, yardstick) };
}

/** Windows of several test parts, one after another. */
function joined(parts: Predictions[]): Predictions {
  const { firstStep, steps } = parts[0]!;
  const all = (of: (part: Predictions) => ArrayLike<number>) => parts.flatMap((part) => Array.from(of(part)));
  return {
    firstStep,
    steps,
    origins: Int32Array.from(all(({ origins }) => origins)),
    values: Float64Array.from(all(({ values }) => values)),
    actual: Float64Array.from(all(({ actual }) => actual)),
    last: Float64Array.from(all(({ last }) => last)),
  };
}
