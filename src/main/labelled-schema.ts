import { z } from 'zod';
import { sizeOf } from '../core/text/labelled/lexicon';
import {
  type LabelledReading,
  type LabelledRecord,
  labelledBaselineNames,
  labelledKinds,
  labelledVersion,
} from '../core/text/labelled/record';
import { inputNames, labelledSettingsSchema } from '../core/text/labelled/settings';
import { textCommon } from './text-schema';

/** What the `run.json` of a model of labelled texts must be to be believed when it is read back. Unknown fields are kept. */
const { count, name } = { count: z.number().int().min(0), name: z.string().max(1000) };
const share = z.number().nullable();
const words = z.array(z.string().max(10_000)).max(100_000);
const labels = z.array(z.string().max(1000)).max(1000);

export const labelledReadingSchema: z.ZodType<LabelledReading> = z.strictObject({
  encoding: name.optional(),
  delimiter: z.string().min(1).max(8).optional(),
  headerLine: z.number().int().min(0).max(1e9).optional(),
  text: name.optional(),
  label: name.optional(),
});

const metrics = z.looseObject({
  n: count,
  unseen: count,
  ...{ accuracy: share, balancedAccuracy: share, macroF1: share, crossEntropy: share, brier: share },
  ...{ calibration: share, skill: share, wholly: share, texts: count },
  perClass: z.array(
    z.looseObject({
      name: z.string(),
      support: z.number(),
      predicted: z.number(),
      ...{ precision: share, recall: share, f1: share },
    }),
  ),
  confusion: z.array(z.array(z.number())),
  unknown: z.looseObject({ n: count, accuracy: share }).nullable(),
});
const both = z.looseObject({ validation: metrics, test: metrics });
const baselineName = z.enum(labelledBaselineNames);

/** What is known of a run before it is trained. */
export const labelledParts = {
  dataset: z.looseObject({
    ...{ file: z.string(), sha256: z.string(), encoding: z.string(), path: z.string().optional() },
    ...{ texts: count, repeated: count, reading: labelledReadingSchema },
  }),
  settings: z.looseObject(labelledSettingsSchema.shape),
};

export const labelledSchema: z.ZodType<LabelledRecord> = z
  .looseObject({
    ...textCommon,
    version: z.literal(labelledVersion),
    kind: z.enum(labelledKinds),
    ...labelledParts,
    lexicon: z.looseObject({ unit: z.enum(inputNames), shapes: words, words }),
    labels,
    balance: z.looseObject({
      classes: labels,
      ...{ train: z.array(count), validation: z.array(count), test: z.array(count) },
    }),
    read: z.looseObject({ tokens: count, known: count, long: count }),
    tokensPerSecond: z.number(),
    metrics: both,
    baselines: z.array(z.looseObject({ name: baselineName, metrics: both })),
    evidence: z.array(z.looseObject({ name: baselineName, statistic: z.number(), p: z.number(), windows: count })),
    examples: z.array(z.looseObject({ tokens: words, labels: words, told: words, probabilities: z.array(z.number()) })),
  })
  .refine(({ model, labels: own, lexicon }) => model.O === own.length && model.tokens.V === sizeOf(lexicon), {
    path: ['labels'],
    message: 'or the vocabulary has another size than in the model',
  });
