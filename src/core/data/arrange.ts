import { LabError } from '../errors';
import type { Assembled } from './assemble';
import type { Column, Question, ReadingChoices } from './frame';
import { askSeries, type LongFormat, longFormatOf, rowsOfSeries, sideBySide } from './long';
import { arrange, gather, take } from './order';
import type { Problems } from './problems';

/** Rows of one table in time order, each with the line it came from. */
export interface Arranged {
  columns: Column[];
  times: Float64Array | null;
  lines: Int32Array;
  question: Question | null;
}

/**
 * Picks the series where several are stacked on each other, puts rows in time order and keeps one of each time.
 * While a question is open, rows stay as they stand in the file.
 * @throws LabError data.unknown-series
 */
export function arrangeRows(
  assembled: Assembled,
  dateName: string,
  choices: ReadingChoices,
  problems: Problems,
): Arranged {
  const { columns, times, lines, question } = assembled;
  if (!times || question || runsOn(times)) return { columns, times, lines, question };
  const format = longFormatOf(times, columns);
  if (!format) return inTimeOrder(columns, times, lines, problems);
  if (choices.series === undefined) return { columns, times, lines, question: askSeries(format) };
  if (choices.series === '*') return together(format, columns, times, lines, dateName);
  if (!format.labels.includes(choices.series)) {
    const known = format.labels.slice(0, 20).join(', ');
    throw new LabError('data.unknown-series', { series: choices.series, known });
  }
  const rows = rowsOfSeries(format, choices.series);
  return inTimeOrder(take(columns, rows), gather(times, rows), gatherLines(lines, rows), problems);
}

/** Strictly ascending, every time there: what most files are. */
function runsOn(times: Float64Array): boolean {
  if (times.length > 0 && Number.isNaN(times[0]!)) return false;
  for (let row = 1; row < times.length; row++) if (!(times[row]! > times[row - 1]!)) return false;
  return true;
}

const gatherLines = (lines: Int32Array, rows: Int32Array) => Int32Array.from(rows, (row) => lines[row]!);

function inTimeOrder(columns: Column[], times: Float64Array, lines: Int32Array, problems: Problems): Arranged {
  const { rows, firstUnordered, equalRepeats, differingRepeats } = arrange(times, columns);
  if (!rows) return { columns, times, lines, question: null };
  if (firstUnordered >= 0) problems.note('data.unordered', {}, lines[firstUnordered]!);
  for (const row of equalRepeats) problems.note('data.equal-repeats', {}, lines[row]!);
  for (const row of differingRepeats) problems.warn('data.differing-repeats', {}, lines[row]!);
  return { columns: take(columns, rows), times: gather(times, rows), lines: gatherLines(lines, rows), question: null };
}

/** Every series side by side; a row's line is that of the first one of its time. */
function together(
  format: LongFormat,
  columns: Column[],
  times: Float64Array,
  lines: Int32Array,
  dateName: string,
): Arranged {
  const wide = sideBySide(format, times, columns, dateName);
  const lineAt = new Map<number, number>();
  for (let row = times.length - 1; row >= 0; row--) lineAt.set(times[row]!, lines[row]!);
  return { ...wide, lines: Int32Array.from(wide.times, (time) => lineAt.get(time)!), question: null };
}
