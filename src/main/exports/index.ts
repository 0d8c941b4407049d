import { LabError, type Language } from '../../core/errors';
import { fileName } from '../../core/export/description';
import type { Exported, ExportFormat } from '../../core/export/formats';
import type { TakenFile } from '../../core/protocol';
import { type AnyTextRecord, isLabelled } from '../../core/text/any-record';
import { Datasets } from '../datasets';
import { bundledExamples } from '../examples';
import { isText, type Store, type StoredRun } from '../store';
import { csvExport } from './csv';
import { htmlExport } from './html';
import { labelledWriters } from './labelled';
import { languageWriters } from './languages';
import { onnxExport } from './onnx';
import { reportExport } from './report';
import { safetensorsExport } from './safetensors';
import { zipOf } from './zip';

/** A run as its writers are given it. */
export interface ExportSource extends StoredRun {
  /** The run's own file of weights. */
  weights: Uint8Array;
  store: Store;
  /** Where the run's file is found again. */
  datasets: Datasets;
  /** All runs that are meant, this one the first: a report sets them side by side. */
  runs: string[];
}

interface Writer {
  /** Media type of the first file. */
  type: string;
  write(source: ExportSource): Exported | Promise<Exported>;
}

/** What there is to take away: a writer per format. */
const writers = {
  onnx: { type: 'application/octet-stream', write: onnxExport },
  safetensors: { type: 'application/octet-stream', write: safetensorsExport },
  html: { type: 'text/html', write: htmlExport },
  csv: { type: 'text/csv', write: csvExport },
  report: { type: 'text/html', write: ({ store, runs }) => reportExport(store, runs, 'en') },
} satisfies Record<ExportFormat, Writer>;

/** @throws LabError when there is no such run, or it cannot be written so */
export async function exportRun(
  store: Store,
  run: string,
  format: ExportFormat,
  runs = [run],
  datasets = new Datasets(bundledExamples, () => {}),
): Promise<Exported> {
  const [found, weights] = await Promise.all([store.any(run), store.weights(run)]);
  if (isText(found)) return exportText(found, { weights, datasets }, format);
  const stored = await store.read(run);
  return writers[format].write({ ...stored, weights, store, runs, datasets });
}

type TextParts = Pick<ExportSource, 'weights' | 'datasets'>;

function exportText(record: AnyTextRecord, parts: TextParts, format: ExportFormat): Exported | Promise<Exported> {
  const { id: run } = record;
  if (isLabelled(record)) {
    const write = labelledWriters[format];
    if (write) return write({ record, ...parts });
    throw new LabError('labels.no-export', { run, format, formats: Object.keys(labelledWriters).join(', ') });
  }
  const write = languageWriters[format];
  if (write) return write({ record, ...parts });
  throw new LabError('export.not-of-language', { run, format, formats: Object.keys(languageWriters).join(', ') });
}

/** The same for a page: one file, a zip where there are several. */
export async function takenFile(
  store: Store,
  run: string,
  format: ExportFormat,
  datasets: Datasets,
): Promise<TakenFile> {
  const record = await store.any(run);
  const of = isText(record) ? fileName(record.dataset.file) : record.dataset.target;
  return taken(`${of}-${record.name}`, await exportRun(store, run, format, [run], datasets), format);
}

/** Runs side by side, for a page to save. */
export async function takenReport(
  store: Store,
  runs: string[],
  language: Language,
  target?: string,
): Promise<TakenFile> {
  const exported = await reportExport(store, runs, language, target);
  const { record } = await store.read(runs[0]!);
  return taken(`${target ?? record.dataset.target}-report`, exported, 'report');
}

function taken(called: string, { files, checked }: Exported, format: ExportFormat): TakenFile {
  const [only] = files;
  const stem = called.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  const name = stem || 'model';
  if (!only || files.length > 1)
    return { name: `${name}-${format}.zip`, type: 'application/zip', base64: base64(zipOf(name, files)), checked };
  return { name: `${name}${only.ending}`, type: writers[format].type, base64: base64(only.bytes), checked };
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
