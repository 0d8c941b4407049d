import type { Exported, ExportFormat } from '../../core/export/formats';
import type { TakenFile } from '../../core/protocol';
import type { Store, StoredRun } from '../store';
import { csvExport } from './csv';
import { htmlExport } from './html';
import { safetensorsExport } from './safetensors';
import { zipOf } from './zip';

/** A run as its writers are given it. */
export interface ExportSource extends StoredRun {
  /** The run's own file of weights. */
  weights: Uint8Array;
  store: Store;
}

interface Writer {
  /** Media type of the first file. */
  type: string;
  write(source: ExportSource): Exported | Promise<Exported>;
}

/** What there is to take away: a writer per format. */
const writers = {
  safetensors: { type: 'application/octet-stream', write: safetensorsExport },
  html: { type: 'text/html', write: htmlExport },
  csv: { type: 'text/csv', write: csvExport },
} satisfies Record<ExportFormat, Writer>;

/** @throws LabError when there is no such run, or it cannot be written so */
export async function exportRun(store: Store, run: string, format: ExportFormat): Promise<Exported> {
  const [stored, weights] = await Promise.all([store.read(run), store.weights(run)]);
  return writers[format].write({ ...stored, weights, store });
}

/** The same for a page: one file, a zip where there are several. */
export async function takenFile(store: Store, run: string, format: ExportFormat): Promise<TakenFile> {
  const { record } = await store.read(run);
  const { files, checked } = await exportRun(store, run, format);
  const [only] = files;
  const stem = `${record.dataset.target}-${record.name}`.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  const name = stem || 'model';
  if (!only || files.length > 1)
    return { name: `${name}-${format}.zip`, type: 'application/zip', base64: base64(zipOf(name, files)), checked };
  return { name: `${name}${only.ending}`, type: writers[format].type, base64: base64(only.bytes), checked };
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
