import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Lab } from '../../src/main/lab';
import { Store } from '../../src/main/store';

/** A further file as a task: what the window asks of the Lab when a person adds one. */
let folder: string;
let lab: Lab;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-joining-'));
  lab = new Lab({
    version: '0',
    store: new Store(join(folder, 'project')),
    examples: [],
    startTrainer: () => ({ post: () => {}, close: () => {} }),
  });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Days of January 2024 from `first` on. */
async function file(name: string, first: number, rows: number, columns: string[]): Promise<string> {
  const lines = Array.from({ length: rows }, (_, i) => {
    const day = String(first + i).padStart(2, '0');
    return [`2024-01-${day}`, ...columns.map((_, c) => 100 * c + first + i)].join();
  });
  await writeFile(join(folder, name), `day,${columns.join()}\n${lines.join('\n')}\n`);
  return join(folder, name);
}
const open = async (path: string) => lab.call('data.open', { source: lab.admit(path), keep: true, ticket: 't' });
const further = async (dataset: string, targets: string[], path: string) =>
  lab.call('data.join', { dataset, targets, source: lab.admit(path), ticket: 't' });

test('a further file brings its target; a third one joins the table as it is', async () => {
  const first = await open(await file('a.csv', 1, 25, ['price', 'volume']));
  const two = await further(first.dataset, ['price', 'volume'], await file('b.csv', 3, 25, ['sales']));
  expect(two.targets).toEqual(['a:price', 'a:volume', 'b:sales']);
  expect(two.before).toBe('a:');
  expect(two.view.inspection).toMatchObject({ rows: 23, start: '2024-01-03', end: '2024-01-25' });
  const numbers = (view: typeof two.view) =>
    view.inspection.columns.filter(({ kind }) => kind === 'number').map(({ name }) => name);
  expect(numbers(two.view)).toEqual(['a:price', 'a:volume', 'b:sales']);

  // of the same name as the first one
  await rm(join(folder, 'a.csv'));
  const three = await further(two.view.dataset, ['a:price', 'b:sales'], await file('a.csv', 5, 24, ['heat']));
  expect(three.targets).toEqual(['a:price', 'b:sales', 'a-2:heat']);
  expect(three.before).toBe('');
  expect(numbers(three.view)).toEqual(['a:price', 'a:volume', 'b:sales', 'a-2:heat']);
  expect(three.view.inspection).toMatchObject({ rows: 21, start: '2024-01-05' });

  // the table lies in the project, is among the files opened lately, and each value is that of its day
  const [latest] = await lab.call('data.recent', {});
  expect(latest).toMatchObject({ here: true, rows: 21 });
  const csv = await readFile(join(folder, 'project', 'joined', latest!.name), 'utf8');
  expect(csv.split('\n')[1]).toBe('2024-01-05,5,105,5,5');
});

test('what cannot be put together is refused with its file, and what was open stays', async () => {
  const first = await open(await file('a.csv', 1, 20, ['price']));
  const late = await file('late.csv', 25, 6, ['sales']);
  await expect(further(first.dataset, ['price'], late)).rejects.toMatchObject({ code: 'data.join-no-overlap' });
  const plain = join(folder, 'plain.csv');
  await writeFile(plain, `x,y\n${Array.from({ length: 30 }, (_, i) => `${i * 1.5},${i % 7}`).join('\n')}\n`);
  await expect(further(first.dataset, ['price'], plain)).rejects.toMatchObject({
    code: 'data.join-no-dates',
    file: 'plain',
  });
  expect((await lab.call('data.recent', {})).map(({ name }) => name)).toEqual(['a.csv']);
});
