import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeSafetensors } from '../../src/core/export/safetensors';
import type { LabEvent } from '../../src/core/protocol';
import type { Settings } from '../../src/core/settings';
import { Lab } from '../../src/main/lab';
import { Store } from '../../src/main/store';
import { TrainerHere } from './trainer-here';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-resume-'));
  const day = (i: number) => new Date(Date.UTC(2023, 0, 1 + i)).toISOString().slice(0, 10);
  const rows = Array.from({ length: 260 }, (_, i) => {
    const value = 100 + 8 * Math.sin(i / 4) + ((i * 7919) % 13) / 3;
    return `${day(i)},${value.toFixed(3)},${value > 101 ? 'up' : 'down'}`;
  });
  await writeFile(join(folder, 'sales.csv'), `date,sales,state\n${rows.join('\n')}\n`);
  await writeFile(join(folder, 'text.txt'), 'the cat sat on the mat and the dog sat on the log\n'.repeat(60));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** A host over a project of this folder, that knows when everything has ended. */
function host(project: string, last = Number.POSITIVE_INFINITY) {
  const store = new Store(join(folder, project));
  const trainer = new TrainerHere();
  trainer.last = last;
  const lab = new Lab({ version: '0', store, startTrainer: trainer.start, examples: [] });
  const events: LabEvent[] = [];
  lab.subscribe((event) => void events.push(event));
  const ended = (runs: { run: string }[]) =>
    expect
      .poll(
        () => runs.every(({ run }) => events.some((event) => isEnd(event) && 'run' in event && event.run === run)),
        { timeout: 60_000, interval: 10 },
      )
      .toBe(true);
  return { store, trainer, lab, events, ended };
}
type Host = ReturnType<typeof host>;
const isEnd = ({ type }: LabEvent) => type === 'finished' || type === 'text-finished' || type === 'failed';

async function train({ lab, ended }: Host, settings: Partial<Settings>) {
  const source = lab.admit(join(folder, 'sales.csv'));
  const { dataset } = await lab.call('data.open', { source, ticket: 't' });
  const chosen = { models: ['gru'], lookback: 6, hidden: 6, epochs: 7, patience: 0, batch: 32, seed: 5, ...settings };
  const started = await lab.call('experiment.start', { dataset, settings: chosen });
  await ended(started.runs);
  return started.runs;
}

async function goOn({ lab, ended }: Host, runs: { run: string }[], more: { epochs?: number; patience?: number } = {}) {
  const resumed = await lab.call('run.goOn', { runs: runs.map(({ run }) => run), ...more });
  await ended(resumed.runs);
  return resumed.runs;
}

/** All that a run left, but for its name and the time it took. */
async function left(project: string, run: string) {
  const at = (name: string) => join(folder, project, 'runs', run, name);
  const {
    id: _,
    experiment: __,
    created: ___,
    resumed,
    ...record
  } = JSON.parse(await readFile(at('run.json'), 'utf8'));
  for (const name of ['seconds', 'samplesPerSecond', 'charactersPerSecond']) delete record[name];
  const tensors = async (name: string) =>
    decodeSafetensors(await readFile(at(name))).tensors.map(({ name, values }) => [name, Array.from(values)]);
  const files = (await readdir(join(folder, project, 'runs', run))).sort();
  return {
    record,
    weights: await tensors('weights.safetensors'),
    checkpoint: await tensors('checkpoint.safetensors'),
    epochs: files.includes('epochs.safetensors') ? await tensors('epochs.safetensors') : null,
    predictions: files.includes('predictions.csv') ? await readFile(at('predictions.csv'), 'utf8') : null,
    files,
    resumed,
  };
}

const kinds: [string, Partial<Settings>][] = [
  ['rnn, lstm and gru, transform and scale found by trials', { models: ['rnn', 'lstm', 'gru'] }],
  ['seq2seq with scheduled sampling', { task: 'seq2seq', horizon: 3, attention: 'luong', sampling: 0.5 }],
  ['autoregressive, dropout', { task: 'autoregressive', horizon: 3, layers: 2, dropout: 0.2 }],
  ['classes of every row', { task: 'labelling', target: 'state' }],
  ['direction', { task: 'direction' }],
  ['refit and leak', { refit: true, leak: true, transform: 'none', scale: 'standard' }],
];

describe.each(kinds)('%s', (_, settings) => {
  test('stopped, closed, opened and resumed, the record is that of a run that never stopped', async () => {
    const never = await train(host('never'), settings);
    const stopped = host('stopped', 2);
    const runs = await train(stopped, settings);
    const before = (await stopped.store.list()).records;
    expect(before.map((record) => record.stopped)).toEqual(runs.map(() => 'interrupted'));
    await stopped.lab.call('run.annotate', { run: runs[0]!.run, starred: true });
    stopped.lab.close();

    const again = host('stopped');
    const resumed = await goOn(again, runs);
    expect(resumed.map(({ run }) => run)).toEqual(runs.map(({ run }) => run));
    for (const [i, { run }] of runs.entries()) {
      const { resumed: epochs, files, ...same } = await left('stopped', run);
      const { files: usual, ...expected } = await left('never', never[i]!.run);
      expect(epochs).toEqual([2]);
      expect({ ...same, resumed: undefined }).toEqual(expected);
      expect(files.filter((name) => name !== 'annotation.json')).toEqual(usual);
    }
    const { starred } = (await again.store.annotations(before))[runs[0]!.run]!;
    expect(starred).toBe(true);
    expect((await again.store.list()).unfinished).toEqual([]);
  });
});

test('the best weights may be those of before', async () => {
  // at such a rate an early epoch stays the best
  const settings = { lr: 0.5, optimizer: 'sgd' as const, clip: 0, seed: 1, epochs: 9 };
  const [never] = await train(host('never'), settings);
  const runs = await train(host('stopped', 5), settings);
  await goOn(host('stopped'), runs);
  const { resumed, record, ...same } = await left('stopped', runs[0]!.run);
  const { resumed: _, ...expected } = await left('never', never!.run);
  expect(record.bestEpoch).toBeLessThan(5);
  expect({ ...same, record }).toEqual(expected);
});

test('a language model goes on with all it wrote', async () => {
  const learn = async ({ lab, ended }: Host) => {
    const { text } = await lab.call('text.open', { source: lab.admit(join(folder, 'text.txt')) });
    const settings = { models: ['rnn'] as ['rnn'], epochs: 5, patience: 0, hidden: 8, tbptt: 12, streams: 4, seed: 2 };
    const { runs } = await lab.call('text.start', { text, settings });
    await ended(runs);
    return runs;
  };
  const [never] = await learn(host('never'));
  const runs = await learn(host('stopped', 2));
  await goOn(host('stopped'), runs);
  const { resumed, ...same } = await left('stopped', runs[0]!.run);
  expect(resumed).toEqual([2]);
  expect({ ...same, resumed: undefined }).toEqual(await left('never', never!.run));
});

describe('a trainer that is killed', () => {
  test('costs its runs only what came after their last checkpoint', async () => {
    const never = await train(host('never'), {});
    const killed = host('killed');
    let kept = 0;
    killed.trainer.dies = ({ type }) => type === 'kept' && ++kept === 2;
    const runs = await train(killed, {});
    expect(killed.events.find(isEnd)).toMatchObject({ type: 'failed', error: { code: 'host.trainer-lost' } });
    await expect.poll(() => killed.events.some(({ type }) => type === 'unfinished')).toBe(true);
    const [open] = (await killed.store.list()).unfinished;
    expect(open).toMatchObject({ run: runs[0]!.run, kind: 'forecast', file: expect.stringContaining('sales.csv') });
    expect(open!.earlier.epoch).toBeGreaterThan(0);
    await expect(killed.store.read(open!.run)).rejects.toMatchObject({ code: 'resume.unfinished' });

    killed.trainer.dies = () => false;
    killed.events.length = 0;
    await goOn(killed, runs);
    const queued = killed.events.find(({ type }) => type === 'queued') as LabEvent & { type: 'queued' };
    expect(queued.earlier).toEqual(open!.earlier);
    const { resumed, ...same } = await left('killed', runs[0]!.run);
    expect(resumed).toEqual([open!.earlier.epoch]);
    expect({ ...same, resumed: undefined }).toEqual(await left('never', never[0]!.run));
  });
});

describe('more epochs than were asked', () => {
  test('make the record that was made with as many from the beginning', async () => {
    const long = await train(host('long'), { epochs: 9, transform: 'diff', scale: 'standard' });
    const short = host('short');
    const runs = await train(short, { epochs: 4, transform: 'diff', scale: 'standard' });
    await expect(goOn(short, runs)).rejects.toMatchObject({ code: 'resume.ended' });
    await expect(goOn(short, runs, { epochs: 3 })).rejects.toMatchObject({ code: 'resume.fewer' });
    short.events.length = 0;
    await goOn(short, runs, { epochs: 9 });
    const { resumed, ...same } = await left('short', runs[0]!.run);
    expect(resumed).toEqual([4]);
    expect({ ...same, resumed: undefined }).toEqual(await left('long', long[0]!.run));
  });
  test('are refused where each epoch depends on how many there are', async () => {
    const cosine = host('cosine', 2);
    const runs = await train(cosine, { schedule: 'cosine' });
    await expect(goOn(cosine, runs, { epochs: 20 })).rejects.toMatchObject({ code: 'resume.schedule' });
    cosine.trainer.last = Number.POSITIVE_INFINITY;
    await goOn(cosine, runs);
  });
});

describe('what stands in the way is said in one sentence, and nothing is touched', () => {
  async function stoppedRun() {
    const stopped = host('p', 2);
    const runs = await train(stopped, {});
    stopped.lab.close();
    return runs;
  }
  const refused = async (runs: { run: string }[]) => {
    const before = await left('p', runs[0]!.run);
    const code = await goOn(host('p'), runs).then(
      () => null,
      (thrown) => thrown.code,
    );
    expect(await left('p', runs[0]!.run)).toEqual(before);
    return code;
  };

  test('the file has changed, or is gone', async () => {
    const runs = await stoppedRun();
    const path = join(folder, 'sales.csv');
    const content = await readFile(path, 'utf8');
    await writeFile(path, content.replace('2023-01-01,1', '2023-01-01,2'));
    expect(await refused(runs)).toBe('host.file-changed');
    await rm(path);
    expect(await refused(runs)).toBe('host.no-file');
  });

  test('the checkpoint is cut in half, of another run, or not there', async () => {
    const runs = await stoppedRun();
    const path = join(folder, 'p', 'runs', runs[0]!.run, 'checkpoint.safetensors');
    const whole = await readFile(path);
    const codes: (string | null)[] = [];
    for (const bytes of [whole.subarray(0, whole.length / 2), whole.subarray(0, 5), Buffer.from('{}'), null]) {
      if (bytes) await writeFile(path, bytes);
      else await rm(path);
      codes.push(
        await goOn(host('p'), runs).then(
          () => null,
          (thrown) => thrown.code,
        ),
      );
    }
    expect(codes).toEqual(['host.weights', 'host.weights', 'host.weights', 'resume.none-kept']);
    expect((await new Store(join(folder, 'p')).list()).records).toHaveLength(1);
  });

  test('another program is at it; one that has died is not', async () => {
    const runs = await stoppedRun();
    const at = join(folder, 'p', 'runs', runs[0]!.run);
    const store = new Store(join(folder, 'p'));
    await store.unfinished.begin([{ ...(await askLike(at)), process: process.ppid }]);
    expect(await refused(runs)).toBe('resume.elsewhere');
    const ask = JSON.parse(await readFile(join(at, 'training.json'), 'utf8'));
    await writeFile(join(at, 'training.json'), JSON.stringify({ ...ask, process: 2 ** 22 + 1 }));
    await goOn(host('p'), runs);
  });

  test('there is no such run, or its name is a path', async () => {
    const { lab } = host('p');
    for (const run of ['nobody', '../p', 'a/../b'])
      await expect(lab.call('run.goOn', { runs: [run] })).rejects.toMatchObject({ code: 'host.unknown-run' });
  });

  test('a project that cannot be written to is known before anything is trained', async () => {
    await mkdir(join(folder, 'p'));
    await writeFile(join(folder, 'p', 'runs'), 'a file in the way');
    const full = host('p');
    await expect(train(full, {})).rejects.toMatchObject({ code: 'resume.not-kept' });
    expect(full.events.some(({ type }) => type === 'queued')).toBe(false);
  });
});

async function askLike(run: string) {
  const { id, experiment, name, created, cell, seed, dataset, settings } = JSON.parse(
    await readFile(join(run, 'run.json'), 'utf8'),
  );
  return {
    kind: 'forecast' as const,
    id,
    experiment,
    name,
    created,
    cell,
    seed,
    dataset,
    settings,
    resumed: [],
    process: 0,
  };
}
