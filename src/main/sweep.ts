import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from './asks';

const prefix = '.unfinished-';

/** A folder's name until it is whole: with the process that writes it, so that others know when nobody does any more. */
export function unfinishedName(run: string): string {
  return `${prefix}${process.pid}-${run}-${randomBytes(4).toString('hex')}`;
}

/**
 * Takes away what a save left whose process is gone; what a living one is writing stays, and so does a folder whose name
 * does not tell its process. Failing at it fails nothing: the next look tries again.
 */
export async function sweep(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const pid = name.startsWith(prefix) ? /^(\d{1,10})-/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (pid && Number(pid) > 0 && !isAlive(Number(pid)))
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}
