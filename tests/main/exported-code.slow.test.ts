import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seriesOf } from '../../src/core/data/series';
import { codeFor } from '../../src/core/export/code';
import { describe } from '../../src/core/export/description';
import { textOf } from '../../src/core/export/onnx/metadata';
import { readmeFor } from '../../src/core/export/readme';
import { decodeSafetensors } from '../../src/core/export/safetensors';
import { weightsFile } from '../../src/core/export/weights';
import type { RunRecord } from '../../src/core/run';
import type { Settings } from '../../src/core/settings';
import { Datasets } from '../../src/main/datasets';
import { onnxExport } from '../../src/main/exports/onnx';
import { safetensorsExport } from '../../src/main/exports/safetensors';
import { Store } from '../../src/main/store';
import { readText } from '../core/data/reading';
import { experimentOn } from '../core/forecast/laboratory';
import { record } from './samples';
import { prices } from './script';

/** The programs that lie beside an exported model are run, on a file, and give the lab's own forecast. */
let folder = '';
/** Inside the project, so that a program finds onnxruntime as it would beside its own packages. */
const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));
const text = prices(240);
beforeAll(async () => {
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'code-'));
  await writeFile(join(folder, 'new.csv'), text);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function exported(chosen: Partial<Settings>, stem: string): Promise<RunRecord> {
  const { frame } = await readText(text);
  const { inputs = [], horizon = 3, season = 1 } = chosen;
  const series = seriesOf(frame!, { target: 'Close', inputs, missing: 'leave-out', horizon, season });
  const { settings, outcomes } = await experimentOn(series, { epochs: 2, horizon, target: 'Close', ...chosen });
  const { run, weights, test: _, ...result } = outcomes[0]!;
  const whole: RunRecord = { ...record(run), ...result, settings };
  const file = weightsFile(whole.model, new Float32Array(weights.slice().buffer), {});
  const source = { record: whole, weights: file, forecasts: null, runs: [run], store: new Store(folder) };
  const datasets = new Datasets([], () => {});
  const { files } = await onnxExport({ ...source, datasets });
  for (const { ending, bytes } of [...safetensorsExport(source).files, ...files])
    await writeFile(join(folder, stem + ending), bytes);
  return whole;
}

const edges = ['forecast', 'lower80', 'upper80', 'lower95', 'upper95'];

/** `targets`: how many the program forecasts. */
function printed(program: string, script: string, targets: number): number[][] {
  const { status, stdout, stderr } = spawnSync(program, [join(folder, script), join(folder, 'new.csv')], {
    encoding: 'utf8',
  });
  expect({ status, stderr }, `${program} ${script}`).toEqual({ status: 0, stderr: '' });
  const [header, ...lines] = stdout.trim().split('\n');
  const own = (ending: string) => edges.map((name) => `${name}${ending}`);
  expect(header!.split(',')).toEqual(['step', ...['', '_2'].slice(0, targets).flatMap(own)]);
  return lines.map((line) => line.split(',').map(Number));
}

const variants: [string, Partial<Settings>][] = [
  ['rnn', { models: ['rnn'], task: 'many-to-one', scale: 'standard' }],
  ['relu', { models: ['rnn'], activation: 'relu', task: 'many-to-many', transform: 'diff' }],
  ['lstm', { models: ['lstm'], layers: 2, task: 'many-to-many', scale: 'window', inputs: ['Open', 'Volume'] }],
  ['gru', { models: ['gru'], task: 'autoregressive', scale: 'window', inputs: ['Volume'] }],
  ['logs', { models: ['gru'], task: 'many-to-many', transform: 'log-seasonal-diff', season: 2, scale: 'robust' }],
  ['targets', { models: ['lstm'], task: 'many-to-many', inputs: ['Open'], also: ['Open'], scale: 'window' }],
  ['target', { models: ['gru'], task: 'many-to-one', inputs: ['Open'], also: ['Open'], transform: 'diff' }],
  ['rolled', { models: ['gru'], task: 'autoregressive', inputs: ['Open'], also: ['Open'], transform: 'diff' }],
  ['levels', { models: ['rnn'], task: 'many-to-many', loss: 'quantile', inputs: ['Open'], also: ['Open'] }],
  ['quantiles', { models: ['lstm'], task: 'many-to-many', loss: 'quantile', transform: 'log', scale: 'minmax' }],
];
test.each(variants)('%s, by NumPy, by Node and by onnxruntime', async (stem, chosen) => {
  const { forecast, targets } = await exported(chosen, stem);
  for (const [program, script] of [
    ['python3', `${stem}.py`],
    [process.execPath, `${stem}.mjs`],
    [process.execPath, `${stem}.onnx.mjs`],
  ] as const) {
    const all = targets?.map((one) => one.forecast) ?? [forecast];
    const lines = printed(program, script, all.length);
    expect(lines.map(([step]) => step)).toEqual(forecast.map(({ step }) => step));
    for (const k of forecast.keys()) {
      const wanted = all.flatMap((own) => {
        const { value, lower80, upper80, lower95, upper95 } = own[k]!;
        return [value, lower80, upper80, lower95, upper95];
      });
      for (const [i, one] of wanted.entries()) {
        if (one === null) expect(lines[k]![i + 1]).toBeNaN();
        else expect(Math.abs(lines[k]![i + 1]! / one - 1), `${script}, column ${i}`).toBeLessThan(1e-5);
      }
    }
  }
});

test('the Python program for onnxruntime is sound Python', async () => {
  await exported({ models: ['rnn'], task: 'many-to-one' }, 'checked');
  const { status, stderr } = spawnSync('python3', ['-m', 'py_compile', join(folder, 'checked.onnx.py')]);
  expect({ status, stderr: String(stderr) }).toEqual({ status: 0, stderr: '' });
});

test("the layers' names and shapes are those of PyTorch's state_dict, once the head is taken out as the README does", async () => {
  const { model } = await exported({ models: ['lstm'], task: 'many-to-many', layers: 2, hidden: 5 }, 'state');
  const { tensors } = decodeSafetensors(await readFile(join(folder, 'state.safetensors')));
  const layers = tensors.filter(({ name }) => !name.startsWith('head.')).map(({ name, shape }) => [name, shape]);
  // torch.nn.LSTM(1, 5, num_layers=2).state_dict()
  expect(layers).toEqual([
    ['weight_ih_l0', [20, 1]],
    ['weight_hh_l0', [20, 5]],
    ['bias_ih_l0', [20]],
    ['bias_hh_l0', [20]],
    ['weight_ih_l1', [20, 5]],
    ['weight_hh_l1', [20, 5]],
    ['bias_ih_l1', [20]],
    ['bias_hh_l1', [20]],
  ]);
  const head = tensors.filter(({ name }) => name.startsWith('head.')).map(({ name, shape }) => [name, shape]);
  expect(head).toEqual([
    ['head.weight', [model.O, 5]],
    ['head.bias', [model.O]],
  ]);
  const readme = await readFile(join(folder, 'state.md'), 'utf8');
  expect(readme).toContain('torch.nn.LSTM(1, 5, num_layers=2)');
  expect(readme).toContain('{k: v for k, v in weights.items() if not k.startswith("head.")}');
});

test('what leaves says how it names the forecasts of several targets, and nothing of the folders it comes from', async () => {
  const whole = await exported({ models: ['rnn'], task: 'many-to-one', inputs: ['Open'], also: ['Open'] }, 'first');
  const record = { ...whole, dataset: { ...whole.dataset, file: '/home/someone/data/prices.csv' } };
  const readme = readmeFor(record, true);
  expect(readme).toContain('Forecasts Close, and Open in the columns ending in _2.');
  expect(textOf(record)).toContain('forecasts Close, Open (outputs ending in _2) of');
  for (const text of [readme, textOf(record), JSON.stringify(describe(record))]) {
    expect(text).toContain('prices.csv');
    expect(text).not.toContain('someone');
  }
  expect(textOf({ ...record, settings: { ...record.settings, also: [] } })).not.toContain('outputs ending');
});

test('a model that has no short program says so', async () => {
  const columns = record().preparation.columns.map((column) => ({ ...column, known: true }));
  expect(codeFor({ ...record(), preparation: { ...record().preparation, columns } })).toBeNull();
  expect(codeFor(record())).not.toBeNull();
  const whole = await exported({ models: ['gru'], task: 'seq2seq' }, 'decoder');
  const source = { record: whole, weights: new Uint8Array() };
  const { files } = safetensorsExport(source);
  expect(files.map(({ ending }) => ending)).toEqual(['.safetensors', '.json', '.md']);
  expect(new TextDecoder().decode(files[2]!.bytes)).toContain('no short program');
});
