// `npm test`: installs what the tests need, builds, runs every test, and ends with one line that counts them all.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled, fail, root } from './ready.mjs';

ensureInstalled();
ensureBuilt();

const run = (command, args, env = {}) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1;
const report = (name) => join(root, '.cache', `${name}-report.json`);

/** Debian's packages, where root may install them. */
function install(...packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  process.stderr.write(`Installing ${packages.join(' ')} (apt-get) …\n`);
  const apt = (...args) => run('apt-get', [...args], { DEBIAN_FRONTEND: 'noninteractive' });
  return apt('update', '-qq') === 0 && apt('install', '-y', '-qq', '--no-install-recommends', ...packages) === 0;
}

/** Python with NumPy, for the programs that lie beside an exported model. */
function python() {
  const there = () => spawnSync('python3', ['-c', 'import numpy']).status === 0;
  if (!there() && !(install('python3', 'python3-numpy') && there()))
    fail('The Python programs of exported models cannot be run: install python3 with numpy.');
}

/**
 * A browser for the window's tests: the one that is named, or a headless shell (a whole Chromium draws its own frame beside
 * every page, which takes more than the page does) — one that is there, Debian's where root may install it — else any Chromium.
 */
async function browser() {
  const { findChromium, findHeadlessShell } = await import(pathToFileURL(join(root, 'out/main/desktop.js')).href);
  const shell = () => process.env.CHROMIUM ?? findHeadlessShell();
  if (shell()) return shell();
  if (install('chromium-headless-shell', 'fonts-noto-cjk') && shell()) return shell();
  const any = () => findChromium() ?? playwrights();
  if (any()) return any();
  process.stderr.write("Installing Playwright's chromium …\n");
  run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium']);
  return (
    any() ?? fail('The window cannot be tested: no Chromium could be installed. Install one, or name it in CHROMIUM.')
  );
}

function playwrights() {
  const script = "import('@playwright/test').then((p) => console.log(p.chromium.executablePath()))";
  const path = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' }).stdout.trim();
  return existsSync(path) ? path : null;
}

python();
const chromium = await browser();
for (const name of ['vitest', 'playwright']) rmSync(report(name), { force: true });
const statuses = [
  run(process.execPath, [
    ...['node_modules/vitest/vitest.mjs', 'run', '--reporter=default'],
    ...['--reporter=json', `--outputFile.json=${report('vitest')}`],
  ]),
  run(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'], {
    CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report('playwright'),
  }),
];

/** A suite that could not even say what it ran counts as one failure. */
function counted(name, counts) {
  try {
    return counts(JSON.parse(readFileSync(report(name), 'utf8')));
  } catch {
    return [0, 1];
  }
}
const counts = [
  counted('vitest', (r) => [r.numPassedTests, r.numTotalTests - r.numPassedTests]),
  counted('playwright', ({ stats }) => [stats.expected, stats.unexpected + stats.flaky + stats.skipped]),
];
const passed = counts.reduce((sum, [p]) => sum + p, 0);
const unsound = statuses.filter((status, i) => status !== 0 && counts[i][1] === 0).length;
const failed = counts.reduce((sum, [, f]) => sum + f, 0) + unsound;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
