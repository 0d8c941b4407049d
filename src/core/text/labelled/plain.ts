import type { GivenText, LabelledReading, LabelledRecord } from './record';
import { readTable, splitTable } from './table';
import { readTagged, shapeOfTagged } from './tagged';
import { wordsOf } from './words';

/** Lines that decide what a file is. */
const looked = 500;

/**
 * New texts for a trained model, with labels where they have any: files as it was trained on; for tagging also one token a line,
 * or sentences one a line; for classification also texts one a line.
 */
export function readPlain(
  text: string,
  { kind, dataset }: Pick<LabelledRecord, 'kind' | 'dataset'>,
  chosen: LabelledReading,
): GivenText[] {
  return kind === 'tagging' ? sentences(text, dataset.reading, chosen) : texts(text, dataset.reading, chosen);
}

function sentences(text: string, trained: LabelledReading, chosen: LabelledReading): GivenText[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const some = lines.slice(0, looked);
  const { tabs, width } = shapeOfTagged(some);
  const even = some.filter((line) => (tabs ? line.split('\t') : line.trim().split(/\s+/)).length === width).length;
  const listed = tabs || width === 1 || (even > 0.9 * some.length && width <= 10 && /\n\s*\n/.test(text.trim()));
  if (!listed) return lines.map((line) => ({ content: wordsOf(line), labels: [] }));
  const known = Math.max(Number(trained.text), Number(trained.label)) <= width ? { ...trained, ...chosen } : chosen;
  return readTagged(text, known, false).texts;
}

function texts(text: string, trained: LabelledReading, chosen: LabelledReading): GivenText[] {
  const how = { ...chosen, ...(chosen.delimiter === undefined && { delimiter: undefined }) };
  const { names } = splitTable(text, how);
  const column = chosen.text ?? trained.text;
  if (names.length < 2 && (column === undefined || !names.includes(column)))
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => ({ content: line.trim(), labels: [] }));
  const has = (name: string | undefined) => name !== undefined && names.includes(name);
  const label = chosen.label ?? (has(trained.label) ? trained.label : undefined);
  const own = { ...how, ...(has(column) && { text: column }), ...(label !== undefined && { label }) };
  return readTable(text, own, false).texts;
}
