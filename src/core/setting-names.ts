import { sharingNames } from './nn/model';

/** What settings of choices may be, apart from their schema: the window offers them and checks nothing. */
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
