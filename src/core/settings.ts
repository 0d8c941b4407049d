import { z } from 'zod';
import { activationNames, attentionNames, cellNames, initNames, memoryNames } from './nn/model';
import {
  classWeightNames,
  kernelNames,
  lossNames,
  missingNames,
  optimizerNames,
  scaleNames,
  scheduleNames,
  sharingChoices,
  taskNames,
  trainingNames,
  transformNames,
} from './setting-names';

const whole = (low: number, high: number) => z.number().int().min(low).max(high);

/**
 * How an experiment is set up. Names are those of the command line's options, so that a run's own record
 * is the command that repeats it. A complete `Settings` says everything; `Partial<Settings>` is what a person chose.
 */
export const settingsSchema = z.strictObject({
  /** Column to forecast. */
  target: z.string().min(1),
  /** Column of dates; null when rows are only counted. */
  date: z.string().nullable(),
  /** Further columns to forecast with the same network; scores and forecasts of each stand beside the target's. */
  also: z.array(z.string()).max(64),
  /**
   * Columns that are, in this order, the steps of a curve (one-to-many): then every row is an example of its own, its inputs
   * are read and its outputs forecast. Empty: a curve is the following rows of the target.
   */
  outputs: z.array(z.string()).max(2048),
  /** How the networks of several targets share what they learn (nn/sharing). */
  sharing: z.enum(sharingChoices),
  training: z.enum(trainingNames),
  /** Extra input columns. */
  inputs: z.array(z.string()).max(256),
  /** Other columns that are known ahead, past the end of the target too: holidays, planned prices. */
  future: z.array(z.string()).max(256),
  models: z.array(z.enum(cellNames)).min(1),
  task: z.enum(taskNames),
  /** Steps read. */
  lookback: whole(1, 4096),
  /** Steps forecast. */
  horizon: whole(1, 2048),
  /** Steps ahead over which a trained model's other ways of forecasting are tried on the test part (forecast/forms.ts). */
  reach: whole(1, 4096),
  /** Steps to a segment, where the recurrence goes over segments (many-to-many only); 0: step by step. */
  segment: whole(0, 2048),
  /** How the decoder of seq2seq looks back at the encoder's states. */
  attention: z.enum(attentionNames),
  /** Share of its own outputs among what a model is fed in training, after a linear rise from 0 (seq2seq, autoregressive). */
  sampling: z.number().min(0).max(1),
  hidden: whole(1, 1024),
  layers: whole(1, 4),
  /** Between layers, so without effect when there is one; with segments also before the head. */
  dropout: z.number().min(0).max(0.9),
  /** Of the plain RNN. */
  activation: z.enum(activationNames),
  /** Where the memory of the plain RNN enters. */
  memory: z.enum(memoryNames),
  /** How recurrent weights begin. */
  init: z.enum(initNames),
  epochs: whole(1, 10_000),
  /** Epochs without a better validation loss after which training stops; 0: never. */
  patience: whole(0, 10_000),
  batch: whole(1, 4096),
  /** Learning rate. */
  lr: z.number().positive().max(10),
  schedule: z.enum(scheduleNames),
  optimizer: z.enum(optimizerNames),
  /** Largest global norm of the gradient; 0: not clipped. */
  clip: z.number().min(0),
  /** Steps the gradient goes back; 0: through the whole window. */
  tbptt: whole(0, 4096),
  loss: z.enum(lossNames),
  /** Largest change, in the target's units, that is called flat (direction). */
  flat: z.number().min(0),
  classWeights: z.enum(classWeightNames),
  transform: z.enum(transformNames),
  scale: z.enum(scaleNames),
  missing: z.enum(missingNames),
  /** Rows in one season, for seasonal differences, seasonal baselines and MASE; 1: none. */
  season: whole(1, 100_000),
  /** Adds day of week, month and hour, as sine and cosine, of the step to be forecast to the inputs. */
  calendar: z.boolean(),
  /** Rows left out before the validation and the test part, so that neighbours in time do not sit on both sides. */
  embargo: whole(0, 1_000_000),
  /** Shares of train, validation, test in time order. */
  split: z.tuple([z.number(), z.number(), z.number()]),
  /** Exact rows of train, validation, test from the first row on; null: `split` decides. */
  splitRows: z.tuple([whole(1, 1e9), whole(1, 1e9), whole(1, 1e9)]).nullable(),
  seed: whole(0, 2 ** 31 - 1),
  /** Trains once more on all rows, for as many epochs as were best, before forecasting past the end. */
  refit: z.boolean(),
  /** Beside the honest run, shows what it would seem to reach if scaler and epoch were allowed to see the test part. */
  leak: z.boolean(),
  /** How many seeds each model is trained under: seed, seed+1, … */
  seeds: whole(1, 100),
  threads: whole(1, 256),
  kernels: z.enum(kernelNames),
});

export type Settings = z.infer<typeof settingsSchema>;
export type TaskName = Settings['task'];
export type TrainingName = Settings['training'];
export type LossName = Settings['loss'];
export type OptimizerName = Settings['optimizer'];
export type ScheduleName = Settings['schedule'];
export type TransformName = Settings['transform'];
export type ScaleName = Settings['scale'];
export type KernelName = Settings['kernels'];
