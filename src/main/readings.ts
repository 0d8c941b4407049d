import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ReadingChoices } from '../core/data/frame';
import { readingSchema } from './calls';

/**
 * How files were last read where a person chose it, by what is in them: PROJECT/readings.json. A file that is opened
 * again, under whatever name, is read the same way.
 */
const kept = z.record(z.string().length(64), readingSchema);
const most = 500;

export class Readings {
  private readonly path: string;

  constructor(private readonly folder: string) {
    this.path = join(folder, 'readings.json');
  }

  async of(sha256: string): Promise<ReadingChoices | undefined> {
    return (await this.all())[sha256];
  }

  /** No choices at all: the file is read by itself again. */
  async keep(sha256: string, choices: ReadingChoices): Promise<void> {
    const { [sha256]: _, ...others } = await this.all();
    const chosen = Object.values(choices).some((choice) => choice !== undefined);
    const entries = Object.entries(chosen ? { ...others, [sha256]: choices } : others).slice(-most);
    await mkdir(this.folder, { recursive: true });
    const temporary = `${this.path}-${randomBytes(4).toString('hex')}`;
    await writeFile(temporary, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
    await rename(temporary, this.path);
  }

  /** What is damaged or missing remembers nothing: the file is then read by itself, as at first. */
  private async all(): Promise<Record<string, ReadingChoices>> {
    try {
      return kept.parse(JSON.parse(await readFile(this.path, 'utf8')));
    } catch {
      return {};
    }
  }
}
