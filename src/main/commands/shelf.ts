import type { Annotation } from '../../core/run';
import { findRun } from '../find-run';
import { openLab, print, printJson } from './context';
import type { Texts } from './options';

/** `unroll annotate RUN`: name, star and notes; an empty name takes the model's again. */
export async function annotate(said: string, texts: Texts): Promise<number> {
  const { lab, store } = openLab(texts.project as string | undefined);
  const run = await findRun(store, said);
  const change: Partial<Annotation> = {
    ...(texts.name !== undefined && { name: texts.name === '' ? null : String(texts.name) }),
    ...(texts.star !== undefined && { starred: texts.star === true }),
    ...(texts.notes !== undefined && { notes: String(texts.notes) }),
  };
  const annotation = await lab.call('run.annotate', { run, ...change });
  if (texts.json) printJson({ version: 1, run, annotation });
  else print([annotation.starred ? '★' : '☆', run, annotation.name, annotation.notes].filter(Boolean).join('  '));
  return 0;
}

/** `unroll delete RUN …`: to the project's trash. */
export async function deleteRuns(said: string[], texts: Texts): Promise<number> {
  const { lab, store } = openLab(texts.project as string | undefined);
  const runs = await Promise.all(said.map((one) => findRun(store, one)));
  await lab.call('run.delete', { runs });
  if (texts.json) printJson({ version: 1, deleted: runs });
  else for (const run of runs) print(`${run} is in the trash; \`unroll restore ${run}\` brings it back.`);
  return 0;
}

/** `unroll restore RUN …`: back from the trash. */
export async function restoreRuns(runs: string[], texts: Texts): Promise<number> {
  const { lab } = openLab(texts.project as string | undefined);
  await lab.call('run.restore', { runs });
  if (texts.json) printJson({ version: 1, restored: runs });
  else for (const run of runs) print(`${run} is back.`);
  return 0;
}
