import { describe, expect, test } from 'vitest';
import type { LabEvent } from '../../src/core/protocol';
import { type Experiments, reduce, stoppedEmpty } from '../../src/renderer/state/training';
import { record, refusal, testForecasts } from './fake-lab';

const ids = { experiment: 'first', run: 'r-lstm' };
const pace = { epochs: 30, done: 0.1, samplesPerSecond: 900, secondsLeft: 12 };
const queued: LabEvent = { type: 'queued', ...ids, cell: 'lstm', seed: 4 };
const started: LabEvent = { type: 'started', ...ids, cell: 'lstm', parameters: 1169, epochs: 30 };
const epoch = (n: number, train: number | null, validation: number, bestEpoch: number): LabEvent => ({
  type: 'epoch',
  ...ids,
  ...pace,
  epoch: n,
  bestEpoch,
  train,
  validation,
  gradientNorm: 1,
});
const told = (...events: LabEvent[]) => events.reduce<Experiments>(reduce, new Map()).get('first')!;
const runAfter = (...events: LabEvent[]) => told(...events).runs[0]!;

describe('a run, told event by event', () => {
  test('waits, runs, and gathers its losses', () => {
    expect(runAfter(queued)).toMatchObject({ phase: 'queued', seed: 4 });
    const run = runAfter(queued, started, epoch(1, 1, 0.9, 1), epoch(2, 0.5, 0.8, 2));
    expect(run).toMatchObject({ phase: 'running', epoch: 2, bestEpoch: 2, parameters: 1169, seed: 4 });
    expect(run.train).toEqual([1, 0.5]);
    expect(run.validation).toEqual([0.9, 0.8]);
  });

  test('an epoch told twice is one epoch, and one never heard of stays empty', () => {
    const run = runAfter(started, epoch(1, 1, 0.9, 1), epoch(3, 0.4, 0.7, 3), epoch(3, 0.4, 0.7, 3));
    expect(run.train).toEqual([1, null, 0.4]);
  });

  test('progress within an epoch moves the bar and leaves the losses alone', () => {
    const before = runAfter(started, epoch(1, 1, 0.9, 1));
    const run = runAfter(started, epoch(1, 1, 0.9, 1), { type: 'progress', ...ids, ...pace, epoch: 2, done: 0.2 });
    expect(run.done).toBe(0.2);
    expect(run.train).toEqual(before.train);
  });

  test('is taken up in the middle by a window opened late, once it is known what it is', () => {
    const progress: LabEvent = { type: 'progress', ...ids, ...pace, epoch: 7 };
    expect(told(progress).runs).toEqual([]);
    expect(runAfter({ ...progress, cell: 'lstm', seed: 4 })).toMatchObject({
      phase: 'running',
      cell: 'lstm',
      seed: 4,
      epoch: 7,
    });
  });

  test('is the plain network from the first it is told of, whoever tells it first', () => {
    const plain = { cell: 'rnn', seed: 4, plain: true } as const;
    expect(runAfter({ type: 'queued', ...ids, ...plain })).toMatchObject(plain);
    expect(runAfter({ type: 'queued', ...ids, ...plain }, started).plain).toBe(true);
    expect(runAfter({ type: 'progress', ...ids, ...pace, epoch: 7, ...plain }).plain).toBe(true);
    expect(runAfter(queued).plain).toBe(false);
    const earlier = { epoch: 2, epochs: 8, bestEpoch: 2, loss: { train: [1, 1], validation: [1, 1] } };
    expect(
      runAfter({ type: 'failed', ...ids, error: refusal('x') }, { type: 'queued', ...ids, ...plain, earlier }).plain,
    ).toBe(true);
  });

  test('pauses and goes on', () => {
    expect(runAfter(started, { type: 'paused', ...ids })).toMatchObject({ phase: 'paused', secondsLeft: null });
    expect(runAfter(started, { type: 'paused', ...ids }, { type: 'resumed', ...ids }).phase).toBe('running');
  });

  test('keeps its forecasts when it ends, and takes the record’s word for the rest', () => {
    const checkpoint: LabEvent = { type: 'checkpoint', ...ids, epoch: 1, test: testForecasts };
    const run = runAfter(started, checkpoint, { type: 'finished', ...ids, record: record('r-lstm') });
    expect(run).toMatchObject({ phase: 'finished', done: 1, bestEpoch: 2, validation: [0.9, 0.45, 0.5] });
    expect(run.test).toBe(testForecasts);
  });

  test.each([
    ['experiment.nothing-learned', 'firstEpoch'],
    ['host.stopped-waiting', 'waiting'],
    ['host.trainer-lost', null],
  ] as const)('stopped before there was anything to judge is no failure: %s', (code, told) => {
    const run = runAfter(queued, started, { type: 'failed', ...ids, error: refusal(code) });
    expect(stoppedEmpty(run)).toBe(told);
    expect(run.cell).toBe('lstm');
  });

  test('fails with the reason', () => {
    const run = runAfter(started, { type: 'failed', ...ids, error: refusal('host.trainer-lost') });
    expect(run).toMatchObject({ phase: 'failed', error: { code: 'host.trainer-lost' } });
  });
});

describe('experiments', () => {
  test('runs stand in the order they were started, other runs untouched', () => {
    const other: LabEvent = { type: 'queued', experiment: 'first', run: 'r-gru', cell: 'gru', seed: 1 };
    const before = told(queued, other);
    const next = reduce(new Map([['first', before]]), epoch(1, 1, 1, 1)).get('first')!;
    expect(next.runs.map(({ cell }) => cell)).toEqual(['lstm', 'gru']);
    expect(next.runs[1]).toBe(before.runs[1]);
  });

  test('the comparison arrives with its experiment', () => {
    const comparison = { experiment: 'first', runs: [], baselines: [], verdict: null };
    expect(told(queued, { type: 'compared', experiment: 'first', comparison }).comparison).toBe(comparison);
  });

  test('an event of no experiment changes nothing', () => {
    const before: Experiments = new Map();
    expect(reduce(before, { type: 'trainer', state: 'replaced', error: null })).toBe(before);
  });
});

test('a run that goes on begins where it stood: bar, curves, and no judgement of before', () => {
  const loss = { train: [3, 2], validation: [4, 3] };
  const earlier = { epoch: 2, epochs: 8, bestEpoch: 2, loss };
  const comparison = { experiment: 'first', runs: [], baselines: [], verdict: null };
  const failed: LabEvent = { type: 'failed', ...ids, error: refusal('host.trainer-lost') };
  const before: LabEvent[] = [queued, started, failed, { type: 'compared', experiment: 'first', comparison }];
  expect(told(...before).comparison).toEqual(comparison);
  const again = told(...before, { ...queued, earlier });
  expect(again.comparison).toBeNull();
  expect(again.runs).toHaveLength(1);
  expect(again.runs[0]).toMatchObject({ phase: 'queued', error: null, done: 0.25, epoch: 2, bestEpoch: 2, ...loss });
});
