import type { LabErrorView } from '../core/errors';
import type { CallName, DataSource, Input, LabBridge, LabEvent, Output } from '../core/protocol';

declare global {
  interface Window {
    /** Given by Electron's preload; absent in a browser. */
    lab?: LabBridge;
  }
}

/** The window's bridge to its host: Electron's, or the same over the loopback host that served this page. */
export function connect(): LabBridge {
  return window.lab ?? overSocket(`ws://${location.host}/ws`);
}

type Answer = { id: number; output: unknown } | { id: number; error: LabErrorView } | { events: LabEvent[] };
interface Waiting {
  resolve(output: unknown): void;
  reject(error: LabErrorView): void;
}

const firstRetryMilliseconds = 250;
const lastRetryMilliseconds = 4000;

/** What a call meets when the host went away before answering; worded by the catalogue like any refusal. */
const lost: LabErrorView = { code: 'host.connection-lost', facts: {}, message: '', remedy: '', file: null, line: null };

/**
 * Calls and events over one WebSocket, which is opened anew whenever it breaks. Calls made meanwhile wait for it;
 * calls already sent are rejected, for nobody knows whether they arrived.
 */
export function overSocket(address: string, open = (url: string) => new WebSocket(url)): LabBridge {
  const listeners = new Set<(event: LabEvent) => void>();
  const watchers = new Set<(connected: boolean) => void>();
  const waiting = new Map<number, Waiting>();
  let unsent: string[] = [];
  let calls = 0;
  let retryMilliseconds = firstRetryMilliseconds;
  let socket = start();

  function start(): WebSocket {
    const next = open(address);
    next.onopen = () => {
      retryMilliseconds = firstRetryMilliseconds;
      for (const text of unsent) next.send(text);
      unsent = [];
      for (const watcher of watchers) watcher(true);
    };
    next.onmessage = ({ data }) => hear(JSON.parse(String(data)) as Answer);
    next.onclose = () => {
      const stillUnsent = new Set(unsent.map((text) => (JSON.parse(text) as { id: number }).id));
      for (const [id, call] of waiting) {
        if (stillUnsent.has(id)) continue;
        waiting.delete(id);
        call.reject(lost);
      }
      for (const watcher of watchers) watcher(false);
      setTimeout(() => {
        socket = start();
      }, retryMilliseconds);
      retryMilliseconds = Math.min(2 * retryMilliseconds, lastRetryMilliseconds);
    };
    return next;
  }

  function hear(answer: Answer): void {
    if ('events' in answer) {
      for (const event of answer.events) for (const listener of listeners) listener(event);
      return;
    }
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('error' in answer) call?.reject(answer.error);
    else call?.resolve(answer.output);
  }

  return {
    host: 'browser',
    call<C extends CallName>(name: C, input: Input<C>): Promise<Output<C>> {
      const id = ++calls;
      const text = JSON.stringify({ id, name, input });
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve: (output) => resolve(output as Output<C>), reject });
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
        else unsent.push(text);
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onConnection(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    chooseFile: null,
    sourceOf: upload,
  };
}

async function upload(file: unknown): Promise<DataSource> {
  if (!(file instanceof File)) throw new TypeError('not a file');
  const answer = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file }).catch(
    () => {
      throw lost;
    },
  );
  const body: unknown = await answer.json();
  if (!answer.ok) throw body;
  return body as DataSource;
}
