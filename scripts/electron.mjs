// Electron as it lies on this machine. Never require('electron') in plain Node: that downloads, and may hang.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './ready.mjs';

const downloadLimitMilliseconds = 300_000;
const probeMilliseconds = 8000;
const folder = join(root, 'node_modules/electron');

/** The executable, or null. Downloads nothing. */
export function electronBinary(environment = process.env) {
  try {
    const name = existsSync(join(folder, 'path.txt')) ? readFileSync(join(folder, 'path.txt'), 'utf8') : 'electron';
    const path = join(environment.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name);
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return null;
  }
}

/** The same, fetched once where it is not there: since version 42 the package brings it at first use. */
export async function fetchedElectron() {
  const path = electronBinary();
  if (path) return { path };
  if (process.env.UNROLL_ELECTRON_DOWNLOAD === '0') return { path, why: "Electron's program is not on this machine" };
  const unreachable = await sourceUnreachable();
  if (unreachable) return { path, why: `Electron could not be fetched (${unreachable})` };
  process.stderr.write('Fetching Electron …\n');
  const { stderr, error } = spawnSync(process.execPath, [join(folder, 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: downloadLimitMilliseconds,
    encoding: 'utf8',
  });
  const lines = (stderr || error?.message || 'no answer').split('\n');
  const why = lines.find((line) => /error|cannot|fail/i.test(line)) ?? lines[0];
  return { path: electronBinary(), why: `Electron could not be fetched (${why.trim()})` };
}

/** Null when the place it comes from answers: on a silent network the download would hang for minutes. */
async function sourceUnreachable() {
  const { ELECTRON_MIRROR, npm_config_electron_mirror, HTTPS_PROXY, https_proxy } = process.env;
  if (ELECTRON_MIRROR ?? npm_config_electron_mirror ?? HTTPS_PROXY ?? https_proxy) return null;
  try {
    await fetch('https://github.com', { method: 'HEAD', signal: AbortSignal.timeout(probeMilliseconds) });
    return null;
  } catch (error) {
    return `github.com does not answer: ${error.cause?.code ?? error.name}`;
  }
}

/** Chromium refuses its sandbox to root. */
export const asRoot = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

/** Runs the desktop program. It writes "ready" to file 3 when its window shows; an end before that is a failed start. */
export function runElectron(path) {
  const child = spawn(path, [root, ...asRoot()], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, UNROLL_READY_FD: '3' },
  });
  let ready = false;
  child.stdio[3].on('data', (text) => {
    ready ||= String(text).includes('ready');
  });
  child.stdio[3].on('error', () => {});
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve({ failed: message }));
    child.once('close', (status, signal) =>
      resolve(ready ? { status: status ?? 1 } : { failed: `it ended before its window showed (${signal ?? status})` }),
    );
  });
}
