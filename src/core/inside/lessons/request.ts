import { z } from 'zod';

/** What a lesson may be asked to train: a few small networks on a small made-up series, in the trainer, by its engine. */
const whole = (low: number, high: number) => z.number().int().min(low).max(high);
const rate = z.number().min(1e-4).max(1);
export const shapeNames = ['one-to-one', 'one-to-many', 'many-to-one', 'encoder-decoder', 'every-step'] as const;
export type ShapeName = (typeof shapeNames)[number];

export const lessonSchema = z.discriminatedUnion('lesson', [
  /** The plain cell with each non-linearity. */
  z.strictObject({ lesson: z.literal('activations'), rate, steps: whole(5, 60), clip: z.number().min(0).max(10) }),
  /** The plain cell beside the LSTM, with the cures to try. */
  z.strictObject({
    lesson: z.literal('vanishing'),
    lag: whole(2, 30),
    rate,
    clip: z.number().min(0).max(10),
    init: z.enum(['orthogonal', 'uniform']),
  }),
  z.strictObject({ lesson: z.literal('truncation'), lag: whole(2, 16) }),
  z.strictObject({ lesson: z.literal('memory'), lag: whole(2, 6) }),
  z.strictObject({ lesson: z.literal('shapes'), shape: z.enum(shapeNames), hidden: whole(1, 32) }),
  z.strictObject({ lesson: z.literal('feedback'), noise: z.number().min(0).max(1), horizon: whole(2, 24) }),
  z.strictObject({ lesson: z.literal('attention'), lag: whole(10, 20) }),
]);
export type LessonRequest = z.infer<typeof lessonSchema>;

type Num = number | null;

/** How far a training is: its share done, and the validation loss of each epoch so far; null where not finite. */
export interface LessonProgress {
  done: number;
  /** Epochs there will be. */
  epochs: number;
  losses: { name: string; losses: Num[] }[];
}

export interface LessonAnswer {
  trials: TrialAnswer[];
}
export interface TrialAnswer {
  name: string;
  stopped: 'epochs' | 'patience' | 'diverged' | 'interrupted';
  /** By epoch: validation loss, and mean norm of the gradient before clipping. */
  losses: Num[];
  norms: Num[];
  /** Validation loss of the best epoch: its weights are those that everything below is of. */
  error: Num;
  /** [T] ‖∂L/∂h_t‖ on one unseen window. */
  gradient: Num[] | null;
  /** Share of saturated steps and units on that window; null for gated cells. */
  saturated: Num;
  /** [K][T] */
  attention: Num[][] | null;
  /** Root of the mean squared error by steps rolled out. */
  byStep: Num[] | null;
  /** One unseen window of the target: what was read, what came, and what was forecast of it. */
  sample: { read: number[]; came: number[]; forecast: Num[] } | null;
}
