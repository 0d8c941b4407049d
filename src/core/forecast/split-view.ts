import { formatTime } from '../data/calendar';
import type { Series } from '../protocol';
import type { Part, Split } from '../run';
import type { Parts, Rows } from './split';

/** The parts as a record tells them: rows and the times of the first and the last. */
export function splitView(series: Series, parts: Parts): Split {
  const at = (row: number) => {
    const time = series.times?.[row];
    return time === undefined ? null : formatTime(time, series.dateOnly);
  };
  const K = series.curve ?? 1;
  const view = ({ first, end }: Rows): Part => ({ rows: (end - first) / K, start: at(first), end: at(end - 1) });
  return { train: view(parts.train), validation: view(parts.validation), test: view(parts.test) };
}
