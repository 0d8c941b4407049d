import type { InputName } from './settings';

/**
 * What a network knows by number, made from the training part alone: 0 nothing (behind a text's end), 1 unknown, then the shapes
 * of unknown words, then the words or characters.
 */
export interface Lexicon {
  unit: InputName;
  shapes: string[];
  words: string[];
}
export const nothing = 0;
export const unknown = 1;
const reserved = 2;

export const sizeOf = ({ shapes, words }: Lexicon): number => reserved + shapes.length + words.length;

/** Words of a shape in training from which on it has a number of its own, and shapes at most. */
const fewest = 4;
const mostShapes = 500;
/** Letters of the ending that a shape names at most. */
const ending = 3;

/**
 * What a word looks like, the most telling first: whether it is written in capitals, with digits or hyphens, and how it ends.
 * Words that are not in the vocabulary are told apart by it (Brants 2000; Petrov et al. 2006, "unknown word signatures").
 */
export function shapesOf(word: string): string[] {
  const letters = word.replace(/[^\p{L}\p{M}]/gu, '');
  if (letters === '') return [/\p{N}/u.test(word) ? 'digits' : 'signs'];
  const cased = letters.toLowerCase() !== letters.toUpperCase();
  const capitals = letters === letters.toUpperCase() && letters.length > 1 ? 'capitals' : 'capital';
  const kind = [
    ...(cased && letters[0] !== letters[0]!.toLowerCase() ? [capitals] : []),
    ...(/\p{N}/u.test(word) ? ['digits'] : []),
    ...(/\p{L}-|-\p{L}/u.test(word) ? ['hyphen'] : []),
  ].join(' ');
  const end = [...letters.toLowerCase()];
  const longest = Math.min(ending, end.length - 1);
  const endings = Array.from({ length: Math.max(0, longest) }, (_, i) => `${kind} -${end.slice(i - longest).join('')}`);
  return [...endings.map((shape) => shape.trim()), kind || 'letters'];
}

export interface LexiconOptions {
  unit: InputName;
  /** Words at most. */
  most: number;
  /** Occurrences from which on a word is known. */
  rare: number;
}

/** @param texts the tokens of the training part, and of it alone */
export function lexiconOf(texts: readonly string[][], { unit, most, rare }: LexiconOptions): Lexicon {
  const counts = new Map<string, number>();
  for (const tokens of texts) for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  const often = [...counts].filter(([, count]) => count >= rare).sort(byCount);
  const words = often.slice(0, most).map(([word]) => word);
  if (unit === 'character') return { unit, shapes: [], words };
  const known = new Set(words);
  const shapes = new Map<string, number>();
  for (const [word, count] of counts) {
    if (known.has(word) || known.has(word.toLowerCase())) continue;
    for (const shape of shapesOf(word)) shapes.set(shape, (shapes.get(shape) ?? 0) + count);
  }
  const kept = [...shapes].filter(([, count]) => count >= fewest).sort(byCount);
  return { unit, shapes: kept.slice(0, mostShapes).map(([shape]) => shape), words };
}

const byCount = ([a, m]: [string, number], [b, n]: [string, number]) => n - m || (a < b ? -1 : 1);

/** The number of any token: its own, that of its small letters, of its shape, or the unknown's. */
export function numbering(lexicon: Lexicon): (token: string) => number {
  const { shapes, words } = lexicon;
  const ofWord = new Map(words.map((word, i) => [word, reserved + shapes.length + i]));
  const ofShape = new Map(shapes.map((shape, i) => [shape, reserved + i]));
  const known = new Map<string, number>();
  const find = (token: string): number => {
    const own = ofWord.get(token) ?? (lexicon.unit === 'word' ? ofWord.get(token.toLowerCase()) : undefined);
    if (own !== undefined || shapes.length === 0) return own ?? unknown;
    for (const shape of shapesOf(token)) if (ofShape.has(shape)) return ofShape.get(shape)!;
    return unknown;
  };
  return (token) => {
    const number = known.get(token) ?? find(token);
    known.set(token, number);
    return number;
  };
}

/** Whether a number is that of a word and not of the unknown or of a shape. */
export const isKnown = ({ shapes }: Lexicon, number: number): boolean => number >= reserved + shapes.length;
