import type { Question, ReadingChoices } from '../../core/data/frame';

/** What an answer to a file's open question means for how it is read. */
export function answerOf({ code }: Question, value: string): ReadingChoices {
  if (code === 'data.date-order-open') return { dateOrder: value as ReadingChoices['dateOrder'] };
  if (code === 'data.decimal-open') return { decimal: value as ReadingChoices['decimal'] };
  if (code === 'data.long-format') return { series: value };
  throw new Error(`no reading is known for an answer to ${code}`);
}
