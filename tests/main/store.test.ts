import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Settings } from '../../src/core/settings';
import { Store } from '../../src/main/store';
import { predictions, record, times } from './samples';

let folder = '';
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-store-'));
  store = new Store(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const finished = (id?: string) => ({
  record: record(id),
  weights: Uint8Array.of(1, 2, 3),
  test: predictions,
  times,
  dateOnly: true,
});
const { edges, ...seen } = predictions;
const inRun = (...path: string[]) => join(folder, 'runs', record().id, ...path);

test('a run is read back as it was written', async () => {
  await store.save(finished());
  // another store: nothing is remembered
  const again = new Store(folder);
  expect(await again.read(record().id)).toEqual({
    record: record(),
    forecasts: { test: seen, edges, times: ['2024-01-02', '2024-01-03', '2024-01-03', '2024-01-04'] },
  });
  expect([...(await again.weights(record().id))]).toEqual([1, 2, 3]);
  expect(await again.list()).toEqual({ records: [record()], texts: [], unfinished: [], damaged: [] });
});

test('the forecasts can be read by a person', async () => {
  await store.save(finished());
  expect(await readFile(inRun('predictions.csv'), 'utf8')).toBe(
    [
      'time,actual,rnn,rnn lower80,rnn upper80,rnn lower95,rnn upper95,origin,step,last',
      '2024-01-02,1,1.5,1,2,0.5,2.5,0,1,0.5',
      '2024-01-03,2,2.25,,,,,0,2,0.5',
      '2024-01-03,3,0.1,-1.9,2.1,-3.9,4.1,1,1,1',
      '2024-01-04,4,-3e-9,,,,,1,2,1',
      '',
    ].join('\n'),
  );
});

test('a name that a spreadsheet would run as a formula is written as text', async () => {
  await store.save({ ...finished(), record: record(undefined, { name: '=cmd()' }) });
  expect(await readFile(inRun('predictions.csv'), 'utf8')).toMatch(/^time,actual,"?'=cmd\(\)"?,/);
});

test('a run from before a setting was there did what was done then', async () => {
  const { schedule: _, reach: __, memory: ___, init: ____, ...earlier } = record().settings;
  await store.save({ ...finished(), record: { ...record(), settings: earlier as Settings } });
  const { records } = await new Store(folder).list();
  expect(records[0]?.settings).toEqual({
    ...earlier,
    schedule: 'constant',
    reach: 1,
    memory: 'before',
    init: 'orthogonal',
  });
});

test('a project that is not there yet has no runs', async () => {
  expect(await new Store(join(folder, 'nowhere')).list()).toEqual({
    records: [],
    texts: [],
    unfinished: [],
    damaged: [],
  });
});

test('what could not be written whole leaves nothing behind', async () => {
  const weights = 'not bytes' as unknown as Uint8Array;
  await store.save(finished());
  // the folder of that name is taken, so the last step fails
  await expect(store.save({ ...finished(), weights })).rejects.toMatchObject({ code: 'host.not-saved' });
  expect(await readdir(join(folder, 'runs'))).toEqual([record().id]);
  expect((await store.read(record().id)).record).toEqual(record());
});

test('a folder left by a killed program is not a run', async () => {
  await mkdir(join(folder, 'runs', '.unfinished-x'), { recursive: true });
  expect(await store.list()).toEqual({ records: [], texts: [], unfinished: [], damaged: [] });
});

test('what a save left is swept once its process is gone, and not before', async () => {
  const gone = spawnSync(process.execPath, ['--version']).pid;
  const left = `.unfinished-${gone}-${record().id}-00000000`;
  // a living process's, one without a process in its name, and what no program wrote
  const kept = [`.unfinished-${process.pid}-a-00000000`, `.unfinished-x`, '.unfinished-0-a'];
  for (const name of [left, ...kept]) {
    await mkdir(join(folder, 'runs', name), { recursive: true });
    await writeFile(join(folder, 'runs', name, 'run.json'), '{');
  }
  await store.list();
  expect((await readdir(join(folder, 'runs'))).sort()).toEqual([...kept].sort());
});

test.each<[string, (text: string) => string | null, RegExp]>([
  ['half a record', (text) => text.slice(0, 300), /not JSON/],
  ['an empty record', () => '', /not JSON/],
  ['a field of another kind', (text) => text.replace('"hidden": 8', '"hidden": "many"'), /settings\.hidden/],
  ['a missing field', (text) => text.replace('"bestEpoch": 2,', ''), /bestEpoch/],
  ['a record of another run', (text) => text.replaceAll(record().id, 'other'), /of another run/],
  ['no record', () => null, /missing/],
])('a folder with %s is left out with a note, and the others are read', async (_, damage, why) => {
  await store.save(finished());
  await store.save(finished('20240102-000000-ffff-lstm'));
  const damaged = damage(await readFile(inRun('run.json'), 'utf8'));
  if (damaged === null) await rm(inRun('run.json'));
  else await writeFile(inRun('run.json'), damaged);
  const list = await new Store(folder).list();
  expect(list.records.map(({ id }) => id)).toEqual(['20240102-000000-ffff-lstm']);
  expect(list.damaged).toHaveLength(1);
  expect(list.damaged[0]!.code).toBe('host.damaged-run');
  expect(list.damaged[0]!.message).toMatch(why);
});

test.each([
  [99, 'host.newer-run'],
  [-1, 'host.older-run'],
])('a record of version %i is listed as such and left as it is', async (version, code) => {
  await store.save(finished());
  const text = (await readFile(inRun('run.json'), 'utf8')).replace('"version": 1', `"version": ${version}`);
  await writeFile(inRun('run.json'), text);
  const { records, damaged } = await new Store(folder).list();
  expect(records).toEqual([]);
  expect(damaged).toMatchObject([{ code, facts: { run: record().id, version } }]);
  expect(await readFile(inRun('run.json'), 'utf8')).toBe(text);
});

test('name, star and notes lie beside the run, and what is not given stays', async () => {
  await store.save(finished());
  const before = await readFile(inRun('run.json'), 'utf8');
  await store.annotate(record().id, { name: '첫 모델', starred: true });
  await store.annotate(record().id, { notes: 'a "quiet" week' });
  const again = new Store(folder);
  const { records } = await again.list();
  expect(await again.annotations(records)).toEqual({
    [record().id]: { name: '첫 모델', starred: true, notes: 'a "quiet" week' },
  });
  expect(await readFile(inRun('run.json'), 'utf8')).toBe(before);
  expect((await readdir(inRun())).filter((name) => name.startsWith('annotation'))).toEqual(['annotation.json']);
});

test('a damaged annotation costs the annotation, not the run', async () => {
  await store.save(finished());
  await writeFile(inRun('annotation.json'), '{"name": 7');
  const { records } = await store.list();
  expect(records).toHaveLength(1);
  expect(await store.annotations(records)).toEqual({});
  await expect(store.annotate('nobody', { starred: true })).rejects.toMatchObject({ code: 'host.unknown-run' });
});

test('a deleted run is whole in the trash and comes back as it was', async () => {
  await store.save(finished());
  await store.annotate(record().id, { starred: true });
  await store.remove(record().id);
  expect(await store.list()).toEqual({ records: [], texts: [], unfinished: [], damaged: [] });
  await expect(store.read(record().id)).rejects.toMatchObject({ code: 'host.unknown-run' });
  expect(await readdir(join(folder, 'trash', record().id))).toContain('weights.safetensors');
  expect(await store.restore(record().id)).toEqual(record());
  expect(await store.annotations([record()])).toMatchObject({ [record().id]: { starred: true } });
  await expect(store.restore(record().id)).rejects.toMatchObject({ code: 'host.unknown-run' });
});

test('a run that is there is not written over by one from the trash', async () => {
  await store.save(finished());
  await store.remove(record().id);
  await store.save(finished());
  await store.annotate(record().id, { notes: 'the new one' });
  await expect(store.restore(record().id)).rejects.toMatchObject({ code: 'host.not-changed' });
  expect(await store.annotations([record()])).toMatchObject({ [record().id]: { notes: 'the new one' } });
  await store.remove(record().id);
  await store.restore(record().id);
  expect(await store.annotations([record()])).toMatchObject({ [record().id]: { notes: 'the new one' } });
});

test.each(['..', '../trash', 'a/b', '', '.', '/etc'])('%j cannot be deleted or brought back', async (name) => {
  await expect(store.remove(name)).rejects.toMatchObject({ code: 'host.unknown-run' });
  await expect(store.restore(name)).rejects.toMatchObject({ code: 'host.unknown-run' });
});

test('fields of a newer program are kept', async () => {
  await store.save(finished());
  const text = await readFile(inRun('run.json'), 'utf8');
  await writeFile(inRun('run.json'), text.replace('"experiment"', '"starred": true, "experiment"'));
  expect((await new Store(folder).list()).records[0]).toMatchObject({ starred: true });
});

test('a record that was changed on disk is read anew', async () => {
  await store.save(finished());
  await store.list();
  const text = await readFile(inRun('run.json'), 'utf8');
  await writeFile(inRun('run.json'), text.replace('"name": "rnn"', '"name": "renamed"'));
  await utimes(inRun('run.json'), 1, 1);
  expect((await store.list()).records[0]!.name).toBe('renamed');
});

test.each([
  'time,actual\n1,2\n',
  '',
  'time,actual,rnn,origin,step,last\na,b,c,d,e,f\n',
  'time,actual,rnn,origin,step,last\n,1,,0,1,1\n',
  'time,actual,rnn,origin,step,last\n"2024-01-01,1,1,0,1,1\n',
])('damaged forecasts %j cost the chart, not the run', async (text) => {
  await store.save(finished());
  await writeFile(inRun('predictions.csv'), text);
  expect(await store.read(record().id)).toMatchObject({ record: record(), forecasts: null });
});

test.each(['..', '../runs', 'a/b', '', '.unfinished-x', 'x\0y', '/etc'])(
  '%j is not the name of a run',
  async (name) => {
    await expect(store.read(name)).rejects.toMatchObject({ code: 'host.unknown-run' });
  },
);

test('forecasts of many windows and steps are read back as they were written', async () => {
  const [windows, steps] = [900, 50];
  const values = Float64Array.from({ length: windows * steps }, (_, i) => Math.sin(i) * 10 ** (i % 7));
  const test = {
    firstStep: 1,
    steps,
    origins: Int32Array.from({ length: windows }, (_, w) => 100 + w),
    values,
    actual: values.map((value) => Math.round(value * 100) / 100 + 0),
    last: Float64Array.from({ length: windows }, (_, w) => w / 8),
  };
  await store.save({ ...finished(), test, times: null });
  const { forecasts } = await store.read(record().id);
  expect(forecasts!.test).toMatchObject({ firstStep: 1, steps, origins: test.origins, actual: test.actual });
  expect(forecasts!.test.last).toEqual(test.last);
  const errors = values.map((value, i) => Math.abs(forecasts!.test.values[i]! - value) / Math.abs(value || 1));
  expect(Math.max(...errors)).toBeLessThan(1e-11);
});
