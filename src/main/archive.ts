import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type UnzipFileInfo, unzipSync, Zip, ZipDeflate } from 'fflate';
import { LabError } from '../core/errors';
import { fileName } from '../core/export/description';
import { marked } from '../core/export/mark';
import { weightsFrom } from '../core/export/weights';
import { annotationSchema } from './annotations';
import type { Brought } from './bringing';
import { forecastsOf } from './class-predictions';
import { parseJson } from './json';
import { anyRecordFrom } from './record';
import { type AnyRecord, isReserved, isText, type Store } from './store';

/**
 * A project as one file: a zip of its plain folder, `project.json` first, then the files of every run. Nothing of one that
 * comes from elsewhere is believed: names are only compared with those a project may have, never used as paths; numbers,
 * sizes and ratios are bounded before anything is unpacked; records, weights and tables are checked as they are read.
 */
const format = 'unroll-project';
const projectVersion = 1;
const manifestName = 'project.json';

/** The files of a run, and how large each may be. */
const megabyte = 1 << 20;
const runFiles: Record<string, number> = {
  'run.json': 64 * megabyte,
  'weights.safetensors': 512 * megabyte,
  'predictions.csv': 512 * megabyte,
  'annotation.json': megabyte,
};
export const archiveLimits = {
  bytes: 1024 * megabyte,
  entries: 50_000,
  unpackedBytes: 8192 * megabyte,
  /** Of unpacked to packed, for what unpacks to more than a megabyte; Deflate cannot exceed 1032. */
  ratio: 400,
};

/** Writes the project's runs to `file`; gives their number. What a run knows of this machine's folders stays here. */
export async function packProject(store: Store, file: string, program: string): Promise<number> {
  const { records: forecasts, texts } = await store.list();
  const records: AnyRecord[] = [...forecasts, ...texts];
  const temporary = `${file}-${randomBytes(4).toString('hex')}`;
  const handle = await open(temporary, 'w').catch((thrown) => {
    throw notWritten(file, thrown);
  });
  try {
    let pieces: Uint8Array[] = [];
    const zip = new Zip((error, piece) => {
      if (error) throw error;
      pieces.push(piece);
    });
    const flush = async () => {
      for (const piece of pieces) await handle.write(piece);
      pieces = [];
    };
    const add = async (name: string, bytes: Uint8Array) => {
      const entry = new ZipDeflate(name, { level: 6 });
      zip.add(entry);
      entry.push(bytes, true);
      await flush();
    };
    const json = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
    await add(manifestName, json({ format, version: projectVersion, program }));
    for (const record of records) {
      const { path: _, ...rest } = record.dataset;
      const dataset = { ...rest, file: fileName(rest.file) };
      await add(`runs/${record.id}/run.json`, json({ ...record, dataset }));
      const folder = join(store.folder, 'runs', record.id);
      const there = await readdir(folder);
      for (const name of Object.keys(runFiles))
        if (name !== 'run.json' && there.includes(name))
          await add(`runs/${record.id}/${name}`, await readFile(join(folder, name)));
    }
    zip.end();
    await flush();
    await handle.close();
    await rename(temporary, file);
    return records.length;
  } catch (thrown) {
    await handle.close().catch(() => {});
    await rm(temporary, { force: true });
    throw notWritten(file, thrown);
  }
}

function notWritten(file: string, thrown: unknown): unknown {
  const { code, syscall } = thrown as NodeJS.ErrnoException;
  return syscall && code ? new LabError('export.not-written', { file, reason: code }, { file }) : thrown;
}

/** Brings the runs of an archive into the project; those that are there already are left as they are. */
export async function openProject(store: Store, bytes: Uint8Array, file: string): Promise<Brought> {
  const runs = contentsOf(bytes, file);
  checkManifest(bytes, file);
  const { records, texts } = await store.list();
  const there = new Set([...records, ...texts].map(({ id }) => id));
  const unpacked: Brought = { brought: [], known: [], refused: [] };
  for (const run of runs) {
    if (there.has(run)) {
      unpacked.known.push(run);
      continue;
    }
    try {
      unpacked.brought.push(await bring(store, run, entriesOf(bytes, `runs/${run}/`, file), file));
    } catch (thrown) {
      if (!(thrown instanceof LabError)) throw thrown;
      unpacked.refused.push(thrown.view());
    }
  }
  return unpacked;
}

/** The parts of an exported model, where the archive is one: a .safetensors and its .json. */
export function modelInArchive(bytes: Uint8Array, file: string): { description: string; weights: Uint8Array } | null {
  const limits: Record<string, number> = { json: runFiles['run.json']!, safetensors: runFiles['weights.safetensors']! };
  const wanted = (name: string) => /^[^/]+\/[^/]+\.(json|safetensors)$/.exec(name)?.[1] ?? '';
  let stems = new Set<string>();
  unzip(bytes, file, ({ name }) => {
    if (wanted(name) === 'safetensors' && stems.size < 2) stems = stems.add(name.slice(0, -'safetensors'.length));
    return false;
  });
  const [stem, more] = stems;
  if (stem === undefined || more !== undefined) return null;
  const parts = unzip(bytes, file, ({ name, size, originalSize }) => {
    if (!name.startsWith(stem) || !wanted(name)) return false;
    if (originalSize > limits[wanted(name)]! || (originalSize > megabyte && originalSize > archiveLimits.ratio * size))
      throw new LabError('project.too-large', { file, what: name }, { file });
    return true;
  });
  const [description, weights] = [parts[`${stem}json`], parts[`${stem}safetensors`]];
  return description && weights ? { description: new TextDecoder().decode(description), weights } : null;
}

async function bring(store: Store, run: string, entries: Record<string, Uint8Array>, file: string): Promise<string> {
  const at = (name: string) => entries[`runs/${run}/${name}`];
  const text = (name: string) => {
    const found = at(name);
    return found ? new TextDecoder().decode(found) : null;
  };
  const place = `${file}: runs/${run}`;
  const description = text('run.json');
  const weights = at('weights.safetensors');
  if (description === null || !weights)
    throw new LabError('project.not-whole', { run, part: description === null ? 'run.json' : 'weights.safetensors' });
  const record = anyRecordFrom(description, place);
  if (record.id !== run) throw new LabError('project.not-whole', { run, part: `run.json, which is of ${record.id}` });
  weightsFrom(record.model, weights);
  const predictions = text('predictions.csv');
  const annotation = annotationSchema.safeParse(jsonOrNull(text('annotation.json')));
  return store.adopt(record, {
    weights,
    predictions:
      predictions !== null && !isText(record) && forecastsOf(record, predictions) ? marked(predictions) : null,
    annotation: annotation.success ? annotation.data : null,
  });
}

function jsonOrNull(text: string | null): unknown {
  try {
    return text === null ? null : parseJson(text);
  } catch {
    return null;
  }
}

/** The runs in an archive, once every entry's name, size and ratio has been looked at. Nothing is unpacked. */
function contentsOf(bytes: Uint8Array, file: string): string[] {
  if (bytes.length > archiveLimits.bytes) throw new LabError('project.too-large', { file, what: 'file' }, { file });
  const runs = new Set<string>();
  const seen = new Set<string>();
  let total = 0;
  unzip(bytes, file, ({ name, size, originalSize }) => {
    const unsafe = () => new LabError('project.unsafe', { file, name: JSON.stringify(name).slice(0, 80) }, { file });
    if (isUnsafe(name) || seen.has(name)) throw unsafe();
    seen.add(name);
    total += originalSize;
    if (seen.size > archiveLimits.entries || total > archiveLimits.unpackedBytes)
      throw new LabError('project.too-large', { file, what: 'content' }, { file });
    const [top, run = '', part = '', ...more] = name.split('/');
    const limit = more.length === 0 && top === 'runs' && Object.hasOwn(runFiles, part) ? runFiles[part]! : null;
    if (limit === null && name !== manifestName) return false;
    if (originalSize > (limit ?? megabyte) || (originalSize > megabyte && originalSize > archiveLimits.ratio * size))
      throw new LabError('project.too-large', { file, what: name }, { file });
    if (limit !== null) runs.add(run);
    return false;
  });
  if (runs.size === 0 && !seen.has(manifestName)) throw notAProject(file, 'no runs in it');
  return [...runs];
}

/** What no honest project has in it: ways out of the folder, and names that some system takes for something else. */
function isUnsafe(name: string): boolean {
  if (name === '' || name.length > 300 || Array.from(name).some((letter) => letter < ' ' || '\\:'.includes(letter)))
    return true;
  const parts = name.replace(/\/$/, '').split('/');
  return parts.some((part) => part === '' || /[. ]$/.test(part) || isReserved(part));
}

function checkManifest(bytes: Uint8Array, file: string): void {
  const manifest = entriesOf(bytes, manifestName, file)[manifestName];
  if (!manifest) return;
  const found = Object(jsonOrNull(new TextDecoder().decode(manifest))) as { format?: unknown; version?: unknown };
  if (found.format !== format || typeof found.version !== 'number')
    throw notAProject(file, `${manifestName} is damaged`);
  if (found.version > projectVersion)
    throw new LabError('predict.newer', { file, version: found.version, known: projectVersion }, { file });
}

const entriesOf = (bytes: Uint8Array, beginning: string, file: string): Record<string, Uint8Array> =>
  unzip(bytes, file, ({ name }) => name.startsWith(beginning));

const notAProject = (file: string, reason: string) => new LabError('project.not-one', { file, reason }, { file });

function unzip(bytes: Uint8Array, file: string, filter: (entry: UnzipFileInfo) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown;
    throw notAProject(file, thrown instanceof Error ? thrown.message : String(thrown));
  }
}
