/**
 * What can be counted of a text after each of its characters, for units of a network to be held against. The first three are
 * those of the well-known pictures of units that count (Karpathy, Johnson and Fei-Fei 2015).
 */
export const measureNames = ['line', 'brackets', 'quotes', 'word', 'capital', 'indent'] as const;
export type MeasureName = (typeof measureNames)[number];

const opening = '([{';
const closing = ')]}';

/** Values after each character, [T] per measure:
 *
 *   line      characters since the last line feed, which is 0 itself
 *   brackets  brackets of any kind that are open; a closing one too many counts for nothing
 *   quotes    1 inside double quotes, begun by " or “ and ended by " or ”, at the latest by an empty line
 *   word      letters since the last character that is none, which is 0 itself
 *   capital   1 in a word that began with a capital letter
 *   indent    blanks and tabs the line begins with, so far
 */
export function measuresOf(characters: readonly string[]): Record<MeasureName, Float64Array> {
  const made = Object.fromEntries(measureNames.map((name) => [name, new Float64Array(characters.length)])) as Record<
    MeasureName,
    Float64Array
  >;
  const now: Record<MeasureName, number> = { line: 0, brackets: 0, quotes: 0, word: 0, capital: 0, indent: 0 };
  characters.forEach((character, t) => {
    follow(now, character, characters[t - 1] ?? '\n');
    for (const name of measureNames) made[name][t] = now[name];
  });
  return made;
}

function follow(now: Record<MeasureName, number>, character: string, before: string): void {
  const ends = character === '\n';
  const blank = character === ' ' || character === '\t';
  if (blank && now.indent === now.line) now.indent++;
  now.line = ends ? 0 : now.line + 1;
  if (ends) now.indent = 0;
  if (opening.includes(character)) now.brackets++;
  else if (closing.includes(character)) now.brackets = Math.max(0, now.brackets - 1);
  if (character === '"') now.quotes = 1 - now.quotes;
  else if (character === '“') now.quotes = 1;
  else if (character === '”' || (ends && before === '\n')) now.quotes = 0;
  const letter = /\p{L}/u.test(character);
  if (!letter) now.capital = 0;
  else if (now.word === 0) now.capital = Number(/\p{Lu}/u.test(character));
  now.word = letter ? now.word + 1 : 0;
}
