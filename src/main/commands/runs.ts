import { modelDocument, runSummary } from '../documents';
import { figure, table } from '../terminal';
import { openLab, print, printJson } from './context';
import type { Texts } from './options';

/** `unroll runs`: all runs of the project, and on stderr what could not be read. */
export async function listRuns(texts: Texts): Promise<number> {
  const { store } = openLab(texts.project as string | undefined);
  const { records, damaged } = await store.list();
  for (const { message, remedy } of damaged) process.stderr.write(`${message} ${remedy}\n`);
  if (texts.json) printJson({ version: 1, project: store.folder, runs: records.map(runSummary), damaged });
  else if (records.length === 0) print(`No runs in ${store.folder}.`);
  else {
    const rows = records.map(({ id, name, dataset, settings, metrics: { test } }) => [
      ...[id, name, dataset.file, dataset.target, settings.task],
      ...[test.mae, test.mase, test.skill].map(figure),
    ]);
    print(table(['run', 'model', 'file', 'target', 'task', 'MAE', 'MASE', 'skill'], rows));
  }
  return 0;
}

/** `unroll show RUN`: everything one run left behind. */
export async function showRun(run: string, texts: Texts): Promise<number> {
  const { store } = openLab(texts.project as string | undefined);
  const { record } = await store.read(run);
  const { version, experiment, created, dataset, settings, split, model, preparation, baselines } = record;
  if (texts.json) {
    const about = { version, experiment, created, dataset, settings, split, model, preparation };
    printJson({ ...about, ...modelDocument(record, store.predictionsPath(run)), baselines });
    return 0;
  }
  const facts: [string, string][] = [
    ['run', record.id],
    ['file', `${dataset.file} (${dataset.rows} rows, sha256 ${dataset.sha256.slice(0, 12)}…)`],
    ...Object.entries(settings).map(([name, value]): [string, string] => [name, shown(value)]),
    ['parameters', String(record.parameters)],
    ['epochs run', `${record.epochs}, best ${record.bestEpoch}, ended by ${record.stopped}`],
    ['seconds', record.seconds.toFixed(2)],
    ['kernels', record.kernels],
  ];
  const scores = [record, ...baselines].map(({ name, metrics: { test } }) => [
    name,
    ...[test.mae, test.rmse, test.mase, test.skill].map(figure),
  ]);
  print(facts.map(([name, value]) => `${name.padEnd(12)} ${value}`).join('\n'));
  print(`\n${table(['model', 'MAE', 'RMSE', 'MASE', 'skill'], scores)}`);
  print(
    `\n${table(
      ['step', 'time', 'forecast'],
      record.forecast.map((p) => [String(p.step), p.time ?? '–', figure(p.value)]),
    )}`,
  );
  return 0;
}

const shown = (value: unknown): string => {
  if (value === null) return '–';
  return Array.isArray(value) ? value.join(',') || 'none' : String(value);
};
