import type { Code, Facts } from '../errors';
import { explain } from '../errors';
import type { Problem, Severity } from './frame';

/** Lines named in a sentence before it says "…". */
const linesNamed = 5;

interface Found {
  code: Code;
  severity: Severity;
  facts: Facts;
  lines: number[];
  count: number;
}

/**
 * Everything found while one file is read. The same finding in the same column is told once, with its count and its
 * first lines.
 */
export class Problems {
  readonly #found = new Map<string, Found>();

  note(code: Code, facts: Facts = {}, line: number | null = null, count = 1): void {
    this.#add(code, 'note', facts, line, count);
  }

  warn(code: Code, facts: Facts = {}, line: number | null = null, count = 1): void {
    this.#add(code, 'warning', facts, line, count);
  }

  /** Warnings first, each kind in the order of its first line. */
  list(): Problem[] {
    const told = [...this.#found.values()].map(({ code, severity, facts, lines, count }) => {
      lines.sort((a, b) => a - b);
      const named = lines.slice(0, linesNamed).join(', ') + (count > linesNamed && lines.length > 0 ? ', …' : '');
      const complete = { ...facts, count, lines: named };
      return {
        code,
        severity,
        facts: complete,
        message: explain(code, complete).message,
        line: lines[0] ?? null,
        count,
      };
    });
    const rank = (problem: Problem) => (problem.severity === 'warning' ? 0 : 1);
    return told.sort((a, b) => rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0));
  }

  #add(code: Code, severity: Severity, facts: Facts, line: number | null, count: number): void {
    const key = `${code}\n${facts.column ?? ''}`;
    const found = this.#found.get(key) ?? { code, severity, facts, lines: [], count: 0 };
    found.count += count;
    if (line !== null && found.lines.length < linesNamed) found.lines.push(line);
    this.#found.set(key, found);
  }
}
