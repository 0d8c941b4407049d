/**
 * A table read from a file: columns of typed arrays, in time order, with what was understood of them.
 * A frame is never changed after it is made; a different reading makes a new frame.
 */
export const steps = [
  'second',
  'minute',
  'hour',
  'day',
  'business-day',
  'week',
  'month',
  'quarter',
  'year',
  'irregular',
  'index',
] as const;
export type Step = (typeof steps)[number];

/** How far apart rows are: `every` steps of `step`. `index`: the file has no dates, rows are counted. */
export interface Frequency {
  step: Step;
  every: number;
}

export type Column = NumberColumn | TextColumn | DateColumn | EmptyColumn;
export interface NumberColumn {
  kind: 'number';
  name: string;
  /** [rows]; NaN where the cell is missing. */
  values: Float64Array;
  missing: number;
}
export interface TextColumn {
  kind: 'text';
  name: string;
  /** [rows]; position in `labels`, -1 where the cell is missing. */
  codes: Int32Array;
  labels: string[];
  missing: number;
}
export interface DateColumn {
  kind: 'date';
  name: string;
  /** [rows]; milliseconds since 1970-01-01 UTC, NaN where missing. */
  times: Float64Array;
  missing: number;
}
export interface EmptyColumn {
  kind: 'empty';
  name: string;
  missing: number;
}

export interface Frame {
  rows: number;
  columns: Column[];
  /** [rows] ascending milliseconds since 1970-01-01 UTC of the wall clock the file shows; null without dates. */
  times: Float64Array | null;
  /** True when every time is at midnight: such times are written `YYYY-MM-DD`. */
  dateOnly: boolean;
  frequency: Frequency;
}

/** Whether something was merely observed, or may spoil a forecast. */
export type Severity = 'note' | 'warning';

/** Something found while reading a file that did not stop the reading. `code` is in the catalogue of errors.ts. */
export interface Problem {
  code: string;
  severity: Severity;
  facts: Record<string, string | number>;
  /** The sentence in English, as `explain` gives it. */
  message: string;
  /** First line of the file concerned (1 = first line), null where it concerns the whole file. */
  line: number | null;
  count: number;
}

/** A reading the file leaves open: the person is asked. */
export interface Question {
  code: string;
  facts: Record<string, string | number>;
  message: string;
  choices: { value: string; label: string; examples: string[] }[];
}

/** What the person decided about how to read a file; everything absent is inferred. Kept with the dataset. */
export interface ReadingChoices {
  encoding?: string;
  /** One character, or its name: comma, semicolon, tab, pipe, blank (one or several). */
  delimiter?: string;
  decimal?: '.' | ',';
  dateOrder?: 'dmy' | 'mdy' | 'ymd';
  /** Column of dates, several joined by `+` where the date is split; '' for none. */
  date?: string;
  target?: string;
  /** 1-based line of the header; 0 when there is none. */
  headerLine?: number;
  /** Where series are stacked on each other: the one to read, or `*` for all side by side. */
  series?: string;
  kinds?: Record<string, Column['kind']>;
  /** Numbers that stand for a missing value, in every column: -999. */
  asMissing?: number[];
  /** What becomes of rows whose target is missing; `leave-out` unless chosen. */
  missing?: 'leave-out' | 'carry-forward' | 'interpolate';
}

export interface ColumnSummary {
  name: string;
  kind: Column['kind'];
  missing: number;
  min: number | null;
  max: number | null;
  mean: number | null;
}

/** `unroll inspect --json`: what was understood of a file. Field names are fixed by the command line's document. */
export interface Inspection {
  file: string;
  bytes: number;
  encoding: string;
  delimiter: string;
  decimal: '.' | ',';
  headerLine: number;
  rows: number;
  columns: ColumnSummary[];
  dateColumn: string | null;
  dateFormat: string | null;
  timeZone: string | null;
  frequency: Frequency;
  start: string | null;
  end: string | null;
  gaps: { after: string; before: string; missing: number }[];
  target: string | null;
  suggested: { lookback: number; horizon: number; season: number };
  first: [string | null, number | null] | null;
  last: [string | null, number | null] | null;
  problems: Problem[];
  question: Question | null;
}

/** A row as it stands in the file, and how each of its cells was read. */
export interface PreviewRow {
  /** 1 = first line of the file. */
  line: number;
  cells: string[];
  /** Per cell: a number or a time as it was understood, the text itself, or null where it counts as missing. */
  read: (string | number | null)[];
  /** False for a row that was set aside. */
  kept: boolean;
}

/** A file read: the table and what is to be said about it. `frame` is null while a question is open. */
export interface Reading {
  frame: Frame | null;
  inspection: Inspection;
  choices: ReadingChoices;
  /** The first, the strangest and the last rows. */
  preview: { names: string[]; first: PreviewRow[]; strange: PreviewRow[]; last: PreviewRow[] };
}
