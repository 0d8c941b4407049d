import { lineOf, type Rows } from './csv';
import { commonWidth, isDateCell } from './delimiter';
import { isMissing } from './missing';
import { decimalEvidence } from './numbers';

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
  /** Rows above the header that are neither comments nor blank. */
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
  const kept = sample.cells
    .map((cells, i) => ({ cells, line: lineOf(sample, i) }))
    .filter(({ cells }) => !isBlank(cells));
  const body = kept.slice(Math.min(searched, Math.floor(kept.length / 2)));
  if (body.length === 0) return null;
  let width = commonWidth(body.slice(0, typical).map(({ cells }) => cells));
  const profile = profileOf(
    body.slice(0, typical).map(({ cells }) => cells),
    width,
  );
  const looksLikeData = (cells: string[]) => isData(cells, width, profile);
  let first: number;
  let headers: typeof kept;
  if (chosen !== undefined) {
    const at = kept.findIndex(({ line }) => line >= chosen);
    if (at < 0) return null;
    first =
      chosen === 0
        ? Math.max(
            0,
            kept.findIndex(({ cells }) => looksLikeData(cells)),
          )
        : at + 1;
    headers = chosen === 0 ? [] : kept.slice(at, first);
  } else {
    first = kept.slice(0, searched + typical).findIndex(({ cells }) => looksLikeData(cells));
    if (first < 0) return wordsOnly(kept[0]!.cells, kept[0]!.line);
    headers = headerAbove(kept.slice(0, first), width);
  }
  const topLine = headers[0]?.line ?? kept[first]?.line ?? 0;
  const titles = kept.filter(({ cells, line }) => line < topLine && !isComment(cells));
  const headerRows = headers.map(({ cells }) => cells);
  width = Math.max(width, ...headerRows.map((cells) => withoutTail(cells).length));
  const under = body.slice(0, typical).map(({ cells }) => cells);
  const given = shifted(namesOf(headerRows.map(uncommented), width), under);
  const nameless = headers.length === 0 ? 0 : width - withoutTail(given).length;
  const hasCells = (column: number) => under.some((cells) => (cells[column] ?? '').trim() !== '');
  const unheaded = Array.from({ length: nameless }, (_, i) => width - 1 - i).filter(hasCells).length;
  const { names, duplicates } = unique(given);
  return {
    width,
    names,
    headerLine: headers[0]?.line ?? 0,
    headerRows,
    dataLine: kept[first]?.line ?? Number.POSITIVE_INFINITY,
    titleLines: titles.map(({ line }) => line),
    duplicates,
    nameless,
    unheaded,
  };
}

/** R writes row names without a heading: the names then stand one column too far left. */
function shifted(names: string[], rows: string[][]): string[] {
  if (names.length < 2 || names.at(-1) !== '' || names.slice(0, -1).includes('')) return names;
  const counts = rows.every((cells, i) => i === 0 || Number(cells[0]) - Number(rows[i - 1]![0]) === 1);
  const full = rows.every((cells) => (cells.at(-1) ?? '').trim() !== '' && cells.length === names.length);
  return rows.length > 1 && counts && full ? ['', ...names.slice(0, -1)] : names;
}

/** A file of words: its first row is taken for the header, so that it can be named in a refusal. */
function wordsOnly(cells: string[], line: number): Shape {
  const { names, duplicates } = unique(namesOf([cells], cells.length));
  const dataLine = line + 1;
  return {
    width: cells.length,
    names,
    headerLine: line,
    headerRows: [cells],
    dataLine,
    titleLines: [],
    duplicates,
    nameless: 0,
    unheaded: 0,
  };
}

export const isBlank = (cells: string[]) => cells.every((cell) => cell.trim() === '');
export const isComment = (cells: string[]) => /^\s*(?:#|\/\/)/.test(cells[0] ?? '');

type CellType = 'number' | 'date' | 'word';
function typeOf(cell: string): CellType {
  if (isDateCell(cell)) return 'date';
  return decimalEvidence(cell) === null ? 'word' : 'number';
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
}

/**
 * The header's rows among those above the data: from the fullest one (the nearest to the data among equals is no
 * better than the first) down to the data. Rows above it belong to it when they too name at least two columns.
 */
function headerAbove(above: Located[], width: number): Located[] {
  const fits = ({ cells }: Located) => cells.length >= Math.min(2, width) && withoutTail(cells).length <= width + 1;
  const plain = above.filter(({ cells }) => !isComment(cells));
  const candidates = plain.filter(fits);
  if (candidates.length === 0) {
    const nearest = above.at(-1);
    return nearest && fits(nearest) && withoutTail(nearest.cells).length >= width ? [nearest] : [];
  }
  const most = Math.max(...candidates.map(({ cells }) => filled(cells)));
  let top = plain.indexOf(candidates.find(({ cells }) => filled(cells) === most)!);
  while (top > 0 && fits(plain[top - 1]!) && isLevel(plain[top - 1]!.cells, width)) top--;
  return plain.slice(top);
}

/** A row of words over at least half the columns: a level of the header above the one that names most. */
function isLevel(cells: string[], width: number): boolean {
  return filled(cells) >= Math.max(2, width / 2) && cells.every((cell) => typeOf(cell) === 'word');
}

const filled = (cells: string[]) => cells.filter((cell) => cell.trim() !== '').length;
function withoutTail(cells: string[]): string[] {
  let end = cells.length;
  while (end > 0 && cells[end - 1]!.trim() === '') end--;
  return cells.slice(0, end);
}
const uncommented = (cells: string[]) => cells.map((cell, i) => (i === 0 ? cell.replace(/^\s*#+\s*(?=\S)/, '') : cell));

/**
 * One name per column. Of several header rows, those that name one column alone name the index (yfinance writes
 * "Date" so), those that say the same over all columns are left out, and the rest are joined.
 */
function namesOf(rows: string[][], width: number): string[] {
  const clean = rows.map((cells) =>
    Array.from({ length: width }, (_, i) => (cells[i] ?? '').replace(/\s+/g, ' ').trim()),
  );
  if (clean.length <= 1) return clean[0] ?? Array.from({ length: width }, () => '');
  const index = clean.find((cells) => cells[0] !== '' && cells.slice(1).every((cell) => cell === ''));
  const levels = clean.filter((cells) => cells !== index);
  const telling = levels.filter((cells) => new Set(cells.slice(1)).size > 1);
  const used = telling.length > 0 ? telling : levels.slice(0, 1);
  return Array.from({ length: width }, (_, column) => {
    if (column === 0 && index) return index[0]!;
    if (column === 0) return used.at(-1)?.[0] || used[0]?.[0] || '';
    return [...new Set(used.map((cells) => cells[column]!).filter((part) => part !== ''))].join(' ');
  });
}

/** Every name once: nameless columns are numbered by their place, repeated names by their turn. */
function unique(given: string[]): { names: string[]; duplicates: string[] } {
  const taken = new Set(given);
  const seen = new Set<string>();
  const duplicates = new Set<string>();
  const names = given.map((name, column) => {
    const base = name || `Column ${column + 1}`;
    if (name !== '' && !seen.has(name)) {
      seen.add(name);
      return name;
    }
    if (name !== '') duplicates.add(name);
    let turn = name === '' ? 1 : 2;
    let next = name === '' ? base : `${base} (${turn})`;
    while (taken.has(next)) next = `${base} (${++turn})`;
    taken.add(next);
    return next;
  });
  return { names, duplicates: [...duplicates] };
}
