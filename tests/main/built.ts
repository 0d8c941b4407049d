import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of the built program, for tests that run it as users do. */
export function built(name: string): string {
  const path = fileURLToPath(new URL(`../../out/main/${name}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`${path} is missing: build first (npm run build)`);
  return path;
}
