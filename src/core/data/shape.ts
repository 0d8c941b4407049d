import { lineOf, type Rows } from './csv';
import { commonWidth, isDateCell, makesSense } from './delimiter';
import { namesOf, shifted, timesAcross, uncommented, unique, withoutTail } from './header-names';
import { isMissing } from './missing';
import { isTotal } from './totals';

/** Where a table's header stands and what its columns are called. */
export interface Shape {
  width: number;
  names: string[];
  /** 1-based line of the first header row; 0: there is none. */
  headerLine: number;
  /** Header rows as they stand, to know them again when they are repeated. */
  headerRows: string[][];
  /** Line of the first row of data. */
  dataLine: number;
  /** Rows above the data that are neither header, totals, comments nor blank. */
  titleLines: number[];
  /** Names that stood over more than one column. */
  duplicates: string[];
  /** Trailing columns that the header does not name. */
  nameless: number;
  /** Those of them that have cells. */
  unheaded: number;
}

/** Rows looked at for a header, and rows that stand for the data. */
const searched = 60;
const typical = 300;

/**
 * Finds the header. Columns whose typical cells are numbers or dates tell data from words: the first row that has
 * numbers and dates where the typical rows have them is the first row of data, and what stands above it in full width
 * is the header, in one row or several; narrower rows above are titles.
 * @param chosen 1-based line of the header, 0 for none, undefined to find it.
 * @returns null when there is nothing below the header
 */
export function findShape(sample: Rows, chosen: number | undefined): Shape | null {
  const kept = located(sample);
  const body = kept.slice(Math.min(searched, Math.floor(kept.length / 2))).slice(0, typical);
  const rows = body.map(({ cells }) => cells);
  if (rows.length === 0) return null;
  const width = commonWidth(rows);
  const profile = profileOf(rows, width);
  const { firstData, headerFrom } = firstDataOf(kept.slice(0, searched + typical), (cells) =>
    isData(cells, width, profile),
  );
  if (chosen === undefined) {
    if (firstData < 0) return wordsOnly(kept[0]!);
    let headerEnd = firstData;
    while (headerEnd > 1 && isTotal(kept[headerEnd - 1]!.cells[0] ?? '')) headerEnd--;
    return shapeOf(kept, headerAbove(kept.slice(headerFrom, headerEnd), width), headerEnd, rows);
  }
  if (chosen === 0) return shapeOf(kept, [], Math.max(0, firstData), rows);
  const at = kept.findIndex(({ line }) => line >= chosen);
  return at < 0 ? null : shapeOf(kept, [kept[at]!], at + 1, rows);
}

/** Rows with something in them, each with its line and the number of blank rows above it. */
function located(sample: Rows): Located[] {
  const kept: Located[] = [];
  let blanks = 0;
  sample.cells.forEach((cells, i) => {
    if (isBlank(cells)) blanks++;
    else if (!isRule(cells)) kept.push({ cells, line: lineOf(sample, i), blanks });
  });
  return kept;
}

/**
 * Positions of the first row of data, -1 without any, and of the first that may belong to its header. A row of years
 * (a header all the same), and facts about the file above its true header, look like data but are none.
 */
function firstDataOf(kept: Located[], isRow: (cells: string[]) => boolean) {
  const first = kept.findIndex(({ cells }) => isRow(cells));
  const [row, next, third] = kept.slice(first, first + 3);
  const found = { firstData: first, headerFrom: 0 };
  if (first < 0 || !next) return found;
  if (typeOf(row!.cells[0] ?? '') === 'word' && timesAcross(row!.cells)) return { ...found, firstData: first + 1 };
  const above = kept.slice(0, first).map(({ cells }) => cells.join('\n'));
  const header = filled(next.cells) >= 2 && next.cells.every((cell) => typeOf(cell) === 'word');
  const again = above.includes(next.cells.join('\n'));
  return header && !again && third && isRow(third.cells) ? { firstData: first + 2, headerFrom: first + 1 } : found;
}

/** @param first position of the first row of data  @param rows typical rows of data */
function shapeOf(kept: Located[], headers: Located[], first: number, rows: string[][]): Shape {
  const headerRows = headers.map(({ cells }) => cells);
  const topLine = headers[0]?.line ?? kept[first]!.line;
  const isTitle = ({ cells, line }: Located) =>
    (line < topLine || line > (headers.at(-1)?.line ?? 0)) && !isComment(cells);
  const titles = kept.slice(0, first).filter(isTitle);
  const width = Math.max(commonWidth(rows), ...headerRows.map((cells) => withoutTail(cells).length));
  const given = shifted(namesOf(headerRows.map(uncommented), width), rows);
  const nameless = headers.length === 0 ? 0 : width - withoutTail(given).length;
  const hasCells = (column: number) => rows.some((cells) => (cells[column] ?? '').trim() !== '');
  const unheaded = Array.from({ length: nameless }, (_, i) => width - 1 - i).filter(hasCells).length;
  return {
    width,
    ...unique(given),
    headerLine: headers[0]?.line ?? 0,
    headerRows,
    dataLine: kept[first]?.line ?? Number.POSITIVE_INFINITY,
    titleLines: titles.map(({ line }) => line),
    nameless,
    unheaded,
  };
}

/** A file of words: its first row is taken for the header, so that it can be named in a refusal. */
function wordsOnly({ cells, line }: Located): Shape {
  const named = unique(namesOf([cells], cells.length));
  const below = { dataLine: line + 1, titleLines: [], nameless: 0, unheaded: 0 };
  return { width: cells.length, ...named, headerLine: line, headerRows: [cells], ...below };
}

/** A line drawn under a header. */
const isRule = (cells: string[]) => cells.every((cell) => /^\s*(?:[-=_+:]{3,}\s*)?$/.test(cell));
export const isBlank = (cells: string[]) => cells.every((cell) => cell.trim() === '');
export const isComment = (cells: string[]) => /^\s*(?:#|\/\/)/.test(cells[0] ?? '');

type CellType = 'number' | 'date' | 'word';
function typeOf(cell: string): CellType {
  if (isDateCell(cell)) return 'date';
  return makesSense(cell) ? 'number' : 'word';
}

/** Per column what its cells typically are; null where they are mostly words or missing. */
function profileOf(rows: string[][], width: number): (CellType | null)[] {
  return Array.from({ length: width }, (_, column) => {
    const counts = { number: 0, date: 0, word: 0 };
    for (const cells of rows) {
      const cell = cells[column];
      if (cell !== undefined && !isMissing(cell)) counts[typeOf(cell)]++;
    }
    const filled = counts.number + counts.date + counts.word;
    if (filled === 0 || counts.word > 0.4 * filled) return null;
    return counts.date > counts.number ? 'date' : 'number';
  });
}

function isData(cells: string[], width: number, profile: (CellType | null)[]): boolean {
  if (cells.length < Math.min(width, 2) || isComment(cells)) return false;
  let agreeing = 0;
  let against = 0;
  for (const [column, type] of profile.entries()) {
    const cell = cells[column];
    if (type === null || cell === undefined || isMissing(cell)) continue;
    const own = typeOf(cell);
    if (type === 'date' && own !== 'date') return false;
    if (own === 'word') against++;
    else agreeing++;
  }
  return agreeing > 0 && agreeing > against;
}

interface Located {
  cells: string[];
  line: number;
  blanks: number;
}

/**
 * The header's rows among those above the data: from the fullest one (the nearest to the data among equals is no
 * better than the first) down to the data. Rows above it belong to it when they too name at least two columns.
 */
function headerAbove(above: Located[], width: number): Located[] {
  const fits = ({ cells }: Located) => cells.length >= Math.min(2, width) && withoutTail(cells).length <= width + 1;
  const plain = nearest(
    above.filter(({ cells }) => !isComment(cells)),
    width,
  );
  const candidates = plain.filter(fits);
  if (candidates.length === 0) {
    const last = above.at(-1);
    return last && fits(last) && withoutTail(last.cells).length >= width ? [last] : [];
  }
  const most = Math.max(...candidates.map(({ cells }) => filled(cells)));
  let top = plain.indexOf(candidates.find(({ cells }) => filled(cells) === most)!);
  while (top > 0 && fits(plain[top - 1]!) && isLevel(plain[top - 1]!.cells, width)) top--;
  const rows = plain.slice(top);
  return rows.length > mostLevels ? rows.slice(0, 1) : rows;
}

/** Rows of a header; where there are more, the first one names the columns and the others are facts about them. */
const mostLevels = 3;

/** What stands above a blank line belongs to something else if what stands below it names half the columns. */
function nearest(rows: Located[], width: number): Located[] {
  const block = rows.filter(({ blanks }) => blanks === rows.at(-1)!.blanks);
  const names = Math.max(Math.min(2, width), width / 2);
  return block.some(({ cells }) => filled(cells) >= names) ? block : rows;
}

/** A row of words over at least half the columns: a level of the header above the one that names most. */
function isLevel(cells: string[], width: number): boolean {
  return filled(cells) >= Math.max(2, width / 2) && cells.every((cell) => typeOf(cell) === 'word');
}

const filled = (cells: string[]) => cells.filter((cell) => cell.trim() !== '').length;
