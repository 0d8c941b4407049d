import type { RunState } from './training';

/** How far a queue of runs is, and how long it may take; null where nothing can be said yet. */
export interface QueueProgress {
  /** 0–1 of all runs in it, those that ended included. */
  done: number;
  secondsLeft: number | null;
}

/**
 * The queue as a whole. What runs says how long it needs; what waits is taken to need as long as the mean of those that
 * run or have ended, as many at a time as run now.
 */
export function progressOf(runs: RunState[]): QueueProgress {
  const ended = runs.filter(({ phase }) => phase === 'finished' || phase === 'failed');
  const running = runs.filter(({ phase }) => phase === 'running');
  const waiting = runs.filter(({ phase }) => phase === 'queued');
  const done = runs.reduce((sum, run) => sum + (ended.includes(run) ? 1 : run.done), 0) / Math.max(1, runs.length);
  const lengths = [
    ...ended.flatMap(({ record }) => record?.seconds ?? []),
    ...running.flatMap((run) => wholeSeconds(run) ?? []),
  ];
  const left = running.flatMap(({ secondsLeft }) => secondsLeft ?? []);
  if (left.length === 0 || lengths.length === 0) return { done, secondsLeft: null };
  const usual = lengths.reduce((sum, seconds) => sum + seconds, 0) / lengths.length;
  return { done, secondsLeft: Math.max(...left) + (usual * waiting.length) / running.length };
}

/** What a run needs from its first epoch to its last, by what it still needs. */
function wholeSeconds({ done, secondsLeft }: RunState): number | null {
  return secondsLeft === null || done >= 1 ? null : secondsLeft / (1 - done);
}

/** Epochs a second, by what is left to do and how long that takes. */
export function epochsPerSecond({ epochs, done, secondsLeft }: RunState): number | null {
  return secondsLeft === null || secondsLeft <= 0 || done >= 1 ? null : (epochs * (1 - done)) / secondsLeft;
}
