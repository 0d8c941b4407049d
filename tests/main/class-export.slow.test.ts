import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { normals } from '../core/forecast/series';
import { built } from './built';

/** The programs beside an ONNX file that tells classes of a series are run on a file, and tell what the lab tells. */
let folder = '';
/** Inside the project, so that a program finds onnxruntime as it would beside its own packages. */
const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));
beforeAll(async () => {
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'classes-'));
  const normal = normals(3);
  const kinds = ['rest', 'walk', 'run'];
  const rows = Array.from({ length: 240 }, (_, i) => {
    const kind = Math.floor(i / 11) % 3;
    return `2024-${String(1 + Math.floor(i / 28)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')},${(kind + 0.3 * normal()).toFixed(3)},${normal().toFixed(3)},${kinds[kind]}`;
  });
  await writeFile(join(folder, 'moves.csv'), `day,ax,ay,activity\n${rows.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(program: string, ...given: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, given, { encoding: 'utf8', cwd: folder });
  expect(status, stderr).toBe(0);
  return stdout;
}
const unroll = (...given: string[]) =>
  run(process.execPath, built('cli.js'), ...given, '--project', join(folder, 'project'), '--quiet');

test.each([
  ['classify', ['--inputs', 'ax,ay', '--models', 'lstm']],
  ['labelling', ['--inputs', 'ax,ay', '--models', 'gru']],
  ['direction', ['--target', 'ax', '--models', 'rnn', '--transform', 'diff']],
])('%s: by Node and onnxruntime', (task, chosen) => {
  unroll('forecast', 'moves.csv', '--task', task, ...chosen, '--lookback', '9', '--epochs', '1', '--hidden', '8');
  unroll('export', 'latest', '--format', 'onnx', '--out', `${task}.onnx`);
  const told = JSON.parse(unroll('predict', 'latest', 'moves.csv', '--json')).forecast;
  const [header, ...lines] = run(process.execPath, `${task}.onnx.mjs`, 'moves.csv').trim().split('\n');
  const names = header!.split(',').slice(2);
  expect(lines).toHaveLength(task === 'labelling' ? 9 : 1);
  // of labelling the network reads a window here, and all rows of the file there: the last row is read by both
  const last = lines.at(-1)!.split(',');
  const wanted = told.find(({ step }: { step: number }) => String(step) === last[0]);
  expect(last[1]).toBe(wanted.class);
  for (const [i, name] of names.entries()) expect(Number(last[2 + i])).toBeCloseTo(wanted.probabilities[name], 5);
  run('python3', '-m', 'py_compile', `${task}.onnx.py`);
});
