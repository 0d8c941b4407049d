export type Language = 'en' | 'ko';
export type Facts = Record<string, string | number>;

/**
 * What is wrong and where (`message`), and what to do (`remedy`, may be empty for a mere note). Where that is an option of the
 * command line, `inWindow` says what to do in the window.
 */
export interface Explanation {
  message: string;
  remedy: string;
  inWindow?: string;
}

/** One entry of the catalogue, in every language of the window. */
export type Entry = Record<Language, (facts: Facts) => Explanation>;
