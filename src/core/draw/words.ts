/** How much room words take on paper, where no browser measures them. */

/** Pixels a word takes at this size, near enough to keep words apart: wide scripts take about twice a Latin letter's. */
export const widthOf = (word: string, size = 12): number =>
  (size / 12) * Array.from(word, (letter) => (letter > '\u1100' ? 12 : 6.8)).reduce((sum, each) => sum + each, 0);

/** The text in lines that fit; what has no blank to break at is broken anywhere. */
export function wrapped(text: string, width: number, size = 12): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    let rest = word;
    if (line && widthOf(`${line} ${rest}`, size) > width) {
      lines.push(line);
      line = '';
    }
    while (widthOf(rest, size) > width) {
      const fitting = fittingLetters(rest, width, size);
      lines.push(rest.slice(0, fitting));
      rest = rest.slice(fitting);
    }
    line = line ? `${line} ${rest}` : rest;
  }
  return line ? [...lines, line] : lines;
}

/** The word, or as much of its beginning as fits before a mark that there was more. */
export function shortened(word: string, width: number, size = 12): string {
  if (widthOf(word, size) <= width) return word;
  return `${word.slice(0, fittingLetters(word, width - widthOf('…', size), size))}…`;
}

/** At least one letter, so that every word comes to an end; never half of one that takes two code units. */
function fittingLetters(word: string, width: number, size: number): number {
  let [taken, used] = [0, 0];
  for (const letter of word) {
    used += widthOf(letter, size);
    if (taken > 0 && used > width) break;
    taken += letter.length;
  }
  return taken;
}
