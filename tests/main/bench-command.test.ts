import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { benchCommand } from '../../src/main/commands/bench';

const folder = mkdtempSync(join(tmpdir(), 'unroll-grid-'));
afterAll(() => rmSync(folder, { recursive: true }));
const gridFile = (text: string) => {
  const file = join(folder, 'grid.json');
  writeFileSync(file, text);
  return file;
};

test.each([
  ['not json', 'is not JSON'],
  ['{"D":1,"cells":["rnn"]}', 'shapes'],
  ['{"D":1,"cells":["transformer"],"shapes":[{"T":1,"B":1,"H":1}]}', 'cells'],
  ['{"D":1,"cells":["rnn"],"shapes":[{"T":1,"B":0,"H":1}]}', 'shapes.0.B'],
  ['{"D":1,"cells":["rnn"],"shapes":[{"T":1,"B":1,"H":1,"V":1}]}', 'shapes.0.V'],
])('a grid that cannot be used is named with what is wrong: %s', async (text, said) => {
  const refusal = await benchCommand({ grid: gridFile(text) }).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'host.bench-grid', message: expect.stringContaining(said) });
});

test.each(['0', '1,x', '1.5', ''])('so is a number of threads: "%s"', async (threads) => {
  await expect(benchCommand({ threads })).rejects.toMatchObject({ code: 'host.bench-threads' });
});

test('--json prints one document with the peak and every row', async () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const grid = gridFile('{"D":1,"cells":["rnn"],"shapes":[{"T":3,"B":4,"H":8}]}');
  const status = await benchCommand({ grid, threads: '1', kernels: 'plain', json: true, quiet: true });
  const text = written.mock.calls.map(([chunk]) => String(chunk)).join('');
  written.mockRestore();
  expect(status).toBe(0);
  const { peak, rows } = JSON.parse(text);
  expect(peak.gflopsPerThread).toBeGreaterThan(0);
  expect(rows).toMatchObject([
    { task: 'train', cell: 'rnn', layers: 1, T: 3, B: 4, D: 1, H: 8, threads: 1, kernels: 'plain' },
    { task: 'infer', cell: 'rnn', layers: 1, T: 3, B: 1, D: 1, H: 8, threads: 1, kernels: 'plain' },
  ]);
  for (const { ms, samplesPerSecond, gflops } of rows)
    for (const value of [ms, samplesPerSecond, gflops]) expect(value).toBeGreaterThan(0);
});

test('with V, a shape is a text that is learned', async () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const grid = gridFile('{"D":3,"cells":["gru"],"shapes":[{"T":4,"B":5,"H":8,"V":6,"layers":2}]}');
  await benchCommand({ grid, threads: '1', kernels: 'plain', json: true, quiet: true });
  const { rows } = JSON.parse(written.mock.calls.map(([chunk]) => String(chunk)).join(''));
  written.mockRestore();
  const about = { cell: 'gru', layers: 2, T: 4, B: 5, D: 3, H: 8, V: 6, threads: 1, kernels: 'plain' };
  expect(rows).toMatchObject([{ task: 'text', ...about }]);
  expect(rows).toHaveLength(1);
});

test('--memory tells the buffers and their sum, without measuring', async () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const grid = gridFile('{"D":1,"cells":["lstm"],"shapes":[{"T":3,"B":4,"H":8}]}');
  await benchCommand({ grid, threads: '2', memory: true, json: true });
  const { memory } = JSON.parse(written.mock.calls.map(([chunk]) => String(chunk)).join(''));
  written.mockRestore();
  expect(memory).toMatchObject([{ cell: 'lstm', T: 3, B: 4, H: 8 }]);
  expect(memory[0].table.length).toBeGreaterThan(10);
  expect(memory[0].bytes).toBeGreaterThan(0);
});
