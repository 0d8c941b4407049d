import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Exported } from '../../core/export/formats';
import { htmlFile } from '../../core/export/html';
import type { ExportSource } from '.';

/** The page as it was built, beside the program. */
const page = fileURLToPath(new URL('../forecaster/page.html', import.meta.url));

/** One file that forecasts in any browser: the page with this model in it. */
export async function htmlExport({ record, weights }: ExportSource): Promise<Exported> {
  const base64 = Buffer.from(weights.buffer, weights.byteOffset, weights.length).toString('base64');
  const html = htmlFile(await readFile(page, 'utf8'), record, base64);
  return { files: [{ ending: '.html', bytes: new TextEncoder().encode(html) }], checked: null };
}
