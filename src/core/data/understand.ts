import { LabError } from '../errors';
import { clockBeside, type DateSource, splitDate } from './composite';
import { lineOf, type Rows } from './csv';
import { dateKindOf, isDateName } from './date-kinds';
import type { DateKind } from './dates';
import { type DecimalVerdict, decideDecimal, emptyTally, tally } from './decimal';
import type { ReadingChoices } from './frame';
import { isMissing } from './missing';
import type { Shape } from './shape';

/** What a column holds, as far as the sample tells. `null`: the sample has no cell of it. */
export interface ColumnPlan {
  name: string;
  kind: 'number' | 'text' | 'date' | 'empty' | null;
  dates: DateKind | null;
}

/** What stands between cells and around them. */
export interface Marks {
  delimiter: string;
  quote: string;
}

/** Everything decided on the sample, before the whole file is read. */
export interface Layout {
  shape: Shape;
  marks: Marks;
  columns: ColumnPlan[];
  decimal: DecimalVerdict;
  /** Whether a cell of the sample, or the person, proves the decimal mark. */
  decimalProven: boolean;
  /** Where a row's time comes from. */
  date: { source: DateSource; kind: DateKind } | null;
}

/** Share of a column's cells that must be numbers before it is a column of numbers. */
const enoughNumbers = 0.7;

/** @throws LabError data.unknown-column */
export function understand(shape: Shape, sample: Rows, marks: Marks, choices: ReadingChoices): Layout {
  const samples = cellsByColumn(shape, sample);
  const tallies = samples.map(() => emptyTally());
  const unknown = Object.keys(choices.kinds ?? {}).find((name) => !shape.names.includes(name));
  if (unknown !== undefined) throw noColumn(unknown, shape.names);
  const columns = shape.names.map((name, i): ColumnPlan => {
    const cells = samples[i]!;
    const chosen = choices.kinds && Object.hasOwn(choices.kinds, name) ? choices.kinds[name]! : null;
    const dates =
      chosen === 'number' || chosen === 'text'
        ? null
        : dateKindOf(cells, chosen === 'date' || choices.date === name ? 'date' : name, i === 0);
    const numbers = dates ? 0 : cells.filter((cell) => tally(tallies[i]!, cell)).length;
    if (chosen) return { name, kind: chosen, dates: chosen === 'date' ? (dates ?? 'iso') : null };
    if (cells.length === 0) return { name, kind: null, dates: null };
    if (dates) return { name, kind: 'date', dates };
    const number = numbers >= enoughNumbers * cells.length && !areCodes(cells);
    return { name, kind: number ? 'number' : 'text', dates: null };
  });
  const numeric = tallies.filter((_, i) => columns[i]!.kind === 'number');
  const dotted = columns.some(
    ({ dates }, i) => dates === 'numeric' && samples[i]!.some((cell) => /^\d+\.\d+\./.test(cell)),
  );
  const proof = numeric.some(({ point, comma }) => point > 0 || comma > 0);
  const decimal = choices.decimal
    ? { mark: choices.decimal, open: false }
    : decideDecimal(numeric, { delimiter: marks.delimiter, dottedDates: dotted });
  const date = chooseDate(columns, samples, choices);
  return { shape, marks, columns, decimal, decimalProven: proof || choices.decimal !== undefined, date };
}

/** Numbers that are names: as many digits in every cell, some with zeros in front (005930). */
function areCodes(cells: string[]): boolean {
  const { length } = cells[0]!;
  const digits = length >= 5 && cells.every((cell) => cell.length === length && /^\d+$/.test(cell));
  return digits && cells.some((cell) => cell.startsWith('0')) && cells.some((cell) => Number(cell) !== 0);
}

/** Rows of the sample that are looked at, evenly spread. */
const rowsJudged = 1500;

function cellsByColumn(shape: Shape, sample: Rows): string[][] {
  const samples: string[][] = shape.names.map(() => []);
  const { cells } = sample;
  const stride = Math.max(1, Math.floor(cells.length / rowsJudged));
  for (let row = 0; row < cells.length; row += stride) {
    if (lineOf(sample, row) < shape.dataLine) continue;
    for (let column = 0; column < samples.length; column++) {
      const cell = cells[row]![column];
      if (cell !== undefined && !isMissing(cell)) samples[column]!.push(cell);
    }
  }
  return samples;
}

const noColumn = (column: string, names: string[]) =>
  new LabError('data.unknown-column', { column, columns: names.join(', ') });

/** A part of a split date is no date by itself. */
function asPart(plan: ColumnPlan): void {
  if (plan.kind === 'date') Object.assign(plan, { kind: 'number', dates: null });
}

/** The chosen column; else dates split over columns; else the first column of dates, one with a telling name before others. */
function chooseDate(columns: ColumnPlan[], samples: string[][], choices: ReadingChoices): Layout['date'] {
  const names = columns.map(({ name }) => name);
  const split = splitDate(names, samples);
  if (split && (choices.date === undefined || choices.date === split.source.name)) {
    for (const column of split.source.columns) asPart(columns[column]!);
    return split;
  }
  if (choices.date === '') return null;
  let at = -1;
  if (choices.date !== undefined) {
    at = names.indexOf(choices.date.split('+')[0]!);
    if (names.includes(choices.date)) at = names.indexOf(choices.date);
    if (at < 0) throw noColumn(choices.date, names);
    const plan = columns[at]!;
    if (plan.kind !== 'date') {
      const kind = dateKindOf(samples[at]!, 'date', true);
      if (!kind) throw new LabError('data.no-dates', { column: plan.name, example: samples[at]![0] ?? '' });
      Object.assign(plan, { kind: 'date', dates: kind });
    }
  } else {
    const dated = columns.map((_, i) => i).filter((i) => columns[i]!.kind === 'date');
    at = dated.find((i) => isDateName(names[i]!)) ?? dated[0] ?? -1;
  }
  if (at < 0) return null;
  const source = clockBeside(at, names, samples) ?? { columns: [at], before: [''], name: names[at]!, clock: false };
  return { source, kind: columns[at]!.dates! };
}
