import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';

/**
 * The electron module as src/main/index.ts and preload.ts know it: what they register can be looked at, what Electron
 * would call can be called, and whatever crosses a process boundary is cloned as there.
 */
export const app = Object.assign(new EventEmitter(), {
  whenReady: () => Promise.resolve(),
  requestSingleInstanceLock: () => true,
  quit() {
    app.emit('before-quit');
  },
});

interface Frame {
  url: string;
}
class WebContents extends EventEmitter {
  readonly mainFrame: Frame = { url: 'about:blank' };
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  reloads = 0;
  setWindowOpenHandler(handler: typeof this.openHandler) {
    this.openHandler = handler;
  }
  reload() {
    this.reloads++;
  }
  send(channel: string, ...given: unknown[]) {
    ipcRenderer.emit(channel, {}, ...structuredClone(given));
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  readonly webContents = new WebContents();
  shown = false;
  constructor(readonly options: { show?: boolean; webPreferences: Record<string, unknown> }) {
    super();
    BrowserWindow.all.push(this);
  }
  show() {
    this.shown = true;
  }
  minimized = false;
  focused = false;
  isMinimized() {
    return this.minimized;
  }
  restore() {
    this.minimized = false;
  }
  focus() {
    this.focused = true;
  }
  isDestroyed() {
    return false;
  }
  getNormalBounds() {
    return { x: 40, y: 50, width: 1200, height: 800 };
  }
  loadURL(url: string) {
    this.webContents.mainFrame.url = url;
    return Promise.resolve();
  }
}

type Handler = (event: { senderFrame: Frame | null }, ...given: unknown[]) => Promise<unknown>;
const handlers = new Map<string, Handler>();
export const ipcMain = { handle: (channel: string, handler: Handler) => void handlers.set(channel, handler) };

/** What a frame of some page would get; the window's own frame unless told otherwise. */
export async function invokeFrom(senderFrame: Frame | null, channel: string, ...given: unknown[]): Promise<unknown> {
  const handler = handlers.get(channel);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  return structuredClone(await handler({ senderFrame }, ...structuredClone(given)));
}
export const ipcRenderer = Object.assign(new EventEmitter(), {
  invoke: (channel: string, ...given: unknown[]) =>
    invokeFrom(BrowserWindow.all.at(-1)!.webContents.mainFrame, channel, ...given),
});

export const bridges = new Map<string, unknown>();
export const contextBridge = { exposeInMainWorld: (name: string, api: unknown) => void bridges.set(name, api) };
export const webUtils = { getPathForFile: (file: { path?: string }) => file.path ?? '' };

export const schemes: { scheme: string; privileges: Record<string, boolean> }[] = [];
export const served = new Map<string, (request: Request) => Promise<Response>>();
export const protocol = {
  registerSchemesAsPrivileged: (given: typeof schemes) => void schemes.push(...given),
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) => void served.set(scheme, handler),
};

export const granted = {
  request: (_: unknown, __: string, decide: (granted: boolean) => void) => decide(true),
  check: (_: unknown, __: string): boolean => true,
};
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: typeof granted.request) => {
      granted.request = handler;
    },
    setPermissionCheckHandler: (handler: typeof granted.check) => {
      granted.check = handler;
    },
  },
};

export const menus: unknown[] = [];
export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => void menus.push(menu),
};

export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };

export const dialog = {
  answer: { canceled: true, filePaths: [] as string[] },
  showOpenDialog: () => Promise.resolve(dialog.answer),
};

/** A utility process over a child process of Node: the same messages, the same end. */
export class UtilityProcess extends EventEmitter {
  private readonly child: ChildProcess;
  constructor(readonly file: string) {
    super();
    this.child = fork(file, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.child.once('spawn', () => this.emit('spawn'));
    this.child.on('message', (message) => this.emit('message', message));
    this.child.once('exit', (status) => this.emit('exit', status ?? 1));
  }
  get pid() {
    return this.child.pid;
  }
  postMessage(message: unknown) {
    this.child.send(message as object, () => {});
  }
  /** SIGKILL from outside, or by the program itself. */
  kill() {
    return this.child.kill('SIGKILL');
  }
}
export const utilities: UtilityProcess[] = [];
/** Where the trainer was built to. */
export const built = { trainer: '' };
export const utilityProcess = {
  asked: [] as string[],
  fork(file: string) {
    utilityProcess.asked.push(file);
    const child = new UtilityProcess(built.trainer);
    utilities.push(child);
    return child;
  },
};
