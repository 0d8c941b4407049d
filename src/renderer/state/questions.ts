import type { Question, ReadingChoices } from '../../core/data/frame';

/** What an answer to a file's open question means for how it is read. */
export function answerOf(_question: Question, value: string): ReadingChoices {
  if (value === 'dmy' || value === 'mdy' || value === 'ymd') return { dateOrder: value };
  if (value === '.' || value === ',') return { decimal: value };
  throw new Error(`no reading is known for the answer "${value}"`);
}
