import type { DataSource } from '../../core/protocol';
import type { Datasets } from '../datasets';
import { bundledExamples } from '../examples';
import { Lab } from '../lab';
import { defaultProject } from '../project';
import { Store } from '../store';
import { trainerFile, trainerProcess } from '../trainer-link';
import { version } from '../version';

export { print, printJson } from './print';

export function openLab(project: string | undefined, { behindWindow = false } = {}): { lab: Lab; store: Store } {
  const store = new Store(project ?? defaultProject());
  const startTrainer = trainerProcess(trainerFile, { behindWindow });
  const lab = new Lab({ version, store, startTrainer, examples: bundledExamples });
  return { lab, store };
}

/** `example:NAME` or a path. */
export function sourceOf(lab: Pick<Lab, 'admit'>, file: string): DataSource {
  return file.startsWith('example:') ? { kind: 'example', name: file.slice('example:'.length) } : lab.admit(file);
}

/** The same where there is no Lab. */
export const sourceIn = (datasets: Datasets, file: string): DataSource =>
  sourceOf({ admit: (path) => datasets.admit(path, path, false) }, file);
