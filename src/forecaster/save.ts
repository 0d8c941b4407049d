import { marked } from '../core/export/mark';
import { element } from './elements';

/** A table as a file of the reader's. */
export function saveText(text: string, download: string): void {
  const href = URL.createObjectURL(new Blob([marked(text)], { type: 'text/csv' }));
  element('a', { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** A cell of a CSV: a text may hold commas and quotes, and must not be taken for a formula. */
export const cell = (text: string): string =>
  `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
