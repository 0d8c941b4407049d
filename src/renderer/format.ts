import type { Frequency } from '../core/data/frame';
import type { Formatter } from '../core/format';
import type { Messages } from './messages';

export * from '../core/format';

export function frequencyText({ step, every }: Frequency, t: Messages, format: Formatter): string {
  return every === 1 ? t.frequency.one[step] : t.frequency.many[step](format.integer(every));
}
