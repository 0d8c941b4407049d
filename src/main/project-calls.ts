import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Input, LabEvent, Output } from '../core/protocol';
import type { Datasets } from './datasets';
import type { Store } from './store';

type ProjectCall = 'project.pack' | 'project.bring';

/** The calls that take a whole project out of the Lab and into it. */
export function projectCalls(
  store: Store,
  datasets: Datasets,
  program: string,
  emit: (event: LabEvent) => void,
): { [C in ProjectCall]: (input: Input<C>) => Promise<Output<C>> } {
  return {
    async 'project.pack'() {
      const folder = await mkdtemp(join(tmpdir(), 'unroll-pack-'));
      try {
        const file = join(folder, 'project.zip');
        await (await import('./archive')).packProject(store, file, program);
        const name = `${basename(store.folder) || 'project'}.zip`;
        return { name, type: 'application/zip', base64: await readFile(file, 'base64'), checked: null };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    async 'project.bring'({ source }) {
      const { path, file } = datasets.placeOf(source);
      const { bringFile } = await import('./bringing');
      const answer = await bringFile(store, path, file);
      const annotations = await store.annotations(answer.brought.map((id) => ({ id })));
      for (const run of answer.brought) {
        const record = await store.any(run);
        emit({ type: 'restored', run, record, annotation: annotations[run] ?? null });
      }
      return answer;
    },
  };
}
