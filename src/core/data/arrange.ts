import { LabError } from '../errors';
import type { Assembled } from './assemble';
import { calendarOf } from './calendar';
import { dayMs } from './civil';
import type { Column, Frame, Frequency, Inspection, NumberColumn, Reading, ReadingChoices } from './frame';
import { frequencyOf } from './frequency';
import { gapsOf } from './gaps';
import { gapsAsText, rowOf, suggest, summarise } from './inspect';
import { arrange, gather, take } from './order';
import type { Preview } from './preview';
import type { Problems } from './problems';
import type { FileFacts, Opened } from './read';
import { suspiciousRows } from './suspicious';
import type { TableBuilder } from './table';
import { chooseTarget } from './target';

interface Read {
  file: FileFacts;
  table: TableBuilder;
  opened: Opened;
  choices: ReadingChoices;
  problems: Problems;
  preview: Preview;
  assembled: Assembled;
}

/** Puts the rows in time order, finds their frequency and target, and says what was understood. */
export function arrangeTable(read: Read): Reading {
  const { assembled, choices, problems, opened } = read;
  if (read.table.rows === 0) throw nothingRead(opened);
  if (!assembled.columns.some(({ kind }) => kind === 'number'))
    throw new LabError('data.no-numbers', { names: nameList(assembled.columns) });
  const { columns, times, lines } = assembled.question ? assembled : inTimeOrder(assembled, problems);
  if (times?.length === 0) throw new LabError('data.no-dates-read', { column: opened.layout.date!.source.name });
  const dateOnly = times?.every((time) => time % dayMs === 0) ?? false;
  const frequency: Frequency =
    times && !assembled.question ? frequencyOf(times) : { step: times ? 'irregular' : 'index', every: 1 };
  const rows = lines.length;
  const frame: Frame = { rows, columns, times, dateOnly, frequency };
  const target = targetOf(columns, opened, choices);
  if (!assembled.question) tellSuspicious(columns, target, lines, problems);
  const inspection = inspectionOf(read, frame, target);
  const preview = read.preview.rows(assembled.columns, assembled.lines, dateOnly);
  return { frame: assembled.question ? null : frame, inspection, choices, preview };
}

function nothingRead({ layout }: Opened): LabError {
  const { headerLine } = layout.shape;
  return new LabError('data.header-only', { line: headerLine }, { line: Math.max(1, headerLine) });
}

const nameList = (columns: Column[]) => columns.map(({ name }) => name).join(', ');

function inTimeOrder({ columns, times, lines }: Assembled, problems: Problems) {
  if (!times) return { columns, times, lines };
  const { rows, firstUnordered, equalRepeats, differingRepeats } = arrange(times, columns);
  if (!rows) return { columns, times, lines };
  if (firstUnordered >= 0) problems.note('data.unordered', {}, lines[firstUnordered]!);
  for (const row of equalRepeats) problems.note('data.equal-repeats', {}, lines[row]!);
  for (const row of differingRepeats) problems.warn('data.differing-repeats', {}, lines[row]!);
  return {
    columns: take(columns, rows),
    times: gather(times, rows),
    lines: Int32Array.from(rows, (row) => lines[row]!),
  };
}

function targetOf(columns: Column[], { layout }: Opened, choices: ReadingChoices): string | null {
  const split = layout.date && layout.date.source.columns.length > 1 ? layout.date.source.columns : [];
  const parts = new Set(split.map((column) => layout.shape.names[column]!));
  if (choices.target === undefined) return chooseTarget(columns, parts);
  const chosen = columns.find(({ name }) => name === choices.target);
  const numbers = columns.filter(({ kind }) => kind === 'number');
  if (!chosen) throw new LabError('data.unknown-column', { column: choices.target, columns: nameList(numbers) });
  if (chosen.kind !== 'number')
    throw new LabError('data.not-numbers', { column: chosen.name, columns: nameList(numbers) });
  return chosen.name;
}

function tellSuspicious(columns: Column[], target: string | null, lines: Int32Array, problems: Problems): void {
  for (const column of columns) {
    if (column.kind !== 'number') continue;
    for (const row of suspiciousRows(column)) {
      const facts = { column: column.name, value: column.values[row]!, before: column.values[row - 1]! };
      if (column.name === target) problems.warn('data.suspicious', facts, lines[row]!);
      else problems.note('data.suspicious', facts, lines[row]!);
    }
  }
}

function inspectionOf(read: Read, frame: Frame, target: string | null): Inspection {
  const { file, opened, assembled, problems } = read;
  const { times, dateOnly, frequency, rows } = frame;
  const known = assembled.question ? null : times;
  const gaps = known && known.length > 1 ? gapsOf(known, calendarOf(known, frequency)) : [];
  for (const gap of gaps)
    problems.note('data.gaps', { after: gapsAsText([gap], dateOnly)[0]!.after, steps: gap.missing }, null);
  const ends = known && gapsAsText([{ after: known[0]!, before: known.at(-1)!, missing: 0 }], dateOnly)[0]!;
  const values = frame.columns.find(
    (column): column is NumberColumn => column.name === target && column.kind === 'number',
  )?.values;
  const row = (at: number) => (assembled.question || !values ? null : rowOf(times, dateOnly, values, at));
  return {
    file: file.name,
    bytes: file.bytes,
    encoding: opened.encoding.name,
    delimiter: opened.delimiter,
    decimal: assembled.mark,
    headerLine: opened.layout.shape.headerLine,
    rows,
    columns: frame.columns.map(summarise),
    dateColumn: opened.layout.date?.source.name ?? null,
    dateFormat: assembled.dateFormat,
    timeZone: assembled.timeZone,
    frequency,
    start: ends?.after ?? null,
    end: ends?.before ?? null,
    gaps: gapsAsText(gaps, dateOnly),
    target,
    suggested: suggest(frequency, rows),
    first: row(0),
    last: row(rows - 1),
    problems: problems.list(),
    question: assembled.question,
  };
}
