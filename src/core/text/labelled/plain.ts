import type { GivenText, LabelledReading, LabelledRecord } from './record';
import { isTelling, readTable, splitTable, type TextTable } from './table';
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

/** Whether most rows have a blank behind what would part their cells: commas of sentences, where no column is known by its name. */
const isProse = ({ rows, delimiter }: TextTable): boolean =>
  (delimiter === ',' || delimiter === ';') &&
  2 * rows.filter(({ cells }) => cells.slice(1).some((cell) => /^[^\S\n]/.test(cell))).length > rows.length;

function texts(text: string, trained: LabelledReading, chosen: LabelledReading): GivenText[] {
  const how = { ...chosen, ...(chosen.delimiter === undefined && { delimiter: undefined }) };
  const table = splitTable(text, how);
  const { names } = table;
  const column = chosen.text ?? trained.text;
  const has = (name: string | undefined) => name !== undefined && names.includes(name);
  const isChosen = Object.values(chosen).some((choice) => choice !== undefined);
  const isKnown = has(column) || has(trained.label) || names.some(isTelling);
  if (!has(column) && (names.length < 2 || (!isChosen && !isKnown && isProse(table))))
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => ({ content: line.trim(), labels: [] }));
  const label = chosen.label ?? (has(trained.label) ? trained.label : undefined);
  const own = { ...how, ...(has(column) && { text: column }), ...(label !== undefined && { label }) };
  return readTable(text, own, false).texts;
}
