import { LabError } from '../core/errors';
import { type ComparedRun, compareRuns } from '../core/forecast/compare';
import { modelName } from '../core/forecast/compare/differing';
import type { LabEvent } from '../core/protocol';
import type { Handlers } from './lab';
import type { Store } from './store';

/** What can be done with the runs of a project as they lie on its shelf; every window is told of each change. */
export function shelfCalls(
  store: Store,
  emit: (event: LabEvent) => void,
): Pick<Handlers, 'run.list' | 'run.annotate' | 'run.delete' | 'run.restore' | 'run.compare' | 'run.report'> {
  return {
    'run.list': async () => {
      const { records, texts, unfinished, damaged: unreadable } = await store.list();
      const annotations = await store.annotations([...records, ...texts]);
      return { records, texts, unfinished, annotations, unreadable };
    },
    'run.annotate': async ({ run, ...change }) => {
      const annotation = await store.annotate(run, change);
      emit({ type: 'annotated', run, annotation });
      return annotation;
    },
    'run.compare': async ({ runs, language, target }) =>
      compareRuns(await comparedRuns(store, runs), language ?? null, target),
    'run.report': async ({ runs, language, target }) =>
      (await import('./exports')).takenReport(store, runs, language, target),
    'run.delete': async ({ runs }) => {
      for (const run of runs) {
        await store.remove(run);
        emit({ type: 'deleted', run });
      }
      emit({ type: 'unfinished', runs: (await store.list()).unfinished });
      return null;
    },
    'run.restore': async ({ runs }) => {
      for (const run of runs) {
        const record = await store.restore(run);
        if (!record) continue;
        emit({ type: 'restored', run, record, annotation: (await store.annotations([record]))[run] ?? null });
      }
      emit({ type: 'unfinished', runs: (await store.list()).unfinished });
      return null;
    },
  };
}

/**
 * Runs as a comparison takes them.
 *
 * @throws LabError where one tells classes and another forecasts numbers
 */
export async function comparedRuns(store: Store, runs: string[]): Promise<(ComparedRun & { times: string[] })[]> {
  const stored = await Promise.all(runs.map((run) => store.read(run)));
  const annotations = await store.annotations(stored.map(({ record }) => record));
  const named = (tells: boolean) => {
    const record = stored.find(({ record }) => (record.classes !== undefined) === tells)?.record;
    return record && `${annotations[record.id]?.name ?? modelName(record)} (${record.settings.task})`;
  };
  const [classes, numbers] = [named(true), named(false)];
  if (classes && numbers) throw new LabError('compare.classes-with-numbers', { classes, numbers });
  return stored.map(({ record, forecasts }) => ({
    record,
    name: annotations[record.id]?.name ?? null,
    test: forecasts && { ...forecasts.test, edges: forecasts.edges ?? undefined },
    times: forecasts?.times ?? [],
  }));
}
