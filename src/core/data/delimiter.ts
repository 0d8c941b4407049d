import { LabError } from '../errors';
import { splitSample } from './csv';
import { type DateKind, type Moment, readDate } from './dates';
import { isMissing } from './missing';
import { decimalEvidence, plainNumber } from './numbers';

const names: Record<string, string> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  pipe: '|',
  blank: ' ',
  space: ' ',
};

/**
 * The mark a person means, by itself or by name.
 * @throws LabError data.bad-delimiter
 */
export function delimiterNamed(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const mark = Object.hasOwn(names, given.toLowerCase()) ? names[given.toLowerCase()]! : given;
  if (mark.length !== 1 || /[\r\n"\ufeff\w]/.test(mark)) throw new LabError('data.bad-delimiter', { delimiter: given });
  return mark;
}

/** In the order in which they win a tie. */
const candidates = [',', ';', '\t', '|'] as const;
const rowsJudged = 200;
/** Characters in which as many rows are found, unless they are very long. */
const charactersJudged = 2 ** 17;

/**
 * The mark between cells: the one that cuts the sample into rows of the same width (most often more than one) whose
 * cells make sense as numbers and dates. `1.234,5;2,5` is as regular under the comma as under the semicolon; only
 * under the semicolon are its cells numbers.
 */
export function sniffDelimiter(text: string, whole: boolean): string {
  const part = text.slice(0, charactersJudged);
  const rows = part.indexOf('\n', charactersJudged / 2) < 0 ? text : part;
  const judged = candidates.map((delimiter) => ({ delimiter, score: judge(rows, delimiter, whole && rows === text) }));
  const best = judged.reduce((best, next) => (next.score > best.score ? next : best));
  return best.score === 0 && inBlankColumns(rows, whole && rows === text) ? ' ' : best.delimiter;
}

/** Every row of the later half has as many words, some of them numbers, and none is one number by itself (`1 234`). */
function inBlankColumns(text: string, whole: boolean): boolean {
  const all = splitSample(text, ' ', whole).cells.filter(([first]) => first !== '' && !first!.startsWith('#'));
  const rows = all.slice(all.length >> 1).slice(-rowsJudged);
  const width = rows[0]?.length ?? 0;
  if (rows.length < fewestRows || width < 2) return false;
  return rows.every(
    (cells) => cells.length === width && cells.some(makesSense) && (width > 4 || !makesSense(cells.join(' '))),
  );
}

/** Rows that must agree before blanks are taken for marks. */
const fewestRows = 3;

function judge(text: string, delimiter: string, whole: boolean): number {
  if (!text.includes(delimiter)) return 0;
  const all = splitSample(text, delimiter, whole).cells.filter((cells) => cells.length > 1 || cells[0] !== '');
  const rows = all.slice(-rowsJudged);
  const width = commonWidth(rows);
  if (width < 2) return 0;
  const regular = rows.filter((cells) => cells.length === width);
  let sensible = 0;
  let filled = 0;
  for (const cells of regular) {
    for (const cell of cells) {
      if (isMissing(cell)) continue;
      filled++;
      if (makesSense(cell)) sensible++;
    }
  }
  const sense = filled === 0 ? 0 : sensible / filled;
  return (regular.length / rows.length) * (0.2 + sense) * (1 + Math.min(width, 20) / 1000);
}

/** The number of cells most rows have. */
export function commonWidth(rows: string[][]): number {
  const counts = new Map<number, number>();
  for (const cells of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let best = 0;
  for (const [width, count] of counts) if (count > (counts.get(best) ?? 0)) best = width;
  return best;
}

const isPlain = (cell: string) => !Number.isNaN(plainNumber(cell, point));
const point = '.'.charCodeAt(0);

const scratch: Moment = { time: 0, offset: 0 };
const dateKinds: DateKind[] = ['iso', 'numeric', 'named', 'quarter', 'month'];

/** Whether a cell is a number or a date in any reading. */
export function makesSense(cell: string): boolean {
  return isPlain(cell) || decimalEvidence(cell) !== null || isDateCell(cell);
}

export function isDateCell(cell: string): boolean {
  if (isPlain(cell)) return false;
  if (cell.length < 4 || cell.length > 60 || !/[\d０-９]/.test(cell)) return false;
  return dateKinds.some((kind) => readDate(kind, cell, scratch));
}
