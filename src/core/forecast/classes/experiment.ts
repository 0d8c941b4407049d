import { asView } from '../../errors';
import { healthOf, Watch } from '../../inside/health';
import { Course } from '../../learn/course';
import { bytesOf, type Control, type Engine } from '../../learn/engine';
import { together } from '../../learn/together';
import { parameterCount } from '../../nn/parameters';
import type { RunResult, TrainerEvent, TrainerJob } from '../../protocol';
import { outcome, refuseEmpty, shown } from '../events';
import { trainOptions } from '../lesson';
import { splitView } from '../split-view';
import {
  classAfter,
  classBaselines,
  type JudgedBaseline,
  modelScores,
  noMetrics,
  predictionsOf,
  probabilitiesOf,
  referenceOf,
} from './judged';
import { overlapOf } from './layout';
import { type ClassLesson, classLessonOf, classModelOf } from './lesson';
import { classEvidence } from './verdict';

/** As `runExperiment`, for the tasks whose answer is a class. */
export async function* runClassExperiment(
  job: TrainerJob,
  engine: Engine,
  controlOf: (run: string) => Control,
): AsyncGenerator<TrainerEvent> {
  const lesson = classLessonOf(job.series, job.settings);
  const baselines = classBaselines(lesson);
  const runs = job.runs.map((run) => reported(job.experiment, run, { lesson, baselines }, engine, controlOf(run.run)));
  yield* together(runs, engine.threads);
}

interface Common {
  lesson: ClassLesson;
  baselines: JudgedBaseline[];
}
type Run = TrainerJob['runs'][number];

/** A run whose failure is an event of its own. */
async function* reported(
  experiment: string,
  run: Run,
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

async function* trainRun(
  experiment: string,
  { run, cell, seed, from }: Run,
  { lesson, baselines }: Common,
  engine: Engine,
  control: Control,
): AsyncGenerator<TrainerEvent> {
  const { settings, table, layouts, parts } = lesson;
  const model = classModelOf(cell, lesson);
  const parameters = parameterCount(model);
  yield { type: 'started', experiment, run, cell, parameters, epochs: settings.epochs };
  const options = trainOptions(settings, seed);
  const training = engine.train({ model, table, options, from: from?.state }, control);
  const course = new Course(parameters, null, from);
  const watch = new Watch(() => control.now());
  let step = await training.next();
  for (; !step.done; step = await training.next()) {
    const event = step.value;
    if (event.type !== 'epoch') {
      yield { experiment, run, ...shown(event, settings.epochs) };
      continue;
    }
    const health = watch.look({ engine, model, weights: event.weights, lesson });
    yield { experiment, run, ...shown(event, settings.epochs), ...(health && { health }) };
    course.take(event);
    const checkpoint = course.kept(event.state);
    if (checkpoint) yield { type: 'kept', experiment, run, checkpoint };
  }
  const trained = step.value;
  refuseEmpty(trained);
  const learned = { engine, model, weights: trained.weights, lesson };
  const [validation, test] = [
    predictionsOf(lesson, layouts.validation, await probabilitiesOf(learned, layouts.validation, control)),
    predictionsOf(lesson, layouts.test, await probabilitiesOf(learned, layouts.test, control)),
  ];
  const reference = referenceOf(baselines);
  const result: RunResult = {
    ...{ cell, seed, model, parameters, kernels: engine.kernels },
    preparation: lesson.preparation,
    split: splitView(lesson.series, parts),
    ...outcome(trained),
    loss: course.loss,
    health: healthOf(learned, trained.trouble),
    metrics: noMetrics(validation.values.length, test.values.length),
    ...{ byStep: [], bands: null, leak: null, forecast: [] },
    evidence: { againstNaive: null, againstBaselines: [], lag: null, coin: null, copy: false },
    baselines: baselines.map(({ name, metrics, classMetrics }) => ({ name, metrics, classMetrics })),
    classes: {
      names: lesson.labels.slice(0, lesson.classes),
      weights: Array.from(table.labels!.weights),
      balance: lesson.balance,
      metrics: {
        validation: modelScores(lesson, validation, reference.validation),
        test: modelScores(lesson, test, reference.test),
      },
      evidence: classEvidence(test, baselines, overlapOf(settings)),
      forecast: await classAfter(learned, control),
    },
  };
  const weights = bytesOf(trained.weights);
  const checkpoint = course.kept(trained.state);
  yield { type: 'trained', experiment, run, result, weights, test, epochs: course.pages, checkpoint };
}
