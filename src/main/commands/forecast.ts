import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ColumnSummary, ReadingChoices } from '../../core/data/frame';
import { explain, LabError, type LabErrorView } from '../../core/errors';
import type { Comparison, ExperimentStarted, LabEvent } from '../../core/protocol';
import type { Settings } from '../../core/settings';
import { forecastDocument } from '../documents';
import type { Lab } from '../lab';
import { writeForecast, writePredictions } from '../predictions';
import type { Store } from '../store';
import { duration, figure, type ProgressLine, progressOn, table } from '../terminal';
import { openLab, print, printJson, sourceOf } from './context';
import { summary } from './inspect';
import { readingOf, settingsOf, type Texts } from './options';
import { interruptedStatus, statusOf } from './status';

/** `unroll forecast FILE`: train, judge on unseen rows, forecast past the end. */
export async function forecast(file: string, texts: Texts): Promise<number> {
  const order: Order = { file, reading: readingOf(texts), settings: (columns) => settingsOf(texts, columns) };
  return perform(order, texts, (comparison, store, failures) => report(comparison, store, failures, texts));
}

/** What is to be trained on what. */
export interface Order {
  file: string;
  reading: ReadingChoices;
  settings: (columns: ColumnSummary[]) => Partial<Settings>;
  /** Looks at the file that was read before anything is trained on it. */
  check?: (sha256: string) => void;
}
type Answer = (comparison: Comparison, store: Store, failures: Failure[]) => Promise<void>;

export async function perform(order: Order, texts: Texts, answer: Answer): Promise<number> {
  const { lab, store } = openLab(texts.project as string | undefined);
  const progress = progressOn(process.stderr, texts.quiet === true);
  try {
    const source = sourceOf(lab, order.file);
    const { dataset, inspection } = await lab.call('data.open', { source, reading: order.reading, ticket: 'cli' });
    if (inspection.question) throw unanswered(inspection.question, order.file);
    order.check?.(lab.sha256Of(dataset));
    progress.say(summary(inspection));
    const { comparison, failures, interrupted } = await train(
      lab,
      dataset,
      order.settings(inspection.columns),
      progress,
    );
    progress.end();
    // without any result the first one is the answer itself
    for (const { error } of comparison ? failures : failures.slice(1))
      process.stderr.write(`${error.message} ${error.remedy}\n`);
    if (comparison) await answer(comparison, store, failures);
    if (interrupted) return interruptedStatus;
    const [first] = failures;
    if (!comparison && first) throw new LabError(first.error.code as LabError['code'], first.error.facts);
    return Math.max(0, ...failures.map(({ error }) => statusOf(error.code)));
  } finally {
    progress.end();
    lab.close();
  }
}

function unanswered(question: { message: string; code: string; choices: { value: string }[] }, file: string): LabError {
  const option = question.code.includes('date') ? '--date-order' : question.code.includes('decimal') ? '--decimal' : '';
  const choices = question.choices.map(({ value }) => `${option} ${value}`.trim()).join(' or ');
  return new LabError('host.question', { question: question.message, choices }, { file });
}

export interface Failure {
  run: string;
  error: LabErrorView;
}
interface Outcome {
  /** Null when no run was finished. */
  comparison: Comparison | null;
  failures: Failure[];
  interrupted: boolean;
}

/** Starts the experiment and waits until every run has ended; Ctrl-C stops what trains and keeps what was finished. */
export async function train(lab: Lab, dataset: string, settings: object, progress: ProgressLine): Promise<Outcome> {
  const failures: Failure[] = [];
  let interrupted = false;
  let started: ExperimentStarted | null = null;
  const interrupt = () => {
    if (interrupted) process.exit(interruptedStatus);
    interrupted = true;
    progress.say('Stopping after this batch; once more ends at once.');
    for (const { run } of started?.runs ?? []) void lab.call('run.stop', { run });
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    const ended = new Promise<void>((resolve) => {
      const open = new Set<string>();
      const share = new Map<string, number>();
      lab.subscribe((event) => {
        if (event.type === 'queued') open.add(event.run);
        if (event.type === 'failed') failures.push({ run: event.run, error: event.error });
        if (event.type === 'failed' || event.type === 'finished') {
          open.delete(event.run);
          share.set(event.run, 1);
          if (open.size === 0) resolve();
        }
        if (event.type === 'progress' || event.type === 'epoch') {
          share.set(event.run, event.done);
          const total = started?.runs.length ?? 1;
          progress.show([...share.values()].reduce((sum, done) => sum + done, 0) / total, standing(event));
        }
        if (event.type === 'finished') progress.say(`${event.record.name}: ${ending(event.record)}`);
      });
    });
    started = await lab.call('experiment.start', { dataset, settings });
    if (interrupted) for (const { run } of started.runs) void lab.call('run.stop', { run });
    await ended;
    const { experiment } = started;
    const comparison = await lab.call('experiment.compare', { experiment }).catch((thrown) => {
      if (thrown instanceof LabError && thrown.code === 'host.unknown-experiment') return null;
      throw thrown;
    });
    return { comparison, failures, interrupted };
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function standing(event: LabEvent & { type: 'progress' | 'epoch' }): string {
  const { run, epoch, epochs, samplesPerSecond, secondsLeft } = event;
  const model = run.split('-').slice(3).join(' ');
  return `${model} epoch ${epoch}/${epochs} · ${figure(Math.round(samplesPerSecond))} samples/s · ${duration(secondsLeft)} left`;
}

function ending({ stopped, trouble, epochs, bestEpoch, seconds }: Comparison['runs'][number]): string {
  if (trouble) return explain(trouble.code, trouble.facts).message;
  const why = { epochs: 'all epochs', patience: 'no longer improving', diverged: 'diverged', interrupted: 'stopped' };
  return `${epochs} epochs in ${seconds.toFixed(1)} s (${why[stopped]}), best ${bestEpoch}`;
}

async function report(comparison: Comparison, store: Store, failures: Failure[], texts: Texts): Promise<void> {
  const out = texts.out as string | undefined;
  const predictions = out === undefined ? null : join(resolve(out), 'predictions.csv');
  const document = forecastDocument(comparison, failures, (run) => predictions ?? store.predictionsPath(run));
  if (out !== undefined && predictions) {
    await mkdir(out, { recursive: true });
    await writeFile(predictions, await combined(comparison, store));
    await writeFile(join(out, 'forecast.csv'), writeForecast(comparison.runs));
    await writeFile(join(out, 'forecast.json'), `${JSON.stringify(document, null, 1)}\n`);
  }
  if (texts.json) printJson(document);
  else print(inWords(comparison));
}

/** All models of the experiment side by side. */
async function combined({ runs }: Comparison, store: Store): Promise<string> {
  const stored = await Promise.all(runs.map(({ id }) => store.read(id)));
  const models = stored.flatMap(({ record: { name, bands }, forecasts }) =>
    forecasts ? [{ name, test: forecasts.test, bands }] : [],
  );
  return writePredictions({ models, times: stored[0]!.forecasts!.times });
}

export function inWords({ runs, baselines, verdict }: Comparison): string {
  const scores = [...runs, ...baselines].map(({ name, metrics: { test } }) => [
    name,
    figure(test.mae),
    figure(test.rmse),
    figure(test.mase),
    figure(test.skill),
    figure(test.direction),
  ]);
  const steps = (runs[0]?.forecast ?? []).map(({ step, time }, k) => [
    time ?? `+${step}`,
    ...runs.map(({ forecast }) => {
      const { value, lower80, upper80 } = forecast[k]!;
      return lower80 === null ? figure(value) : `${figure(value)} (${figure(lower80)} to ${figure(upper80)})`;
    }),
  ]);
  const parts = ['On the unseen test part:', table(['model', 'MAE', 'RMSE', 'MASE', 'skill', 'direction'], scores)];
  if (steps.length > 0)
    parts.push('', 'Forecast, with 80 % bands:', table(['time', ...runs.map(({ name }) => name)], steps));
  if (verdict) parts.push('', verdict.sentence);
  return parts.join('\n');
}
