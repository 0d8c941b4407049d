import type { Inspection } from '../../core/data/frame';
import type { DatasetView } from '../../core/protocol';
import { figure, progressOn, table } from '../terminal';
import { openLab, print, printJson, sourceOf } from './context';
import { readingOf, type Texts } from './options';

/** `unroll inspect FILE`: what was understood of a file. */
export async function inspect(file: string, texts: Texts): Promise<number> {
  const { lab } = openLab(undefined);
  const progress = progressOn(process.stderr, texts.quiet === true);
  lab.subscribe((event) => {
    if (event.type === 'reading' && event.bytes < event.total)
      progress.show(event.bytes / event.total, `reading ${file}: ${event.rows} rows`);
  });
  try {
    const view = await lab.call('data.open', { source: sourceOf(lab, file), reading: readingOf(texts), ticket: 'cli' });
    progress.end();
    if (texts.json) printJson(view.inspection);
    else print(inWords(view));
    return 0;
  } finally {
    progress.end();
    lab.close();
  }
}

function inWords({ inspection, samples }: DatasetView): string {
  const { columns, problems, question } = inspection;
  const kinds = table(
    ['column', 'kind', 'missing', 'min', 'max', 'mean'],
    columns.map((c) => [c.name, c.kind, String(c.missing), figure(c.min), figure(c.max), figure(c.mean)]),
  );
  const lines = [summary(inspection), '', kinds];
  const first = samples.first.slice(0, 3).map(({ cells }) => cells);
  if (first.length > 0) lines.push('', table(samples.names, first));
  for (const { severity, message, line, count } of problems)
    lines.push(
      '',
      `${severity}: ${message}${line === null ? '' : ` (line ${line}${count > 1 ? `, ${count} in all` : ''})`}`,
    );
  if (question)
    lines.push(
      '',
      `Question: ${question.message}`,
      ...question.choices.map((c) => `  ${c.value}: ${c.label} (${c.examples.join(', ')})`),
    );
  return lines.join('\n');
}

/** "sp500.csv: 5,000 rows, business-day, 2000-01-03 to 2020-02-14, target Close". */
export function summary({ file, rows, frequency, start, end, target }: Inspection): string {
  const step = frequency.every > 1 ? `every ${frequency.every} × ${frequency.step}` : frequency.step;
  return [
    `${file}: ${rows.toLocaleString('en')} rows`,
    step,
    start && `${start} to ${end}`,
    target && `target ${target}`,
  ]
    .filter(Boolean)
    .join(', ');
}
