import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { labelledOnnx } from '../../src/core/export/onnx/labelled';
import { labelledDifference } from '../../src/core/export/onnx/labelled-check';
import { decodeModel, encodeModel } from '../../src/core/export/onnx/schema';
import { weightsFile } from '../../src/core/export/weights';
import type { CellName } from '../../src/core/nn/model';
import type { LabelledKind, LabelledRecord } from '../../src/core/text/labelled/record';
import type { LabelledSettings } from '../../src/core/text/labelled/settings';
import { tellTexts } from '../../src/core/text/labelled/tell';
import { tokensOf, wordsOf } from '../../src/core/text/labelled/words';
import { bringFile } from '../../src/main/bringing';
import { Datasets } from '../../src/main/datasets';
import { exportRun } from '../../src/main/exports';
import { loadModel } from '../../src/main/models';
import * as onnx from '../../src/main/onnx';
import { Store } from '../../src/main/store';
import { control, runtime } from '../core/export/onnx-run';
import { files, learnedLabels } from '../core/text/labelled/learned';
import { engine } from '../core/text/learned';

/** Models that label texts leave the lab, say elsewhere what they say here, and come back as they were. */
let folder = '';
/** Inside the project, so that a program finds onnxruntime as it would beside its own packages. */
const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));
beforeAll(async () => {
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'labels-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const datasets = () => new Datasets([], () => {});

/** A trained run in a project, and its files as safetensors and ONNX under one stem. */
async function exported(
  stem: string,
  kind: LabelledKind,
  cell: CellName,
  chosen: Partial<LabelledSettings>,
  path?: string,
) {
  const learned = await learnedLabels(kind, cell, chosen, path);
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

const given = [
  'Dogs don’t  RUNNING singing 7 12-fold, and Zurich — slept .',
  'so good',
  '!',
  "It's  O'NEILL'S 'quote' x-ray 2nd e\u0301te\u0301 ตัวอย่าง ភាសា DVDを3枚 ab'漢c ٣ ½\u0085end",
  `${'cats walking and '.repeat(9)}stopped.`,
  '강아지가 犬が走る',
];
const readAs = ({ kind, settings }: Pick<LabelledRecord, 'kind' | 'settings'>, text: string) => {
  const tokens = kind === 'tagging' ? wordsOf(text) : tokensOf({ content: text }, settings.input);
  return { tokens, codes: kind === 'tagging' ? tokens.map(() => -1) : [-1] };
};

/** What the lab says of the texts: per label, the label and its probability, and what stands beside them. */
async function told(record: LabelledRecord, weights: Float32Array, texts: string[]) {
  const lines = [];
  for (const text of texts) {
    const read = readAs(record, text);
    const found = await tellTexts({ engine, model: record.model, weights }, [read], record, control);
    const V = record.labels.length;
    for (let i = 0; i < found.told.length; i++) {
      const label = record.labels[found.told[i]!]!;
      const p = found.probabilities[i * V + found.told[i]!]!;
      lines.push(record.kind === 'tagging' ? [read.tokens[i]!, label, p] : [label, p, text]);
    }
  }
  return lines;
}

const variants: [string, LabelledKind, CellName, Partial<LabelledSettings>][] = [
  ['tag-gru', 'tagging', 'gru', { length: 5, delay: 2, layers: 2 }],
  ['tag-rnn', 'tagging', 'rnn', { activation: 'relu', delay: 0 }],
  ['words-lstm', 'classification', 'lstm', { layers: 2, length: 8 }],
  ['characters-gru', 'classification', 'gru', { input: 'character', length: 30 }],
];
test.each(variants)('%s: programs beside it say what the lab says', async (stem, kind, cell, chosen) => {
  const { record, weights, checked } = await exported(stem, kind, cell, chosen);
  expect(checked).toMatchObject({ of: 'made-up', windows: 200 });
  expect(checked.difference).toBeLessThan(1e-5);
  const expected = await told(record, weights, given);
  for (const script of [`${stem}.py`, `${stem}.mjs`, `${stem}.onnx.mjs`]) {
    const program = script.endsWith('.py') ? 'python3' : process.execPath;
    const { status, stdout, stderr } = spawnSync(program, [join(folder, script), ...given], { encoding: 'utf8' });
    expect({ status, stderr }, script).toEqual({ status: 0, stderr: '' });
    const said = stdout.split('\n').filter((line) => line !== '');
    expect(said, script).toHaveLength(expected.length);
    said.forEach((line, i) => {
      const cells = line.split('\t').map((cell, k) => (k === (kind === 'tagging' ? 2 : 1) ? Number(cell) : cell));
      expect(cells, script).toEqual(
        expected[i]!.map((cell) => (typeof cell === 'number' ? expect.closeTo(cell, 5) : cell)),
      );
    });
  }
  const compiled = spawnSync('python3', ['-m', 'py_compile', join(folder, `${stem}.onnx.py`)], { encoding: 'utf8' });
  expect(compiled).toMatchObject({ status: 0, stderr: '' });
});

test('in onnxruntime texts of any length side by side have the lab’s probabilities', async () => {
  for (const [stem, kind, cell, chosen] of variants) {
    const { record, weights } = await learnedLabels(kind, cell, chosen);
    const { model, settings } = record;
    const described = { version: '0', metadata: {}, text: '' };
    const graphOf = async (delay: number) =>
      runtime(encodeModel(labelledOnnx({ model, kind, delay }, weights, described)));
    const texts = [...given, ''].map((text) => readAs(record, text));
    const delay = kind === 'tagging' ? settings.delay : 0;
    const graph = await graphOf(delay);
    const learned = { engine, model, weights };
    expect(await labelledDifference(learned, texts, record, control, graph), stem).toBeLessThan(1e-5);
    // the check sees a padding that is read, and tags that are said a step late
    const blurred: typeof graph = ({ tokens }) =>
      graph({
        tokens: { ...tokens!, data: (tokens!.data as BigInt64Array).map((token) => (token === 0n ? 1n : token)) },
      });
    // where nothing is waited for, nothing behind an end is read
    if (kind === 'classification' || delay > 0)
      expect(await labelledDifference(learned, texts, record, control, blurred), stem).toBeGreaterThan(1e-4);
    const late = await graphOf(delay + 1);
    if (kind === 'tagging') expect(await labelledDifference(learned, texts, record, control, late)).toBe(Infinity);
  }
});

test('with the file at hand it is tried on the test part, and says how it was checked', async () => {
  const path = join(folder, 'texts.csv');
  for (const kind of ['tagging', 'classification'] as const) {
    await writeFile(path, files[kind]);
    const { record, checked, store } = await exported(`checked-${kind}`, kind, 'gru', {}, path);
    expect(checked).toMatchObject({ of: 'test', windows: record.split.test });
    const { files: made } = await exportRun(store, record.id, 'onnx', [record.id], datasets());
    const { metadataProps, docString } = decodeModel(made[0]!.bytes);
    const said = Object.fromEntries(metadataProps!.map(({ key, value }) => [key, value]));
    expect(JSON.parse(said.labels!)).toEqual(record.labels);
    expect(JSON.parse(said.vocabulary!)).toEqual(record.lexicon.words);
    expect(said).toMatchObject({ task: kind, checked_on: 'windows of the test part' });
    expect(docString).toContain('texts.csv');
    for (const { bytes } of made) expect(new TextDecoder().decode(bytes)).not.toContain(folder);
  }
});

test('what was exported comes back as the model it was, without the sentences it was judged on', async () => {
  for (const kind of ['tagging', 'classification'] as const) {
    const stem = `back-${kind}`;
    const { record, weights, store } = await exported(stem, kind, 'lstm', {});
    expect(record.examples.length).toBeGreaterThan(0);
    const { path: _, ...dataset } = record.dataset;
    for (const file of [`${stem}.safetensors`, `${stem}.onnx`]) {
      const model = await loadModel(join(folder, file), store);
      expect(model.weights).toEqual(weights);
      expect(model.record).toEqual({ ...record, dataset: { ...dataset, file: 'texts.csv' }, examples: [] });
    }
    const other = new Store(join(folder, `${stem}-other`));
    const { brought } = await bringFile(other, join(folder, `${stem}.onnx`), `${stem}.onnx`);
    expect(brought).toEqual([record.id]);
    expect((await other.labelled(record.id)).lexicon).toEqual(record.lexicon);
  }
});

test('a file that says something else is not handed over, nor is a format that forecasts', async () => {
  const { record, store } = await exported('refused', 'classification', 'gru', {});
  const start = onnx.startOnnx;
  const spy = vi.spyOn(onnx, 'startOnnx').mockImplementation(async (bytes) => {
    const { run, close } = await start(bytes);
    const off = async (feeds: Parameters<typeof run>[0]) => {
      const found = await run(feeds);
      return { ...found, probabilities: found.probabilities!.map((p, i) => p + (i % 2) * 1e-3) };
    };
    return { run: off, close };
  });
  const taken = (format: 'onnx' | 'csv') => exportRun(store, record.id, format, [record.id], datasets());
  await expect(taken('onnx')).rejects.toMatchObject({ code: 'export.differs' });
  spy.mockRestore();
  await expect(taken('csv')).rejects.toMatchObject({ code: 'labels.no-export' });
});
