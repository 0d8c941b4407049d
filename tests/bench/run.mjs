// The same work in Unroll and in what people would use instead, side by side: `npm start` in this folder.
// Every case is asked of every contender in turn, several times over, and the best pass counts, so that what a busy
// machine takes from one it takes from all. `--passes N`, `--quick` (less time per row), `--json`.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { passes: { type: 'string', default: '3' }, quick: { type: 'boolean' }, json: { type: 'boolean' } },
});
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
if (!existsSync(here('node_modules'))) {
  process.stderr.write('Installing the contenders …\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], { cwd: here('.'), stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

const shapes = [
  [30, 32, 32],
  [60, 32, 64],
  [60, 64, 128],
  [96, 64, 256],
  [336, 64, 128],
];
const cases = [];
for (const [T, B, H] of shapes)
  for (const cell of ['rnn', 'lstm', 'gru'])
    for (const threads of new Set([1, Math.min(2, cpus().length)])) {
      cases.push({ task: 'train', cell, T, B, D: 1, H, threads });
      if (threads === 1) cases.push({ task: 'infer', cell, T, B: 1, D: 1, H, threads });
    }

// a text of 62 characters, each a learned vector of 64 numbers, in 32 streams
for (const layers of [1, 2])
  for (const cell of ['rnn', 'lstm', 'gru'])
    for (const threads of new Set([1, Math.min(2, cpus().length)]))
      cases.push({ task: 'text', cell, layers, T: 50, B: 32, D: 64, H: 128, V: 62, threads });

/** A process that is asked one case per line. */
function contender(name, command, ...args) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    name,
    async ask(about) {
      child.stdin.write(`${JSON.stringify({ ...about, milliseconds: values.quick ? 200 : 700 })}\n`);
      const { value, done } = await lines.next();
      return done ? null : JSON.parse(value).ms;
    },
    end: () => child.stdin.end(),
  };
}
const node = (name, file, ...args) => contender(name, process.execPath, here(`contenders/${file}`), ...args);
const hasTorch = spawnSync('python3', ['-c', 'import torch']).status === 0;
const contenders = [
  node('unroll', 'unroll.mjs'),
  ...(hasTorch ? [contender('pytorch', 'python3', here('contenders/pytorch.py'))] : []),
  node('onnxruntime', 'onnx.mjs'),
  node('tfjs wasm', 'tensorflow.mjs', 'wasm'),
  node('tfjs cpu', 'tensorflow.mjs', 'cpu'),
  node('brain.js', 'brain.mjs'),
];

const results = [];
for (const about of cases) {
  const best = {};
  for (let pass = 0; pass < Number(values.passes); pass++)
    for (const { name, ask } of contenders) {
      if (best[name] === null) continue;
      const ms = await ask(about);
      best[name] = ms === null ? null : Math.min(ms, best[name] ?? Number.POSITIVE_INFINITY);
    }
  results.push({ ...about, ms: best });
  if (!values.json) print(about, best);
}
for (const { end } of contenders) end();
if (values.json) process.stdout.write(`${JSON.stringify({ cases: results })}\n`);

/** Milliseconds of Unroll, and how many times as long each other takes. */
function print({ task, cell, layers = 1, T, B, H, threads }, { unroll, ...others }) {
  const depth = layers > 1 ? ` × ${layers}` : '';
  const shape = `${task} ${cell}${depth} T ${T} B ${B} H ${H}, ${threads} thread${threads > 1 ? 's' : ''}`;
  const ratios = Object.entries(others)
    .filter(([, ms]) => ms !== null)
    .map(([name, ms]) => `${name} ×${(ms / unroll).toPrecision(3)}`);
  process.stdout.write(`${shape.padEnd(42)} ${unroll.toPrecision(4).padStart(8)} ms   ${ratios.join('   ')}\n`);
}
