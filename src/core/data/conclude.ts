import { LabError } from '../errors';
import { arrangeRows } from './arrange';
import type { Assembled } from './assemble';
import { calendarOf } from './calendar';
import { dayMs } from './civil';
import type {
  Column,
  ColumnSummary,
  Frame,
  Frequency,
  Inspection,
  NumberColumn,
  Reading,
  ReadingChoices,
} from './frame';
import { frequencyOf } from './frequency';
import { gapsOf } from './gaps';
import { gapsAsText, rowOf, suggest, summarise } from './inspect';
import type { Preview } from './preview';
import type { Problems } from './problems';
import type { FileFacts, Opened } from './read';
import { sentinelOf } from './sentinels';
import { suspiciousRows } from './suspicious';
import { chooseTarget } from './target';

/** Everything known of a file once its last byte is read. */
interface Read {
  file: FileFacts;
  opened: Opened;
  choices: ReadingChoices;
  problems: Problems;
  preview: Preview;
  assembled: Assembled;
}

/**
 * Rows in time order, their frequency, the target, and what is said about the file.
 * @throws LabError when there is nothing to forecast in it
 */
export function conclude(read: Read): Reading {
  const { assembled, choices, problems, opened } = read;
  if (assembled.lines.length === 0) throw nothingRead(opened);
  if (!assembled.columns.some(({ kind }) => kind === 'number')) {
    throw new LabError('data.no-numbers', { names: nameList(assembled.columns) });
  }
  const dateName = opened.layout.date?.source.name ?? '';
  const { columns, times, lines, question } = arrangeRows(assembled, dateName, choices, problems);
  if (times?.length === 0) throw new LabError('data.no-dates-read', { column: dateName });
  const dateOnly = times?.every((time) => time % dayMs === 0) ?? false;
  const step = times ? 'irregular' : 'index';
  const frequency: Frequency = times && !question ? frequencyOf(times) : { step, every: 1 };
  const frame: Frame = { rows: lines.length, columns, times, dateOnly, frequency };
  const target = targetOf(columns, opened, choices);
  const summaries = columns.map(summarise);
  if (!question) tellStrange(columns, summaries, target, lines, problems);
  const preview = read.preview.rows(assembled.columns, assembled.lines, dateOnly);
  const inspection = inspectionOf(read, frame, summaries, target, question);
  return { frame: question ? null : frame, inspection, choices, preview };
}

function nothingRead({ layout }: Opened): LabError {
  const line = Math.max(1, layout.shape.headerLine);
  return new LabError('data.header-only', { line }, { line });
}

const nameList = (columns: Column[]) => columns.map(({ name }) => name).join(', ');

/** The chosen target, or the likeliest; the parts of a split date never. */
function targetOf(columns: Column[], { layout }: Opened, choices: ReadingChoices): string | null {
  const split = layout.date && layout.date.source.columns.length > 1 ? layout.date.source.columns : [];
  const parts = new Set(split.map((column) => layout.shape.names[column]!));
  if (choices.target === undefined) return chooseTarget(columns, parts);
  const chosen = columns.find(({ name }) => name === choices.target);
  const facts = { column: choices.target, columns: nameList(columns.filter(({ kind }) => kind === 'number')) };
  if (!chosen) throw new LabError('data.unknown-column', facts);
  // a column of words may be one of classes
  if (chosen.kind !== 'number' && chosen.kind !== 'text') throw new LabError('data.not-numbers', facts);
  return chosen.name;
}

/** A slip, or a number for a missing value, may spoil the forecast in the target; elsewhere it is worth a note. */
function tellStrange(
  columns: Column[],
  summaries: ColumnSummary[],
  target: string | null,
  lines: Int32Array,
  problems: Problems,
): void {
  for (const [i, column] of columns.entries()) {
    if (column.kind !== 'number') continue;
    const sentinel = sentinelOf(column, summaries[i]!);
    for (const row of sentinel?.rows ?? []) {
      const facts = { column: column.name, value: sentinel!.value };
      if (column.name === target) problems.warn('data.sentinel', facts, lines[row]!);
      else problems.note('data.sentinel', facts, lines[row]!);
    }
    for (const row of suspiciousRows(column)) {
      if (column.values[row] === sentinel?.value) continue;
      const facts = {
        column: column.name,
        value: column.values[row]!,
        before: (column.values[row - 1] ?? column.values[row + 1])!,
      };
      if (column.name === target) problems.warn('data.suspicious', facts, lines[row]!);
      else problems.note('data.suspicious', facts, lines[row]!);
    }
  }
}

/** Steps of a gap, and more than there are rows, that are likelier a slip in a date than a pause. */
const vastGap = 1000;

function inspectionOf(
  read: Read,
  frame: Frame,
  summaries: ColumnSummary[],
  target: string | null,
  question: Inspection['question'],
): Inspection {
  const { file, opened, assembled, problems } = read;
  const { times, dateOnly, frequency, rows } = frame;
  const known = question ? null : times;
  const calendar = known && known.length > 1 ? calendarOf(known, frequency) : null;
  const gaps = known && calendar ? gapsOf(known, calendar) : [];
  const gapsListed = gapsAsText(gaps, dateOnly);
  if (gaps.length > 0) {
    const facts = { after: gapsListed[0]!.after, steps: gaps[0]!.missing };
    const vast = gaps.some(({ missing }) => missing > Math.max(rows, vastGap));
    if (vast) problems.warn('data.gaps', facts, null, gaps.length);
    else problems.note('data.gaps', facts, null, gaps.length);
  }
  const ends = known && gapsAsText([{ after: known[0]!, before: known.at(-1)!, missing: 0 }], dateOnly)[0]!;
  const isTarget = (column: Column): column is NumberColumn => column.kind === 'number' && column.name === target;
  const values = frame.columns.find(isTarget)?.values;
  const row = (at: number) => (question || !values ? null : rowOf(times, dateOnly, values, at));
  return {
    file: file.name,
    bytes: file.bytes,
    encoding: opened.encoding.name,
    delimiter: opened.delimiter,
    decimal: assembled.mark,
    headerLine: opened.layout.shape.headerLine,
    rows,
    columns: summaries,
    dateColumn: opened.layout.date?.source.name ?? null,
    dateFormat: assembled.dateFormat,
    timeZone: assembled.timeZone,
    frequency,
    start: ends?.after ?? null,
    end: ends?.before ?? null,
    gaps: gapsListed,
    target,
    suggested: suggest(frequency, calendar?.session ?? null, rows),
    first: row(0),
    last: row(rows - 1),
    problems: problems.list(),
    question,
  };
}
