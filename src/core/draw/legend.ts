/** Names under a title, each beside a stretch of its line long enough for every dash to be known by it. */
export interface Entry {
  word: string;
  colour: string;
  /** Pixels drawn and left out by turns; none: drawn throughout. */
  dash: number[];
  /** The colour is one of cells, not of a line. */
  filled?: boolean;
}

export const legendRow = 18;
/** Pixels of line before a name, between the two, and after the name. */
export const legendStroke = 28;
const beforeWord = 6;
const afterWord = 18;

export interface PlacedEntry extends Entry {
  /** Where its line begins. */
  left: number;
  /** Where its name begins. */
  wordLeft: number;
  /** Row below the first. */
  row: number;
}

/** From left to right within `width` pixels from `left`; what has no room begins the next row. */
export function placeLegend(
  entries: Entry[],
  left: number,
  width: number,
  widthOf: (word: string) => number,
): PlacedEntry[] {
  let [at, row] = [left, 0];
  return entries.map((entry) => {
    const needed = legendStroke + beforeWord + widthOf(entry.word);
    if (at > left && at + needed > left + width) [at, row] = [left, row + 1];
    const placed = { ...entry, left: at, wordLeft: at + legendStroke + beforeWord, row };
    at += needed + afterWord;
    return placed;
  });
}

/** Pixels that the rows of a legend take beyond the first. */
export const furtherRows = (placed: PlacedEntry[]): number => (placed.at(-1)?.row ?? 0) * legendRow;
