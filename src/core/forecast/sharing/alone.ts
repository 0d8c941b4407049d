import type { Control, Engine } from '../../learn/engine';
import { parameterCount } from '../../nn/parameters';
import type { TrainerEvent } from '../../protocol';
import type { SharingOutcome, SharingReport, SharingTest, TargetResult, TaskAlone } from '../../run';
import { trainAside } from '../aside';
import { level, windowLosses } from '../evidence';
import { judgedBaselines } from '../judged';
import { type Lesson, lessonOf, modelOf, trainOptions } from '../lesson';
import { pastTheEnd } from '../past-the-end';
import type { Learned } from '../predict';
import { pairedTest } from '../significance';
import { mean } from '../statistics';
import { judgedTarget } from '../targets';

/** The targets of a network that shares, and the losses of each in the windows of the test part. */
export interface Judged {
  targets: TargetResult[];
  losses: Float64Array[];
}

/**
 * Each task once more by a model of its own: the same cell with as many units, the same windows, preparation, epochs and seed,
 * reading what the task's layer read itself. Of a training that was stopped nothing is said.
 */
export async function* besideAlone(
  { lesson, model }: Learned,
  { targets, losses }: Judged,
  seed: number,
  host: { engine: Engine; control: Control; run: string; experiment: string },
): AsyncGenerator<TrainerEvent, SharingReport | null> {
  const { sharing, training, epochs } = lesson.settings;
  if (sharing === 'none') return null;
  const { engine, control } = host;
  const M = targets.length;
  const tasks: TaskAlone[] = [];
  const apart: Float64Array[] = [];
  for (let m = 0; m < M; m++) {
    const own = aloneLesson(lesson, m);
    const single = modelOf(model.cell, own);
    const request = { model: single, table: own.table, options: trainOptions(own.settings, seed) };
    const trained = yield* trainAside(request, host, ({ epoch, secondsLeft }) => ({
      ...{ epoch, epochs, secondsLeft: secondsLeft * (M - m) },
      done: 0.5 + (m + epoch / epochs) / (2 * M),
    }));
    if (trained.stopped === 'interrupted' || trained.bestEpoch === 0) return null;
    const learned = { engine, model: single, weights: trained.weights, lesson: own };
    const baselines = judgedBaselines(own.series, own.settings, own.parts, own.origins);
    const { scores, test } = await judgedTarget(learned, baselines, control);
    const horizon = test.firstStep + test.steps - 1;
    apart.push(windowLosses(test));
    tasks.push({
      name: targets[m]!.name,
      parameters: parameterCount(single),
      ...{ epochs: trained.epochs, bestEpoch: trained.bestEpoch, seconds: trained.seconds },
      metrics: scores.metrics,
      evidence: scores.evidence,
      forecast: await pastTheEnd(learned, scores.bands, control),
      // the level is shared out among the tasks
      ...testOf(losses[m]!, apart[m]!, horizon, level / M),
    });
  }
  const { firstStep, steps } = lesson.table;
  const scaled = (all: Float64Array[]) => meanOver(all, targets);
  const all = testOf(scaled(losses), scaled(apart), firstStep + steps - 1, level);
  return { kind: sharing, training, tasks, overall: all };
}

/** How far a run is that also trains each task alone: what is shared is about half of the work. */
export const inAll = <P extends { done: number; secondsLeft: number }>(
  { sharing }: Lesson['settings'],
  progress: P,
): P =>
  sharing === 'none' ? progress : { ...progress, done: progress.done / 2, secondsLeft: progress.secondsLeft * 2 };

/** What task m's layer reads, with no other task beside it. */
function aloneLesson(lesson: Lesson, m: number): Lesson {
  const { series, settings, preparation, table } = lesson;
  const own = <T>(all: T[]): T[] => [all[m]!, ...all.slice(table.targetColumns)];
  const [target = ''] = own(series.names);
  return lessonOf(
    { ...series, names: own(series.names), values: own(series.values) },
    { ...settings, target, also: [], sharing: 'none', training: 'joint' },
    { transform: preparation.transform, scale: preparation.scale },
  );
}

/** Mean over tasks of their loss in each window, each in units of the naive forecast's mean error. */
function meanOver(losses: Float64Array[], targets: TargetResult[]): Float64Array {
  const units = targets.map(({ baselines }) => baselines.find(({ name }) => name === 'naive')?.metrics.test.mae || 1);
  return losses[0]!.map((_, w) => mean(losses.map((own, m) => own[w]! / units[m]!)));
}

/** How much less the shared network's error is, and whether that may be chance (Diebold–Mariano, two-sided). */
function testOf(shared: Float64Array, alone: Float64Array, horizon: number, within: number): SharingTest {
  const test = pairedTest(shared, alone, horizon);
  const change = 1 - mean(shared) / mean(alone);
  return { change: Number.isFinite(change) ? change : 0, test, outcome: outcomeOf(test, within) };
}

function outcomeOf(test: { p: number } | null, within: number): SharingOutcome {
  if (!test) return 'untested';
  if (2 * Math.min(test.p, 1 - test.p) >= within) return 'chance';
  return test.p < 0.5 ? 'helped' : 'harmed';
}
