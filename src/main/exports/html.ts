import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Exported } from '../../core/export/formats';
import { htmlFile, labelledHtml, languageHtml } from '../../core/export/html';
import type { ExportSource } from '.';
import type { LabelledSource } from './labelled';
import type { LanguageSource } from './languages';

/** The pages as they were built, beside the program. */
const built = (name: string) => readFile(fileURLToPath(new URL(`../forecaster/${name}.html`, import.meta.url)), 'utf8');

const asFile = (html: string): Exported => ({
  files: [{ ending: '.html', bytes: new TextEncoder().encode(html) }],
  checked: null,
});
const base64 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');

/** One file that forecasts in any browser: the page with this model in it. */
export async function htmlExport({ record, weights }: ExportSource): Promise<Exported> {
  return asFile(htmlFile(await built('page'), record, base64(weights)));
}

/** One file that writes text in any browser. */
export async function languageHtmlExport({ record, weights }: LanguageSource): Promise<Exported> {
  return asFile(languageHtml(await built('writer'), record, base64(weights)));
}

/** One file that tags or classifies in any browser. */
export async function labelledHtmlExport({ record, weights }: LabelledSource): Promise<Exported> {
  return asFile(labelledHtml(await built('labeller'), record, base64(weights)));
}
