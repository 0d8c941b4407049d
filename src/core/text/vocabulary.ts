import { LabError } from '../errors';

/** The characters of a text (Unicode code points), in the order of their numbers; each one's place is its token. */
export interface Vocabulary {
  tokens: string[];
  /** How often each occurs. */
  counts: number[];
}

/** More characters than this make a head larger than all else in the network, and most would hardly be seen. */
export const mostCharacters = 5000;

/** @throws LabError text.vocabulary, text.one-character */
export function vocabularyOf(text: string): Vocabulary {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  if (counts.size > mostCharacters)
    throw new LabError('text.vocabulary', { characters: counts.size, most: mostCharacters });
  const [only] = counts.keys();
  if (counts.size === 1) throw new LabError('text.one-character', { character: JSON.stringify(only) });
  const tokens = [...counts.keys()].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
  return { tokens, counts: tokens.map((token) => counts.get(token)!) };
}

/** The numbers of a text's characters; null where one is not in the vocabulary. */
export function encode(text: string, tokens: readonly string[]): Int32Array | null {
  const numbers = new Map(tokens.map((token, i) => [token, i]));
  const encoded = Int32Array.from([...text], (character) => numbers.get(character) ?? -1);
  return encoded.includes(-1) ? null : encoded;
}

/** The first character of a text that is not in the vocabulary. */
export function strangerIn(text: string, tokens: readonly string[]): string | null {
  const known = new Set(tokens);
  return [...text].find((character) => !known.has(character)) ?? null;
}
