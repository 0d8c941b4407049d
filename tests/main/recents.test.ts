import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WindowState } from '../../src/core/protocol';
import { bundledExamples } from '../../src/main/examples';
import { Lab } from '../../src/main/lab';
import { Store } from '../../src/main/store';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-recents-'));
  for (const name of ['a.csv', 'b.csv']) await writeFile(join(folder, name), csv(name));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const csv = (value: string) =>
  `day,value\n${Array.from({ length: 30 }, (_, i) => `2024-01-${String(i + 1).padStart(2, '0')},${value.length + i}`).join('\n')}\n`;
const start = () =>
  new Lab({
    version: '0',
    store: new Store(join(folder, 'project')),
    examples: bundledExamples.map((example) => ({ ...example, path: join(folder, 'b.csv') })),
    startTrainer: () => ({ post: () => {}, close: () => {} }),
  });
const names = async (lab: Lab) =>
  (await lab.call('data.recent', {})).map(({ name, here }) => `${name}${here ? '' : ' gone'}`);
const open = (lab: Lab, source: unknown, keep = true) => lab.call('data.open', { source, keep, ticket: 't' });

test('files are listed newest first, each once, and open again in another start without a path in the page', async () => {
  const first = start();
  const a = await open(first, first.admit(join(folder, 'a.csv'), 'a.csv'));
  await open(first, { kind: 'example', name: 'sp500' });
  expect((await open(first, { kind: 'recent', id: a.recent })).recent).toBe(a.recent);
  expect(await names(first)).toEqual(['a.csv', 'example:sp500']);
  const second = start();
  const again = await open(second, { kind: 'recent', id: a.recent });
  expect(again.inspection.rows).toBe(30);
  expect(JSON.stringify(await second.call('data.recent', {}))).not.toContain(folder);
});

test('a command that only reads leaves no trace', async () => {
  const lab = start();
  expect((await open(lab, lab.admit(join(folder, 'a.csv')), false)).recent).toBeNull();
  expect(await names(lab)).toEqual([]);
});

test('what came as bytes is here for this process and asked for by the next, in words', async () => {
  const first = start();
  const { recent } = await open(first, first.admit(join(folder, 'a.csv'), 'mine.csv', { passing: true }));
  expect((await open(first, { kind: 'recent', id: recent })).inspection.file).toBe('mine.csv');
  const second = start();
  expect(await names(second)).toEqual(['mine.csv gone']);
  await expect(open(second, { kind: 'recent', id: recent })).rejects.toMatchObject({
    code: 'host.not-kept',
    facts: { file: 'mine.csv' },
  });
});

test('a file that is gone is listed as such, and says so when it is opened', async () => {
  const first = start();
  const { recent } = await open(first, first.admit(join(folder, 'a.csv'), 'a.csv'));
  await rm(join(folder, 'a.csv'));
  const second = start();
  expect(await names(second)).toEqual(['a.csv gone']);
  await expect(open(second, { kind: 'recent', id: recent })).rejects.toMatchObject({ code: 'host.no-file' });
  await expect(open(second, { kind: 'recent', id: '../../etc' })).rejects.toMatchObject({ code: 'host.not-kept' });
});

test('a window comes back as it was left, also in another start; what is damaged comes back as nothing', async () => {
  const state: WindowState = {
    recent: 'f1',
    chosen: { lookback: 20 },
    shown: null,
    view: 'series',
    tab: 'runs',
    language: 'ko',
    theme: 'dark',
    leftWidth: 320,
    bottomShare: 0.4,
  };
  expect(await start().call('window.read', {})).toBeNull();
  await start().call('window.keep', { state });
  expect(await start().call('window.read', {})).toEqual(state);
  const path = join(folder, 'project', 'window.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('"ko"', '"tlh"'));
  expect(await start().call('window.read', {})).toBeNull();
});
