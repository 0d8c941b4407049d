import { z } from 'zod';

import { settingsSchema } from '../settings';

/** How a language model is set up; names and meanings are those of a forecast's settings where both have them. */
const { models, hidden, layers, dropout, activation, epochs, patience, lr, schedule, optimizer, clip, seed, seeds } =
  settingsSchema.shape;
const { threads, kernels, split } = settingsSchema.shape;
const whole = (low: number, high: number) => z.number().int().min(low).max(high);

export const textSettingsSchema = z.strictObject({
  models,
  /** Numbers of a character's learned vector; 0: one-hot. */
  embedding: whole(0, 1024),
  hidden,
  layers,
  dropout,
  activation,
  /** Steps of a chunk: as far as the gradient goes back. */
  tbptt: whole(1, 4096),
  /** Stretches of the text that are read side by side. */
  streams: whole(1, 1024),
  epochs,
  patience,
  lr,
  schedule,
  optimizer,
  clip,
  /**
   * Shares of training, validation and test. Validation stands before training, so that what stands just before the test part is
   * learned: texts change as they go on, and a model that never read that stretch is judged for the change.
   */
  split,
  seed,
  seeds,
  threads,
  kernels,
});
export type TextSettings = z.infer<typeof textSettingsSchema>;
export const textSettingNames = Object.keys(textSettingsSchema.shape) as (keyof TextSettings)[];
