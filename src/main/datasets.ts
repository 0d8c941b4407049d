import { createHash, type Hash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Frame, Reading, ReadingChoices } from '../core/data/frame';
import { readTable } from '../core/data/read';
import { LabError } from '../core/errors';
import type { DataSource, LabEvent } from '../core/protocol';
import { type FileKind, kindOfBytes } from '../core/text/recognise';
import type { BundledExample } from './examples';

/** A file that was read, for as long as it is among the last few opened. */
export interface Dataset {
  id: string;
  source: DataSource;
  /** As the person knows it. */
  file: string;
  sha256: string;
  reading: Reading;
  /** Where it can be read again: a path or `example:NAME`; absent for a copy that goes with this process. */
  path?: string;
}

interface Place {
  path: string;
  file: string;
  again?: string;
}

const keptDatasets = 8;
const chunkBytes = 1 << 18;
/** Of a file, to tell what it is. */
const beginningBytes = 1 << 16;
const noBytes = { buffer: Buffer.alloc(0), bytesRead: 0 };

/** Opens files: knows which ones may be opened, reads them, remembers the last few. */
export class Datasets {
  private readonly admitted = new Map<string, Place>();
  private readonly open = new Map<string, Dataset>();
  private readonly cancelled = new Map<string, boolean>();

  constructor(
    private readonly examples: BundledExample[],
    private readonly emit: (event: LabEvent) => void,
  ) {}

  /**
   * Only a host calls this, for a file the person chose: a page then names it by an id that says nothing of paths.
   * A `passing` file is a copy that goes with this process.
   */
  admit(path: string, file: string, passing: boolean): DataSource {
    const id = randomUUID();
    this.admitted.set(id, { path, file, again: passing ? undefined : resolve(path) });
    return { kind: 'upload', id, name: basename(file) };
  }

  async read(source: DataSource, choices: ReadingChoices, ticket: string): Promise<Dataset> {
    const { path, file, again } = this.locate(source);
    const bytes = await sizeOf(path, file);
    const { cancelled, emit } = this;
    cancelled.set(ticket, false);
    try {
      const hash = createHash('sha256');
      const reading = await readTable(chunksOf(path, hash), { name: file, bytes }, choices, {
        onProgress: (done, rows) => emit({ type: 'reading', ticket, bytes: done, total: bytes, rows }),
        breathe: () => new Promise((resolve) => setImmediate(resolve)),
        get stopping() {
          return cancelled.get(ticket) === true;
        },
      });
      return this.keep({ id: randomUUID(), source, file, sha256: hash.digest('hex'), reading, path: again });
    } catch (thrown) {
      throw isSystemError(thrown) ? fileTrouble(thrown, file) : thrown;
    } finally {
      cancelled.delete(ticket);
    }
  }

  /** A file as it is, all at once, if it is no larger than it may be. */
  async bytes(source: DataSource, limitBytes: number): Promise<{ bytes: Uint8Array; file: string; again?: string }> {
    const { path, file, again } = this.locate(source);
    const size = await sizeOf(path, file);
    if (size > limitBytes)
      throw new LabError('text.too-large', { megabytes: Math.ceil(size / 2 ** 20), limit: limitBytes >> 20 }, { file });
    try {
      return { bytes: await readFile(path), file, again };
    } catch (thrown) {
      throw isSystemError(thrown) ? fileTrouble(thrown, file) : thrown;
    }
  }

  /** What a file is, by its first lines; what cannot be told is for the reader of tables, who says what is wrong. */
  async kindOf(source: DataSource): Promise<FileKind> {
    if (source.kind === 'recent') return 'table';
    const { path } = this.locate(source);
    const file = await open(path).catch(() => null);
    try {
      const { buffer, bytesRead } = (await file?.read(Buffer.alloc(beginningBytes), 0, beginningBytes, 0)) ?? noBytes;
      return kindOfBytes(buffer.subarray(0, bytesRead));
    } catch {
      return 'table';
    } finally {
      await file?.close();
    }
  }

  cancel(ticket: string): void {
    if (this.cancelled.has(ticket)) this.cancelled.set(ticket, true);
  }

  get(id: string): Dataset {
    const dataset = this.open.get(id);
    if (!dataset) throw new LabError('host.unknown-dataset');
    this.keep(dataset);
    return dataset;
  }

  /** One of the opened files with this content, read as told if there is one, else however it was read. */
  like(sha256: string, choices: ReadingChoices): { dataset: Dataset; same: boolean } | null {
    const all = [...this.open.values()].filter((dataset) => dataset.sha256 === sha256);
    const wanted = JSON.stringify(choices);
    const same = all.find(({ reading }) => JSON.stringify(reading.choices) === wanted);
    const dataset = same ?? all[0];
    return dataset ? { dataset, same: same !== undefined } : null;
  }

  /** The table; refused while the file's reading is still in question. */
  frameOf(dataset: Dataset): Frame {
    const { frame, inspection } = dataset.reading;
    if (frame) return frame;
    const { question } = inspection;
    throw new LabError(
      'host.question',
      { question: question?.message ?? '', choices: question?.choices.map((choice) => choice.label).join(', ') ?? '' },
      { file: dataset.file },
    );
  }

  /** Where a file lies that was chosen to be taken in, and what the person sees of it. */
  placeOf(source: DataSource): { path: string; file: string } {
    return this.locate(source);
  }

  private locate(source: DataSource): Place {
    if (source.kind === 'upload') {
      const found = this.admitted.get(source.id);
      if (!found) throw new LabError('host.unknown-source', { name: source.name });
      return found;
    }
    if (source.kind === 'recent') throw new LabError('host.unknown-source', { name: source.id });
    const name = source.kind === 'example' ? source.name : source.path;
    const example = this.examples.find((known) => known.name === name);
    if (example) return { path: example.path, file: `example:${name}`, again: `example:${name}` };
    const names = this.examples.map((known) => known.name).join(', ');
    throw new LabError('host.unknown-example', { name, names });
  }

  /** Puts it last in the order of eviction. */
  private keep(dataset: Dataset): Dataset {
    this.open.delete(dataset.id);
    this.open.set(dataset.id, dataset);
    const oldest = this.open.keys().next().value;
    if (this.open.size > keptDatasets && oldest !== undefined) this.open.delete(oldest);
    return dataset;
  }
}

async function* chunksOf(path: string, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    hash.update(chunk);
    yield chunk;
  }
}

async function sizeOf(path: string, file: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new LabError('host.not-a-file', { file }, { file });
    // a device may have no end
    if (!found.isFile() && !found.isFIFO())
      throw new LabError('host.unreadable', { file, reason: 'not a file' }, { file });
    return found.size;
  } catch (thrown) {
    throw isSystemError(thrown) ? fileTrouble(thrown, file) : thrown;
  }
}

const isSystemError = (thrown: unknown): thrown is NodeJS.ErrnoException & { code: string } =>
  thrown instanceof Error && 'syscall' in thrown && 'code' in thrown;

function fileTrouble({ code }: { code: string }, file: string): LabError {
  if (code === 'ENOENT' || code === 'ENOTDIR') return new LabError('host.no-file', { file }, { file });
  return new LabError('host.unreadable', { file, reason: code }, { file });
}
