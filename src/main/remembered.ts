import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';

/**
 * A small JSON file of the project that makes life easier and that nothing depends on: what is damaged or missing reads as
 * `empty`. Changes are made one after the other, and a file is there whole or as it was.
 */
export class Remembered<T> {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly path: string,
    private readonly schema: z.ZodType<T>,
    private readonly empty: T,
  ) {}

  async read(): Promise<T> {
    try {
      return this.schema.parse(JSON.parse(await readFile(this.path, 'utf8')));
    } catch {
      return this.empty;
    }
  }

  change(next: (now: T) => T): Promise<void> {
    const changed = this.last.then(async () => this.write(next(await this.read())));
    this.last = changed.catch(() => {});
    return changed;
  }

  private async write(value: T): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    const temporary = `${this.path}-${randomBytes(4).toString('hex')}`;
    await writeFile(temporary, `${JSON.stringify(value, null, 2)}\n`);
    await rename(temporary, this.path);
  }
}
