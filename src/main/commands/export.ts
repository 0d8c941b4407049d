import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { LabError } from '../../core/errors';
import type { Exported, ExportFormat } from '../../core/export/formats';
import { exportRun } from '../exports';
import { zipOf } from '../exports/zip';
import { findRun, findRuns } from '../find-run';
import { openLab, print, printJson } from './context';
import type { Texts } from './options';

/**
 * `unroll export RUN --format F --out PATH`: PATH with a file's ending is the file asked for, and what belongs to it lies
 * beside it under the same stem; `.zip` is all of it in one; any other PATH is a folder for it.
 */
export async function exportCommand(said: string, texts: Texts): Promise<number> {
  const { store } = openLab(texts.project as string | undefined);
  const format = texts.format as ExportFormat;
  const runs = manyAtOnce.has(format) ? await findRuns(store, said) : [await findRun(store, said)];
  const run = runs[0]!;
  const exported = await exportRun(store, run, format, runs);
  const written = await put(exported, resolve(texts.out as string));
  const { checked } = exported;
  if (texts.json) printJson({ version: 1, run, format, files: written, checked });
  else {
    for (const file of written) print(file);
    if (checked)
      print(
        `Checked on ${checked.windows} ${checked.of === 'test' ? 'windows of the test part' : 'made-up windows (the file of the run is not there)'}: at most ${checked.difference.toExponential(1)} from Unroll's own forecasts (relative).`,
      );
  }
  return 0;
}

/** Formats that take the runs of a whole experiment. */
const manyAtOnce: ReadonlySet<ExportFormat> = new Set(['csv', 'report']);

/** Writes the files of an export; gives their paths. */
async function put({ files }: Exported, out: string): Promise<string[]> {
  const ending = extname(out);
  const stem = basename(out, ending);
  const named = files.some((file) => file.ending === ending);
  const whole =
    ending === '.zip'
      ? [{ path: out, bytes: zipOf(stem, files) }]
      : files.map((file) => ({
          path: named ? join(dirname(out), stem + file.ending) : join(out, `model${file.ending}`),
          bytes: file.bytes,
        }));
  for (const { path, bytes } of whole)
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    } catch (thrown) {
      const reason = (thrown as NodeJS.ErrnoException).code;
      if (reason === undefined) throw thrown;
      throw new LabError('export.not-written', { file: path, reason }, { file: path });
    }
  return whole.map(({ path }) => path);
}
