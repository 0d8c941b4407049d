import { writeSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  type IpcMainInvokeEvent,
  ipcMain,
  Menu,
  protocol,
  session,
  utilityProcess,
} from 'electron';
import { asView, LabError } from '../core/errors';
import type { CallName, TrainerEvent } from '../core/protocol';
import { bundledExamples } from './examples';
import { Lab } from './lab';
import { pageFile } from './page';
import { defaultProject } from './project';
import { Store } from './store';
import { type StartTrainer, trainerFile } from './trainer-link';
import { version } from './version';

/**
 * The desktop program: a window, a menu, a dialog, and the wire between the page and the Lab. The page is sandboxed, has
 * no Node, goes nowhere, is granted nothing, and is believed nothing: senders are checked here, arguments by the Lab.
 */
const scheme = 'unroll';
const home = `${scheme}://window/`;
/** The only thing a page may ask of the machine: to put text on the clipboard. */
const granted = 'clipboard-sanitized-write';

protocol.registerSchemesAsPrivileged([
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);

/** The trainer as Electron's utility process. */
const startTrainer: StartTrainer = ({ event, lost }) => {
  const child = utilityProcess.fork(trainerFile, [], { serviceName: 'Unroll trainer', stdio: 'inherit' });
  let closing = false;
  child.on('message', (message: TrainerEvent) => event(message));
  child.on('exit', (status) => {
    if (!closing) lost(`exit status ${status}`);
  });
  return {
    post: (command) => child.postMessage(command),
    close() {
      closing = true;
      child.kill();
    },
  };
};

function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Unroll',
    webPreferences: {
      preload: fileURLToPath(new URL('../preload/preload.cjs', import.meta.url)),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  });
  window.once('ready-to-show', () => {
    window.show();
    tellReady();
  });
  const { webContents } = window;
  webContents.on('will-navigate', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // what was trained and opened is in the Lab: a page that died comes back to it
  webContents.on('render-process-gone', (_, { reason }) => {
    if (reason !== 'clean-exit') webContents.reload();
  });
  void window.loadURL(home);
  return window;
}

/** The launcher waits for this before it believes that there is a window. */
function tellReady(): void {
  const file = Number(process.env.UNROLL_READY_FD);
  if (!file) return;
  try {
    writeSync(file, 'ready\n');
  } catch {
    // nobody waits
  }
}

/** Answers the page's own requests, and only the page's own: its main frame, at its own address. */
function answer<A extends unknown[]>(channel: string, window: BrowserWindow, handle: (...given: A) => unknown): void {
  ipcMain.handle(channel, async ({ senderFrame }: IpcMainInvokeEvent, ...given) => {
    const own = senderFrame !== null && senderFrame === window.webContents.mainFrame;
    if (!own || !senderFrame.url.startsWith(home)) throw new Error('not the window');
    try {
      return { output: await handle(...(given as A)) };
    } catch (thrown) {
      if (!(thrown instanceof LabError)) console.error(thrown);
      return { error: asView(thrown) };
    }
  });
}

function connect(window: BrowserWindow, lab: Lab): void {
  answer('lab:call', window, (name: CallName, input: unknown) => lab.call(name, input));
  answer('lab:choose', window, async () => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      properties: ['openFile'],
      filters: [
        { name: 'CSV', extensions: ['csv', 'tsv', 'txt'] },
        { name: 'Unroll', extensions: ['zip', 'html'] },
        { name: '*', extensions: ['*'] },
      ],
    });
    const [path] = filePaths;
    return canceled || path === undefined ? null : lab.admit(path, basename(path));
  });
  // a dropped file's path is found by the preload; the page itself can name none
  answer('lab:dropped', window, (path: unknown) => {
    if (typeof path !== 'string' || path === '') throw new LabError('host.no-file', { file: '' });
    return lab.admit(path, basename(path));
  });
  lab.subscribeBatches((events) => {
    if (!window.isDestroyed()) window.webContents.send('lab:events', events);
  });
}

async function start(): Promise<void> {
  await app.whenReady();
  protocol.handle(scheme, async (request) => {
    const { status, headers, body } = await pageFile(new URL(request.url).pathname);
    return new Response(body, { status, headers });
  });
  session.defaultSession.setPermissionRequestHandler((_, permission, decide) => decide(permission === granted));
  session.defaultSession.setPermissionCheckHandler((_, permission) => permission === granted);
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
      { role: 'fileMenu' },
      { role: 'editMenu' },
      { role: 'viewMenu' },
      { role: 'windowMenu' },
    ]),
  );
  const store = new Store(process.env.UNROLL_PROJECT ?? defaultProject());
  const lab = new Lab({ version, store, startTrainer, examples: bundledExamples });
  app.on('before-quit', () => lab.close());
  app.on('window-all-closed', () => app.quit());
  connect(openWindow(), lab);
}

if (app.requestSingleInstanceLock()) void start();
else app.quit();
