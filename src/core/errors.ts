import { classMessages } from './errors/classes';
import { compareMessages } from './errors/compare';
import { dataMessages } from './errors/data';
import type { Entry, Explanation, Facts, Language } from './errors/entry';
import { experimentMessages } from './errors/experiment';
import { exportMessages } from './errors/export';
import { hostMessages } from './errors/host';
import { insideMessages } from './errors/inside';
import { joinMessages } from './errors/join';
import { labelMessages } from './errors/labels';
import { oneRowMessages } from './errors/one-row';
import { resumeMessages } from './errors/resume';
import { sharingMessages } from './errors/sharing';
import { textMessages } from './errors/text';

/**
 * The catalogue: a code and its facts become one sentence and a remedy, in every language of the window.
 * What the user can mend is thrown as a `LabError`; anything else that is thrown is a bug and must stay loud.
 */
export type { Entry, Explanation, Facts, Language };

export const catalogue = {
  ...classMessages,
  ...compareMessages,
  ...dataMessages,
  ...experimentMessages,
  ...exportMessages,
  ...hostMessages,
  ...insideMessages,
  ...joinMessages,
  ...resumeMessages,
  ...oneRowMessages,
  ...labelMessages,
  ...sharingMessages,
  ...textMessages,
} satisfies Record<string, Entry>;
export type Code = keyof typeof catalogue;

export function explain(code: string, facts: Facts, language: Language = 'en'): Explanation {
  const entry = (catalogue as Record<string, Entry>)[code];
  if (!entry) throw new Error(`no entry "${code}" in the catalogue`);
  return entry[language](facts);
}

/** The user's input cannot be used. `file` and `line` are given where they apply. */
export class LabError extends Error {
  readonly code: Code;
  readonly facts: Facts;
  readonly file: string | null;
  readonly line: number | null;

  constructor(code: Code, facts: Facts = {}, where: { file?: string; line?: number } = {}) {
    super(explain(code, facts).message);
    this.name = 'LabError';
    this.code = code;
    this.facts = facts;
    this.file = where.file ?? null;
    this.line = where.line ?? null;
  }

  /** The same refusal as plain data, for crossing a process boundary. */
  view(): LabErrorView {
    const { message, remedy } = explain(this.code, this.facts);
    return { code: this.code, facts: this.facts, message, remedy, file: this.file, line: this.line };
  }
}

/** A refusal as it crosses a process boundary; the window words it anew in its own language from code and facts. */
export interface LabErrorView extends Explanation {
  code: string;
  facts: Facts;
  file: string | null;
  line: number | null;
}

/** A thrown value as a view: a `LabError` as itself, anything else as the bug it is. */
export function asView(thrown: unknown): LabErrorView {
  if (thrown instanceof LabError) return thrown.view();
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new LabError('host.bug', { detail }).view();
}
