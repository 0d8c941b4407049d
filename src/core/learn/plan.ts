import type { Labels } from '../data/windows';
import { Arena, type Buffer } from '../kernels/arena';
import { type ModelSpec, quantilesOf } from '../nn/model';
import { type NetworkPlaces, placeNetwork } from '../nn/network';
import type { TrainRequest } from './engine';
import { controlWords, mostSeats, mostTasks } from './words';

/**
 * Where everything of one training lies, made once and before anything is allocated. Plain data: every thread that
 * takes part gets a copy of it and the one memory it describes.
 */
export interface TrainPlan {
  model: ModelSpec;
  table: TableShape;
  /** Where tokens are learned (learn/tokens.ts) and not windows of a table. */
  tokens?: { labelsAt: number; carried: boolean /** 0: none. */; weightsAt: number };
  /** Rows of windows in a slice. */
  S: number;
  /** Most slices in a batch. */
  slices: number;
  /** With a workspace per thread. */
  network: NetworkPlaces;
  gradient: number;
  moments: [number, number];
  /** [rows][D] */
  tableAt: number;
  /** First rows of the training windows, shuffled every epoch, and of the validation windows. */
  trainAt: number;
  validationAt: number;
  /** [tasks] doubles: the loss of each slice or chunk. */
  lossesAt: number;
  /** The model's quantile levels, if it has any. */
  levelsAt: number;
  /** What a model of classes learns. */
  labels: LabelPlaces | null;
  /** Words by which threads meet. */
  controlAt: number;
  memory: Buffer[];
  bytes: number;
}

/** Class numbers of rows [rows] of the training and of the validation part, and weights of classes [V]. */
export interface LabelPlaces {
  train: number;
  validation: number;
  weights: number;
  validationCount: number;
  judged: number;
}

export interface TableShape {
  rows: number;
  D: number;
  C: number;
  T: number;
  firstStep: number;
  steps: number;
  /** Leading columns from which a window's last value is subtracted. */
  centre: number;
  train: number;
  validation: number;
  rollout: number;
}

/**
 * A batch is cut into slices whose number depends on the batch and the width alone, never on the threads, so that sums
 * are taken in one order whoever computes them. Small slices serve more threads and stay in the cache; wide models want
 * more rows, for each slice reads all weights at every step; and each slice has a gradient of its own to be kept.
 */
export function sliceRows(batch: number, H: number): number {
  const least = Math.max(8, H / 16);
  return upTo4(Math.min(batch, Math.max(least, Math.ceil(batch / mostSlices))));
}
const mostSlices = 32;
const upTo4 = (n: number) => Math.ceil(n / 4) * 4;

export function planTraining({ model, table, options }: TrainRequest, threads: number): TrainPlan {
  const arena = new Arena();
  const S = sliceRows(options.batch, model.H);
  const slices = Math.ceil(options.batch / S);
  const validation = table.starts.validation.length;
  const seats = Math.max(1, Math.min(threads, mostSeats, Math.max(slices, Math.ceil(validation / S))));
  const kept = options.tbptt > 0 ? Math.min(options.tbptt, table.T) : table.T;
  const extra = Math.max(options.rollout, options.unroll ?? 1, 1);
  const network = placeNetwork(arena, model, { S, T: table.T, kept, extra, seats, slices });
  return {
    model,
    table: {
      rows: table.rows,
      D: table.D,
      C: table.targetColumns,
      T: table.T,
      firstStep: table.firstStep,
      steps: table.steps,
      centre: table.centre === 'last' ? table.D - (table.known ?? 0) : 0,
      train: table.starts.train.length,
      validation,
      rollout: options.rollout,
    },
    S,
    slices,
    network,
    gradient: arena.add('gradient', [network.size]),
    moments: [arena.add('first moment', [network.size]), arena.add('second moment', [network.size])],
    tableAt: arena.add('table', [table.rows, table.D]),
    trainAt: arena.add('training windows', [table.starts.train.length]),
    validationAt: arena.add('validation windows', [validation]),
    levelsAt: arena.add('quantile levels', [quantilesOf(model)]),
    labels: table.labels ? placeLabels(arena, table.labels, table.rows) : null,
    lossesAt: arena.add('losses', [mostTasks], 8),
    controlAt: arena.add('control', [controlWords]),
    memory: arena.table,
    bytes: arena.bytes,
  };
}

function placeLabels(arena: Arena, labels: Labels, rows: number): LabelPlaces {
  const { classes, validationCount, judged } = labels;
  return {
    train: arena.add('training labels', [rows]),
    validation: arena.add('validation labels', [rows]),
    weights: arena.add('class weights', [classes]),
    validationCount,
    judged,
  };
}
