import type { TrainerEvent, TrainerJob } from '../core/protocol';
import { type DatasetFingerprint, type RunRecord, runVersion } from '../core/run';
import type { AnyTextRecord } from '../core/text/any-record';
import type { TextJob } from '../core/text/contract';
import type { LabelledJob } from '../core/text/labelled/contract';
import { type LabelledFingerprint, labelledVersion } from '../core/text/labelled/record';
import { type TextFingerprint, textVersion } from '../core/text/record';
import { type Ask, nameOf } from './asks';

/** What was asked, of what, as the trainer is told it, with what is written down of its runs. */
export type Asked = (
  | { type: 'job'; order: TrainerJob; dataset: DatasetFingerprint }
  | { type: 'text'; order: TextJob; dataset: TextFingerprint }
  | { type: 'labelled'; order: LabelledJob; dataset: LabelledFingerprint }
) & { asks: Map<string, Ask> };

export type Trained = TrainerEvent & { type: 'trained' };
export type LearnedText = TrainerEvent & { type: 'learned-text' | 'learned-labels' };

/** A forecast's record, as it is kept. */
export function recordOf(job: Asked & { type: 'job' }, run: string, result: Trained['result']): RunRecord {
  const { dataset, asks } = job;
  const { experiment, settings } = job.order;
  const identity = identityOf(run, experiment, result, settings, asks.get(run));
  return { version: runVersion, ...identity, dataset, settings, ...result };
}

/** What was learned of texts, as it is kept. */
export function textRecordOf(job: Asked, event: LearnedText): AnyTextRecord {
  const { run, result } = event;
  const { experiment, settings } = job.order;
  const identity = identityOf(run, experiment, result, settings, job.asks.get(run));
  if (job.type === 'text' && event.type === 'learned-text') {
    const { order, dataset } = job;
    return { version: textVersion, kind: 'language', ...identity, dataset, settings: order.settings, ...event.result };
  }
  if (job.type === 'labelled' && event.type === 'learned-labels') {
    const { order, dataset } = job;
    const { kind } = order;
    return { version: labelledVersion, kind, ...identity, dataset, settings: order.settings, ...event.result };
  }
  throw new Error('something was learned that was not asked for');
}

function identityOf(
  run: string,
  experiment: string,
  trained: { cell: string; seed: number },
  settings: { seeds: number },
  ask: Ask | undefined,
) {
  const resumed = ask?.resumed ?? [];
  const created = resumed.length > 0 ? ask!.created : new Date().toISOString();
  return { id: run, experiment, name: nameOf(trained, settings), created, ...(resumed.length > 0 && { resumed }) };
}
