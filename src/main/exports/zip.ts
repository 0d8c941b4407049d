import { zipSync } from 'fflate';
import type { ExportedFile } from '../../core/export/formats';

/** The files of an export in one, each named by the stem and its own ending. */
export function zipOf(stem: string, files: ExportedFile[]): Uint8Array {
  return zipSync(Object.fromEntries(files.map(({ ending, bytes }) => [`${stem}/${stem}${ending}`, bytes])));
}
