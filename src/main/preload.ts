import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { LabErrorView } from '../core/errors';
import type { DataSource, LabBridge, LabEvent, MenuVerb } from '../core/protocol';

/** The window's bridge to the Lab, and nothing else of this machine. */
const listeners = new Set<(event: LabEvent) => void>();
ipcRenderer.on('lab:events', (_, events: LabEvent[]) => {
  for (const event of events) for (const listener of listeners) listener(event);
});

const menuListeners = new Set<(chosen: MenuVerb) => void>();
ipcRenderer.on('lab:menu', (_, chosen: MenuVerb) => {
  for (const listener of menuListeners) listener(chosen);
});

async function ask<T>(channel: string, ...given: unknown[]): Promise<T> {
  const answer: { output: T } | { error: LabErrorView } = await ipcRenderer.invoke(channel, ...given);
  // plain data: an Error would lose its fields on the way into the page
  if ('error' in answer) throw answer.error;
  return answer.output;
}

const lab: LabBridge = {
  host: 'electron',
  call: (name, input) => ask('lab:call', name, input),
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  onMenu(listener) {
    menuListeners.add(listener);
    return () => menuListeners.delete(listener);
  },
  chooseFile: () => ask<DataSource | null>('lab:choose'),
  sourceOf: (file) => ask<DataSource>('lab:dropped', webUtils.getPathForFile(file as File)),
};

contextBridge.exposeInMainWorld('lab', lab);
