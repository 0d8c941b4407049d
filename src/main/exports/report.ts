import type { Language } from '../../core/errors';
import type { Exported } from '../../core/export/formats';
import { reportOf } from '../../core/export/report';
import { comparedRuns } from '../shelf';
import type { Store } from '../store';
import { version } from '../version';

/** Runs side by side as one HTML file. */
export async function reportExport(store: Store, runs: string[], language: Language): Promise<Exported> {
  const text = reportOf(await comparedRuns(store, runs), language, { version, at: new Date().toISOString() });
  return { files: [{ ending: '.html', bytes: new TextEncoder().encode(text) }], checked: null };
}
