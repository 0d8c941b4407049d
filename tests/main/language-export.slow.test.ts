import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { plainPrime } from '../../src/core/export/language';
import { feedsOf, languageDifference } from '../../src/core/export/onnx/language-check';
import { decodeModel } from '../../src/core/export/onnx/schema';
import { weightsFile } from '../../src/core/export/weights';
import type { CellName } from '../../src/core/nn/model';
import { Random } from '../../src/core/nn/random';
import type { TextRecord } from '../../src/core/text/record';
import { say } from '../../src/core/text/sample';
import type { TextSettings } from '../../src/core/text/settings';
import { encode } from '../../src/core/text/vocabulary';
import { bringFile } from '../../src/main/bringing';
import { Datasets } from '../../src/main/datasets';
import { exportRun } from '../../src/main/exports';
import { loadModel } from '../../src/main/models';
import * as onnx from '../../src/main/onnx';
import { Store } from '../../src/main/store';
import { runtime } from '../core/export/onnx-run';
import { engine, learnedText, verse } from '../core/text/learned';

/** Language models leave the lab, write the lab's own letters elsewhere, and come back as they were. */
let folder = '';
/** Inside the project, so that a program finds onnxruntime as it would beside its own packages. */
const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));
beforeAll(async () => {
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'language-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const datasets = () => new Datasets([], () => {});

/** A trained run in a project, and its files as safetensors and ONNX under one stem. */
async function exported(stem: string, cell: CellName, chosen: Partial<TextSettings>, path?: string) {
  const learned = await learnedText(cell, chosen, { path });
  const { record, weights } = learned;
  const store = new Store(join(folder, `${stem}-project`));
  await store.saveText(record, weightsFile(record.model, weights, {}));
  const checked = [];
  for (const format of ['safetensors', 'onnx'] as const) {
    const made = await exportRun(store, record.id, format, [record.id], datasets());
    checked.push(made.checked);
    for (const { ending, bytes } of made.files) await writeFile(join(folder, stem + ending), bytes);
  }
  return { ...learned, store, checked: checked[1]! };
}

/** What the lab writes. */
function written(record: TextRecord, weights: Float32Array, prime: string, length: number, temperature: number) {
  const tokens = encode(prime, record.vocabulary)!;
  const letters = say(engine.reader(record.model, weights), { prime: tokens, length, temperature }, new Random(7));
  return prime.replace(/^\n/, '') + [...letters].map((token) => record.vocabulary[token]).join('');
}

const variants: [string, CellName, Partial<TextSettings>][] = [
  ['rnn', 'rnn', { embedding: 0, activation: 'relu' }],
  ['lstm', 'lstm', { embedding: 5, layers: 2 }],
  ['gru', 'gru', { embedding: 0, layers: 3, hidden: 6 }],
  ['sigmoid', 'rnn', { embedding: 7, activation: 'sigmoid' }],
];
test.each(variants)('%s: programs beside it write the letters of the lab', async (stem, cell, chosen) => {
  const { record, weights, checked } = await exported(stem, cell, chosen);
  expect(checked).toMatchObject({ of: 'made-up', windows: 40 });
  expect(checked.difference).toBeLessThan(1e-5);
  for (const [prime, length, temperature] of [
    ['he (', 120, 0.9],
    [plainPrime(record), 40, 0],
  ] as const) {
    const expected = written(record, weights, prime, length, temperature);
    for (const [program, script] of [
      ['python3', `${stem}.py`],
      [process.execPath, `${stem}.mjs`],
      [process.execPath, `${stem}.onnx.mjs`],
    ] as const) {
      const given = [join(folder, script), prime, `${length}`, `${temperature}`, '7'];
      const { status, stdout, stderr } = spawnSync(program, given, { encoding: 'utf8' });
      expect({ status, stderr, stdout }, script).toEqual({ status: 0, stderr: '', stdout: `${expected}\n` });
    }
  }
  const compiled = spawnSync('python3', ['-m', 'py_compile', join(folder, `${stem}.onnx.py`)], { encoding: 'utf8' });
  expect({ status: compiled.status, stderr: compiled.stderr }).toEqual({ status: 0, stderr: '' });
});

test('in onnxruntime stretches side by side and in two parts score as the lab does', async () => {
  for (const [stem, cell, chosen] of variants) {
    const { record, weights, tokens } = await learnedText(cell, chosen);
    const store = new Store(join(folder, `${stem}-runtime`));
    await store.saveText(record, weightsFile(record.model, weights, {}));
    const { files } = await exportRun(store, record.id, 'onnx', [record.id], datasets());
    const graph = await runtime(files[0]!.bytes);
    const stretches = [0, 100, 333].map((at) => tokens.subarray(at, at + 31));
    const difference = await languageDifference({ engine, model: record.model, weights }, stretches, graph);
    expect(difference, stem).toBeLessThan(1e-5);
    // the check sees a state that is not handed on
    const forgetful: typeof graph = (feeds) =>
      graph({ ...feeds, h_before: feedsOf(record.model, stretches, null).h_before! });
    expect(await languageDifference({ engine, model: record.model, weights }, stretches, forgetful)).toBeGreaterThan(
      1e-3,
    );
  }
});

test('with the text at hand it is tried on the test part, and says how it was checked', async () => {
  const path = join(folder, 'verse.txt');
  await writeFile(path, verse);
  const { record, checked } = await exported('checked', 'gru', {}, path);
  expect(checked).toMatchObject({ of: 'test', windows: Math.floor(record.split.test / 50) });
  const store = new Store(join(folder, 'checked-project'));
  const { files } = await exportRun(store, record.id, 'onnx', [record.id], datasets());
  const { metadataProps, docString } = decodeModel(files[0]!.bytes);
  const said = Object.fromEntries(metadataProps!.map(({ key, value }) => [key, value]));
  expect(JSON.parse(said.vocabulary!)).toEqual(record.vocabulary);
  expect(said).toMatchObject({ task: 'language', checked_on: 'windows of the test part' });
  expect(docString).toContain('verse.txt');
  for (const { bytes } of files) expect(new TextDecoder().decode(bytes)).not.toContain(folder);
});

test('what was exported comes back as the model it was', async () => {
  const { record, weights, store } = await exported('back', 'lstm', { embedding: 5 });
  for (const file of ['back.safetensors', 'back.onnx']) {
    const model = await loadModel(join(folder, file), store);
    expect(model.weights).toEqual(weights);
    const { path: _, ...dataset } = record.dataset;
    expect(model.record).toEqual({ ...record, dataset: { ...dataset, file: 'verse.txt' } });
  }
  const other = new Store(join(folder, 'other-project'));
  const { brought } = await bringFile(other, join(folder, 'back.onnx'), 'back.onnx');
  expect(brought).toEqual([record.id]);
  expect((await other.text(record.id)).vocabulary).toEqual(record.vocabulary);
});

test('a file that scores something else is not handed over, nor is a format that forecasts', async () => {
  const { record, store } = await exported('refused', 'gru', {});
  const start = onnx.startOnnx;
  const spy = vi.spyOn(onnx, 'startOnnx').mockImplementation(async (bytes) => {
    const { run, close } = await start(bytes);
    const off = async (feeds: Parameters<typeof run>[0]) => {
      const found = await run(feeds);
      return { ...found, logits: found.logits!.map((score, i) => score + (i % 2) * 1e-3) };
    };
    return { run: off, close };
  });
  const taken = (format: 'onnx' | 'csv') => exportRun(store, record.id, format, [record.id], datasets());
  await expect(taken('onnx')).rejects.toMatchObject({ code: 'export.differs' });
  spy.mockRestore();
  await expect(taken('csv')).rejects.toMatchObject({ code: 'export.not-of-language' });
});
