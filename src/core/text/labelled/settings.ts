import { z } from 'zod';
import { settingsSchema } from '../../settings';

/** How texts are read by a network: word by word or character by character. */
export const inputNames = ['word', 'character'] as const;
export type InputName = (typeof inputNames)[number];

/** `shuffled`: by a hash of the words, so that a text is always in the same part; `file`: in the order of the file. */
export const orderNames = ['shuffled', 'file'] as const;

/** How a model of labelled texts is set up; names and meanings are those of a forecast's settings where both have them. */
const { models, hidden, layers, dropout, activation, epochs, patience, batch, lr, schedule, optimizer, clip } =
  settingsSchema.shape;
const { classWeights, seed, seeds, threads, kernels, split } = settingsSchema.shape;
const whole = (low: number, high: number) => z.number().int().min(low).max(high);

export const labelledSettingsSchema = z.strictObject({
  models,
  input: z.enum(inputNames),
  /** Words or characters of the vocabulary at most, the commonest first; all others are one unknown, or one by their ending. */
  vocabulary: whole(1, 50_000),
  /** What occurs less often in training counts as unknown, so that the unknown is learned. */
  rare: whole(1, 1000),
  /** Words or characters read of a text at most: longer ones are cut off, sentences to be tagged are cut in pieces. */
  length: whole(1, 4096),
  /** Words that a tag waits: with 1 the network has read the following word too before it says a word's tag. */
  delay: whole(0, 8),
  /** Numbers of a token's learned vector. */
  embedding: whole(1, 1024),
  hidden,
  layers,
  dropout,
  activation,
  classWeights,
  epochs,
  patience,
  /** Texts in a batch. */
  batch,
  lr,
  schedule,
  optimizer,
  clip,
  /** Shares of the texts for training, validation and test. */
  split,
  order: z.enum(orderNames),
  seed,
  seeds,
  threads,
  kernels,
});
export type LabelledSettings = z.infer<typeof labelledSettingsSchema>;
export const labelledSettingNames = Object.keys(labelledSettingsSchema.shape) as (keyof LabelledSettings)[];
