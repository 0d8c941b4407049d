import type { z } from 'zod';
import { LabError } from '../core/errors';
import { descriptionFormat } from '../core/export/description';
import { labelledFormat } from '../core/export/labelled';
import { languageFormat } from '../core/export/language';
import { type RunRecord, runVersion } from '../core/run';
import { parseJson } from './json';
import { migrated } from './migrate';
import { runSchema } from './run-schema';
import { type AnyRecord, schemaOf } from './store';

/**
 * A run's record from elsewhere, of this program's version or an earlier one, with what `wanted` says it is, if anything.
 * Where its data lay on another machine is nothing to go by here.
 * @throws LabError predict.not-a-model, predict.newer
 */
export function recordFrom(text: string, file: string, wanted?: string): RunRecord {
  const { format, rows: _, ...rest } = objectFrom(text, file);
  if (format !== wanted) throw refusal(file, `its "format" is not "${wanted}"`);
  return checkedRecord(runSchema, runVersion, migrated(rest), file);
}

/** What an exported model says of itself, of any kind. */
export function exportedRecordFrom(text: string, file: string): AnyRecord {
  const { format, ...rest } = objectFrom(text, file);
  if (format !== languageFormat && format !== labelledFormat) return recordFrom(text, file, descriptionFormat);
  const [schema, known] = schemaOf(format === languageFormat ? 'language' : 'labelled');
  return checkedRecord(schema, known, rest, file);
}

/** A run of any kind, as a project has them. */
export function anyRecordFrom(text: string, file: string): AnyRecord {
  const json = objectFrom(text, file);
  if (json.kind === undefined) return recordFrom(text, file);
  const [schema, known] = schemaOf(json.kind);
  return checkedRecord(schema, known, json, file);
}

function checkedRecord<R extends AnyRecord>(schema: z.ZodType<R>, known: number, json: unknown, file: string): R {
  const { version } = Object(json) as { version?: unknown };
  if (typeof version === 'number' && version > known)
    throw new LabError('predict.newer', { file, version, known }, { file });
  const checked = schema.safeParse(json);
  if (!checked.success) {
    const issue = checked.error.issues[0]!;
    throw refusal(file, `${issue.path.join('.') || 'all of it'}: ${issue.message}`);
  }
  const { path: _, ...dataset } = checked.data.dataset;
  return { ...checked.data, dataset };
}

function objectFrom(text: string, file: string): Record<string, unknown> {
  try {
    return Object(parseJson(text)) as Record<string, unknown>;
  } catch (thrown) {
    throw refusal(file, `not JSON: ${(thrown as Error).message.slice(0, 100)}`);
  }
}

const refusal = (file: string, reason: string) => new LabError('predict.not-a-model', { file, reason }, { file });
