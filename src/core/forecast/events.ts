import { LabError } from '../errors';
import type { TrainEvent, Trained } from '../learn/engine';

/** A training event in the contract's words. */
export function shown(event: TrainEvent, epochs: number) {
  const { epoch, samplesPerSecond, secondsLeft } = event;
  const progress = { epoch, epochs, samplesPerSecond, secondsLeft };
  if (event.type === 'progress') return { type: 'progress' as const, ...progress, done: event.done };
  return {
    type: 'epoch' as const,
    ...progress,
    done: epoch / epochs,
    bestEpoch: event.bestEpoch,
    train: finite(event.train),
    validation: finite(event.validation),
    gradientNorm: finite(event.gradientNorm),
  };
}

export const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** A run without one finished epoch has nothing to be judged. */
export function refuseEmpty({ bestEpoch, stopped, trouble }: Trained): void {
  if (bestEpoch > 0) return;
  if (stopped === 'diverged') throw new LabError('experiment.diverged', { epoch: trouble?.epoch ?? 1 });
  throw new LabError('experiment.nothing-learned');
}

/** How training ended, as a record tells it. */
export function outcome({ epochs, bestEpoch, seconds, samplesPerSecond, stopped, trouble }: Trained) {
  return {
    epochs,
    bestEpoch,
    seconds,
    samplesPerSecond,
    stopped,
    trouble: trouble ? { code: 'experiment.diverged', facts: { epoch: trouble.epoch } } : null,
  };
}
