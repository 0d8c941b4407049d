import { LabError } from '../errors';
import { calendarOf, stepper } from './calendar';
import type { Frame } from './frame';
import { gapsOf } from './gaps';

/** Rows of a table whose gaps are filled in: where each comes from, -1 for one that is not there. */
export interface FilledRows {
  times: Float64Array;
  rows: Int32Array;
}

/**
 * The rows with those between them that the calendar expects and the file does not have.
 * Null when nothing is missing.
 * @throws LabError data.gaps-too-large when more rows would be made up than there are
 */
export function fillGaps({ times, frequency }: Frame): FilledRows | null {
  if (!times || times.length < 2) return null;
  const calendar = calendarOf(times, frequency);
  const gaps = gapsOf(times, calendar);
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  if (missing === 0) return null;
  if (missing > times.length) throw new LabError('data.gaps-too-large', { missing, rows: times.length });
  const next = stepper(times, calendar);
  const filled: number[] = [];
  const rows: number[] = [];
  let gap = 0;
  for (let row = 0; row < times.length; row++) {
    filled.push(times[row]!);
    rows.push(row);
    if (gaps[gap]?.after !== times[row]) continue;
    const { before } = gaps[gap++]!;
    for (let k = 1, time = next(times[row]!, times[row]!, 1); time < before; time = next(time, times[row]!, ++k)) {
      filled.push(time);
      rows.push(-1);
    }
  }
  return { times: Float64Array.from(filled), rows: Int32Array.from(rows) };
}
