import type { DataSource } from '../../core/protocol';
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
export function sourceOf(lab: Lab, file: string): DataSource {
  return file.startsWith('example:') ? { kind: 'example', name: file.slice('example:'.length) } : lab.admit(file);
}
