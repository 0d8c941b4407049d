import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ExperimentPlan } from '../../src/core/protocol';
import { Workspace } from '../../src/renderer/state/workspace.svelte';
import { FakeLab, record, refusal, settings } from './fake-lab';

/** The window's state against a Lab that answers from memory. */
beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  vi.stubGlobal('navigator', { language: 'en-GB' });
});
afterEach(() => vi.unstubAllGlobals());

async function opened(lab = new FakeLab()) {
  const workspace = new Workspace(lab);
  await workspace.begin();
  await workspace.files.open({ kind: 'example', name: 'prices' });
  return { lab, workspace };
}
const callsOf = (lab: FakeLab, name: string) =>
  lab.calls.filter((call) => call.name === name).map(({ input }) => input);

describe('opening a file', () => {
  test('plans an experiment and fetches the series at once', async () => {
    const { workspace } = await opened();
    expect(workspace.settings).toEqual(settings);
    expect(workspace.series.overview?.column).toBe('close');
    // the test part, and before it what its forecasts are compared with
    expect(workspace.series.testedFrom).toBe(170);
    expect(workspace.series.tested?.at[0]).toBe(170 - 1 - 6);
    expect(workspace.canTrain).toBe(true);
  });

  test('a refused file leaves what was open, and says why', async () => {
    const { lab, workspace } = await opened();
    const before = workspace.dataset;
    lab.call = (async () => {
      throw refusal('data.empty');
    }) as typeof lab.call;
    await workspace.files.open({ kind: 'upload', id: 'x', name: 'empty.csv' });
    expect(workspace.dataset).toBe(before);
    expect(workspace.trouble?.code).toBe('data.empty');
    expect(workspace.word(workspace.trouble!).remedy).not.toBe('');
    expect(workspace.files.reading).toBeNull();
  });

  test('of two files opened in a row the later one counts', async () => {
    const answers: ((bytes: number) => void)[] = [];
    const { lab, workspace } = await opened();
    const view = workspace.dataset!;
    const late = new Workspace(
      new FakeLab({
        'data.open': () =>
          new Promise((resolve) =>
            answers.push((bytes) => resolve({ ...view, inspection: { ...view.inspection, bytes } })),
          ),
      }),
    );
    const first = late.files.open({ kind: 'example', name: 'slow' });
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    const second = late.files.open({ kind: 'example', name: 'quick' });
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]!(2);
    answers[0]!(1);
    await Promise.all([first, second]);
    expect(late.dataset?.inspection.bytes).toBe(2);
    expect(lab.calls.length).toBeGreaterThan(0);
  });

  test('something thrown that is no refusal is shown as the bug it is', async () => {
    const workspace = new Workspace(
      new FakeLab({
        'data.open': () => {
          throw new TypeError('x is not a function');
        },
      }),
    );
    await workspace.files.open({ kind: 'example', name: 'prices' });
    expect(workspace.trouble).toMatchObject({ code: 'host.bug' });
  });
});

describe('setting up an experiment', () => {
  test('a choice is kept, planned, and can be taken back', async () => {
    const { lab, workspace } = await opened();
    await workspace.choose({ lookback: 60 });
    expect(workspace.draft?.lookback).toBe(60);
    expect(callsOf(lab, 'experiment.plan').at(-1)).toMatchObject({ settings: { lookback: 60 } });
    await workspace.reset('lookback');
    expect(workspace.settings?.lookback).toBe(settings.lookback);
    expect(workspace.chosen).toEqual({});
  });

  test('one plan at a time: what is chosen meanwhile goes into the next', async () => {
    const waiting: { settings: object; answer: () => void }[] = [];
    const base = new FakeLab();
    const lab = new FakeLab({
      'experiment.plan': (input) =>
        new Promise<ExperimentPlan>((resolve) => {
          waiting.push({
            settings: input.settings,
            answer: () => void base.call('experiment.plan', input).then(resolve),
          });
        }),
    });
    const workspace = new Workspace(lab);
    const open = workspace.files.open({ kind: 'example', name: 'prices' });
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    waiting[0]!.answer();
    await open;
    const dragged = [30, 50, 70, 90].map((lookback) => workspace.choose({ lookback }));
    expect(workspace.draft?.lookback, 'at once').toBe(90);
    expect(waiting).toHaveLength(2);
    waiting[1]!.answer();
    await vi.waitFor(() => expect(waiting).toHaveLength(3));
    waiting[2]!.answer();
    await Promise.all(dragged);
    expect(workspace.settings?.lookback).toBe(90);
    expect(waiting.map(({ settings }) => settings)).toEqual([{}, { lookback: 30 }, { lookback: 90 }]);
  });

  test('without a model there is nothing to train', async () => {
    const { lab, workspace } = await opened();
    await workspace.choose({ models: [] });
    expect(workspace.canTrain).toBe(false);
    await workspace.train();
    expect(callsOf(lab, 'experiment.start')).toEqual([]);
    await workspace.choose({ models: ['gru'] });
    expect(workspace.canTrain).toBe(true);
  });

  test('a refused plan prevents the start until it is mended', async () => {
    const { lab, workspace } = await opened();
    const call = lab.call.bind(lab);
    lab.call = (async (name: 'experiment.plan', input: never) => {
      if (name === 'experiment.plan') throw refusal('host.bad-option');
      return call(name, input);
    }) as typeof lab.call;
    await workspace.choose({ lr: 11 });
    expect(workspace.planRefusal?.code).toBe('host.bad-option');
    expect(workspace.canTrain).toBe(false);
    lab.call = call as typeof lab.call;
    await workspace.choose({ lr: 0.01 });
    expect(workspace.canTrain).toBe(true);
  });
});

describe('training', () => {
  const ids = { experiment: 'first', run: 'r-lstm' };

  test('shows the new experiment, its end, and turns to the comparison', async () => {
    const { lab, workspace } = await opened();
    await workspace.train();
    expect(workspace.shownId).toBe('first');
    lab.tell({ type: 'queued', ...ids, cell: 'lstm', seed: 1 });
    expect(workspace.live).toHaveLength(1);
    lab.tell({ type: 'finished', ...ids, record: record('r-lstm') });
    expect(workspace.live).toHaveLength(0);
    expect(workspace.runs[0]?.id).toBe('r-lstm');
    await vi.waitFor(() => expect(workspace.shown?.runs[0]?.test).not.toBeNull());
    expect(workspace.series.futureEnd).toBe(Date.UTC(2024, 6, 19));
    lab.tell({
      type: 'compared',
      experiment: 'first',
      comparison: { experiment: 'first', runs: [], baselines: [], verdict: null },
    });
    expect(workspace.tab).toBe('models');
  });

  test('a tab the person chose is not turned away from', async () => {
    const { lab, workspace } = await opened();
    await workspace.train();
    workspace.turnTo('runs');
    lab.tell({
      type: 'compared',
      experiment: 'first',
      comparison: { experiment: 'first', runs: [], baselines: [], verdict: null },
    });
    expect(workspace.tab).toBe('runs');
  });

  test('a window opened in the middle shows what is trained, without drawing it over its own file', async () => {
    const lab = new FakeLab();
    const workspace = new Workspace(lab);
    await workspace.begin();
    const pace = { epoch: 3, epochs: 30, done: 0.1, samplesPerSecond: 900, secondsLeft: 12 };
    lab.tell({ type: 'progress', ...ids, ...pace, cell: 'lstm', seed: 1 });
    await workspace.files.open({ kind: 'example', name: 'prices' });
    expect(workspace.shown?.runs[0]).toMatchObject({ phase: 'running', epoch: 3 });
    expect(workspace.fits).toBe(false);
    await workspace.stop();
    expect(callsOf(lab, 'run.stop')).toEqual([{ run: 'r-lstm' }]);
  });

  test('another file puts away what was trained on the one before', async () => {
    const { lab, workspace } = await opened();
    await workspace.train();
    lab.tell({ type: 'queued', ...ids, cell: 'lstm', seed: 1 });
    expect(workspace.fits).toBe(true);
    await workspace.files.open({ kind: 'example', name: 'other' });
    expect(workspace.shown).toBeNull();
  });

  test('stop and pause reach every run that has not ended', async () => {
    const { lab, workspace } = await opened();
    lab.tell(
      { type: 'queued', ...ids, cell: 'lstm', seed: 1 },
      { type: 'queued', experiment: 'first', run: 'r-gru', cell: 'gru', seed: 1 },
      { type: 'finished', ...ids, record: record('r-lstm') },
    );
    await workspace.pause();
    await workspace.stop();
    expect(callsOf(lab, 'run.pause')).toEqual([{ run: 'r-gru' }]);
    expect(callsOf(lab, 'run.stop')).toEqual([{ run: 'r-gru' }]);
  });

  test('a trainer that dies is reported, and nothing else is lost', async () => {
    const { lab, workspace } = await opened();
    lab.tell({ type: 'trainer', state: 'lost', error: refusal('host.trainer-lost') });
    expect(workspace.trouble?.code).toBe('host.trainer-lost');
    expect(workspace.dataset).not.toBeNull();
  });

  test('an earlier run made from another file is not drawn over this one', async () => {
    const other = record('old', { experiment: 'before', dataset: { ...record('x').dataset, file: 'other.csv' } });
    const lab = new FakeLab({
      'run.list': () => ({ records: [other], texts: [], unfinished: [], annotations: {}, unreadable: [] }),
      'run.show': () => ({ record: other, test: null }),
    });
    const { workspace } = await opened(lab);
    await workspace.show(other);
    expect(workspace.shownId).toBe('before');
    expect(workspace.fits).toBe(false);
    expect(workspace.series.futureEnd).toBeNull();
  });
});

describe('the visible range', () => {
  test('zooming in at a place keeps it where it is; zooming out ends at everything', async () => {
    const { workspace } = await opened();
    const { series } = workspace;
    const { from, to } = series.visible!;
    const at = from + 0.25 * (to - from);
    series.zoom(0.5, at);
    const near = series.visible!;
    expect((at - near.from) / (near.to - near.from)).toBeCloseTo(0.25, 9);
    series.zoom(10);
    expect(series.range).toBeNull();
  });

  test('the preset of the test part begins at its first row', async () => {
    const { workspace } = await opened();
    workspace.series.preset({ kind: 'test' });
    expect(workspace.series.visible!.from).toBe(Date.UTC(2024, 0, 1) + 170 * 86_400_000);
  });
});
