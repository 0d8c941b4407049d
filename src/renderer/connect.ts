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
  return window.lab ?? new SocketBridge(`ws://${location.host}/ws`);
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
export class SocketBridge implements LabBridge {
  readonly host = 'browser';
  readonly chooseFile = null;
  readonly sourceOf = upload;
  private readonly listeners = new Set<(event: LabEvent) => void>();
  private readonly watchers = new Set<(connected: boolean) => void>();
  private readonly waiting = new Map<number, Waiting>();
  private unsent = new Map<number, string>();
  private calls = 0;
  private retryMilliseconds = firstRetryMilliseconds;
  private socket: WebSocket;

  constructor(
    private readonly address: string,
    private readonly open = (url: string) => new WebSocket(url),
  ) {
    this.socket = this.start();
  }

  call<C extends CallName>(name: C, input: Input<C>): Promise<Output<C>> {
    const id = ++this.calls;
    const text = JSON.stringify({ id, name, input });
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: (output) => resolve(output as Output<C>), reject });
      if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text);
      else this.unsent.set(id, text);
    });
  }

  subscribe(listener: (event: LabEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onConnection(watcher: (connected: boolean) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  private start(): WebSocket {
    const socket = this.open(this.address);
    socket.onopen = () => {
      this.retryMilliseconds = firstRetryMilliseconds;
      for (const text of this.unsent.values()) socket.send(text);
      this.unsent.clear();
      for (const watcher of this.watchers) watcher(true);
    };
    socket.onmessage = ({ data }) => this.hear(JSON.parse(String(data)) as Answer);
    socket.onclose = () => this.broken();
    return socket;
  }

  private broken(): void {
    for (const [id, call] of this.waiting) {
      if (this.unsent.has(id)) continue;
      this.waiting.delete(id);
      call.reject(lost);
    }
    for (const watcher of this.watchers) watcher(false);
    setTimeout(() => {
      this.socket = this.start();
    }, this.retryMilliseconds);
    this.retryMilliseconds = Math.min(2 * this.retryMilliseconds, lastRetryMilliseconds);
  }

  private hear(answer: Answer): void {
    if ('events' in answer) {
      for (const event of answer.events) for (const listener of this.listeners) listener(event);
      return;
    }
    const call = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('error' in answer) call?.reject(answer.error);
    else call?.resolve(answer.output);
  }
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
