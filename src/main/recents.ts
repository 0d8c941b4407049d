import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { LabError } from '../core/errors';
import type { DataSource, RecentFile } from '../core/protocol';
import type { Dataset } from './datasets';
import { Remembered } from './remembered';

/**
 * The files opened last, newest first: PROJECT/recent.json. A page knows them by an id and by what a person sees of them;
 * where they are is this host's business. What came through a browser is only here for as long as this process lives.
 */
const schema = z.array(
  z.strictObject({
    id: z.string(),
    name: z.string(),
    opened: z.string(),
    rows: z.number(),
    /** A path, `example:NAME`, or null for what was handed over as bytes. */
    where: z.string().nullable(),
  }),
);
type Entry = z.infer<typeof schema>[number];
const most = 12;
const example = 'example:';

export class Recents {
  private readonly kept: Remembered<Entry[]>;
  /** Uploads that this process still has. */
  private readonly here = new Map<string, DataSource>();

  constructor(
    folder: string,
    private readonly admit: (path: string, file: string) => DataSource,
  ) {
    this.kept = new Remembered(join(folder, 'recent.json'), schema, []);
  }

  /** Puts an opened file on top; gives the id by which it can be opened again. */
  async note({ source, file, path, sha256, reading }: Dataset): Promise<string> {
    const where = path ?? null;
    const id = createHash('sha256')
      .update(where ?? sha256)
      .digest('hex')
      .slice(0, 16);
    if (where === null) this.here.set(id, source);
    const { rows } = reading.inspection;
    const entry = { id, name: basename(file), opened: new Date().toISOString(), rows, where };
    await this.kept.change((entries) => [entry, ...entries.filter((other) => other.id !== id)].slice(0, most));
    return id;
  }

  async list(): Promise<RecentFile[]> {
    const entries = await this.kept.read();
    return Promise.all(
      entries.map(async ({ id, name, opened, rows, where }) => ({
        id,
        name,
        opened,
        rows,
        example: where?.startsWith(example) ? where.slice(example.length) : null,
        here: await this.isHere(id, where),
      })),
    );
  }

  /** What a page may open for this id; throws a `LabError` where it has to be chosen anew. */
  async source(id: string): Promise<DataSource> {
    const entry = (await this.kept.read()).find((known) => known.id === id);
    const { name, where } = entry ?? { name: id, where: null };
    if (where?.startsWith(example)) return { kind: 'example', name: where.slice(example.length) };
    if (where !== null) return this.admit(where, name);
    const source = this.here.get(id);
    if (!source) throw new LabError('host.not-kept', { file: name }, { file: name });
    return source;
  }

  private async isHere(id: string, where: string | null): Promise<boolean> {
    if (where === null) return this.here.has(id);
    if (where.startsWith(example)) return true;
    return access(where).then(
      () => true,
      () => false,
    );
  }
}
