// Builds what is there: the kernels (AssemblyScript → three WebAssembly modules), then the program (electron-vite → out/), the pages that an export fills with a model
// and the bundled examples. `node scripts/build.mjs kernels` builds the kernels alone.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { activityTable } from './activity.mjs';
import { dayloadTable } from './dayload.mjs';
import { relatedTable, unrelatedTable } from './related.mjs';
import { reviewsTable, sentencesTable } from './texts.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (...args) => runWith({}, ...args);
const runWith = (env, ...args) => {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
};

const asc = 'node_modules/assemblyscript/bin/asc.js';
const floor = 'src/core/kernels/assembly';
for (const target of ['plain', 'relaxed', 'unshared'])
  run(asc, `${floor}/index.ts`, '--config', `${floor}/asconfig.json`, '--target', target);
if (process.argv[2] !== 'kernels') {
  run('node_modules/electron-vite/bin/electron-vite.js', 'build');
  for (const PAGE of ['forecaster', 'writer', 'labeller'])
    runWith({ PAGE }, 'node_modules/vite/bin/vite.js', 'build', '--config', 'forecaster.config.ts');
  mkdirSync(join(root, 'out/examples'), { recursive: true });
  writeFileSync(join(root, 'out/examples/hello.txt'), 'hello'.repeat(200));
  copyFileSync(join(root, 'node_modules/vega-datasets/data/sp500-2000.csv'), join(root, 'out/examples/sp500-2000.csv'));
  writeFileSync(join(root, 'out/examples/activity.csv'), activityTable());
  writeFileSync(join(root, 'out/examples/dayload.csv'), dayloadTable());
  writeFileSync(join(root, 'out/examples/sentences.tsv'), sentencesTable());
  writeFileSync(join(root, 'out/examples/reviews.csv'), reviewsTable());
  writeFileSync(join(root, 'out/examples/related.csv'), relatedTable());
  writeFileSync(join(root, 'out/examples/unrelated.csv'), unrelatedTable());
}
