import { join } from 'node:path';
import { z } from 'zod';
import type { ReadingChoices } from '../core/data/frame';
import { readingSchema } from './calls';
import { Remembered } from './remembered';

/**
 * How files were last read where a person chose it, by what is in them: PROJECT/readings.json. A file that is opened
 * again, under whatever name, is read the same way.
 */
const schema = z.record(z.string().length(64), readingSchema);
const most = 500;

export class Readings {
  private readonly kept: Remembered<Record<string, ReadingChoices>>;

  constructor(folder: string) {
    this.kept = new Remembered(join(folder, 'readings.json'), schema, {});
  }

  async of(sha256: string): Promise<ReadingChoices | undefined> {
    return (await this.kept.read())[sha256];
  }

  /** No choices at all: the file is read by itself again. */
  keep(sha256: string, choices: ReadingChoices): Promise<void> {
    const chosen = Object.values(choices).some((choice) => choice !== undefined);
    return this.kept.change(({ [sha256]: _, ...others }) =>
      Object.fromEntries(Object.entries(chosen ? { ...others, [sha256]: choices } : others).slice(-most)),
    );
  }
}
