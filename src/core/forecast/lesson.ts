import type { WindowTable } from '../data/windows';
import type { TrainOptions } from '../learn/engine';
import type { CellName, ModelSpec } from '../nn/model';
import type { Series } from '../protocol';
import type { Preparation } from '../run';
import type { Settings, TaskName } from '../settings';
import { differenceLag, fitPreparation, type PreparationRequest, type Scale, type Transform } from './prepare';
import { quantileLevels } from './quantiles';
import { type Parts, partsOf, type Rows } from './split';
import { type Origins, originsOf, shapeOf, unrolledSteps, windowTable } from './tasks';

/** Everything the runs of one experiment share: the same parts, windows and preparation, so that they can be compared. */
export interface Lesson {
  series: Series;
  settings: Settings;
  parts: Parts;
  preparation: Preparation;
  /** Every window of each part. */
  origins: Origins;
  /** What the engine learns from; its validation part may be thinned, for choosing the epoch alone. */
  table: WindowTable;
}

/** Settings with the transform and scale decided. */
export interface Choice {
  transform: Transform;
  scale: Scale;
}

/**
 * Prepares a lesson. Transform and scaler are fitted on `seen`, which is the training part in every honest run; `parts`
 * are those of the settings unless all rows are to be learned from.
 */
export function lessonOf(
  series: Series,
  settings: Settings,
  choice: Choice,
  { seen, parts = partsOf(series.values[0]!.length, settings) }: { seen?: Rows; parts?: Parts } = {},
): Lesson {
  const { firstStep, steps } = shapeOf(settings);
  const request: PreparationRequest = {
    ...choice,
    season: settings.season,
    firstStep,
    steps: settings.task === 'autoregressive' ? settings.horizon : steps,
    lookback: settings.lookback,
  };
  const preparation = fitPreparation(series.names, series.values, seen ?? parts.train, request, series.ahead);
  const origins = originsOf(parts, settings, differenceLag(request));
  const choosing = { ...origins, validation: thinned(origins, settings) };
  const table = windowTable(series, settings, preparation, choosing);
  return { series, settings, parts, preparation, origins, table };
}

/**
 * Validation windows for choosing the epoch: all of them, unless rolling them out would cost more than an epoch of
 * training; then evenly spaced ones. A roll-out step is one forward pass, a training window about three.
 */
function thinned({ train, validation }: Origins, settings: Settings): Int32Array {
  const { rollout } = shapeOf(settings);
  const affordable = Math.max(32, Math.floor((3 * train.length) / rollout));
  if (rollout === 1 || validation.length <= affordable) return validation;
  return Int32Array.from(
    { length: affordable },
    (_, i) => validation[Math.floor((i * (validation.length - 1)) / (affordable - 1))]!,
  );
}

/** Whether a decoder makes the steps one after another. */
const decodes = (task: TaskName): boolean => task === 'seq2seq' || task === 'one-to-many';

/** The network a cell name stands for in this lesson. */
export function modelOf(
  cell: CellName,
  { table, settings }: { table: Pick<WindowTable, 'D' | 'steps' | 'targetColumns' | 'known'>; settings: Settings },
): ModelSpec {
  const quantiles = settings.loss === 'quantile' ? quantileLevels : undefined;
  return {
    cell,
    activation: cell === 'rnn' ? settings.activation : 'tanh',
    ...(cell === 'rnn' && settings.memory !== 'before' ? { memory: settings.memory } : {}),
    D: table.D,
    H: settings.hidden,
    L: settings.layers,
    O: table.steps * table.targetColumns * (quantiles?.length ?? 1),
    dropout: settings.dropout,
    ...(settings.sharing !== 'none' && { sharing: { kind: settings.sharing, tasks: table.targetColumns } }),
    ...(settings.segment > 0 ? { segment: settings.segment } : {}),
    ...(quantiles ? { quantiles } : {}),
    ...(decodes(settings.task) && {
      decoder: {
        steps: table.steps,
        attention: settings.attention,
        ...(table.known ? { known: table.known } : {}),
      },
    }),
  };
}

export function trainOptions(settings: Settings, seed: number): TrainOptions {
  return {
    epochs: settings.epochs,
    patience: settings.patience,
    batch: settings.batch,
    learningRate: settings.lr,
    schedule: settings.schedule,
    optimizer: settings.optimizer,
    clip: settings.clip,
    tbptt: settings.tbptt,
    loss: settings.loss,
    seed,
    threads: settings.threads,
    kernels: settings.kernels,
    rollout: shapeOf(settings).rollout,
    sampling: settings.sampling,
    unroll: unrolledSteps(settings),
    init: settings.init,
    training: settings.training,
  };
}
