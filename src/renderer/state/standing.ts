import type { RunRecord } from '../../core/run';
import { type ExperimentState, isLive } from './training';

/** Where an experiment stands between "Train" and its verdict. */
export type Standing = 'none' | 'waiting' | 'training' | 'judging' | 'nothing' | 'judged';

export function standingOf(shown: ExperimentState | null): Standing {
  if (!shown) return 'none';
  if (shown.comparison?.verdict) return 'judged';
  const { runs } = shown;
  if (runs.some(({ phase }) => phase === 'running' || phase === 'paused')) return 'training';
  if (runs.some(isLive)) return runs.every(({ phase }) => phase === 'queued') ? 'waiting' : 'training';
  return runs.some(({ record }) => record) ? 'judging' : 'nothing';
}

/** A model under the leak demonstration: its honest error, and the one it would seem to have. */
export interface LeakView {
  mae: number;
  leakyMae: number;
  /** Share of the honest error that the leak takes away; negative where it adds to it. */
  gain: number;
}

/** Over the runs of one model, as the mean of its seeds; null where none was asked to leak. */
export function leakOf(runs: RunRecord[]): LeakView | null {
  const pairs = runs.flatMap(({ leak, metrics }) =>
    leak && leak.test.mae !== null && metrics.test.mae !== null
      ? [{ honest: metrics.test.mae, leaky: leak.test.mae }]
      : [],
  );
  if (pairs.length === 0) return null;
  const mae = pairs.reduce((sum, { honest }) => sum + honest, 0) / pairs.length;
  const leakyMae = pairs.reduce((sum, { leaky }) => sum + leaky, 0) / pairs.length;
  return { mae, leakyMae, gain: 1 - leakyMae / mae };
}
