// `npm start`: installs, builds and opens the lab: as a desktop window where Electron and a display are there, else the
// same window in a browser, saying why in one line.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fetchedElectron, runElectron } from './electron.mjs';
import { ensureBuilt, ensureInstalled, root } from './ready.mjs';

ensureInstalled();
ensureBuilt();
const built = (name) => import(pathToFileURL(join(root, 'out/main', name)).href);

/** Why there is no desktop window; ends the process after one that was there. */
async function desktop() {
  if (process.env.UNROLL_HOST === 'browser') return 'UNROLL_HOST=browser';
  const { missingDisplay } = await built('desktop.js');
  const missing = await missingDisplay();
  if (missing) return missing;
  const { path, why } = await fetchedElectron();
  if (!path) return why;
  const { status, failed } = await runElectron(path);
  if (failed === undefined) process.exit(status);
  return `Electron did not start, ${failed}`;
}

process.stderr.write(`No desktop window: ${await desktop()}. Opening the same window in a browser.\n`);
process.argv.splice(2, Number.POSITIVE_INFINITY, 'serve', ...process.argv.slice(2));
await built('cli.js');
