import type { Settings } from '../settings';

/** Rows `first … end − 1` of a series. */
export interface Rows {
  first: number;
  end: number;
}
/** Three parts in time order: `train` fits, `validation` chooses the epoch and the settings, `test` is read once. */
export interface Parts {
  train: Rows;
  validation: Rows;
  test: Rows;
}

/**
 * Cuts a series in time order. `splitRows` counts from the first row on and leaves what follows alone; otherwise
 * `split` shares out all rows. An embargo takes its rows from the end of the train and of the validation part, so that
 * the test part stays the same whatever the embargo. Curves (data/curves.ts) are cut between rows of their file, which are
 * what is counted then, so that no curve lies in two parts.
 */
export function partsOf(
  values: number,
  settings: Pick<Settings, 'split' | 'splitRows' | 'embargo' | 'outputs'>,
): Parts {
  const { split, splitRows, embargo, outputs } = settings;
  const K = Math.max(1, outputs.length);
  const rows = values / K;
  const trainEnd = splitRows ? splitRows[0] : Math.round(rows * split[0]);
  const validationEnd = splitRows ? trainEnd + splitRows[1] : Math.round(rows * (split[0] + split[1]));
  const testEnd = splitRows ? validationEnd + splitRows[2] : rows;
  const part = (first: number, end: number): Rows => ({ first: first * K, end: end * K });
  return {
    train: part(0, Math.max(0, trainEnd - embargo)),
    validation: part(trainEnd, Math.max(trainEnd, validationEnd - embargo)),
    test: part(validationEnd, testEnd),
  };
}

/**
 * The rows after which a forecast is made and judged within `part`: all those, stride 1, whose steps 1 … `horizon` lie
 * wholly inside it, so that R rows give R − horizon + 1 of them. What a forecast reads may reach back before the part,
 * but not before row `earliest`.
 *
 * @returns [windows] rows of the last known values, ascending
 */
export function originsIn(part: Rows, horizon: number, earliest: number): Int32Array {
  const first = Math.max(part.first - 1, earliest);
  const count = Math.max(0, part.end - horizon - first);
  return Int32Array.from({ length: count }, (_, i) => first + i);
}
