import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { connect, type NetConnectOpts } from 'node:net';
import { delimiter, join } from 'node:path';

/** What the desktop around this process offers: whether a window can show, and a browser to show it in. */

type Environment = NodeJS.ProcessEnv;

/** Null when a window can be opened, else why not. The variable alone proves nothing, so the socket is tried. */
export async function missingDisplay(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<string | null> {
  if (platform === 'win32' || platform === 'darwin') return null;
  const { WAYLAND_DISPLAY: wayland, DISPLAY: x, XDG_RUNTIME_DIR: runtime } = environment;
  if (!wayland && !x) return 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)';
  const sockets: NetConnectOpts[] = [];
  if (wayland) sockets.push({ path: wayland.startsWith('/') ? wayland : join(runtime ?? '/run/user/0', wayland) });
  const [, host, number] = /^(.*):(\d+)(?:\.\d+)?$/.exec(x ?? '') ?? [];
  if (number !== undefined && (host === '' || host === 'unix')) {
    const path = `/tmp/.X11-unix/X${number}`;
    sockets.push({ path }, { path: `\0${path}` });
  } else if (number !== undefined && host) sockets.push({ host, port: 6000 + Number(number) });
  for (const socket of sockets) if (await answers(socket)) return null;
  return 'the display does not answer';
}

function answers(options: NetConnectOpts): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(options);
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(1500, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

const chromiums: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(
    (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
  ),
  win32: ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].flatMap((path) =>
    [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .map((folder) => `${folder}\\${path}`),
  ),
};
const commands = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser', 'microsoft-edge'];

/** A Chromium, Chrome or Edge on this machine, which can show a page as a window of its own. */
export function findChromium(environment: Environment = process.env): string | null {
  const candidates = chromiums[process.platform] ?? onPath(commands, environment);
  return candidates.find(isExecutable) ?? null;
}

/** A Chromium without a frame of its own, as tests use it. */
export function findHeadlessShell(environment: Environment = process.env): string | null {
  return onPath(['chromium-headless-shell', 'chrome-headless-shell'], environment).find(isExecutable) ?? null;
}

function onPath(commands: string[], environment: Environment): string[] {
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Shows the address in a window; false when there is nothing to show it with. */
export async function openBrowser(address: string): Promise<boolean> {
  if ((await missingDisplay()) !== null) return false;
  const chromium = findChromium();
  // Chromium refuses its sandbox to root
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  if (chromium) return started(chromium, [`--app=${address}`, '--no-first-run', ...asRoot]);
  if (process.platform === 'darwin') return started('open', [address]);
  if (process.platform === 'win32') return started('explorer.exe', [address]);
  return started('xdg-open', [address]);
}

function started(command: string, options: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, options, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
