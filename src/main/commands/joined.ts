import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { joinedCsv, joinOnTime, targetsOf } from '../../core/data/join';
import { openLab, sourceOf } from './context';
import { readingOf, type Texts } from './options';
import { unanswered } from './perform';

/**
 * `--with FILE2,FILE3`: tasks that are files of their own. They are put together by their dates into one table in the project's
 * folder, which is then the file of the run: it can be shown, repeated and exported like any other.
 */
export async function joined(file: string, texts: Texts): Promise<{ file: string; texts: Texts }> {
  const { with: more, target, ...others } = texts;
  if (typeof more !== 'string') return { file, texts };
  const files = [file, ...more.split(',').map((name) => name.trim())];
  const { lab, store } = openLab(texts.project as string | undefined);
  try {
    const parts = [];
    for (const [i, each] of files.entries()) {
      const opened = { source: sourceOf(lab, each), reading: readingOf(others), ticket: `cli-${i}` };
      const { dataset, inspection } = await lab.call('data.open', opened);
      if (inspection.question) throw unanswered(inspection.question, each);
      parts.push({ file: nameOf(each, files), frame: lab.frameOf(dataset), usual: inspection.target });
    }
    const targets = targetsOf(parts, typeof target === 'string' ? target.split(',').map((name) => name.trim()) : []);
    const table = joinOnTime(parts);
    const csv = joinedCsv(table);
    const folder = join(store.folder, 'joined');
    const hash = createHash('sha256').update(csv).digest('hex').slice(0, 8);
    const path = join(folder, `${parts.map((part) => part.file.replaceAll(/[^\w.-]/g, '_')).join('+')}-${hash}.csv`);
    await mkdir(folder, { recursive: true });
    await writeFile(path, csv);
    const each = parts.map(({ frame, file: name }) => `${frame.rows} of ${name}`).join(', ');
    if (texts.quiet !== true)
      process.stderr.write(
        `Put together by date: ${table.times.length} rows stand in all files (${each}). Kept as ${path}.\n`,
      );
    const { date: _, dateOrder: __, decimal: ___, delimiter: ____, encoding: _____, ...settings } = others;
    return { file: path, texts: { ...settings, date: 'date', target: targets.join(',') } };
  } finally {
    lab.close();
  }
}

/** What the columns of a file are told apart by: its name without ending, numbered where two have the same. */
function nameOf(file: string, files: string[]): string {
  const stem = (path: string) => basename(path.replace(/^example:/, ''), extname(path));
  const before = files.slice(0, files.indexOf(file)).filter((other) => stem(other) === stem(file)).length;
  return before === 0 ? stem(file) : `${stem(file)}-${before + 1}`;
}
