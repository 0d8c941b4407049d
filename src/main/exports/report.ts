import type { Language } from '../../core/errors';
import type { Exported } from '../../core/export/formats';
import { reportOf } from '../../core/export/report';
import { comparedRuns } from '../shelf';
import type { Store } from '../store';
import { version } from '../version';

/** Runs side by side as one HTML file. */
export async function reportExport(
  store: Store,
  runs: string[],
  language: Language,
  target?: string,
): Promise<Exported> {
  const made = { version, at: new Date().toISOString() };
  const text = reportOf(await comparedRuns(store, runs), language, made, target);
  return { files: [{ ending: '.html', bytes: new TextEncoder().encode(text) }], checked: null };
}
