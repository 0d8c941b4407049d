import { activationNames, attentionNames, initNames, memoryNames } from '../../core/nn/model';
import {
  classWeightNames,
  lossNames,
  missingNames,
  optimizerNames,
  scaleNames,
  scheduleNames,
  transformNames,
} from '../../core/setting-names';
import type { Settings } from '../../core/settings';
import { isClassTask, ofCurves, readsOneRow } from '../../core/task-kinds';

/** The settings that stand under "More settings", and what may be entered for each; words are in the messages. */
export type FieldKey =
  | 'layers'
  | 'dropout'
  | 'activation'
  | 'memory'
  | 'init'
  | 'segment'
  | 'attention'
  | 'sampling'
  | 'epochs'
  | 'patience'
  | 'batch'
  | 'lr'
  | 'schedule'
  | 'optimizer'
  | 'loss'
  | 'classWeights'
  | 'flat'
  | 'clip'
  | 'tbptt'
  | 'transform'
  | 'scale'
  | 'missing'
  | 'season'
  | 'calendar'
  | 'embargo'
  | 'refit'
  | 'seed'
  | 'seeds'
  | 'leak';

/** Everything that may be chosen by name. */
export type OptionName = Settings[
  | 'activation'
  | 'memory'
  | 'init'
  | 'attention'
  | 'optimizer'
  | 'schedule'
  | 'loss'
  | 'classWeights'
  | 'transform'
  | 'scale'
  | 'missing'];

export type Field = { key: FieldKey } & (
  | { kind: 'number'; low: number; high: number; step: number | 'any' }
  | { kind: 'choice'; options: readonly OptionName[] }
  | { kind: 'switch' }
);

const number = (key: FieldKey, low: number, high: number, step: number | 'any' = 1): Field => ({
  key,
  kind: 'number',
  low,
  high,
  step,
});
const choice = (key: FieldKey, options: readonly OptionName[]): Field => ({ key, kind: 'choice', options });

export type FieldGroup = 'network' | 'learning' | 'preparing' | 'repeating';
export const fieldGroups: { group: FieldGroup; fields: Field[] }[] = [
  {
    group: 'network',
    fields: [
      number('layers', 1, 4),
      number('dropout', 0, 0.9, 'any'),
      choice('activation', activationNames),
      choice('memory', memoryNames),
      choice('init', initNames),
      number('segment', 0, 2048),
      choice('attention', attentionNames),
      number('sampling', 0, 1, 'any'),
    ],
  },
  {
    group: 'learning',
    fields: [
      number('epochs', 1, 10_000),
      number('patience', 0, 10_000),
      number('batch', 1, 4096),
      number('lr', 0, 10, 'any'),
      choice('schedule', scheduleNames),
      choice('optimizer', optimizerNames),
      choice('loss', lossNames),
      choice('classWeights', classWeightNames),
      number('flat', 0, 1e12, 'any'),
      number('clip', 0, 1e6, 'any'),
      number('tbptt', 0, 4096),
    ],
  },
  {
    group: 'preparing',
    fields: [
      choice('transform', transformNames),
      choice('scale', scaleNames),
      number('season', 1, 100_000),
      choice('missing', missingNames),
      number('embargo', 0, 1_000_000),
      { key: 'calendar', kind: 'switch' },
      { key: 'refit', kind: 'switch' },
    ],
  },
  {
    group: 'repeating',
    fields: [number('seed', 0, 2 ** 31 - 1), number('seeds', 1, 100), { key: 'leak', kind: 'switch' }],
  },
];

/** Whether a setting has an effect, given the others; without one it is not offered. */
export function applies(key: FieldKey, settings: Settings): boolean {
  if (key === 'dropout') return settings.layers > 1 || settings.segment > 0;
  // one that is in the way stays in sight, so that it can be taken back
  if (key === 'segment') return settings.task === 'many-to-many' || settings.segment > 0;
  if (key === 'attention') return settings.task === 'seq2seq' || settings.attention !== 'none';
  if (key === 'sampling')
    return ['seq2seq', 'autoregressive', 'one-to-many'].includes(settings.task) || settings.sampling > 0;
  // what one row cannot have, or has always
  if (key === 'tbptt' && readsOneRow(settings.task)) return settings.tbptt > 0;
  if (key === 'memory' && settings.task === 'one-to-one') return settings.memory !== 'none';
  if ((key === 'missing' || key === 'season') && ofCurves(settings)) return false;
  if (key === 'activation' || key === 'memory') return settings.models.includes('rnn');
  if (key === 'loss') return !isClassTask(settings.task) || settings.loss !== 'cross-entropy';
  if (key === 'classWeights') return isClassTask(settings.task);
  if (key === 'flat') return settings.task === 'direction';
  return true;
}
