import { z } from 'zod';
import { activationNames, attentionNames, cellNames, initNames, memoryNames, sharingNames } from './nn/model';

/**
 * How an experiment is set up. Names are those of the command line's options, so that a run's own record
 * is the command that repeats it. A complete `Settings` says everything; `Partial<Settings>` is what a person chose.
 */
export const taskNames = [
  'one-to-one',
  'one-to-many',
  'many-to-one',
  'autoregressive',
  'many-to-many',
  'seq2seq',
  'direction',
  'classify',
  'labelling',
] as const;
/** `quantile` learns the median and the edges of the bands; `cross-entropy` is of the tasks of classes alone. */
export const lossNames = ['mse', 'mae', 'huber', 'quantile', 'cross-entropy'] as const;
/** What an error on a class counts: the same for all, or in inverse proportion to how common the class is. */
export const classWeightNames = ['none', 'balanced'] as const;
export const optimizerNames = ['adam', 'adamw', 'sgd', 'rmsprop'] as const;
/** How the learning rate changes from epoch to epoch (learn/schedule.ts). */
export const scheduleNames = ['constant', 'decay', 'cosine'] as const;
/** `auto` tries the others that suit the data and keeps what forecasts the validation part best. */
export const transformNames = [
  'none',
  'diff',
  'log',
  'log-diff',
  'seasonal-diff',
  'log-seasonal-diff',
  'auto',
] as const;
export const scaleNames = ['standard', 'minmax', 'robust', 'window', 'none', 'auto'] as const;
export const kernelNames = ['relaxed', 'plain'] as const;
export const missingNames = ['leave-out', 'carry-forward', 'interpolate'] as const;

/** What several targets share: nothing but one head over one network (`none`), or a kind of layer, each with a head of its own. */
export const sharingChoices = ['none', ...sharingNames] as const;
/** Of tasks that share: all together in each batch, or a batch of one after the other. */
export const trainingNames = ['joint', 'alternating'] as const;

const whole = (low: number, high: number) => z.number().int().min(low).max(high);

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
