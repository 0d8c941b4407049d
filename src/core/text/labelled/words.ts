import type { GivenText } from './record';
import type { InputName } from './settings';

/**
 * A word is a run of letters and digits, apostrophes between them included; of scripts that put no blanks between words, a
 * letter; every other sign is a word of its own.
 */
export const scriptsWithoutBlanks =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}]';
const letterAlone = `${scriptsWithoutBlanks}\\p{M}*`;
const letter = `(?:(?!${letterAlone})[\\p{L}\\p{M}\\p{N}])`;
export const wordSource = `${letterAlone}|${letter}+(?:['’]${letter}+)*|[^\\s]`;
const wordPattern = new RegExp(wordSource, 'gu');

export const wordsOf = (text: string): string[] => text.match(wordPattern) ?? [];

/** What a network reads of a text: the words of a sentence as they are, of a whole text its words in small letters, or its characters. */
export function tokensOf({ content }: Pick<GivenText, 'content'>, input: InputName): string[] {
  if (typeof content !== 'string') return content;
  return input === 'character' ? [...squeezed(content)] : wordsOf(content.toLowerCase());
}

/** One text under all spellings that are the same to a reader: what is equal is never in two parts. */
export const keyOf = ({ content }: Pick<GivenText, 'content'>): string =>
  squeezed(typeof content === 'string' ? content : content.join(' ')).toLowerCase();

const squeezed = (text: string) => text.replace(/\s+/gu, ' ').trim();

/** Whether most of what is written is in scripts without blanks between words. */
export function withoutBlanks(texts: readonly string[]): boolean {
  const alone = new RegExp(letterAlone, 'gu');
  const count = (pattern: RegExp) => texts.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0);
  return count(alone) > 0.5 * count(/\p{L}/gu);
}
