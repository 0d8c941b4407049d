import type { LabErrorView } from '../../core/errors';
import type { CellName } from '../../core/nn/model';
import type { Comparison, EpochReport, LabEvent, RunDetail, Trainee } from '../../core/protocol';
import type { RunRecord } from '../../core/run';
import { type AnyTextRecord, isLanguage } from '../../core/text/any-record';
import type { Sample } from '../../core/text/record';

/** What the window knows of one run, from its first event to its record. */
export interface RunState {
  run: string;
  cell: CellName;
  /** Without a memory: the plain network. */
  plain: boolean;
  seed: number;
  phase: 'queued' | 'running' | 'paused' | 'finished' | 'failed';
  parameters: number;
  epoch: number;
  epochs: number;
  /** 0–1 of all epochs. */
  done: number;
  samplesPerSecond: number;
  secondsLeft: number | null;
  bestEpoch: number;
  /** Loss per epoch; null where it was not finite. */
  train: (number | null)[];
  validation: (number | null)[];
  /** Forecasts of the test part: those of the best weights so far, at the end those that were judged. */
  test: RunDetail['test'];
  record: RunRecord | null;
  /** What a language model wrote as it learned. */
  samples: Sample[];
  /** The record of a run on texts. */
  text: AnyTextRecord | null;
  error: LabErrorView | null;
  /** What was found amiss while it trained; its record says what there was in the end. */
  health?: EpochReport['health'];
}

/** One experiment: its runs in the order they were started, and their comparison when all have ended. */
export interface ExperimentState {
  experiment: string;
  runs: RunState[];
  comparison: Comparison | null;
  /** Why these runs, put together by hand, are not judged against each other. */
  objection?: Pick<LabErrorView, 'code' | 'facts'> | null;
}

export const isLive = (run: RunState): boolean =>
  run.phase === 'queued' || run.phase === 'running' || run.phase === 'paused';

/** A run that was stopped with nothing to show for it: where it waited, or in its first epoch. Stopped, not failed. */
export function stoppedEmpty({ phase, error }: RunState): 'waiting' | 'firstEpoch' | null {
  if (phase !== 'failed') return null;
  if (error?.code === 'host.stopped-waiting') return 'waiting';
  return error?.code === 'experiment.nothing-learned' ? 'firstEpoch' : null;
}

export function newRun(run: string, cell: CellName, seed: number, plain = false): RunState {
  return {
    run,
    cell,
    plain,
    seed,
    phase: 'queued',
    parameters: 0,
    epoch: 0,
    epochs: 0,
    done: 0,
    samplesPerSecond: 0,
    secondsLeft: null,
    bestEpoch: 0,
    train: [],
    validation: [],
    test: null,
    record: null,
    samples: [],
    text: null,
    error: null,
  };
}

/** A stopped run stands where it can go on from; every other has come to its end. */
const doneOf = ({
  stopped,
  epochs,
  settings,
}: Pick<RunRecord, 'stopped' | 'epochs'> & { settings: { epochs: number } }) =>
  stopped === 'interrupted' ? epochs / settings.epochs : 1;

/** A run as its record on disk tells it. */
export function runOf(record: RunRecord, test: RunDetail['test']): RunState {
  return {
    ...newRun(record.id, record.cell, record.seed, record.model.memory === 'none'),
    phase: 'finished',
    parameters: record.parameters,
    epoch: record.epochs,
    epochs: record.settings.epochs,
    done: doneOf(record),
    samplesPerSecond: record.samplesPerSecond,
    bestEpoch: record.bestEpoch,
    train: record.loss.train,
    validation: record.loss.validation,
    test,
    record,
  };
}

export function textRunOf(record: AnyTextRecord): RunState {
  return {
    ...newRun(record.id, record.cell, record.seed),
    phase: 'finished',
    parameters: record.parameters,
    epoch: record.epochs,
    epochs: record.settings.epochs,
    done: 1,
    samplesPerSecond: isLanguage(record) ? record.charactersPerSecond : record.tokensPerSecond,
    bestEpoch: record.bestEpoch,
    train: record.loss.train,
    validation: record.loss.validation,
    samples: isLanguage(record) ? record.samples : [],
    text: record,
  };
}

export type Experiments = ReadonlyMap<string, ExperimentState>;

/** The experiments after one event; the same object where the event changes nothing. */
export function reduce(experiments: Experiments, event: LabEvent): Experiments {
  if (!('experiment' in event)) return experiments;
  const before = experiments.get(event.experiment) ?? { experiment: event.experiment, runs: [], comparison: null };
  const anew = event.type === 'queued' && event.earlier !== undefined;
  const after =
    event.type === 'compared'
      ? { ...before, comparison: event.comparison }
      : { ...before, runs: runsAfter(before.runs, event), ...(anew && { comparison: null }) };
  return new Map(experiments).set(event.experiment, after);
}

type RunEvent = Extract<LabEvent, { experiment: string; run: string }>;

function runsAfter(runs: RunState[], event: RunEvent): RunState[] {
  if (runs.some(({ run }) => run === event.run))
    return runs.map((run) => (run.run === event.run ? runAfter(run, event) : run));
  if (event.type === 'queued' || event.type === 'started')
    return [...runs, runAfter(traineeOf(event.run, event.cell, event), event)];
  if (event.type === 'finished') return [...runs, runOf(event.record, null)];
  if (event.type === 'text-finished') return [...runs, textRunOf(event.record)];
  // a window opened in the middle of training hears of a run by its progress
  if ((event.type === 'progress' || event.type === 'epoch') && event.cell)
    return [...runs, runAfter({ ...traineeOf(event.run, event.cell, event), phase: 'running' }, event)];
  return runs;
}

const traineeOf = (run: string, cell: CellName, { seed = 0, plain }: Partial<Trainee>) =>
  newRun(run, cell, seed, plain);

function runAfter(run: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'queued':
      // a run that goes on begins where it stood, whatever it had come to
      return event.earlier || run.phase !== 'queued'
        ? queuedAgain(run, event)
        : { ...run, cell: event.cell, seed: event.seed, plain: event.plain ?? false };
    case 'started':
      return { ...run, phase: 'running', cell: event.cell, parameters: event.parameters, epochs: event.epochs };
    case 'progress':
    case 'epoch': {
      const { epoch, epochs, done, samplesPerSecond, secondsLeft } = event;
      const next = { ...run, epoch, epochs, done, samplesPerSecond, secondsLeft };
      if (event.type === 'progress') return next;
      return {
        ...next,
        bestEpoch: event.bestEpoch,
        health: event.health ?? run.health,
        train: withEpoch(run.train, epoch, event.train),
        validation: withEpoch(run.validation, epoch, event.validation),
      };
    }
    case 'checkpoint':
      return { ...run, test: event.test ?? run.test };
    case 'paused':
      return { ...run, phase: 'paused', secondsLeft: null };
    case 'resumed':
      return { ...run, phase: 'running' };
    case 'finished':
      return runOf(event.record, run.test);
    case 'sample':
      return { ...run, samples: [...run.samples, { epoch: event.epoch, text: event.text }] };
    case 'text-finished':
      return textRunOf(event.record);
    case 'backtested':
      return { ...run, done: 1, secondsLeft: null };
    case 'not-kept':
      return run;
    case 'failed':
      return { ...run, phase: 'failed', secondsLeft: null, error: event.error };
  }
}

function queuedAgain({ run, test }: RunState, { cell, seed, plain, earlier }: LabEvent & { type: 'queued' }): RunState {
  const fresh = newRun(run, cell, seed, plain);
  if (!earlier) return fresh;
  const { epoch, epochs, bestEpoch, loss } = earlier;
  return {
    ...fresh,
    epoch,
    epochs,
    done: epoch / epochs,
    bestEpoch,
    train: loss.train,
    validation: loss.validation,
    test,
  };
}

/** Epochs are counted from 1; a window that joined late leaves the earlier ones empty. */
function withEpoch(losses: (number | null)[], epoch: number, loss: number | null): (number | null)[] {
  const next = losses.slice(0, epoch - 1);
  while (next.length < epoch - 1) next.push(null);
  next.push(loss);
  return next;
}
