import { writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  type IpcMainInvokeEvent,
  ipcMain,
  Menu,
  protocol,
  screen,
  session,
  utilityProcess,
} from 'electron';
import { asView, LabError } from '../core/errors';
import type { CallName, TrainerEvent } from '../core/protocol';
import { type Bounds, boundsSchema, onScreen } from './bounds';
import { bundledExamples } from './examples';
import { Lab } from './lab';
import { menuTemplate } from './menu';
import { pageFile } from './page';
import { defaultProject } from './project';
import { Remembered } from './remembered';
import { Store } from './store';
import { giveWay, type StartTrainer, trainerFile } from './trainer-link';
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
  child.once('spawn', () => giveWay(child.pid));
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

function openWindow(bounds: Bounds | null): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    ...bounds,
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

/** The platform's menu; its files are those opened last. */
async function showMenu(window: BrowserWindow, lab: Lab): Promise<void> {
  const template = menuTemplate(await lab.call('data.recent', {}), (verb) => window.webContents.send('lab:menu', verb));
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function connect(window: BrowserWindow, lab: Lab): void {
  answer('lab:call', window, async (name: CallName, input: unknown) => {
    const output = await lab.call(name, input);
    if (name === 'data.open') await showMenu(window, lab);
    return output;
  });
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
  const store = new Store(process.env.UNROLL_PROJECT ?? defaultProject());
  const lab = new Lab({ version, store, startTrainer, examples: bundledExamples });
  app.on('before-quit', () => lab.close());
  app.on('window-all-closed', () => app.quit());
  const place = new Remembered<Bounds | null>(join(store.folder, 'desktop.json'), boundsSchema.nullable(), null);
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
  const window = openWindow(onScreen(await place.read(), screens));
  let placed = false;
  window.on('close', (event) => {
    if (placed) return;
    // closed once it is written where it stood
    event.preventDefault();
    placed = true;
    void place
      .change(() => window.getNormalBounds())
      .catch(console.error)
      .finally(() => window.close());
  });
  // a program started a second time is this one
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
  connect(window, lab);
  await showMenu(window, lab);
}

if (app.requestSingleInstanceLock()) void start();
else app.quit();
