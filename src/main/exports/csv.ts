import type { Exported } from '../../core/export/formats';
import { writeClassForecast } from '../class-predictions';
import { writeForecast } from '../predictions';
import type { ExportSource } from '.';

/** The forecasts past the end, dated, with their bands. */
export async function csvExport({ store, runs }: ExportSource): Promise<Exported> {
  const records = await Promise.all(runs.map(async (run) => (await store.read(run)).record));
  const text = (records[0]?.classes ? writeClassForecast : writeForecast)(records);
  return { files: [{ ending: '.csv', bytes: new TextEncoder().encode(text) }], checked: null };
}
