import { LabError } from '../../errors';
import type { Settings } from '../../settings';

/** What targets that share cannot be asked for; null where there is nothing against it. */
export function sharingRefusal(settings: Settings): LabError | null {
  const { sharing, training, task, target, also, segment, layers, tbptt, memory, models } = settings;
  if (sharing === 'none') return training === 'alternating' ? new LabError('sharing.training') : null;
  if (also.length === 0) return new LabError('sharing.one-target', { sharing, target });
  if (task !== 'many-to-one' && task !== 'many-to-many') return new LabError('sharing.task', { task });
  const refused = (option: string, value: string | number, without: string | number) =>
    new LabError('sharing.option', { sharing, option, value, without });
  if (segment > 0) return refused('segment', segment, 0);
  // layers of gates are one deep and learned through the whole window
  if (sharing === 'uniform') return null;
  if (layers > 1) return refused('layers', layers, 1);
  if (tbptt > 0) return refused('tbptt', tbptt, 0);
  return memory !== 'before' && models.includes('rnn') ? refused('memory', memory, 'before') : null;
}
