import { z } from 'zod';
import { activationNames, cellNames } from '../core/nn/model';
import { kernelNames } from '../core/setting-names';
import { type TextRecord, textVersion } from '../core/text/record';
import { textSettingsSchema } from '../core/text/settings';

/** What a language model's `run.json` must be to be believed when it is read back. Unknown fields are kept. */
const count = z.number().int().min(0);
const curve = z.array(z.number().nullable());
const metrics = z.looseObject({ n: count, nats: z.number(), bits: z.number(), accuracy: z.number() });
const judged = z.looseObject({ validation: metrics, test: metrics });

/** What records of texts have in common, of whatever kind they are. */
export const textCommon = {
  id: z.string(),
  experiment: z.string(),
  name: z.string(),
  created: z.string(),
  cell: z.enum(cellNames),
  seed: count,
  model: z.looseObject({
    cell: z.enum(cellNames),
    activation: z.enum(activationNames),
    D: count,
    H: count,
    L: count,
    O: count,
    dropout: z.number(),
    tokens: z.strictObject({ V: count, embedding: z.enum(['learned', 'one-hot']) }),
  }),
  kernels: z.enum(kernelNames),
  split: z.looseObject({ train: count, validation: count, test: count }),
  parameters: count,
  epochs: count,
  bestEpoch: count,
  seconds: z.number(),
  stopped: z.enum(['epochs', 'patience', 'diverged', 'interrupted']),
  resumed: z.array(count).optional(),
  trouble: z
    .looseObject({ code: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
  loss: z.looseObject({ train: curve, validation: curve }),
};

/** What is known of a run before it is trained. */
export const textParts = {
  dataset: z.looseObject({
    file: z.string(),
    sha256: z.string(),
    encoding: z.string(),
    characters: count,
    path: z.string().optional(),
  }),
  settings: z.looseObject(textSettingsSchema.shape),
};

export const textSchema: z.ZodType<TextRecord> = z
  .looseObject({
    ...textCommon,
    version: z.literal(textVersion),
    kind: z.literal('language'),
    ...textParts,
    vocabulary: z.array(z.string().min(1).max(8)).max(100_000),
    charactersPerSecond: z.number(),
    metrics: judged,
    baselines: z.array(z.looseObject({ name: z.enum(['unigram', 'bigram']), metrics: judged })),
    samples: z.array(z.looseObject({ epoch: count, text: z.string() })),
  })
  .refine(({ model, vocabulary }) => model.O === vocabulary.length && model.tokens.V === vocabulary.length, {
    path: ['vocabulary'],
    message: 'has another number of characters than the model',
  });
