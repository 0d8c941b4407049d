import { LabError } from '../errors';
import { formatTime } from './civil';
import type { Frame, NumberColumn } from './frame';

/** A file that was read, by the name its columns are told apart with. */
export interface Part {
  file: string;
  frame: Frame;
  /** It was put together itself: its columns bear the names of files already. */
  named?: boolean;
}

/** Several files as one table: the rows whose times stand in all of them. */
export interface Joined {
  /** [rows] ascending. */
  times: Float64Array;
  dateOnly: boolean;
  /** Per file its columns of numbers, named `file:column`. */
  columns: { part: number; name: string; values: Float64Array }[];
}

/**
 * An inner join on time. Files of another frequency are refused: every other day of one would be all of the other.
 * @throws LabError data.join-no-dates, data.join-frequency, data.join-no-overlap
 */
export function joinOnTime(parts: Part[]): Joined {
  for (const { file, frame } of parts) if (!frame.times) throw new LabError('data.join-no-dates', {}, { file });
  const [first, ...others] = parts as [Part, ...Part[]];
  for (const { file, frame } of others) {
    const [a, b] = [first.frame.frequency, frame.frequency];
    if (a.step !== b.step || a.every !== b.every)
      throw new LabError(
        'data.join-frequency',
        { first: first.file, step: a.step, every: a.every, other: file, otherStep: b.step, otherEvery: b.every },
        { file },
      );
  }
  const rows = parts.map(({ frame }) => new Map(Array.from(frame.times!, (time, row) => [time, row])));
  const times = first.frame.times!.filter((time) => rows.every((at) => at.has(time)));
  if (times.length === 0) throw new LabError('data.join-no-overlap', { spans: parts.map(spanOf).join(', ') });
  return {
    times,
    dateOnly: parts.every(({ frame }) => frame.dateOnly),
    columns: parts.flatMap(({ file, frame, named }, part) =>
      frame.columns.filter(isNumber).map(({ name, values }) => ({
        ...{ part, name: named ? name : `${file}:${name}` },
        values: Float64Array.from(times, (time) => values[rows[part]!.get(time)!]!),
      })),
    ),
  };
}

const isNumber = (column: Frame['columns'][number]): column is NumberColumn => column.kind === 'number';

function spanOf({ file, frame }: Part): string {
  const [from, to] = [frame.times!.at(0), frame.times!.at(-1)];
  return `${file} ${[from, to].map((time) => (time === undefined ? '' : formatTime(time, frame.dateOnly))).join(' – ')}`;
}

/** The table as a CSV that is read without doubt. */
export function joinedCsv({ times, dateOnly, columns }: Joined): string {
  const quoted = (name: string) => (/[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
  const head = ['date', ...columns.map(({ name }) => quoted(name))].join(',');
  const lines = Array.from(times, (time, row) =>
    [
      formatTime(time, dateOnly),
      ...columns.map(({ values }) => (Number.isNaN(values[row]!) ? '' : String(values[row]))),
    ].join(','),
  );
  return `${[head, ...lines].join('\n')}\n`;
}

/**
 * The one target of each file: asked for as `file:column`, by a name that the file has a column of, or else its column
 * `target`, or the one that was taken for it on reading.
 * @throws LabError data.join-unknown-target
 */
export function targetsOf(parts: (Part & { usual: string | null })[], asked: string[]): string[] {
  const left = new Set(asked);
  const targets = parts.map(({ file, frame, usual }) => {
    const names = frame.columns.filter(isNumber).map(({ name }) => name);
    const own = asked.find((name) => names.some((column) => name === `${file}:${column}`));
    const plain = own ?? asked.find((name) => names.includes(name));
    if (plain !== undefined) left.delete(plain);
    const column = own?.slice(file.length + 1) ?? plain ?? (names.includes('target') ? 'target' : usual);
    if (column === null || !names.includes(column))
      throw new LabError('data.join-unknown-target', { column: column ?? 'target', columns: names.join(', '), file });
    return `${file}:${column}`;
  });
  const [unknown] = left;
  if (unknown === undefined) return targets;
  const columns = parts.flatMap(({ file, frame }) =>
    frame.columns.filter(isNumber).map(({ name }) => `${file}:${name}`),
  );
  throw new LabError('data.join-unknown-target', { column: unknown, columns: columns.join(', '), file: '' });
}
