/**
 * A table that is taken along. Letters beyond ASCII are announced by the mark of UTF-8, without which spreadsheets misread
 * them; a table of plain letters has none, for whoever reads it byte by byte.
 */
export const marked = (table: string): string => markFor([table]) + table;

/** What a table begins with that is written piece by piece and has these words in it. */
export const markFor = (words: string[]): string =>
  words.every((word) => /^[\p{ASCII}]*$/u.test(word)) ? '' : '\ufeff';
