import type { LabEvent, Trainee, TrainerJob } from '../core/protocol';
import type { TextJob } from '../core/text/contract';
import type { LabelledJob } from '../core/text/labelled/contract';
import { isPlain } from './asks';

export type RunEvent = Extract<LabEvent, { run: string }>;

/** Of progress, of forecasts on the way and of pauses only the latest matters; once a run has ended only how. */
export function outdoes(event: RunEvent, earlier: LabEvent): boolean {
  if (!('run' in earlier) || earlier.run !== event.run) return false;
  if (event.type === 'finished' || event.type === 'text-finished' || event.type === 'failed')
    return earlier.type !== 'queued';
  const pausing = (type: LabEvent['type']) => type === 'paused' || type === 'resumed';
  if (pausing(event.type)) return pausing(earlier.type);
  return earlier.type === event.type && (event.type === 'progress' || event.type === 'checkpoint');
}

/** Progress as a window understands it that was opened in the middle of training. */
export function withTrainee(event: RunEvent, order: TrainerJob | TextJob | LabelledJob): RunEvent {
  if (event.type !== 'progress' && event.type !== 'epoch') return event;
  const trainee = order.runs.find(({ run }) => run === event.run);
  return trainee ? { ...event, ...traineeOf(trainee, order) } : event;
}

export const traineeOf = ({ cell, seed }: Trainee, { settings }: { settings: object }): Trainee => {
  return { cell, seed, ...(isPlain(settings) && { plain: true }) };
};
