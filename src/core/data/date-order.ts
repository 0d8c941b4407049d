import { explain } from '../errors';
import { formatTime } from './civil';
import type { DateBuilder } from './columns';
import { type DateOrder, inOrder, unpack } from './dates';
import type { Question } from './frame';

export type OrderVerdict = { order: DateOrder; question: null } | { order: DateOrder; question: Question };

/**
 * The order of day, month and year in a column of dates like 1/2/2024. A number over 12 is no month: where only one
 * order has none or fewest of those, the column proves it. Dates with points are day first wherever they are written.
 * Otherwise both readings are open and the person is asked.
 */
export function dateOrderOf(builder: DateBuilder, chosen: DateOrder | undefined): OrderVerdict {
  if (builder.dates !== 'numeric') return { order: 'ymd', question: null };
  if (chosen) return { order: chosen, question: null };
  const { over12, over31, cells, fourDigitYear } = builder.told;
  const packed = builder.packed();
  const against: Record<DateOrder, number> = {
    dmy: over12[1] + over31[0],
    mdy: over12[0] + over31[1],
    ymd: fourDigitYear > 0 ? Number.POSITIVE_INFINITY : over12[1] + over31[2],
  };
  if (against.ymd < cells / 10 && (over31[0] > 0 || leadingYears(packed))) return { order: 'ymd', question: null };
  if (against.dmy !== against.mdy) return { order: against.dmy < against.mdy ? 'dmy' : 'mdy', question: null };
  if (/^\s*\d+\s*\./.test(builder.example)) return { order: 'dmy', question: null };
  if (sameEitherWay(packed)) return { order: 'dmy', question: null };
  return { order: 'dmy', question: ask(packed) };
}

/** With two digits each, the year is what changes least: it stands first when there are fewer first numbers than last. */
function leadingYears(packed: Float64Array): boolean {
  const [firsts, lasts] = [new Set<number>(), new Set<number>()];
  for (const cell of packed) {
    const { a, c } = unpack(cell);
    firsts.add(a);
    lasts.add(c);
  }
  return firsts.size < lasts.size;
}

/** 01/01, 02/02, …: no difference. */
function sameEitherWay(packed: Float64Array): boolean {
  return packed.every((cell) => Number.isNaN(cell) || unpack(cell).a === unpack(cell).b);
}

function ask(packed: Float64Array): Question {
  const examples = Array.from(packed.slice(0, 200)).filter(
    (cell) => !Number.isNaN(cell) && unpack(cell).a !== unpack(cell).b,
  );
  const shown = examples.slice(0, 3);
  const written = (cell: number) => [unpack(cell).a, unpack(cell).b, unpack(cell).c].join('/');
  const read = (order: DateOrder) =>
    shown.map((cell) => `${written(cell)} → ${formatTime(inOrder(cell, order), true)}`);
  const facts = { example: written(shown[0]!) };
  return {
    code: 'data.date-order-open',
    facts,
    message: explain('data.date-order-open', facts).message,
    choices: [
      { value: 'dmy', label: 'day/month/year', examples: read('dmy') },
      { value: 'mdy', label: 'month/day/year', examples: read('mdy') },
    ],
  };
}
