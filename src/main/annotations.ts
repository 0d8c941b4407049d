import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Annotation, plainAnnotation } from '../core/run';

/** `annotation.json` in a run's folder: a person's name for it, star and notes. */
export const annotationSchema = z.strictObject({
  name: z.string().trim().min(1).max(200).nullable(),
  starred: z.boolean(),
  notes: z.string().max(20_000),
});

const pathIn = (folder: string) => join(folder, 'annotation.json');

/** What is missing or damaged says nothing: the run itself is whole without it. */
export async function readAnnotation(folder: string): Promise<Annotation> {
  try {
    return annotationSchema.parse(JSON.parse(await readFile(pathIn(folder), 'utf8')));
  } catch {
    return plainAnnotation;
  }
}

/** Written whole or not at all. */
export async function writeAnnotation(folder: string, annotation: Annotation): Promise<void> {
  const temporary = `${pathIn(folder)}-${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(temporary, `${JSON.stringify(annotation, null, 2)}\n`);
    await rename(temporary, pathIn(folder));
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
}
