import { LabError } from '../core/errors';
import { type RunRecord, runVersion } from '../core/run';
import { parseJson } from './json';
import { migrated } from './migrate';
import { runSchema } from './run-schema';

/**
 * A run's record from elsewhere, of this program's version or an earlier one, with what `wanted` says it is, if anything.
 * Where its data lay on another machine is nothing to go by here.
 * @throws LabError predict.not-a-model, predict.newer
 */
export function recordFrom(text: string, file: string, wanted?: string): RunRecord {
  const refuse = (reason: string) => new LabError('predict.not-a-model', { file, reason }, { file });
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (thrown) {
    throw refuse(`not JSON: ${(thrown as Error).message.slice(0, 100)}`);
  }
  const { format, rows: _, ...rest } = Object(json) as Record<string, unknown>;
  if (format !== wanted) throw refuse(`its "format" is not "${wanted}"`);
  if (typeof rest.version === 'number' && rest.version > runVersion)
    throw new LabError('predict.newer', { file, version: rest.version, known: runVersion }, { file });
  const checked = runSchema.safeParse(migrated(rest));
  if (!checked.success) {
    const issue = checked.error.issues[0]!;
    throw refuse(`${issue.path.join('.') || 'all of it'}: ${issue.message}`);
  }
  const { path: __, ...dataset } = checked.data.dataset;
  return { ...checked.data, dataset };
}
