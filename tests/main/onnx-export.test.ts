import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { decodeModel } from '../../src/core/export/onnx/schema';
import { weightsFile } from '../../src/core/export/weights';
import { rowsRead } from '../../src/core/forecast/apply';
import { bringFile } from '../../src/main/bringing';
import { Datasets } from '../../src/main/datasets';
import { onnxExport } from '../../src/main/exports/onnx';
import { loadModel } from '../../src/main/models';
import * as onnx from '../../src/main/onnx';
import { Store } from '../../src/main/store';
import { trained } from '../core/export/onnx-run';
import { randomWalk, seriesFrom } from '../core/forecast/series';
import { record as recordOf } from '../renderer/fake-lab';

/** A file is tried in onnxruntime before it is handed over, and comes back as the model it was. */
const folder = await mkdtemp(join(tmpdir(), 'unroll-onnx-'));
afterAll(() => rm(folder, { recursive: true }));
const store = new Store(folder);
const datasets = () => new Datasets([], () => {});

const values = randomWalk(260, 3);
const csv = join(folder, 'walk.csv');
await writeFile(csv, `y\n${[...values].join('\n')}\n`);

async function source(path?: string) {
  const [model] = await trained(seriesFrom(values), { models: ['gru'], task: 'autoregressive', scale: 'window' });
  const { record: learned, weights } = model!;
  const found = datasets();
  const opened = path ? await found.read(found.admit(path, path, false), {}, 't') : null;
  const base = recordOf('r1');
  const dataset = { ...base.dataset, path, sha256: opened?.sha256 ?? '', reading: opened?.reading.choices ?? {} };
  const record = { ...base, ...learned, kernels: 'plain' as const, dataset };
  return {
    record,
    forecasts: null,
    weights: weightsFile(record.model, weights, {}),
    store,
    runs: ['r1'],
    flat: weights,
  };
}
test('without the file of the run it is tried on made-up windows', async () => {
  const { checked, files } = await onnxExport({ ...(await source()), datasets: datasets() });
  expect(checked).toMatchObject({ of: 'made-up', windows: 200 });
  expect(checked!.difference).toBeLessThan(1e-5);
  expect(files[0]!.ending).toBe('.onnx');
});

test('with the file of the run it is tried on the test part', async () => {
  const { checked } = await onnxExport({ ...(await source(csv)), datasets: datasets() });
  expect(checked).toMatchObject({ of: 'test' });
  expect(checked!.windows).toBeGreaterThan(20);
  expect(checked!.difference).toBeLessThan(1e-5);
});

test('what is handed over says how it was checked, and is read back as the model it was', async () => {
  const from = await source();
  const { files, checked } = await onnxExport({ ...from, datasets: datasets() });
  const path = join(folder, 'model.onnx');
  await writeFile(path, files[0]!.bytes);
  const { record, weights } = await loadModel(path, store);
  expect(weights).toEqual(from.flat);
  expect(record).toMatchObject({
    preparation: from.record.preparation,
    bands: from.record.bands,
    model: from.record.model,
  });
  const { brought } = await bringFile(store, path, 'model.onnx');
  expect(brought).toEqual(['r1']);
  const { metadataProps } = decodeModel(files[0]!.bytes);
  const said = Object.fromEntries(metadataProps!.map(({ key, value }) => [key, value]));
  expect(said).toMatchObject({
    columns: '["y"]',
    lookback: '8',
    rows: '21',
    extra_rows: '13',
    rows_for_differences: `${rowsRead(from.record) - 8}`,
    checked_windows: '200',
    checked_difference: checked!.difference.toExponential(2),
  });
});

test('a file that forecasts something else is not handed over', async () => {
  const start = onnx.startOnnx;
  const spy = vi.spyOn(onnx, 'startOnnx').mockImplementation(async (bytes) => {
    const { run, close } = await start(bytes);
    const off = async (feeds: Parameters<typeof run>[0]) => {
      const found = await run(feeds);
      return { ...found, upper95: found.upper95!.map((value) => value * 1.0003) };
    };
    return { run: off, close };
  });
  await expect(onnxExport({ ...(await source()), datasets: datasets() })).rejects.toMatchObject({
    code: 'export.differs',
  });
  spy.mockRestore();
});
