import { type DecimalMark, decimalEvidence, Evidence } from './numbers';

/** What a column's sampled cells tell of the decimal mark, counted. */
export interface DecimalTally {
  /** Numbers without any mark, of at most three digits and of more. */
  short: number;
  long: number;
  openPoint: number;
  openComma: number;
  point: number;
  comma: number;
}

export const emptyTally = (): DecimalTally => ({ short: 0, long: 0, openPoint: 0, openComma: 0, point: 0, comma: 0 });

/** Counts a cell; false when it is not a number in any reading. */
export function tally(counts: DecimalTally, cell: string): boolean {
  const evidence = decimalEvidence(cell);
  if (evidence === null) return false;
  if (evidence === Evidence.point) counts.point++;
  else if (evidence === Evidence.comma) counts.comma++;
  else if (evidence === Evidence.openPoint) counts.openPoint++;
  else if (evidence === Evidence.openComma) counts.openComma++;
  else if (cell.replace(/\D/g, '').length > 3) counts.long++;
  else counts.short++;
  return true;
}

/** What else a file tells of where it comes from. */
export interface Circumstances {
  delimiter: string;
  /** Dates written 31.12.2024. */
  dottedDates: boolean;
}

export interface DecimalVerdict {
  mark: DecimalMark;
  /** Nothing in the file proves it. */
  open: boolean;
}

/**
 * The file's decimal mark. One cell that can be read in one way only proves it, and the majority decides where cells
 * contradict each other. Where every mark stands before exactly three digits, the columns as a whole speak: whole
 * numbers up to 999 beside grouped ones, and none without a mark above, are a column of thousands.
 */
export function decideDecimal(columns: DecimalTally[], { delimiter, dottedDates }: Circumstances): DecimalVerdict {
  const sum = (pick: (counts: DecimalTally) => number) => columns.reduce((total, counts) => total + pick(counts), 0);
  const point = sum((counts) => counts.point);
  const comma = sum((counts) => counts.comma);
  if (point !== comma) return { mark: point > comma ? '.' : ',', open: false };
  const openPoint = sum((counts) => counts.openPoint);
  const openComma = sum((counts) => counts.openComma);
  const local: DecimalMark = dottedDates && delimiter !== ',' ? ',' : '.';
  if (openPoint === 0 && openComma === 0) return { mark: local, open: false };
  if (delimiter === ',') return { mark: '.', open: false };
  const grouping = columns.filter((counts) => counts.short > 0 && counts.long === 0);
  if (grouping.some((counts) => counts.openPoint > 0)) return { mark: ',', open: false };
  if (grouping.some((counts) => counts.openComma > 0)) return { mark: '.', open: false };
  const ungrouped = columns.filter((counts) => counts.long > 0);
  if (ungrouped.some((counts) => counts.openPoint > 0)) return { mark: '.', open: false };
  if (ungrouped.some((counts) => counts.openComma > 0)) return { mark: ',', open: false };
  return { mark: dottedDates ? ',' : '.', open: !dottedDates };
}
