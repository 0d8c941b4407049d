import type { Exported } from '../../core/export/formats';
import { writeForecast } from '../predictions';
import type { ExportSource } from '.';

/** The forecast past the end, dated, with its bands. */
export function csvExport({ record }: ExportSource): Exported {
  return { files: [{ ending: '.csv', bytes: new TextEncoder().encode(writeForecast([record])) }], checked: null };
}
