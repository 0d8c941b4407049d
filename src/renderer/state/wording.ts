import { type Explanation, explain, type Language } from '../../core/errors';
import type { Messages } from '../messages/en';

export interface Coded {
  code: string;
  facts: Record<string, string | number>;
}

/** A coded thing in the reader's language; baselines, choices and remedies are called there what they are called in the window. */
export function worded({ code, facts }: Coded, t: Messages, language: Language): Explanation {
  const baselines: Partial<Record<string, string>> = t.models.baselines;
  const options: Partial<Record<string, string>> = t.settings.options;
  const known = { baseline: baselines, transform: options, scale: options };
  const named = Object.entries(facts).map(([key, fact]) => [key, known[key as keyof typeof known]?.[fact] ?? fact]);
  const { message, remedy, inWindow } = explain(code, Object.fromEntries(named), language);
  return { message, remedy: inWindow ?? remedy };
}

/** What a file is called in the window: a bundled example by its title, any other by its own name. */
export function fileTitle(file: string, t: Messages): string {
  const titles: Partial<Record<string, string>> = t.files.titles;
  return (file.startsWith('example:') && titles[file.slice('example:'.length)]) || file;
}
