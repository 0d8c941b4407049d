import { z } from 'zod';
import type { ReadingChoices } from '../core/data/frame';
import { LabError } from '../core/errors';
import { exportFormats } from '../core/export/formats';
import { lessonSchema } from '../core/inside/lessons/request';
import { askedNames, quantityNames } from '../core/inside/reading';
import type { CallName, Input, WindowState } from '../core/protocol';
import { missingNames } from '../core/setting-names';
import { type Settings, settingsSchema } from '../core/settings';
import { labelledKinds } from '../core/text/labelled/record';
import type { LabelledSettings } from '../core/text/labelled/settings';
import type { TextSettings } from '../core/text/settings';
import { annotationSchema } from './annotations';
import { labelledReadingSchema } from './labelled-schema';

/**
 * The door of the Lab: what arrives over any carrier is checked against these schemas before it is believed.
 * A file's path is not among them: files enter through `Lab.admit`, which only a host may call.
 */
const name = z.string().max(1000);
const identity = z.string().min(1).max(200);
const nothing = z.strictObject({});
const run = z.strictObject({ run: identity });
const runs = z.strictObject({ runs: z.array(identity).min(1).max(500) });
const row = z.number().int().min(0).max(1e9);

const source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('example'), name }),
  z.strictObject({ kind: z.literal('upload'), id: identity, name }),
  z.strictObject({ kind: z.literal('recent'), id: identity }),
]);

export const readingSchema: z.ZodType<ReadingChoices> = z.strictObject({
  encoding: name.optional(),
  delimiter: z.string().min(1).max(8).optional(),
  decimal: z.enum(['.', ',']).optional(),
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).optional(),
  date: name.optional(),
  target: name.optional(),
  headerLine: row.optional(),
  kinds: z.record(name, z.enum(['number', 'text', 'date', 'empty'])).optional(),
  asMissing: z.array(z.number()).min(1).max(20).optional(),
  missing: z.enum(missingNames).optional(),
  series: name.optional(),
});

/** Plain values only: which of them make an experiment is what its plan says, in place and all at once. */
const value = z.union([name, z.number(), z.boolean(), z.null(), z.array(z.union([name, z.number()])).max(300)]);
const settings = z.record(z.string().max(100), value) as z.ZodType<Partial<Settings>>;
const experiment = z.strictObject({ dataset: identity, settings });
const labelledExperiment = z.strictObject({
  texts: identity,
  settings: settings as unknown as z.ZodType<Partial<LabelledSettings>>,
});
const textExperiment = z.strictObject({
  text: identity,
  settings: settings as unknown as z.ZodType<Partial<TextSettings>>,
});
const backtest = z.strictObject({ folds: z.number().int().min(1).max(100), refit: z.boolean() });

export const windowSchema: z.ZodType<WindowState> = z.strictObject({
  recent: identity.nullable(),
  chosen: settings,
  shown: identity.nullable(),
  ticked: z.array(identity).max(100).optional(),
  target: name.nullable().optional(),
  range: z.strictObject({ from: z.number(), to: z.number() }).nullable().optional(),
  logarithmic: z.boolean().optional(),
  view: z.string().max(40),
  tab: z.string().max(40),
  language: z.enum(['en', 'ko']),
  theme: z.string().max(40),
  leftWidth: z.number(),
  bottomShare: z.number(),
});

/** A window of a run: by row or time, of any length, under the weights of any epoch; what fits is for the run to say. */
const insideWindow = run.extend({
  at: z.union([row, z.string().min(1).max(60)]).optional(),
  epoch: z.number().int().min(1).max(1e6).optional(),
  lookback: z.number().int().min(1).max(1e6).optional(),
  target: name.optional(),
});
const edit = z.strictObject({ step: row, column: name, value: z.number() });

const oneQuantity = z.strictObject({ layer: z.number().int().min(0).max(63), quantity: z.enum(quantityNames) });

const schemas = {
  'host.describe': nothing,
  'data.open': z.strictObject({
    source,
    reading: readingSchema.optional(),
    keep: z.boolean().optional(),
    ticket: identity,
  }),
  'data.recent': nothing,
  'data.cancel': z.strictObject({ ticket: identity }),
  'data.join': z.strictObject({
    dataset: identity,
    targets: z.array(name).min(1).max(64),
    source,
    ticket: identity,
  }),
  'data.series': z.strictObject({
    dataset: identity,
    column: name,
    from: row,
    to: row,
    points: z.number().int().min(1).max(100_000),
    as: z
      .strictObject({
        inputs: z.array(name).max(256),
        missing: z.enum(missingNames),
        outputs: z.array(name).max(2048).optional(),
      })
      .optional(),
    returns: z.boolean().optional(),
  }),
  'experiment.plan': experiment,
  'experiment.start': experiment.extend({ backtest: backtest.nullish() }),
  'experiment.compare': z.strictObject({ experiment: identity }),
  'experiment.queue': nothing,
  'text.recognise': z.strictObject({ source }),
  'text.open': z.strictObject({ source, encoding: name.optional() }),
  'text.plan': textExperiment,
  'text.start': textExperiment,
  'text.write': run.extend({
    prime: z.string().max(10_000),
    length: z.number().int().min(1).max(100_000),
    temperature: z.number().min(0).max(10),
    seed: z
      .number()
      .int()
      .min(0)
      .max(2 ** 31 - 1),
    stop: z.string().max(1000).optional(),
  }),
  'labelled.open': z.strictObject({
    source,
    kind: z.enum(labelledKinds),
    reading: labelledReadingSchema.optional(),
  }),
  'labelled.plan': labelledExperiment,
  'labelled.start': labelledExperiment,
  'labelled.tell': run.extend({ texts: z.array(z.string().max(100_000)).min(1).max(1000) }),
  'labelled.inside': run.extend({
    text: z.string().min(1).max(100_000).optional(),
    example: z.number().int().min(0).max(1000).optional(),
    only: oneQuantity.optional(),
  }),
  'labelled.units': run,
  'text.inside': run.extend({
    text: z.string().min(1).max(20_000).optional(),
    at: row.optional(),
    length: z.number().int().min(1).max(20_000).optional(),
    only: oneQuantity.optional(),
  }),
  'text.units': run.extend({ text: z.string().min(1).max(20_000).optional() }),
  'window.read': nothing,
  'window.keep': z.strictObject({ state: windowSchema }),
  'run.goOn': runs.extend({
    epochs: settingsSchema.shape.epochs.optional(),
    patience: settingsSchema.shape.patience.optional(),
  }),
  'run.stop': run,
  'run.pause': run,
  'run.resume': run,
  'run.list': nothing,
  'run.show': run,
  'run.annotate': run.extend(annotationSchema.partial().shape),
  'run.again': run.extend({ dataset: identity.optional() }),
  'run.compare': runs.extend({ language: z.enum(['en', 'ko']).optional(), target: name.optional() }),
  'project.pack': nothing,
  'project.bring': z.strictObject({ source }),
  'run.report': runs.extend({ language: z.enum(['en', 'ko']), target: name.optional() }),
  'run.delete': runs,
  'run.restore': runs,
  'run.export': run.extend({ format: z.enum(exportFormats) }),
  'inside.probe': insideWindow,
  'inside.whatIf': insideWindow.extend({
    edits: z.array(edit).max(4096),
    quantities: z.array(z.enum(askedNames)).max(askedNames.length).optional(),
  }),
  'inside.epochs': insideWindow,
  'lesson.train': z.strictObject({ ticket: identity, request: lessonSchema }),
  'lesson.stop': z.strictObject({ ticket: identity }),
} satisfies { [C in CallName]: z.ZodType<Input<C>> };

export const callNames = Object.keys(schemas) as CallName[];

export function isCall(name: string): name is CallName {
  return Object.hasOwn(schemas, name);
}

/** The input of a call as the contract says it is; throws a `LabError` that names the first thing wrong with it. */
export function checkInput<C extends CallName>(call: C, input: unknown): Input<C> {
  const checked = schemas[call].safeParse(input);
  if (checked.success) return checked.data as Input<C>;
  throw refusal(checked.error.issues[0]!, input);
}

/** A complete sentence for one thing wrong with a call: where, what was given and what it may be. */
function refusal(issue: z.core.$ZodIssue, input: unknown): LabError {
  if (issue.code === 'unrecognized_keys')
    return new LabError('host.unknown-option', { option: [...issue.path, issue.keys[0]].join('.') });
  let given: unknown = input;
  for (const key of issue.path) given = (given as Record<PropertyKey, unknown> | null | undefined)?.[key];
  const option = issue.path.join('.') || 'input';
  return new LabError('host.bad-option', { option, value: shown(given), allowed: allowed(issue) });
}

const shown = (value: unknown): string =>
  typeof value === 'string' ? value.slice(0, 80) : (JSON.stringify(value) ?? 'nothing').slice(0, 80);

function allowed(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return issue.inclusive === false ? `> ${issue.minimum}` : `≥ ${issue.minimum}`;
    case 'too_big':
      return `≤ ${issue.maximum}`;
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'invalid_type':
      return issue.expected;
    default:
      return issue.message;
  }
}
