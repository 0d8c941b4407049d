import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LabEvent } from '../../src/core/protocol';
import type { Settings } from '../../src/core/settings';
import { Lab } from '../../src/main/lab';
import { Store } from '../../src/main/store';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-beginning-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A lab over a small file, with a trainer that is there and never comes to anything. */
async function waiting() {
  const day = (i: number) => new Date(Date.UTC(2023, 0, 1 + i)).toISOString().slice(0, 10);
  const rows = Array.from({ length: 200 }, (_, i) => `${day(i)},${100 + 8 * Math.sin(i / 4)},${i % 7}`);
  const path = join(folder, 'sales.csv');
  await writeFile(path, `date,sales,discount\n${rows.join('\n')}\n`);
  const store = new Store(join(folder, 'project'));
  const lab = new Lab({
    version: '0',
    store,
    examples: [],
    startTrainer: ({ event }) => {
      setImmediate(() => event({ type: 'ready', kernels: 'plain', threads: 1 }));
      return { post: () => {}, close: () => {} };
    },
  });
  const events: LabEvent[] = [];
  lab.subscribe((event) => void events.push(event));
  const { dataset } = await lab.call('data.open', { source: lab.admit(path), ticket: 't' });
  return { store, lab, events, dataset };
}

test('the plain network is known as one from where it waits, and where it was interrupted', async () => {
  const { lab, events, dataset } = await waiting();
  const settings = { task: 'one-to-one', inputs: ['discount'], epochs: 1 } satisfies Partial<Settings>;
  await lab.call('experiment.start', { dataset, settings: settings });
  await lab.call('experiment.start', { dataset, settings: { models: ['rnn'], lookback: 5, epochs: 1 } });
  await expect.poll(() => events.filter(({ type }) => type === 'queued')).toHaveLength(2);
  const queued = events.flatMap((event) => (event.type === 'queued' ? [event] : []));
  expect(queued[0]).toMatchObject({ cell: 'rnn', plain: true });
  expect(queued[1]).not.toHaveProperty('plain');
  // another program, after this one ended without a word
  const { unfinished } = await new Store(join(folder, 'project')).list();
  expect(unfinished.map(({ name, plain }) => ({ name, plain }))).toEqual(
    expect.arrayContaining([
      { name: 'mlp', plain: true },
      { name: 'rnn', plain: false },
    ]),
  );
  lab.close();
});

test('experiments wait in the order in which they were asked for, however long each takes to plan', async () => {
  const { store, lab, events, dataset } = await waiting();
  const write = store.unfinished.begin.bind(store.unfinished);
  let first = true;
  store.unfinished.begin = async (asks) => {
    const slow = first;
    first = false;
    // the disk is slow for the first: meanwhile others could be planned
    for (let turn = 0; slow && turn < 5; turn++) await lab.call('experiment.plan', { dataset, settings: {} });
    return write(asks);
  };
  const start = (lookback: number) =>
    lab.call('experiment.start', { dataset, settings: { models: ['rnn'], lookback, epochs: 1 } });
  const refused = lab.call('experiment.start', { dataset, settings: { lookback: 500 } });
  const asked = [start(5), start(6), start(7)];
  await expect(refused).rejects.toMatchObject({ name: 'LabError' });
  const started = await Promise.all(asked);
  await expect.poll(() => events.filter(({ type }) => type === 'queued')).toHaveLength(3);
  const queued = events.flatMap((event) => (event.type === 'queued' ? [event.experiment] : []));
  expect(queued).toEqual(started.map(({ experiment }) => experiment));
  lab.close();
});
