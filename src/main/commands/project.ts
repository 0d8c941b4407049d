import { resolve } from 'node:path';
import { archiveLimits, openProject, packProject } from '../archive';
import { bringModel } from '../bringing';
import { loadModel, readWhole } from '../models';
import { version } from '../version';
import { openLab, print, printJson } from './context';
import type { Texts } from './options';
import { statusOf } from './status';

/** `unroll project pack --out FILE.zip`: all runs of the project in one file. */
export async function pack(texts: Texts): Promise<number> {
  const { store } = openLab(texts.project as string | undefined);
  const file = resolve(texts.out as string);
  const runs = await packProject(store, file, version);
  if (texts.json) printJson({ version: 1, project: store.folder, file, runs });
  else print(`${runs} runs of ${store.folder} are in ${file}.`);
  return 0;
}

/** `unroll project open FILE.zip`: its runs into the project; on stderr what could not be taken. */
export async function open(file: string, texts: Texts): Promise<number> {
  const { store } = openLab(texts.project as string | undefined);
  const { brought, known, refused } = await openProject(store, await readWhole(file, archiveLimits.bytes), file);
  for (const { message, remedy } of refused) process.stderr.write(`${message} ${remedy}\n`);
  if (texts.json) printJson({ version: 1, project: store.folder, brought, known, refused });
  else
    print(
      `${brought.length} runs are now in ${store.folder}${known.length > 0 ? `; ${known.length} were there already` : ''}.`,
    );
  return refused.length > 0 && brought.length === 0 ? statusOf(refused[0]!.code) : 0;
}

/** `unroll import MODEL`: an exported model as a run of the project. */
export async function importModel(said: string, texts: Texts): Promise<number> {
  const { store } = openLab(texts.project as string | undefined);
  const [run = ''] = (await bringModel(store, await loadModel(said, store))).brought;
  if (texts.json) printJson({ version: 1, project: store.folder, run });
  else print(run);
  return 0;
}
