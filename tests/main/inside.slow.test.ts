import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { weightsFrom } from '../../src/core/export/weights';
import type { LabEvent } from '../../src/core/protocol';
import { Lab } from '../../src/main/lab';
import { Store } from '../../src/main/store';
import { trainerProcess } from '../../src/main/trainer-link';
import { built } from './built';
import { prices } from './script';

/** Looks into a finished run while another trains, over the real trainer process. */
let folder = '';
let lab: Lab;
let store: Store;
const events: LabEvent[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-inside-'));
  await writeFile(join(folder, 'prices.csv'), prices(400));
  store = new Store(join(folder, 'project'));
  lab = new Lab({ version: '0', store, startTrainer: trainerProcess(built('trainer.js')), examples: [] });
  lab.subscribe((event) => events.push(event));
});
afterAll(async () => {
  lab.close();
  await rm(folder, { recursive: true, force: true });
});

const seen = (wanted: (event: LabEvent) => boolean) =>
  new Promise<void>((resolve) => {
    if (events.some(wanted)) return resolve();
    const end = lab.subscribe((event) => {
      if (!wanted(event)) return;
      end();
      resolve();
    });
  });

test('a look is answered while a training runs, and the training learns the same weights as without it', async () => {
  const source = lab.admit(join(folder, 'prices.csv'));
  const { dataset } = await lab.call('data.open', { source, ticket: 't' });
  const settings = { lookback: 12, hidden: 8, epochs: 40, patience: 0, seed: 5, kernels: 'plain' as const, threads: 1 };
  const train = async () => {
    const started = await lab.call('experiment.start', { dataset, settings: { ...settings, models: ['lstm'] } });
    return { ...started.runs[0]!, experiment: started.experiment };
  };
  const done = (run: string) => (event: LabEvent) => event.type === 'finished' && event.run === run;

  const alone = await train();
  await seen(done(alone.run));
  const before = await lab.call('inside.probe', { run: alone.run });

  const watched = await train();
  await seen((event) => event.type === 'epoch' && event.run === watched.run);
  let looks = 0;
  while (!events.some(done(watched.run))) {
    const during = await lab.call('inside.probe', { run: alone.run });
    if (events.some(done(watched.run))) break;
    expect(during).toEqual(before);
    looks++;
  }
  expect(looks).toBeGreaterThan(0);
  const weights = async (run: string) => weightsFrom((await store.read(run)).record.model, await store.weights(run));
  expect(await weights(watched.run)).toEqual(await weights(alone.run));
});
