import { asView, LabError } from '../errors';
import { Course } from '../learn/course';
import { bytesOf, type Control, type Engine, type TrainOptions } from '../learn/engine';
import { together } from '../learn/together';
import { parameterCount } from '../nn/parameters';
import { Random } from '../nn/random';
import type { TrainerEvent } from '../protocol';
import type { TextJob } from './contract';
import { bigram, unigram } from './counting';
import { measure, type Speaker } from './measure';
import { languageModel } from './plan';
import type { TextParts, TextRecord, TextResult } from './record';
import { say } from './sample';
import type { TextSettings } from './settings';
import { streamsOf } from './streams';

/** Characters written after an epoch, and at what temperature. */
const sampled = { length: 200, temperature: 0.8 };
/** Characters read before a part is judged, and characters of it that are judged at most. */
const lead = 200;
const mostJudged = 200_000;

/** Trains every run of an experiment on the same streams, and judges each on the test part, which is read here for the first time. */
export async function* runText(
  job: TextJob,
  engine: Engine,
  controlOf: (run: string) => Control,
): AsyncGenerator<TrainerEvent> {
  const [{ run }] = job.runs as [TextJob['runs'][number]];
  const baselines = await counted(job, controlOf(run));
  const runs = job.runs.map((each) => reported(job, each, baselines, engine, controlOf(each.run)));
  yield* together(runs, engine.threads);
}

/** A run whose failure is an event of its own. */
async function* reported(
  job: TextJob,
  run: TextJob['runs'][number],
  baselines: TextResult['baselines'],
  engine: Engine,
  control: Control,
): AsyncGenerator<TrainerEvent> {
  try {
    yield* trainRun(job, run, baselines, engine, control);
  } catch (thrown) {
    yield { type: 'failed', experiment: job.experiment, run: run.run, error: asView(thrown) };
  }
}

async function* trainRun(
  { experiment, settings, vocabulary, parts }: TextJob,
  { run, cell, seed, from }: TextJob['runs'][number],
  baselines: TextResult['baselines'],
  engine: Engine,
  control: Control,
): AsyncGenerator<TrainerEvent> {
  const model = languageModel(cell, settings, vocabulary.length);
  const table = streamsOf(parts.train, parts.validation, { N: settings.streams, T: settings.tbptt });
  const { epochs } = settings;
  yield { type: 'started', experiment, run, cell, parameters: parameterCount(model), epochs };
  const options = optionsOf(settings, seed);
  const training = engine.trainTokens({ model, table, options, from: from?.state }, control);
  // pages are for looking inside, which is for forecasts
  const course = new Course(Number.POSITIVE_INFINITY, null, from);
  let step = await training.next();
  for (; !step.done; step = await training.next()) {
    const { type, epoch, samplesPerSecond, secondsLeft } = step.value;
    const progress = {
      experiment,
      run,
      epoch,
      epochs,
      samplesPerSecond: samplesPerSecond * settings.tbptt,
      secondsLeft,
    };
    if (step.value.type === 'progress') yield { type: 'progress', ...progress, done: step.value.done };
    if (step.value.type !== 'epoch' || type !== 'epoch') continue;
    const { bestEpoch, weights } = step.value;
    const [train, validation, gradientNorm] = [step.value.train, step.value.validation, step.value.gradientNorm].map(
      finite,
    );
    course.take(step.value);
    const losses = { bestEpoch, train: train!, validation: validation!, gradientNorm: gradientNorm! };
    yield { type: 'epoch', ...progress, done: epoch / epochs, ...losses };
    const sample = { epoch, text: written(engine.reader(model, weights), parts.train, vocabulary, seed + epoch) };
    course.samples.push(sample);
    yield { type: 'sample', experiment, run, ...sample };
    const checkpoint = course.kept(step.value.state);
    if (checkpoint) yield { type: 'kept', experiment, run, checkpoint };
  }
  const trained = step.value;
  if (trained.bestEpoch === 0) {
    if (trained.stopped === 'diverged')
      throw new LabError('experiment.diverged', { epoch: trained.trouble?.epoch ?? 1 });
    throw new LabError('experiment.nothing-learned');
  }
  const metrics = await judged(engine.reader(model, trained.weights), parts, control);
  const result: TextResult = {
    cell,
    seed,
    model,
    kernels: engine.kernels,
    vocabulary,
    split: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
    parameters: parameterCount(model),
    epochs: trained.epochs,
    bestEpoch: trained.bestEpoch,
    seconds: trained.seconds,
    charactersPerSecond: trained.samplesPerSecond * settings.tbptt,
    stopped: trained.stopped,
    trouble: trained.trouble ? { code: 'experiment.diverged', facts: { epoch: trained.trouble.epoch } } : null,
    loss: course.loss,
    metrics,
    baselines,
    samples: course.samples,
  };
  const weights = bytesOf(trained.weights);
  yield { type: 'learned-text', experiment, run, result, weights, checkpoint: course.kept(trained.state) };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function optionsOf(settings: TextSettings, seed: number): TrainOptions {
  const { epochs, patience, streams, lr, schedule, optimizer, clip, tbptt, threads, kernels } = settings;
  return {
    ...{ epochs, patience, batch: streams, learningRate: lr, schedule, optimizer, clip, tbptt },
    ...{ loss: 'mse', seed, threads, kernels, rollout: 1 },
  };
}

/** What a model writes by itself, from the text's first character on. */
function written(speaker: Speaker, train: Int32Array, vocabulary: string[], seed: number): string {
  const tokens = say(speaker, { prime: train.subarray(0, 1), ...sampled }, new Random(seed));
  return [...tokens].map((token) => vocabulary[token]).join('');
}

async function judged(speaker: Speaker, { train, validation, test }: TextParts<Int32Array>, control: Control) {
  const part = (before: Int32Array, tokens: Int32Array) =>
    measure(speaker, before.subarray(-lead), tokens.subarray(0, mostJudged), () => control.breathe());
  return { validation: await part(train.subarray(0, 0), validation), test: await part(train, test) };
}

async function counted({ parts, vocabulary }: TextJob, control: Control): Promise<TextRecord['baselines']> {
  const V = vocabulary.length;
  return [
    { name: 'unigram', metrics: await judged(unigram(parts.train, V), parts, control) },
    { name: 'bigram', metrics: await judged(bigram(parts.train, V), parts, control) },
  ];
}
