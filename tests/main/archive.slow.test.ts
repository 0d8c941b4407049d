import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LabError } from '../../src/core/errors';
import { weightsFile } from '../../src/core/export/weights';
import { parameterCount } from '../../src/core/nn/parameters';
import { languageModel, planText } from '../../src/core/text/plan';
import type { TextRecord } from '../../src/core/text/record';
import { openProject, packProject } from '../../src/main/archive';
import { Store } from '../../src/main/store';
import { predictions, record, times } from './samples';

/** A project as one file goes out and comes in whole; one that somebody meddled with changes nothing. */
let folder = '';
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-archive-'));
  store = new Store(join(folder, 'mine'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const { model } = record();
const numbers = Float32Array.from({ length: parameterCount(model) }, (_, i) => i / 8);
const weights = weightsFile(model, numbers, {});
const first = record();
const second = record('20240101-000000-abcd-lstm');

async function packed(): Promise<Uint8Array> {
  const from = new Store(join(folder, 'theirs'));
  for (const each of [first, second]) {
    const dataset = { ...each.dataset, path: '/home/somebody/secret.csv' };
    await from.save({ record: { ...each, dataset }, weights, test: predictions, times, dateOnly: true });
  }
  await from.annotate(first.id, { name: '봄', starred: true });
  expect(await packProject(from, join(folder, 'project.zip'), '1.2.3')).toBe(2);
  return readFile(join(folder, 'project.zip'));
}
const opened = (bytes: Uint8Array) => openProject(store, bytes, 'theirs.zip');
const refusal = (bytes: Uint8Array) =>
  opened(bytes).then(
    () => 'opened',
    ({ code }) => code,
  );

/** Everything under the test's folder, whoever wrote it. */
const everything = async () => (await readdir(folder, { recursive: true })).sort();

/** A language model of three characters, whose numbers mean nothing. */
function textRecord(): TextRecord {
  const vocabulary = ['a', 'b', 'c'];
  const facts = { characters: 3000, vocabulary: 3, threads: 1, kernels: 'plain' as const };
  const { settings } = planText({ hidden: 4, embedding: 2, models: ['gru'], epochs: 1 }, facts);
  const judged = { n: 9, nats: 1, bits: 1.44, accuracy: 0.5 };
  const metrics = { validation: judged, test: judged };
  return {
    ...{ version: 1, kind: 'language', id: '20240101-000000-text-gru', experiment: 'text', name: 'gru' },
    ...{ created: '2024-01-01T00:00:00.000Z', cell: 'gru', seed: 1, kernels: 'plain', vocabulary, settings, metrics },
    dataset: {
      file: 'abc.txt',
      sha256: 'a'.repeat(64),
      encoding: 'utf-8',
      characters: 3000,
      path: '/home/somebody/abc',
    },
    model: languageModel('gru', settings, 3),
    split: { train: 2550, validation: 150, test: 300 },
    ...{ parameters: 1, epochs: 1, bestEpoch: 1, seconds: 1, charactersPerSecond: 1, stopped: 'epochs', trouble: null },
    loss: { train: [1], validation: [1] },
    baselines: [{ name: 'unigram', metrics }],
    samples: [{ epoch: 1, text: 'abc' }],
  };
}

test('a language model goes along, and one with a wrong vocabulary stays out', async () => {
  const from = new Store(join(folder, 'theirs'));
  const text = textRecord();
  const values = Float32Array.from({ length: parameterCount(text.model) }, (_, i) => i);
  await from.saveText(text, weightsFile(text.model, values, {}));
  await from.annotate(text.id, { name: 'poet' });
  expect(await packProject(from, join(folder, 'project.zip'), '1.2.3')).toBe(1);
  const bytes = await readFile(join(folder, 'project.zip'));
  expect(await opened(bytes)).toEqual({ brought: [text.id], known: [], refused: [] });
  const { path: _, ...dataset } = text.dataset;
  expect(await store.list()).toEqual({ records: [], texts: [{ ...text, dataset }], unfinished: [], damaged: [] });
  expect((await store.annotations([text]))[text.id]?.name).toBe('poet');
  expect(await opened(bytes)).toEqual({ brought: [], known: [text.id], refused: [] });

  await store.remove(text.id);
  const files = unzipSync(bytes);
  files[`runs/${text.id}/run.json`] = strToU8(JSON.stringify({ ...text, vocabulary: ['a', 'b'] }));
  const { brought, refused } = await opened(zipSync(files));
  expect(brought).toEqual([]);
  expect(refused[0]?.code).toBe('predict.not-a-model');
});

test('what was packed is there again, without what only the other machine knows', async () => {
  const bytes = await packed();
  expect(await opened(bytes)).toEqual({ brought: [second.id, first.id], known: [], refused: [] });
  const there = await store.list();
  expect(there).toEqual({ records: [second, first], texts: [], unfinished: [], damaged: [] });
  expect(await store.weights(first.id)).toEqual(Buffer.from(weights));
  expect((await store.read(first.id)).forecasts?.test.values).toEqual(predictions.values);
  expect((await store.annotations([first]))[first.id]).toMatchObject({ name: '봄', starred: true });
  expect(new TextDecoder().decode(bytes)).not.toContain('somebody');
  expect(JSON.stringify(Object.values(unzipSync(bytes)).map((b) => new TextDecoder().decode(b)))).not.toContain(
    'secret',
  );
});

test('runs that are there already stay as they are', async () => {
  const bytes = await packed();
  await opened(bytes);
  await store.annotate(first.id, { notes: 'mine' });
  expect(await opened(bytes)).toEqual({ brought: [], known: [second.id, first.id], refused: [] });
  expect((await store.annotations([first]))[first.id]).toMatchObject({ notes: 'mine' });
});

describe('entries no project has', () => {
  const names = [
    '../evil',
    'runs/../../evil',
    '/etc/evil',
    'C:/evil',
    'runs\\evil',
    'runs/a/..',
    'runs/a/run.json\0.txt',
    'runs/con/run.json',
    'runs/NUL.txt/run.json',
    'runs//run.json',
    'runs/a./run.json',
  ];
  test.each(names)('%j', async (name) => {
    const bytes = await packed();
    const before = await everything();
    expect(await refusal(zipSync({ ...unzipSync(bytes), [name]: strToU8('x') }))).toBe('project.unsafe');
    expect(await everything()).toEqual(before);
  });

  test('harmless strangers are left out', async () => {
    const bytes = zipSync({
      ...unzipSync(await packed()),
      '.DS_Store': strToU8('x'),
      'runs/a/notes/x.txt': strToU8('y'),
    });
    expect((await opened(bytes)).brought).toHaveLength(2);
    expect((await everything()).filter((name) => /DS_Store|notes/.test(name))).toEqual([]);
  });
});

describe('sizes', () => {
  test('what unpacks to hundreds of times its size is not unpacked', async () => {
    const bomb = zipSync({ 'runs/a/predictions.csv': new Uint8Array(40 << 20) }, { level: 9 });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refusal(bomb)).toBe('project.too-large');
  });

  test('a size that is a lie is found out', async () => {
    const bytes = zipSync({ 'runs/a/run.json': strToU8(JSON.stringify(first)), 'runs/a/weights.safetensors': weights });
    // the central directory's unpacked size of the first entry
    const directory = Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    new DataView(bytes.buffer).setUint32(directory + 24, 10, true);
    const { brought, refused } = await opened(bytes).catch((error) => ({ brought: [], refused: [error.view()] }));
    expect(brought).toEqual([]);
    expect(refused).toHaveLength(1);
  });

  test('a million entries are too many', async () => {
    const many: Zippable = {};
    for (let i = 0; i <= 50_000; i++) many[`x${i}`] = new Uint8Array(0);
    expect(await refusal(zipSync(many, { level: 0 }))).toBe('project.too-large');
  });
});

describe('a run that is not what it says is left out by name, the others come', () => {
  async function withRun(part: string, content: Uint8Array | null) {
    const files: Record<string, Uint8Array> = unzipSync(await packed());
    const name = `runs/${first.id}/${part}`;
    if (content) files[name] = content;
    else delete files[name];
    return opened(zipSync(files));
  }
  const asBytes = (value: unknown) => strToU8(JSON.stringify(value));
  const twisted = (change: (numbers: Float32Array) => void) => {
    const other = numbers.slice();
    change(other);
    return weightsFile(model, other, {});
  };
  const cases: [string, string, Uint8Array | null, string][] = [
    ['no weights', 'weights.safetensors', null, 'project.not-whole'],
    ['weights cut short', 'weights.safetensors', weights.subarray(0, weights.length - 3), 'host.weights'],
    ['a weight that is no number', 'weights.safetensors', twisted((w) => w.fill(Number.NaN, 3, 4)), 'host.weights'],
    [
      'an infinite weight',
      'weights.safetensors',
      twisted((w) => w.fill(Number.POSITIVE_INFINITY, 0, 1)),
      'host.weights',
    ],
    ['weights of another model', 'weights.safetensors', weightsFile({ ...model, H: 1 }, numbers, {}), 'host.weights'],
    ['no record', 'run.json', null, 'project.not-whole'],
    ['a record that is no JSON', 'run.json', strToU8('{'), 'predict.not-a-model'],
    ['a record nested without end', 'run.json', strToU8('['.repeat(100_000)), 'predict.not-a-model'],
    ['a record of another run', 'run.json', asBytes({ ...first, id: second.id }), 'project.not-whole'],
    ['a huge shape', 'run.json', asBytes({ ...first, model: { ...model, H: 4000, L: 4 } }), 'host.weights'],
    ['an impossible shape', 'run.json', asBytes({ ...first, model: { ...model, H: 1e9 } }), 'predict.not-a-model'],
    ['a million layers', 'run.json', asBytes({ ...first, model: { ...model, L: 1e9 } }), 'predict.not-a-model'],
    ['a newer record', 'run.json', asBytes({ ...first, version: 99 }), 'predict.newer'],
  ];
  test.each(cases)('%s', async (_, part, content, code) => {
    const { brought, refused } = await withRun(part, content);
    expect(brought).toEqual([second.id]);
    expect(refused.map((error) => error.code)).toEqual([code]);
    expect(await readdir(join(folder, 'mine', 'runs'))).toEqual([second.id]);
  });

  test('a table or note that is damaged is left behind', async () => {
    expect((await withRun('predictions.csv', strToU8('a,b\n1'))).brought).toHaveLength(2);
    expect((await store.read(first.id)).forecasts).toBeNull();
  });
});

test('a newer project is refused politely, an earlier record brought up to date', async () => {
  const files = unzipSync(await packed());
  const manifest = strToU8(JSON.stringify({ format: 'unroll-project', version: 2 }));
  expect(await refusal(zipSync({ ...files, 'project.json': manifest }))).toBe('predict.newer');

  const old = JSON.parse(await readFile(new URL('../fixtures/run-version-0.json', import.meta.url), 'utf8'));
  const bytes = zipSync({
    [`runs/${old.id}/run.json`]: strToU8(JSON.stringify(old)),
    [`runs/${old.id}/weights.safetensors`]: weights,
  });
  expect(await opened(bytes)).toEqual({ brought: [old.id], known: [], refused: [] });
  const { record: brought } = await store.read(old.id);
  expect(brought).toMatchObject({
    version: 1,
    settings: { lookback: 4, season: 1, calendar: false, attention: 'none' },
    preparation: { columns: [{ name: 'Close', log: true, lag: 3, offset: 0.25, factor: 2 }] },
    bands: null,
    byStep: [],
  });
});

test('whatever the bytes, there is a refusal or a project, and nothing outside its folder', async () => {
  const bytes = await packed();
  const before = (await everything()).filter((name) => !name.startsWith('mine'));
  const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 12 });
  const damaged = fc.tuple(damage, fc.nat(bytes.length)).map(([changes, end]) => {
    const copy = Uint8Array.from(bytes);
    for (const [at, value] of changes) copy[at] = value;
    return end % 3 === 0 ? copy.slice(0, end) : copy;
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 400 }), damaged), async (given) => {
      const thrown = await opened(given).catch((error) => error);
      if (thrown instanceof Error) expect(thrown).toBeInstanceOf(LabError);
      await rm(join(folder, 'mine'), { recursive: true, force: true });
    }),
    { numRuns: 300 },
  );
  expect(await everything()).toEqual(before);
});
