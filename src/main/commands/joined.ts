import { targetsOf } from '../../core/data/join';
import { keepJoined, nameOf } from '../joining';
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
    const parts: Parameters<typeof targetsOf>[0] = [];
    for (const [i, each] of files.entries()) {
      const opened = { source: sourceOf(lab, each), reading: readingOf(others), ticket: `cli-${i}` };
      const { dataset, inspection } = await lab.call('data.open', opened);
      if (inspection.question) throw unanswered(inspection.question, each);
      const taken = parts.map((part) => part.file);
      parts.push({ file: nameOf(each, taken), frame: lab.frameOf(dataset), usual: inspection.target });
    }
    const targets = targetsOf(parts, typeof target === 'string' ? target.split(',').map((name) => name.trim()) : []);
    const { path, rows } = await keepJoined(store.folder, parts);
    const each = parts.map(({ frame, file: name }) => `${frame.rows} of ${name}`).join(', ');
    if (texts.quiet !== true)
      process.stderr.write(`Put together by date: ${rows} rows stand in all files (${each}). Kept as ${path}.\n`);
    const { date: _, dateOrder: __, decimal: ___, delimiter: ____, encoding: _____, ...settings } = others;
    return { file: path, texts: { ...settings, date: 'date', target: targets.join(',') } };
  } finally {
    lab.close();
  }
}
