import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LabEvent } from '../../src/core/protocol';
import { Datasets } from '../../src/main/datasets';
import { prices } from './script';

let folder = '';
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-datasets-'));
  await writeFile(at('small.csv'), prices(50));
  const rows = Array.from({ length: 200_000 }, (_, i) => `${i},${Math.sin(i)}`);
  await writeFile(at('large.csv'), `n,value\n${rows.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function opening(watch: (event: LabEvent, datasets: Datasets) => void = () => {}) {
  const example = { name: 'one', title: '', source: '', licence: '', path: at('small.csv') };
  const datasets: Datasets = new Datasets([example], (event) => watch(event, datasets));
  return datasets;
}
const admitted = (datasets: Datasets, path: string) => datasets.admit(path, path, false);

test('the fingerprint is that of the whole file', async () => {
  const datasets = opening();
  const { sha256, path } = await datasets.read(admitted(datasets, at('small.csv')), {}, 't');
  expect(sha256).toBe(createHash('sha256').update(prices(50)).digest('hex'));
  expect(path).toBe(at('small.csv'));
});

test('an example is read like any file, under its own name', async () => {
  const { file, path, reading } = await opening().read({ kind: 'example', name: 'one' }, {}, 't');
  expect([file, path]).toEqual(['example:one', 'example:one']);
  expect(reading.frame!.rows).toBe(50);
});

test('a copy that came through a browser cannot be read again later', async () => {
  const datasets = opening();
  const { path } = await datasets.read(datasets.admit(at('small.csv'), 'mine.csv', true), {}, 't');
  expect(path).toBeUndefined();
});

test('reading tells how far it is and stops when told', async () => {
  const told: LabEvent[] = [];
  const datasets = opening((event, own) => {
    told.push(event);
    own.cancel('t');
  });
  await expect(datasets.read(admitted(datasets, at('large.csv')), {}, 't')).rejects.toMatchObject({
    code: expect.stringMatching(/^data\./),
  });
  const [first] = told;
  expect(first).toMatchObject({ type: 'reading', ticket: 't', total: expect.any(Number) });
  expect(told.length).toBeLessThan(5);
  // and can be read from the start again
  expect((await opening().read({ kind: 'example', name: 'one' }, {}, 't')).reading.frame!.rows).toBe(50);
});

test('to cancel what is not being read is nothing', () => {
  expect(() => opening().cancel('nobody')).not.toThrow();
});

test('of many opened files the last eight are kept', async () => {
  const datasets = opening();
  const source = { kind: 'example', name: 'one' } as const;
  const ids: string[] = [];
  for (let i = 0; i < 8; i++) ids.push((await datasets.read(source, {}, 't')).id);
  // asked for again, the first is the latest
  datasets.get(ids[0]!);
  ids.push((await datasets.read(source, {}, 't')).id);
  expect(datasets.get(ids[0]!).id).toBe(ids[0]);
  expect(() => datasets.get(ids[1]!)).toThrow(expect.objectContaining({ code: 'host.unknown-dataset' }));
});

test('a source that nobody admitted is not opened', async () => {
  const forged = { kind: 'upload', id: at('small.csv'), name: 'x' } as const;
  await expect(opening().read(forged, {}, 't')).rejects.toMatchObject({ code: 'host.unknown-source' });
  const path = { kind: 'path', path: at('small.csv') } as const;
  await expect(opening().read(path, {}, 't')).rejects.toMatchObject({ code: 'host.unknown-example' });
});

test.each([
  ['a file that went away', (path: string) => rm(path), 'host.no-file'],
  ['a folder', () => {}, 'host.not-a-file'],
])('%s is refused by its name', async (_, change, code) => {
  const path = code === 'host.not-a-file' ? folder : at('gone.csv');
  if (path !== folder) await writeFile(path, 'a');
  const datasets = opening();
  const source = admitted(datasets, path);
  await change(path);
  await expect(datasets.read(source, {}, 't')).rejects.toMatchObject({ code, file: path });
});

test.runIf(process.platform === 'linux')('a device without an end is refused', async () => {
  const datasets = opening();
  await expect(datasets.read(admitted(datasets, '/dev/zero'), {}, 't')).rejects.toMatchObject({
    code: 'host.unreadable',
  });
  execFileSync('mkfifo', [at('pipe')]);
  const piped = datasets.read(admitted(datasets, at('pipe')), {}, 't');
  await writeFile(at('pipe'), prices(50));
  expect((await piped).reading.frame!.rows).toBe(50);
});
