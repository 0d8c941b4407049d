import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { epochsPerSecond, progressOf } from '../../src/renderer/state/queue';
import { leakOf, standingOf } from '../../src/renderer/state/standing';
import { newRun, type RunState, runOf } from '../../src/renderer/state/training';
import { Workspace } from '../../src/renderer/state/workspace.svelte';
import { FakeLab, record, settings } from './fake-lab';

beforeEach(() => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
  vi.stubGlobal('navigator', { language: 'en-GB' });
});
afterEach(() => vi.unstubAllGlobals());

const run = (name: string, over: Partial<RunState> = {}): RunState => ({ ...newRun(name, 'lstm', 1), ...over });
const running = run('b', { phase: 'running', done: 0.25, secondsLeft: 30, epochs: 60 });

describe('the queue as a whole', () => {
  test('counts what ended, what runs and what waits', () => {
    expect(progressOf([runOf(record('a'), null), running, run('c'), run('d')]).done).toBeCloseTo((1 + 0.25) / 4, 12);
  });
  test('takes what waits to need as long as what is known', () => {
    // it runs for 30 more seconds of 40; two wait, 40 seconds each, one at a time
    expect(progressOf([running, run('c'), run('d')]).secondsLeft).toBeCloseTo(30 + 2 * 40, 9);
    const two = [running, { ...running, run: 'e', secondsLeft: 15 }];
    // lengths 40 and 20: two at a time
    expect(progressOf([...two, run('c'), run('d')]).secondsLeft).toBeCloseTo(30 + (2 * 30) / 2, 9);
  });
  test('says nothing of time before anything runs', () => {
    expect(progressOf([run('c')])).toEqual({ done: 0, secondsLeft: null });
  });
  test('epochs a second are those to come over the time they take', () => {
    expect(epochsPerSecond(running)).toBeCloseTo((60 * 0.75) / 30, 12);
    expect(epochsPerSecond(run('c'))).toBeNull();
  });
});

describe('where an experiment stands', () => {
  const experiment = (...runs: RunState[]) => ({ experiment: 'x', runs, comparison: null });
  test.each([
    ['none', null],
    ['waiting', experiment(run('a'), run('b'))],
    ['training', experiment(run('a'), running)],
    ['training', experiment(run('a'), run('b', { phase: 'failed' }))],
    ['judging', experiment(runOf(record('a'), null))],
    ['nothing', experiment(run('a', { phase: 'failed' }))],
  ] as const)('%s', (standing, shown) => {
    expect(standingOf(shown)).toBe(standing);
  });
});

test('a leak is the share of the honest error that it takes away, over the seeds', () => {
  const leaky = (mae: number, seen: number) => {
    const honest = record('a');
    const test = { ...honest.metrics.test, mae };
    return { ...honest, metrics: { ...honest.metrics, test }, leak: { bestEpoch: 1, test: { ...test, mae: seen } } };
  };
  expect(leakOf([record('a')])).toBeNull();
  expect(leakOf([leaky(2, 1.5), leaky(4, 3)])!.gain).toBeCloseTo(0.25, 12);
  expect(leakOf([leaky(2, 3)])!.gain).toBeCloseTo(-0.5, 12);
});

describe('a second experiment while one trains', () => {
  async function two() {
    let started = 0;
    const lab = new FakeLab({
      'experiment.start': () => {
        const experiment = `x${++started}`;
        lab.tell({ type: 'queued', experiment, run: `${experiment}-lstm`, cell: 'lstm', seed: 1 });
        return { experiment, settings, runs: [{ run: `${experiment}-lstm`, cell: 'lstm', seed: 1 }] };
      },
    });
    const workspace = new Workspace(lab);
    await workspace.begin();
    await workspace.files.open({ kind: 'example', name: 'prices' });
    await workspace.train();
    lab.tell({ type: 'started', experiment: 'x1', run: 'x1-lstm', cell: 'lstm', parameters: 1, epochs: 3 });
    await workspace.train();
    return { lab, workspace };
  }
  const stopped = (lab: FakeLab) => lab.calls.filter(({ name }) => name === 'run.stop').map(({ input }) => input);

  test('waits behind the first, which stays on the bench', async () => {
    const { workspace } = await two();
    expect(workspace.queue.map(({ experiment }) => experiment)).toEqual(['x1', 'x2']);
    expect(workspace.shownId).toBe('x1');
    expect(workspace.orders.get('x2')?.settings?.target).toBe('close');
  });
  test('stop ends what is in training, not what waits', async () => {
    const { lab, workspace } = await two();
    await workspace.stop();
    expect(stopped(lab)).toEqual([{ run: 'x1-lstm' }]);
  });
  test('what waits can be taken out', async () => {
    const { lab, workspace } = await two();
    await workspace.withdraw('x2');
    expect(stopped(lab)).toEqual([{ run: 'x2-lstm' }]);
  });
  test('a window that comes later takes up both, with what was said so far', async () => {
    const events = [
      { type: 'queued', experiment: 'q', run: 'q-gru', cell: 'gru', seed: 3 },
      { type: 'started', experiment: 'q', run: 'q-gru', cell: 'gru', parameters: 9, epochs: 5 },
    ] as const;
    const lab = new FakeLab({
      'experiment.queue': () => [{ experiment: 'q', settings, file: 'prices.csv', events: [...events] }],
    });
    const workspace = new Workspace(lab);
    await workspace.begin();
    expect(workspace.queue[0]!.runs[0]).toMatchObject({ run: 'q-gru', phase: 'running', parameters: 9 });
    expect(workspace.orders.get('q')?.file).toBe('prices.csv');
  });
});
