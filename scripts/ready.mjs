// What every script needs before it can do its work: the packages installed and the program built, once and not again.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path) => join(root, path);
const stamp = at('out/.stamp');

/** Everything goes to stderr: stdout belongs to the command that asked. */
const say = (text) => process.stderr.write(`${text}\n`);
const run = (command, args, options = {}) => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (error) say(String(error));
  return status ?? 1;
};

/** Installs the packages where they are missing or not those of the lockfile; ends the process when that fails. */
export function ensureInstalled() {
  alone(() => {
    if (isInstalled()) return;
    say('Installing packages (npm ci) …');
    const npm = process.env.npm_execpath;
    const status = npm?.endsWith('.js')
      ? run(process.execPath, [npm, 'ci'])
      : run('npm', ['ci'], { shell: process.platform === 'win32' });
    if (status !== 0)
      fail('The packages could not be installed. Check the connection to the npm registry, then try again.');
  });
}

/** Whether what npm wrote down of node_modules has every package of the lockfile; optional ones depend on the machine. */
function isInstalled() {
  try {
    const wanted = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
    const there = JSON.parse(readFileSync(at('node_modules/.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, { version, optional }]) =>
        path === '' || (there[path]?.version === version && existsSync(at(path))) || (optional && !there[path]),
    );
  } catch {
    return false;
  }
}

/** Builds where any file that goes into the build differs from the last one; ends the process when that fails. */
export function ensureBuilt() {
  alone(() => {
    const now = fingerprint();
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
    say('Building …');
    rmSync(stamp, { force: true });
    if (run(process.execPath, [at('scripts/build.mjs')]) !== 0) fail('The build failed; its messages are above.');
    writeFileSync(stamp, now);
  });
}

/** Of every file that goes into the build. */
function fingerprint() {
  const hash = createHash('sha256');
  const single = [
    'package-lock.json',
    'package.json',
    'electron.vite.config.ts',
    'forecaster.config.ts',
    'svelte.config.js',
  ];
  const built = /^src\/core\/kernels\/build\//;
  const names = [...filesIn('src'), 'scripts/build.mjs', 'scripts/wasm-bytes.ts', ...single].filter(
    (n) => !built.test(n),
  );
  for (const name of names.sort())
    hash
      .update(`${name}\0`)
      .update(readFileSync(at(name)))
      .update('\0');
  return hash.digest('hex');
}

function filesIn(folder) {
  return readdirSync(at(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));
}

/** Two commands started together in a fresh clone must not install or build over each other. */
function alone(work) {
  const lock = at('.cache/setup.lock');
  mkdirSync(at('.cache'), { recursive: true });
  while (!take(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isAlive(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function isAlive(lock) {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    // between its making and its writing the file is empty
    if (owner > 0) process.kill(owner, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

export function fail(text) {
  say(text);
  rmSync(at('.cache/setup.lock'), { force: true });
  process.exit(1);
}
