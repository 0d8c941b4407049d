import { LabError } from '../core/errors';
import type { RunRecord } from '../core/run';
import type { Store } from './store';

/** Runs that an ambiguous name lists. */
const mostListed = 8;

/** The run a person means: by its id, the beginning of one, the name it was given, its model's, or `latest`. Gives its id. */
export async function findRun(store: Store, said: string): Promise<string> {
  const listed = await store.list();
  const begun = listed.unfinished.map(({ run, name, created }) => ({ id: run, name, created }));
  const known = [...listed.records, ...listed.texts].map(({ id, name, created }) => ({ id, name, created }));
  const records = [...known, ...begun.filter(({ id }) => !known.some((record) => record.id === id))];
  const exact = records.find(({ id }) => id === said) ?? (said === 'latest' ? latest(records) : undefined);
  if (exact) return exact.id;
  const beginning = records.filter(({ id }) => id.startsWith(said));
  const annotations = await store.annotations(records);
  const called = records.filter(({ id }) => annotations[id]?.name === said);
  const named = called.length > 0 ? called : records.filter(({ name }) => name === said);
  const found = said !== '' && beginning.length > 0 ? beginning : named;
  const [first] = found;
  // reading it says what is wrong with it
  if (!first) return said;
  if (found.length === 1) return first.id;
  const runs = found.slice(-mostListed).map(({ id }) => id);
  throw new LabError('export.ambiguous-run', { run: said, count: found.length, runs: runs.join(', ') });
}

interface Named {
  id: string;
  created: string;
}
const latest = <R extends Named>(records: R[]) =>
  records.reduce<R | undefined>((a, b) => (a && a.created > b.created ? a : b), undefined);

/** All runs of the experiment of this id, or the one run a person means. */
export async function findRuns(store: Store, said: string): Promise<string[]> {
  const { records } = await store.list();
  const place = ({ cell, settings }: RunRecord) => settings.models.indexOf(cell);
  const own = records.filter(({ experiment }) => experiment === said);
  own.sort((a, b) => place(a) - place(b) || a.seed - b.seed);
  return own.length > 0 ? own.map(({ id }) => id) : [await findRun(store, said)];
}
