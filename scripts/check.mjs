// `npm run check`: formatting, lint, types of every room and the fast tests.
import { spawn } from 'node:child_process';
import { ensureInstalled, root } from './ready.mjs';

ensureInstalled();

/** Output is kept and shown whole when the step is done, so that steps can run side by side. */
function step(name, ...args) {
  const begun = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.once('close', (status) => {
      const seconds = ((Date.now() - begun) / 1000).toFixed(1);
      process.stdout.write(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n`);
      if (status !== 0) process.stdout.write(`${output}\n`);
      resolve(status === 0);
    });
  });
}

const results = [
  await step('kernels', 'scripts/build.mjs', 'kernels'),
  ...(await Promise.all([
    step('formatting and lint', 'node_modules/@biomejs/biome/bin/biome', 'ci', '.'),
    step('types', 'node_modules/@typescript/native/bin/tsc', '-b', '.'),
    step('components', 'node_modules/svelte-check/bin/svelte-check', '--tsconfig', 'src/renderer/tsconfig.json'),
  ])),
  await step('fast tests', 'node_modules/vitest/vitest.mjs', 'run', '--project', 'quick'),
];
process.exit(results.every(Boolean) ? 0 : 1);
