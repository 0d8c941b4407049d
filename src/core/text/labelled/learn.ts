import { asView, LabError } from '../../errors';
import { pairedTest } from '../../forecast/significance';
import { Course } from '../../learn/course';
import { bytesOf, type Control, type Engine, type TrainOptions } from '../../learn/engine';
import { together } from '../../learn/together';
import { parameterCount } from '../../nn/parameters';
import type { TrainerEvent } from '../../protocol';
import { countedBaselines } from './baselines';
import type { LabelledJob } from './contract';
import { errorsByText, judged } from './judge';
import { type Lesson, labelModel, lessonOf, tableOf } from './lesson';
import type { LabelledResult, ToldText } from './record';
import type { LabelledSettings } from './settings';
import { type LearnedLabels, tellTexts } from './tell';

/** Texts of the test part that are kept as they were told. */
const mostExamples = 20;

type Counted = ReturnType<typeof countedBaselines>;

/** Trains every run of an experiment on the same texts, and judges each on the test part, which is read here for the first time. */
export async function* runLabelled(
  job: LabelledJob,
  engine: Engine,
  controlOf: (run: string) => Control,
): AsyncGenerator<TrainerEvent> {
  const lesson = lessonOf(job.kind, job.parts, job.settings);
  const counted = countedBaselines(lesson);
  const runs = job.runs.map((run) => reported(job, run, { lesson, counted }, engine, controlOf(run.run)));
  yield* together(runs, engine.threads);
}

/** A run whose failure is an event of its own. */
async function* reported(
  job: LabelledJob,
  run: LabelledJob['runs'][number],
  known: { lesson: Lesson; counted: Counted },
  engine: Engine,
  control: Control,
): AsyncGenerator<TrainerEvent> {
  try {
    yield* trainRun(job, run, known, engine, control);
  } catch (thrown) {
    yield { type: 'failed', experiment: job.experiment, run: run.run, error: asView(thrown) };
  }
}

async function* trainRun(
  { experiment, settings }: LabelledJob,
  { run, cell, seed, from }: LabelledJob['runs'][number],
  { lesson, counted }: { lesson: Lesson; counted: Counted },
  engine: Engine,
  control: Control,
): AsyncGenerator<TrainerEvent> {
  const model = labelModel(cell, settings, lesson);
  const { epochs } = settings;
  const perText = lesson.read.tokens / lesson.parts.train.length;
  yield { type: 'started', experiment, run, cell, parameters: parameterCount(model), epochs };
  const request = { model, table: tableOf(lesson), options: optionsOf(settings, seed), from: from?.state };
  const training = engine.trainTokens(request, control);
  // pages are for looking inside, which is for forecasts
  const course = new Course(Number.POSITIVE_INFINITY, null, from);
  let step = await training.next();
  for (; !step.done; step = await training.next()) {
    const { type, epoch, secondsLeft } = step.value;
    const speed = { samplesPerSecond: step.value.samplesPerSecond * perText, secondsLeft };
    const progress = { experiment, run, epoch, epochs, ...speed };
    if (type === 'progress') yield { type, ...progress, done: step.value.done };
    else {
      const { bestEpoch } = step.value;
      const [train, validation, gradientNorm] = (['train', 'validation', 'gradientNorm'] as const).map((name) =>
        finite((step.value as unknown as Record<typeof name, number>)[name]),
      ) as [number | null, number | null, number | null];
      course.take(step.value);
      yield { type, ...progress, done: epoch / epochs, bestEpoch, train, validation, gradientNorm };
      const checkpoint = course.kept(step.value.state);
      if (checkpoint) yield { type: 'kept', experiment, run, checkpoint };
    }
  }
  const trained = step.value;
  if (trained.bestEpoch === 0) {
    if (trained.stopped === 'diverged')
      throw new LabError('experiment.diverged', { epoch: trained.trouble?.epoch ?? 1 });
    throw new LabError('experiment.nothing-learned');
  }
  const scores = await judgedRun({ engine, model, weights: trained.weights }, lesson, counted, control);
  const { lexicon, balance, parts, read } = lesson;
  const result: LabelledResult = {
    ...{ cell, seed, model, kernels: engine.kernels, lexicon, labels: lesson.labels.slice(0, lesson.classes) },
    split: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
    ...{ balance, read, parameters: parameterCount(model) },
    ...{ epochs: trained.epochs, bestEpoch: trained.bestEpoch, seconds: trained.seconds },
    tokensPerSecond: trained.samplesPerSecond * perText,
    stopped: trained.stopped,
    trouble: trained.trouble ? { code: 'experiment.diverged', facts: { epoch: trained.trouble.epoch } } : null,
    ...{ loss: course.loss, ...scores },
  };
  const weights = bytesOf(trained.weights);
  yield { type: 'learned-labels', experiment, run, result, weights, checkpoint: course.kept(trained.state) };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function optionsOf(settings: LabelledSettings, seed: number): TrainOptions {
  const { epochs, patience, batch, lr, schedule, optimizer, clip, threads, kernels } = settings;
  return {
    ...{ epochs, patience, batch, learningRate: lr, schedule, optimizer, clip, tbptt: 0 },
    ...{ loss: 'cross-entropy', seed, threads, kernels, rollout: 1 },
  };
}

/** What the best weights say of both parts, beside what counting says. */
async function judgedRun(learned: LearnedLabels, lesson: Lesson, { baselines, reference }: Counted, control: Control) {
  const { validation, test } = lesson.parts;
  const own = {
    validation: await tellTexts(learned, validation, lesson, control),
    test: await tellTexts(learned, test, lesson, control),
  };
  const errors = errorsByText(test, own.test.told);
  return {
    metrics: {
      validation: judged(lesson, validation, own.validation, reference.validation),
      test: judged(lesson, test, own.test, reference.test),
    },
    baselines: baselines.map(({ name, metrics }) => ({ name, metrics })),
    evidence: baselines.flatMap(({ name, told }) => {
      const found = pairedTest(errors, errorsByText(test, told), 1);
      return found ? [{ name, ...found }] : [];
    }),
    examples: examplesOf(lesson, own.test),
  };
}

/** The first texts of the test part. */
function examplesOf(lesson: Lesson, { told, probabilities }: Awaited<ReturnType<typeof tellTexts>>): ToldText[] {
  const { parts, labels, classes } = lesson;
  let i = 0;
  return parts.test.slice(0, mostExamples).map(({ tokens, codes }) => {
    const [from, to] = [i, i + codes.length];
    i = to;
    const own = [...told.subarray(from, to)];
    return {
      tokens,
      labels: codes.map((code) => labels[code]!),
      told: own.map((code) => labels[code]!),
      probabilities: own.map((code, k) => probabilities[(from + k) * classes + code]!),
    };
  });
}
