import { describe, expect, test } from 'vitest';
import { LabError } from '../../../src/core/errors';
import { windowLosses } from '../../../src/core/forecast/evidence';
import { sharingRefusal } from '../../../src/core/forecast/sharing/refusal';
import { sharingVerdicts } from '../../../src/core/forecast/sharing/verdict';
import { pairedTest } from '../../../src/core/forecast/significance';
import { sharingNames } from '../../../src/core/nn/model';
import type { SharingOutcome } from '../../../src/core/run';
import type { Settings } from '../../../src/core/settings';
import { experimentOn, settingsFor } from './laboratory';
import { noisySine, normals, seriesFrom } from './series';

// the second follows the first two rows later, so that it can be known from it
const driver = Float64Array.from({ length: 402 }, normals(3));
const leading = driver.slice(2);
const following = driver.slice(0, 400).map((value, t) => 500 + 20 * value + 0.5 * Math.sin(t));
const read = noisySine(400, 9, 40);
const series = seriesFrom(leading, following, read);
const chosen: Partial<Settings> = {
  also: [series.names[1]!],
  inputs: [series.names[2]!],
  models: ['gru'],
  epochs: 40,
  hidden: 12,
  lr: 0.01,
  transform: 'none',
  scale: 'standard',
  season: 1,
};

describe.each(sharingNames)('%s layer', (sharing) => {
  test('each task stands beside a model of its own, which is the one that is trained without the others', async () => {
    const { outcomes, events } = await experimentOn(series, { ...chosen, sharing });
    const [run] = outcomes;
    const report = run!.sharing!;
    expect(report.kind).toBe(sharing);
    expect(report.tasks.map(({ name }) => name)).toEqual(series.names.slice(0, 2));
    const own = seriesFrom(following, read);
    const apart = await experimentOn(own, { ...chosen, also: [], inputs: [own.names[1]!] });
    const [alone] = apart.outcomes;
    const told = report.tasks[1]!;
    expect(told.metrics).toEqual(alone!.metrics);
    expect(told.parameters).toBe(alone!.parameters);
    expect(told.forecast).toEqual(alone!.forecast);
    // how it compares, from the forecasts of the second task by the network and by the model of its own
    expect(told.change).toBeCloseTo(1 - run!.targets![1]!.metrics.test.mae! / alone!.metrics.test.mae!, 6);
    if (sharing !== 'uniform') {
      expect(told.outcome).toBe('helped');
      expect(told.test!.p).toBeLessThan(0.01);
      expect(windowLosses(alone!.test).length).toBe(told.test!.windows);
    } else expect(told.outcome).not.toBe('helped');
    const [verdict] = sharingVerdicts([run!]);
    expect(verdict!.tasks.map(({ outcome }) => outcome)).toEqual(report.tasks.map(({ outcome }) => outcome));
    // the bar never goes back
    const done = events.flatMap((event) => (event.type === 'progress' || event.type === 'epoch' ? [event.done] : []));
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(Math.max(...done)).toBeLessThanOrEqual(1);
  });
});

test('of a training that is stopped nothing is said of sharing', async () => {
  const { outcomes } = await experimentOn(series, { ...chosen, sharing: 'coupled' }, (epochs) => epochs >= 2);
  expect(outcomes[0]!.stopped).toBe('interrupted');
  expect(outcomes[0]).not.toHaveProperty('sharing');
  expect(outcomes[0]!.targets).toHaveLength(2);
});

test.each<[Partial<Settings>, string | null]>([
  [{ sharing: 'coupled' }, 'sharing.one-target'],
  [{ training: 'alternating', also: ['b'] }, 'sharing.training'],
  [{ sharing: 'uniform', also: ['b'], task: 'autoregressive' }, 'sharing.task'],
  [{ sharing: 'uniform', also: ['b'], task: 'seq2seq' }, 'sharing.task'],
  [{ sharing: 'uniform', also: ['b'], task: 'many-to-many', segment: 6 }, 'sharing.option'],
  [{ sharing: 'coupled', also: ['b'], layers: 2 }, 'sharing.option'],
  [{ sharing: 'shared', also: ['b'], tbptt: 5 }, 'sharing.option'],
  [{ sharing: 'shared', also: ['b'], models: ['rnn'], memory: 'after' }, 'sharing.option'],
  [{ sharing: 'uniform', also: ['b'], layers: 2, tbptt: 5, memory: 'after' }, null],
  [{ sharing: 'coupled', also: ['b'], task: 'many-to-many', training: 'alternating', memory: 'before' }, null],
])('%o is refused with %s', (settings, code) => {
  const refusal = sharingRefusal(settingsFor(series, settings));
  expect(refusal?.code ?? null).toBe(code);
  if (refusal) expect(refusal instanceof LabError && refusal.view().remedy).not.toBe('');
});

describe('the verdict', () => {
  const metrics = (mae: number) => ({ test: { mae } });
  const runOf = (seed: number, outcomes: SharingOutcome[], overall: SharingOutcome) =>
    ({
      ...{ cell: 'lstm', seed },
      targets: outcomes.map(() => ({ metrics: metrics(3) })),
      sharing: {
        ...{ kind: 'coupled', training: 'joint' },
        tasks: outcomes.map((outcome, m) => ({ name: `task ${m}`, outcome, metrics: metrics(4) })),
        overall: { outcome: overall, change: 0.25, test: null },
      },
    }) as unknown as Parameters<typeof sharingVerdicts>[0][number];

  test('names what helped, what harmed and what may be chance', () => {
    const [told] = sharingVerdicts([runOf(1, ['helped', 'harmed', 'chance'], 'chance')]);
    expect(told!.sentence).toBe(
      'LSTM with a coupled layer, against a model of its own for each task with the same budget (mean error, shared / alone): ' +
        'it helped task 0 (3 / 4); it harmed task 1 (3 / 4); for task 2 (3 / 4) the difference may be chance. ' +
        'Over all tasks the error is 25% lower, which may be chance.',
    );
  });

  test('under several seeds says what most of them say', () => {
    const runs = [runOf(1, ['helped'], 'helped'), runOf(2, ['helped'], 'chance'), runOf(3, ['chance'], 'harmed')];
    const [told] = sharingVerdicts(runs);
    expect(told!.tasks[0]!.outcome).toBe('helped');
    // no outcome has most of the seeds
    expect(told!.overall.outcome).toBe('chance');
  });

  test('the test is of the differences, window by window', () => {
    const better = Float64Array.from({ length: 40 }, (_, w) => 1 + 0.1 * Math.sin(w));
    const worse = better.map((loss, w) => loss + 0.2 + 0.05 * Math.cos(3 * w));
    expect(pairedTest(better, worse, 1)!.p).toBeLessThan(0.001);
  });
});
