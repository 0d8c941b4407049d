import { z } from 'zod';
import { steps } from '../core/data/frame';
import { activationNames, attentionNames, cellNames, sharingNames } from '../core/nn/model';
import { formNames, type RunRecord, runVersion } from '../core/run';
import { kernelNames, scaleNames, transformNames } from '../core/setting-names';
import { settingsSchema } from '../core/settings';

/**
 * What a `run.json` must be to be believed when it is read back. Unknown fields are kept, so that a record written by
 * a newer program of the same version passes through unharmed.
 */
const number = z.number().nullable();
const text = z.string().nullable();
const count = z.number().int().min(0);
const curve = z.array(number);
const facts = z.record(z.string(), z.union([z.string(), z.number()]));

const metrics = z.looseObject({
  n: count,
  mae: number,
  mse: number,
  rmse: number,
  mape: number,
  smape: number,
  mase: number,
  r2: number,
  direction: number,
  skill: number,
  coverage80: number,
  coverage95: number,
});
const partMetrics = z.looseObject({
  validation: metrics,
  test: metrics,
  testScaled: z.looseObject({ mse: number, mae: number }),
});
const part = z.looseObject({ rows: count, start: text, end: text });

const dataset = z.looseObject({
  file: z.string(),
  rows: count,
  dateColumn: text,
  target: z.string(),
  frequency: z.object({ step: z.enum(steps), every: z.number() }),
  start: text,
  end: text,
  sha256: z.string(),
  reading: z.looseObject({}),
  path: z.string().optional(),
});

/** Bounded, because the size of what a model would place in memory follows from these numbers alone. */
const upTo = (most: number) => z.number().int().min(0).max(most);
const model = z.looseObject({
  cell: z.enum(cellNames),
  activation: z.enum(activationNames),
  D: upTo(4096),
  H: upTo(4096),
  L: upTo(16),
  O: upTo(1 << 20),
  dropout: z.number(),
  segment: upTo(4096).optional(),
  quantiles: z.array(z.number().min(0).max(1)).max(99).optional(),
  sharing: z.looseObject({ kind: z.enum(sharingNames), tasks: upTo(65) }).optional(),
  decoder: z.looseObject({ steps: upTo(1 << 20), attention: z.enum(attentionNames) }).optional(),
});

const point = z.looseObject({
  step: count,
  time: text,
  value: z.number(),
  lower80: number,
  upper80: number,
  lower95: number,
  upper95: number,
});

const column = z.looseObject({
  name: z.string(),
  log: z.boolean(),
  floor: z.number(),
  lag: count,
  offset: z.number(),
  factor: z.number(),
});
const stepError = z.looseObject({ step: count, mae: z.number(), rmse: z.number(), naiveMae: z.number() });
const evidence = z.looseObject({
  againstNaive: z.looseObject({ statistic: z.number(), p: z.number(), windows: count }).nullable(),
  againstBaselines: z.array(z.looseObject({ name: z.string(), statistic: z.number(), p: z.number() })),
  lag: number,
  coin: number,
  copy: z.boolean(),
});

const classMetrics = z.looseObject({
  n: count,
  unseen: count,
  accuracy: number,
  balancedAccuracy: number,
  macroF1: number,
  crossEntropy: number,
  brier: number,
  calibration: number,
  skill: number,
  perClass: z.array(
    z.looseObject({
      name: z.string(),
      support: z.number(),
      predicted: z.number(),
      precision: number,
      recall: number,
      f1: number,
    }),
  ),
  confusion: z.array(z.array(z.number())),
});
const classPartMetrics = z.looseObject({ validation: classMetrics, test: classMetrics });
const names = z.array(z.string()).min(1);
const classes = z.looseObject({
  names,
  weights: z.array(z.number()),
  balance: z.looseObject({
    classes: names,
    train: z.array(count),
    validation: z.array(count),
    test: z.array(count),
  }),
  metrics: classPartMetrics,
  evidence: z.array(z.looseObject({ name: z.string(), statistic: z.number(), p: z.number(), windows: count })),
  forecast: z.array(z.looseObject({ step: count, time: text, class: z.string(), probabilities: z.array(z.number()) })),
});

const bands = z
  .looseObject({
    log: z.boolean(),
    floor: z.number(),
    rows: count,
    usual: z.number(),
    half80: curve,
    half95: curve,
  })
  .nullable();
const baselines = z.array(
  z.looseObject({ name: z.string(), metrics: partMetrics, classMetrics: classPartMetrics.optional() }),
);

/** Settings that came later, with what runs from before them did. */
const { schedule, reach, memory, init, future, also, outputs, flat, classWeights, sharing, training } =
  settingsSchema.shape;
const laterSettings = {
  schedule: schedule.default('constant'),
  reach: reach.default(1),
  memory: memory.default('before'),
  future: future.default([]),
  also: also.default([]),
  outputs: outputs.default([]),
  sharing: sharing.default('none'),
  training: training.default('joint'),
  init: init.default('orthogonal'),
  flat: flat.default(0),
  classWeights: classWeights.default('none'),
};

/** What is known of a run before it is trained. */
export const runParts = { dataset, settings: z.looseObject({ ...settingsSchema.shape, ...laterSettings }) };

export const runSchema: z.ZodType<RunRecord> = z.looseObject({
  version: z.literal(runVersion),
  id: z.string(),
  experiment: z.string(),
  name: z.string(),
  created: z.string(),
  ...runParts,
  cell: z.enum(cellNames),
  seed: count,
  model,
  kernels: z.enum(kernelNames),
  preparation: z.looseObject({
    transform: z.enum(transformNames).exclude(['auto']),
    scale: z.enum(scaleNames).exclude(['auto']),
    columns: z.array(column),
  }),
  split: z.looseObject({ train: part, validation: part, test: part }),
  parameters: count,
  epochs: count,
  bestEpoch: count,
  seconds: z.number(),
  samplesPerSecond: z.number(),
  stopped: z.enum(['epochs', 'patience', 'diverged', 'interrupted']),
  resumed: z.array(count).optional(),
  trouble: z.looseObject({ code: z.string(), facts }).nullable(),
  health: z.array(z.looseObject({ code: z.string(), facts })).optional(),
  loss: z.looseObject({ train: curve, validation: curve }),
  metrics: partMetrics,
  forecast: z.array(point),
  byStep: z.array(stepError),
  forms: z.array(z.looseObject({ form: z.enum(formNames), windows: count, byStep: z.array(stepError) })).optional(),
  bands,
  evidence,
  targets: z
    .array(
      z.looseObject({
        name: z.string(),
        metrics: partMetrics,
        byStep: z.array(stepError),
        bands,
        evidence,
        forecast: z.array(point),
        baselines,
      }),
    )
    .optional(),
  leak: z.looseObject({ bestEpoch: count, test: metrics }).nullable(),
  baselines,
  classes: classes.optional(),
});
