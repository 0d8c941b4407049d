import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where runs are kept unless told otherwise: `Unroll` in the user's documents, or in the home folder without those. */
export function defaultProject(): string {
  const documents = join(homedir(), 'Documents');
  return join(existsSync(documents) ? documents : homedir(), 'Unroll');
}
