import { element } from './elements';

/** A text as a file of the reader's. */
export function saveText(text: string, download: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  element('a', { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
