import type { Settings } from '../../settings';
import { originsIn, type Parts, type Rows } from '../split';

/**
 * How windows lie over a part. A window has its own first row, begins from a zero state, and is judged in one or in several
 * rows; each row of a part is judged once.
 *
 * `direction` and `classify`: a window for every row whose class can be foretold, judged in the row `horizon` after its last.
 *
 * `labelling`: every step of a window gets a class, but one near its beginning has little before it to read. So windows of T
 * rows are laid every ⌈T/2⌉ rows, from the part's last row backwards, and only their last ⌈T/2⌉ rows are judged; the earlier
 * ones are context, and may lie before the part; of the first window only what lies in the part is judged. Training goes
 * through all windows, stride 1, that lie wholly inside the training part, and learns every step of them. Labels are what is
 * looked for, so none of the part's own is known: the last known one is that of the row before the part.
 */
export interface Layout {
  /** [windows] first rows, ascending. */
  starts: Int32Array;
  /** [judged] rows whose class is told, ascending. */
  rows: Int32Array;
  /** [judged] where each of them stands among the outputs: its window's number, or window · T + step. */
  outputs: Int32Array;
  /** [judged] the last row whose label is known when the row is judged. */
  known: Int32Array;
}

export interface Layouts {
  train: Layout;
  validation: Layout;
  test: Layout;
}

/** Steps at the end of a window that are judged, where every step has a class. */
export const judgedSteps = (lookback: number): number => Math.ceil(lookback / 2);

/** Rows whose answers hang together by the way they are judged: forecasts overlap, or stand in one block. */
export const overlapOf = ({ task, lookback, horizon }: Pick<Settings, 'task' | 'horizon' | 'lookback'>): number =>
  task === 'labelling' ? judgedSteps(lookback) : horizon;

/** `earliest`: the first row that may be read. */
export function layoutsOf(
  parts: Parts,
  { task, horizon, lookback }: Pick<Settings, 'task' | 'horizon' | 'lookback'>,
  earliest: number,
): Layouts {
  if (task === 'labelling')
    return {
      train: everyWindow(parts.train, lookback, earliest),
      validation: blocks(parts.validation, lookback),
      test: blocks(parts.test, lookback),
    };
  const ahead = (part: Rows) => oneEach(originsIn(part, horizon, earliest + lookback - 1), horizon, lookback);
  return { train: ahead(parts.train), validation: ahead(parts.validation), test: ahead(parts.test) };
}

function oneEach(origins: Int32Array, horizon: number, lookback: number): Layout {
  return {
    starts: origins.map((origin) => origin - lookback + 1),
    rows: origins.map((origin) => origin + horizon),
    outputs: origins.map((_, w) => w),
    known: origins.slice(),
  };
}

/** All windows of training rows; what they are judged in is of no account. */
function everyWindow({ first, end }: Rows, lookback: number, earliest: number): Layout {
  const from = Math.max(first, earliest);
  const none = new Int32Array(0);
  const starts = Int32Array.from({ length: Math.max(0, end - lookback - from + 1) }, (_, s) => from + s);
  return { starts, rows: none, outputs: none, known: none };
}

function blocks({ first, end }: Rows, lookback: number): Layout {
  const each = judgedSteps(lookback);
  const count = Math.max(0, Math.ceil((end - first) / each));
  const starts: number[] = [];
  const judged: { row: number; output: number; known: number }[] = [];
  for (let w = 0; w < count; w++) {
    const blockEnd = end - (count - 1 - w) * each;
    const begin = Math.max(first, blockEnd - each);
    const start = blockEnd - lookback;
    starts.push(start);
    for (let row = begin; row < blockEnd; row++)
      judged.push({ row, output: w * lookback + row - start, known: first - 1 });
  }
  return {
    starts: Int32Array.from(starts),
    rows: Int32Array.from(judged, ({ row }) => row),
    outputs: Int32Array.from(judged, ({ output }) => output),
    known: Int32Array.from(judged, ({ known }) => known),
  };
}
