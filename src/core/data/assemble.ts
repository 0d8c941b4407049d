import { explain } from '../errors';
import { dayMs, minuteMs } from './civil';
import { DateBuilder, NumberBuilder, type Odd, TextBuilder } from './columns';
import { describeDates } from './date-kinds';
import { dateOrderOf } from './date-order';
import type { DateOrder } from './dates';
import type { Column, Question, ReadingChoices } from './frame';
import { sameClock } from './frequency';
import type { DecimalMark } from './numbers';
import { countMissing } from './order';
import type { Problems } from './problems';
import { finalMark, type TableBuilder } from './table';
import type { Layout } from './understand';

/** Every column in the file's order, all open readings settled or put as a question. */
export interface Assembled {
  columns: Column[];
  /** [rows] NaN where a row's date turned out impossible; null without dates. */
  times: Float64Array | null;
  /** [rows] */
  lines: Int32Array;
  mark: DecimalMark;
  dateFormat: string | null;
  timeZone: string | null;
  question: Question | null;
}

export function assemble(table: TableBuilder, layout: Layout, choices: ReadingChoices, problems: Problems): Assembled {
  const lines = table.lines.finish() as Int32Array;
  const { mark, open } = finalMark(layout, table.decimalTold());
  const builders = table.builders();
  const time = table.time && settleTimes(table.time, layout.date!.source.name, choices, problems, lines);
  const order = choices.dateOrder ?? time?.order;
  const columns = layout.columns.map(({ name }, i): Column => {
    if (i === table.ownDateColumn) {
      return { kind: 'date', name, times: time!.times, missing: countMissing(time!.times) };
    }
    const builder = builders[i]!;
    const column = builder
      ? finishColumn(builder, name, { mark, order, asMissing: choices.asMissing })
      : empty(name, table.rows);
    if (builder) tellOdd(builder, name, lines, problems);
    return column;
  });
  const { nameless } = layout.shape;
  while (columns.length > layout.columns.length - nameless && columns.at(-1)!.kind === 'empty') columns.pop();
  return {
    columns,
    times: time?.times ?? null,
    lines,
    mark,
    dateFormat: time?.format ?? null,
    timeZone: time?.zone ?? null,
    question: time?.question ?? (open ? askDecimal() : null),
  };
}

const empty = (name: string, rows: number): Column => ({ kind: 'empty', name, missing: rows });

function finishColumn(
  builder: NumberBuilder | TextBuilder | DateBuilder,
  name: string,
  { mark, order, asMissing }: { mark: DecimalMark; order?: DateOrder; asMissing?: number[] },
): Column {
  if (builder instanceof NumberBuilder) {
    const values = builder.finish(mark);
    if (asMissing) setMissing(values, asMissing);
    const missing = countMissing(values);
    return missing === values.length ? empty(name, missing) : { kind: 'number', name, values, missing };
  }
  if (builder instanceof DateBuilder) {
    const own = dateOrderOf(builder, undefined);
    const { times } = builder.finish(own.question && order ? order : own.order);
    return { kind: 'date', name, times, missing: countMissing(times) };
  }
  const { codes, labels } = builder.finish();
  return builder.missing === codes.length
    ? empty(name, codes.length)
    : { kind: 'text', name, codes, labels, missing: builder.missing };
}

function setMissing(values: Float64Array, numbers: number[]): void {
  for (let row = 0; row < values.length; row++) if (numbers.includes(values[row]!)) values[row] = Number.NaN;
}

function tellOdd(
  builder: NumberBuilder | TextBuilder | DateBuilder,
  column: string,
  lines: Int32Array,
  problems: Problems,
): void {
  if (builder instanceof TextBuilder) {
    if (builder.overflowing) problems.note('data.many-labels', { column });
    return;
  }
  const tell = (code: OddCode, odd: Odd) => tellEach(code, odd, column, lines, problems);
  if (builder instanceof NumberBuilder) {
    tell('data.bad-number', builder.words);
    tell('data.too-large', builder.tooLarge);
  } else {
    tell('data.bad-date-cell', builder.words);
    tell('data.bad-date-cell', builder.impossible);
  }
}

type OddCode = 'data.bad-number' | 'data.too-large' | 'data.bad-date-cell' | 'data.impossible-date';

/** Every odd cell is counted; the first of them give their lines. */
function tellEach(code: OddCode, odd: Odd, column: string, lines: Int32Array, problems: Problems): void {
  odd.rows.forEach((row, i) => {
    const count = i === 0 ? odd.count - odd.rows.length + 1 : 1;
    problems.warn(code, { column, example: odd.example }, lines[row] ?? null, count);
  });
}

/** The rows' times, in the order of day and month that holds, on one clock. */
function settleTimes(
  builder: DateBuilder,
  column: string,
  choices: ReadingChoices,
  problems: Problems,
  lines: Int32Array,
) {
  const { order, question } = dateOrderOf(builder, choices.dateOrder);
  const { times, offsets } = builder.finish(order);
  tellEach('data.impossible-date', builder.impossible, column, lines, problems);
  const zone = offsets && settleZone(times, offsets, problems);
  return {
    times,
    zone,
    question,
    order: builder.dates === 'numeric' && !question ? order : undefined,
    format: describeDates(builder.dates, builder.example, order),
  };
}

/**
 * One offset throughout, or midnights on changing ones: the wall clock is kept, as people read it. Hours on changing
 * offsets (a change of summer time) would jump and repeat on the wall clock, so these are told in UTC.
 */
function settleZone(times: Float64Array, offsets: Float64Array, problems: Problems): string {
  const first = offsets.find((offset) => !Number.isNaN(offset)) ?? 0;
  if (offsets.every((offset) => Number.isNaN(offset) || offset === first)) return zoneName(first);
  const known = times.filter((time) => !Number.isNaN(time));
  if (sameClock(known) && known.every((time) => time % dayMs === known[0]! % dayMs)) return 'local';
  for (let row = 0; row < times.length; row++)
    times[row]! -= (Number.isNaN(offsets[row]!) ? 0 : offsets[row]!) * minuteMs;
  problems.note('data.zones-to-utc', {});
  return 'UTC';
}

function zoneName(offset: number): string {
  if (offset === 0) return 'UTC';
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

function askDecimal(): Question {
  return {
    code: 'data.decimal-open',
    facts: {},
    message: explain('data.decimal-open', {}).message,
    choices: [
      { value: '.', label: '1.234 = 1.234', examples: ['1.234 → 1.234', '1,234 → 1234'] },
      { value: ',', label: '1,234 = 1.234', examples: ['1,234 → 1.234', '1.234 → 1234'] },
    ],
  };
}
