import type { Column, Frame } from '../../data/frame';
import { LabError } from '../../errors';

/** A column with more different values than this does not name classes. */
export const mostClasses = 50;

/** A label column as numbers: positions in `labels`, NaN where the cell is missing; and the frame that holds it so. */
export interface Labelled {
  frame: Frame;
  /** Every label of the file: numbers ascending, words in the order of their characters. */
  labels: string[];
}

/**
 * The frame with its column `name` read as labels: a column of text, or of a few whole numbers.
 * @throws LabError experiment.unknown-column, experiment.not-labels, experiment.too-many-classes
 */
export function labelled(frame: Frame, name: string): Labelled {
  const column = frame.columns.find((one) => one.name === name);
  if (!column)
    throw new LabError('experiment.unknown-column', { column: name, columns: labelColumns(frame).join(', ') || '–' });
  const cells = cellsOf(column);
  if (!cells) throw notLabels(frame, name);
  const known = [...new Set(cells.filter((cell) => cell !== null))];
  if (known.length === 0) throw new LabError('data.no-values', { column: name });
  if (known.length > mostClasses) {
    if (column.kind === 'number') throw notLabels(frame, name);
    throw new LabError('experiment.too-many-classes', { column: name, classes: known.length, most: mostClasses });
  }
  const labels = column.kind === 'number' ? known.sort((a, b) => Number(a) - Number(b)) : known.sort();
  const codeOf = new Map(labels.map((label, code) => [label, code]));
  const values = Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : codeOf.get(cell)!));
  const columns = frame.columns.map(
    (one): Column => (one === column ? { kind: 'number', name, values, missing: column.missing } : one),
  );
  return { frame: { ...frame, columns }, labels };
}

/** Columns whose values can be classes: what a person may choose from. */
export function labelColumns(frame: Frame): string[] {
  return frame.columns.flatMap((column) => {
    const cells = cellsOf(column);
    const known = new Set(cells?.filter((cell) => cell !== null));
    return known.size > 1 && known.size <= mostClasses ? [column.name] : [];
  });
}

/**
 * The likeliest column of labels: of text before numbers, the first there is. Where nothing names classes it is the first of text, so
 * that what is wrong with that is said; null where there is none.
 */
export function likelyLabels(frame: Frame): string | null {
  const names = labelColumns(frame);
  const isText = (name: string) => frame.columns.find((column) => column.name === name)?.kind === 'text';
  return names.find(isText) ?? names[0] ?? frame.columns.find(({ kind }) => kind === 'text')?.name ?? null;
}

/** [rows] each cell as text, null where it is missing; null where the column holds no labels. */
function cellsOf(column: Column): (string | null)[] | null {
  if (column.kind === 'text')
    return Array.from(column.codes, (code) => (code < 0 ? null : (column.labels[code] ?? null)));
  if (column.kind !== 'number') return null;
  const whole = column.values.every((value) => Number.isNaN(value) || Number.isInteger(value));
  return whole ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value))) : null;
}

const notLabels = (frame: Frame, column: string) =>
  new LabError('experiment.not-labels', { column, most: mostClasses, columns: labelColumns(frame).join(', ') || '–' });
