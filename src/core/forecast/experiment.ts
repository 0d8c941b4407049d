import { asView } from '../errors';
import { healthOf, Watch } from '../inside/health';
import { Course } from '../learn/course';
import { bytesOf, type Control, type Engine } from '../learn/engine';
import { together } from '../learn/together';
import { parameterCount } from '../nn/parameters';
import type { RunResult, TrainerEvent, TrainerJob } from '../protocol';
import type { Baseline, Predictions } from '../run';
import { isClassTask } from '../task-kinds';
import { runBacktest } from './backtest';
import { chooseByValidation } from './choose';
import { runClassExperiment } from './classes/experiment';
import { outcome, refuseEmpty, shown } from './events';
import { formsOf } from './forms';
import { judgedBaselines } from './judged';
import { seenTestPart } from './leak';
import { type Lesson, lessonOf, modelOf, trainOptions } from './lesson';
import { pastTheEnd } from './past-the-end';
import { forecastAfter, type Learned } from './predict';
import { refitted } from './refit';
import { besideAlone, inAll } from './sharing/alone';
import { splitView } from './split-view';
import { judgedTarget, severalTargets } from './targets';
import { shapeOf } from './tasks';

/**
 * Trains every run of an experiment on the same windows, as many at once as there are threads, and judges each on the
 * test part, which is read here for the first time. A run that fails says so; the others go on.
 */
export async function* runExperiment(
  job: TrainerJob,
  engine: Engine,
  controlOf: (run: string) => Control,
): AsyncGenerator<TrainerEvent> {
  if (isClassTask(job.settings.task)) return yield* runClassExperiment(job, engine, controlOf);
  if (job.backtest) return yield* runBacktest(job, job.backtest, engine, controlOf);
  for (const [i, run] of job.runs.entries()) {
    let common: Common;
    try {
      const known = job.runs.find(({ from }) => from?.choice)?.from?.choice;
      const choice = known ?? (yield* chooseByValidation(job, run.run, engine, controlOf(run.run)));
      const lesson = lessonOf(job.series, job.settings, choice);
      common = { lesson, baselines: judgedBaselines(job.series, job.settings, lesson.parts, lesson.origins) };
    } catch (thrown) {
      yield { type: 'failed', experiment: job.experiment, run: run.run, error: asView(thrown) };
      continue;
    }
    const runs = job.runs.slice(i).map((each) => reported(job.experiment, each, common, engine, controlOf(each.run)));
    yield* together(runs, engine.threads);
    return;
  }
}

/** A run whose failure is an event of its own. */
async function* reported(
  experiment: string,
  run: TrainerJob['runs'][number],
  common: Common,
  engine: Engine,
  control: Control,
): AsyncGenerator<TrainerEvent> {
  try {
    yield* trainRun(experiment, run, common, engine, control);
  } catch (thrown) {
    yield { type: 'failed', experiment, run: run.run, error: asView(thrown) };
  }
}

interface Common {
  lesson: Lesson;
  baselines: (Baseline & { test: Predictions })[];
}

async function* trainRun(
  experiment: string,
  { run, cell, seed, from }: TrainerJob['runs'][number],
  { lesson, baselines }: Common,
  engine: Engine,
  control: Control,
): AsyncGenerator<TrainerEvent> {
  const { settings, table } = lesson;
  const model = modelOf(cell, lesson);
  const parameters = parameterCount(model);
  yield { type: 'started', experiment, run, cell, parameters, epochs: settings.epochs };
  const options = trainOptions(settings, seed);
  const training = engine.train({ model, table, options, from: from?.state }, control);
  const snapshots = new Snapshots(control);
  const course = new Course(parameters, lesson.preparation, from);
  const watch = new Watch(() => control.now());
  let step = await training.next();
  for (; !step.done; step = await training.next()) {
    const event = step.value;
    if (event.type !== 'epoch') {
      yield { experiment, run, ...inAll(settings, shown(event, settings.epochs)) };
      continue;
    }
    const health = watch.look({ engine, model, weights: event.weights, lesson });
    yield { experiment, run, ...inAll(settings, shown(event, settings.epochs)), ...(health && { health }) };
    course.take(event);
    const checkpoint = course.kept(event.state);
    if (checkpoint) yield { type: 'kept', experiment, run, checkpoint };
    if (event.epoch !== event.bestEpoch) continue;
    const test = await snapshots.take({ engine, model, weights: event.weights, lesson });
    if (test) yield { type: 'checkpoint', experiment, run, epoch: event.epoch, test };
  }
  const trained = step.value;
  refuseEmpty(trained);
  const learned = { engine, model, weights: trained.weights, lesson };
  const judged = await judgeRun(learned, baselines, control);
  const host = { engine, control, run, experiment };
  const leak = settings.leak ? yield* seenTestPart(lesson, model, seed, host) : null;
  const last = settings.refit ? yield* refitted(learned, trained.bestEpoch, seed, host) : learned;
  const several = await severalTargets(learned, last, control);
  const sharing = several && (yield* besideAlone(learned, several, seed, host));
  const result: RunResult = {
    cell,
    seed,
    model,
    parameters,
    kernels: engine.kernels,
    preparation: lesson.preparation,
    split: splitView(lesson.series, lesson.parts),
    ...outcome(trained),
    loss: course.loss,
    health: healthOf(learned, trained.trouble),
    ...judged.scores,
    ...(several && { targets: several.targets }),
    ...(sharing && { sharing }),
    leak,
    forecast: await pastTheEnd(last, judged.scores.bands, control),
    baselines: baselines.map(({ name, metrics }) => ({ name, metrics })),
  };
  const weights = bytesOf(trained.weights);
  const checkpoint = course.kept(trained.state);
  yield { type: 'trained', experiment, run, result, weights, test: judged.test, epochs: course.pages, checkpoint };
}

/** Forecasts of the test part for drawing while training goes on; at times that do not slow it noticeably. */
class Snapshots {
  #next = 0;
  readonly #control: Control;

  constructor(control: Control) {
    this.#control = control;
  }

  async take(learned: Learned) {
    const begun = this.#control.now();
    if (begun < this.#next) return null;
    const all = learned.lesson.origins.test;
    const { judged, rollout } = shapeOf(learned.lesson.settings);
    const { steps, firstStep } = judged;
    // A picture needs no more points than this, and a long roll-out is dear.
    const stride = Math.ceil(all.length / Math.max(50, Math.min(1000, 20_000 / rollout)));
    const origins = all.filter((_, w) => w % stride === 0);
    const { values } = await forecastAfter(learned, origins, this.#control);
    const ended = this.#control.now();
    this.#next = ended + Math.max(1000, 20 * (ended - begun));
    return {
      firstStep,
      steps,
      origins: [...origins],
      values: Array.from(origins, (_, w) => [...values.subarray(w * steps, (w + 1) * steps)]),
    };
  }
}

async function judgeRun(
  learned: Learned,
  baselines: Common['baselines'],
  control: Control,
): Promise<{ scores: Scores; test: Predictions }> {
  const { scores, test } = await judgedTarget(learned, baselines, control);
  return { scores: { ...scores, forms: await formsOf(learned, test, control) }, test };
}
type Scores = Pick<RunResult, 'metrics' | 'bands' | 'byStep' | 'forms' | 'evidence'>;
