import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LabError } from '../../src/core/errors';
import type { LabEvent, TrainerCommand, TrainerEvent, TrainerJob } from '../../src/core/protocol';
import { Experiments } from '../../src/main/experiments';
import { Store } from '../../src/main/store';
import type { TrainerHandlers } from '../../src/main/trainer-link';
import { predictions, record, settings, times } from './samples';

/** Trainers that do nothing by themselves: each test is the trainer. */
class Hand {
  readonly commands: TrainerCommand[] = [];
  closed = false;
  constructor(readonly handlers: TrainerHandlers) {}
  say(event: TrainerEvent) {
    this.handlers.event(event);
  }
  begin(run: string) {
    this.say({ type: 'started', experiment: 'any', run, cell: 'rnn', parameters: 13, epochs: 3 });
  }
  train(run: string) {
    const { id, experiment, version, name, created, dataset, settings, ...result } = record();
    const weights = new Float32Array(13);
    const epochs = [{ epoch: 1, weights: weights.map((_, i) => i / 4) }];
    const learned = { weights: new Uint8Array(weights.buffer), test: predictions, epochs, checkpoint: null };
    this.say({ type: 'trained', experiment: 'any', run, result, ...learned });
  }
}

let folder = '';
let hands: Hand[] = [];
let events: LabEvent[] = [];
let ended: string[] = [];
let experiments: Experiments;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-experiments-'));
  hands = [];
  events = [];
  ended = [];
  // a run still being written when its test is over must not speak into the next one
  const own = { hands, events, ended };
  experiments = new Experiments(
    (handlers) => {
      const hand = new Hand(handlers);
      own.hands.push(hand);
      return {
        post: (command) => void hand.commands.push(command),
        close: () => {
          hand.closed = true;
        },
      };
    },
    new Store(folder),
    (event) => void own.events.push(event),
    async (experiment) => void own.ended.push(experiment),
  );
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

const order = (experiment: string, ...names: string[]): TrainerJob => ({
  experiment,
  settings,
  series: { names: ['Close'], values: [new Float64Array(4)], times, future: null, dateOnly: true, season: 1 },
  runs: names.map((run) => ({ run, cell: 'rnn', seed: 1 })),
});
const add = (experiment: string, ...names: string[]) => experiments.add(order(experiment, ...names), record().dataset);
const jobs = (hand: Hand | undefined) =>
  hand?.commands.flatMap((command) => (command.type === 'job' ? [command.job.runs.map(({ run }) => run)] : []));
const told = (type: LabEvent['type']) => events.filter((event) => event.type === type);
const failures = () => events.flatMap((event) => (event.type === 'failed' ? [[event.run, event.error.code]] : []));

test('a second experiment waits for the first', async () => {
  add('one', 'a');
  add('two', 'b');
  expect(told('queued')).toHaveLength(2);
  expect(hands).toHaveLength(1);
  expect(jobs(hands[0])).toEqual([['a']]);
  hands[0]!.train('a');
  expect(jobs(hands[0])).toEqual([['a'], ['b']]);
  await vi.waitFor(() => expect(ended).toEqual(['one']));
  expect(told('finished')).toHaveLength(1);
});

test('what was trained is on the disk before it is called finished', async () => {
  add('one', 'a');
  hands[0]!.train('a');
  await vi.waitFor(() => expect(told('finished')).toHaveLength(1));
  expect((await new Store(folder).read('a')).record).toMatchObject({ id: 'a', experiment: 'one', name: 'rnn' });
  const [kept] = await new Store(folder).epochs('a', 13);
  expect(kept).toEqual({ epoch: 1, weights: Float32Array.from({ length: 13 }, (_, i) => i / 4) });
  // of another model nothing is believed
  expect(await new Store(folder).epochs('a', 12)).toEqual([]);
});

test('a trainer that dies takes only the run it was at', async () => {
  add('one', 'a', 'b', 'c');
  add('two', 'd');
  hands[0]!.train('a');
  hands[0]!.begin('b');
  hands[0]!.handlers.lost('SIGKILL');
  expect(failures()).toEqual([['b', 'host.trainer-lost']]);
  expect(told('trainer')).toMatchObject([
    { state: 'lost', error: { code: 'host.trainer-lost', facts: { reason: 'SIGKILL' } } },
    { state: 'replaced', error: null },
  ]);
  expect(jobs(hands[1])).toEqual([['c']]);
  hands[1]!.train('c');
  expect(jobs(hands[1])).toEqual([['c'], ['d']]);
  await vi.waitFor(() => expect(ended).toEqual(['one']));
});

test('a trainer that dies before it began anything is not tried again with the same', async () => {
  add('one', 'a', 'b');
  add('two', 'c');
  hands[0]!.handlers.lost('exit status 1');
  expect(failures().map(([run]) => run)).toEqual(['a', 'b']);
  expect(jobs(hands[1])).toEqual([['c']]);
  await vi.waitFor(() => expect(ended).toEqual(['one']));
});

test('who waits for an idle trainer hears of its end, and the next one asked gets another', async () => {
  const first = experiments.trainer.machine();
  hands[0]!.handlers.lost('exit status 9');
  await expect(first).rejects.toThrow(LabError);
  const second = experiments.trainer.machine();
  hands[1]!.say({ type: 'ready', kernels: 'plain', threads: 2 });
  await expect(second).resolves.toMatchObject({ kernels: 'plain', threads: 2 });
});

test('a dead trainer that still speaks is not heard', () => {
  add('one', 'a', 'b');
  hands[0]!.begin('a');
  hands[0]!.handlers.lost('SIGSEGV');
  hands[0]!.train('b');
  hands[0]!.handlers.lost('again');
  expect(told('trainer')).toHaveLength(2);
  expect(jobs(hands[1])).toEqual([['b']]);
  // still to be trained, by the second
  experiments.stop('b');
  expect(hands[1]!.commands.at(-1)).toEqual({ type: 'stop', run: 'b' });
});

test('a run that waits in the queue is taken off it at once', () => {
  add('one', 'a');
  add('two', 'b', 'c');
  experiments.stop('b');
  expect(failures()).toEqual([['b', 'host.stopped-waiting']]);
  hands[0]!.train('a');
  expect(jobs(hands[0])).toEqual([['a'], ['c']]);
});

test('an experiment whose runs were all taken off the queue is gone', () => {
  add('one', 'a');
  add('two', 'b');
  add('three', 'c');
  experiments.stop('b');
  hands[0]!.train('a');
  expect(jobs(hands[0])).toEqual([['a'], ['c']]);
});

test('stop, pause and resume reach the trainer for its own runs only', () => {
  add('one', 'a');
  experiments.stop('a');
  experiments.pause('a');
  experiments.resume('a');
  experiments.pause('nobody');
  experiments.stop('nobody');
  expect(hands[0]!.commands.slice(1)).toEqual([
    { type: 'stop', run: 'a' },
    { type: 'pause', run: 'a' },
    { type: 'resume', run: 'a' },
  ]);
});

test('a run that cannot be written fails with the reason, and the next goes on', async () => {
  await new Store(folder).save({
    record: record('a'),
    weights: new Uint8Array(),
    test: predictions,
    times,
    dateOnly: true,
  });
  add('one', 'a', 'b');
  hands[0]!.train('a');
  hands[0]!.train('b');
  await vi.waitFor(() => expect(ended).toEqual(['one']));
  expect(failures()).toEqual([['a', 'host.not-saved']]);
  expect(told('finished')).toMatchObject([{ run: 'b' }]);
});

test('closing ends the trainer, and what comes late starts no other', async () => {
  add('one', 'a');
  experiments.close();
  expect(hands[0]!.closed).toBe(true);
  await expect(experiments.trainer.machine()).rejects.toMatchObject({ code: 'host.closed' });
  expect(hands).toHaveLength(1);
});

test('progress says what is trained, for a window that was not there at the beginning', () => {
  add('one', 'a', 'b');
  const pace = { epoch: 1, epochs: 3, done: 0.1, samplesPerSecond: 10, secondsLeft: 1 };
  hands[0]!.say({ type: 'progress', experiment: 'one', run: 'b', ...pace });
  expect(told('progress')).toMatchObject([{ run: 'b', cell: 'rnn', seed: 1, epoch: 1 }]);
});

test('a window that comes later is told what is trained and what waits, in order, with all epochs so far', () => {
  add('first', 'a', 'b');
  add('second', 'c');
  const hand = hands[0]!;
  const progress = (done: number) =>
    ({ epoch: 1, epochs: 3, done, samplesPerSecond: 10, secondsLeft: 1, experiment: 'first', run: 'a' }) as const;
  hand.begin('a');
  for (const done of [0.1, 0.2, 0.3]) hand.say({ type: 'progress', ...progress(done) });
  for (const done of [0.4, 0.7])
    hand.say({ type: 'epoch', ...progress(done), bestEpoch: 1, train: done, validation: done, gradientNorm: 1 });
  const queue = experiments.waiting();
  expect(queue.map(({ experiment, file }) => [experiment, file])).toEqual([
    ['first', record().dataset.file],
    ['second', record().dataset.file],
  ]);
  const said = queue[0]!.events.filter((event) => 'run' in event && event.run === 'a').map(({ type }) => type);
  expect(said).toEqual(['queued', 'started', 'progress', 'epoch', 'epoch']);
  expect(queue[1]!.events.map(({ type }) => type)).toEqual(['queued']);
  experiments.stop('c');
  hand.say({ type: 'failed', experiment: 'first', run: 'a', error: new LabError('host.stopped-waiting').view() });
  const [left] = experiments.waiting();
  expect(experiments.waiting()).toHaveLength(1);
  expect(left!.events.filter((event) => 'run' in event && event.run === 'a').map(({ type }) => type)).toEqual([
    'queued',
    'failed',
  ]);
});
