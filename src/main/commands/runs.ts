import type { UnfinishedRun } from '../../core/protocol';
import { plainAnnotation } from '../../core/run';
import { isLabelled, isLanguage } from '../../core/text/any-record';
import type { LabelledRecord } from '../../core/text/labelled/record';
import { classesInWords } from '../class-documents';
import { modelDocument, runSummary, textSummary } from '../documents';
import { findRun } from '../find-run';
import { type AnyRecord, isText } from '../store';
import { figure, table } from '../terminal';
import { openLab, print, printJson } from './context';
import { showLabelled } from './labelled';
import type { Texts } from './options';
import { showText } from './train-text';

/** `unroll runs`: the runs of the project, and on stderr what could not be read. */
export async function listRuns(texts: Texts): Promise<number> {
  const { store } = openLab(texts.project as string | undefined);
  const listed = await store.list();
  const { damaged } = listed;
  const annotations = await store.annotations([...listed.records, ...listed.texts]);
  const { unfinished } = listed;
  const wanted = ({ id }: AnyRecord) => !texts.starred || annotations[id]?.starred;
  const [records, onTexts] = [listed.records.filter(wanted), listed.texts.filter(wanted)];
  for (const { message, remedy } of damaged) process.stderr.write(`${message} ${remedy}\n`);
  if (texts.json) {
    const runs = records.map((record) => runSummary(record, annotations[record.id]));
    const written = onTexts.map((record) => textSummary(record, annotations[record.id]));
    const begun = texts.starred ? [] : unfinished;
    printJson({ version: 1, project: store.folder, runs, texts: written, unfinished: begun, damaged });
  } else if (records.length + onTexts.length + unfinished.length === 0)
    print(texts.starred ? `No starred runs in ${store.folder}.` : `No runs in ${store.folder}.`);
  else {
    const rows = records.map(({ id, name, cell, dataset, settings, metrics: { test }, classes }) => [
      ...[annotations[id]?.starred ? '★' : '', id, annotations[id]?.name ?? name, cell],
      ...[dataset.file, dataset.target, settings.task],
      ...[test.mae, test.mase, classes ? classes.metrics.test.skill : test.skill].map(figure),
    ]);
    const lines = onTexts
      .filter(isLanguage)
      .map(({ id, name, cell, dataset, settings, metrics: { test } }) => [
        ...[annotations[id]?.starred ? '★' : '', id, annotations[id]?.name ?? name, cell, dataset.file],
        ...[`${settings.layers} × ${settings.hidden}`, figure(test.nats), figure(test.bits)],
      ]);
    if (rows.length > 0)
      print(table(['', 'run', 'name', 'model', 'file', 'target', 'task', 'MAE', 'MASE', 'skill'], rows));
    if (lines.length > 0) print(table(['', 'run', 'name', 'model', 'text', 'units', 'nats', 'bits'], lines));
    const labelled = onTexts.filter(isLabelled).map((record) => labelledLine(record, annotations[record.id]));
    if (labelled.length > 0)
      print(table(['', 'run', 'name', 'model', 'kind', 'file', 'right', 'balanced', 'F1'], labelled));
    if (unfinished.length > 0 && !texts.starred) print(inWords(unfinished));
  }
  return 0;
}

function labelledLine(
  { id, name, cell, kind, dataset, metrics: { test } }: LabelledRecord,
  annotation = plainAnnotation,
): string[] {
  return [
    ...[annotation.starred ? '★' : '', id, annotation.name ?? name, cell, kind, dataset.file],
    ...[test.accuracy, test.balancedAccuracy, test.macroF1].map(figure),
  ];
}

/** Runs that can go on later, and those that another program is at. */
function inWords(unfinished: UnfinishedRun[]): string {
  const rows = unfinished.map(({ run, name, file, earlier: { epoch, epochs }, elsewhere }) => [
    ...[run, name, file, `${epoch}/${epochs}`, elsewhere ? 'being trained' : 'interrupted: unroll resume'],
  ]);
  return `\n${table(['run', 'model', 'file', 'epochs', ''], rows)}`;
}

/** `unroll show RUN`: everything one run left behind. */
export async function showRun(said: string, texts: Texts): Promise<number> {
  const { store } = openLab(texts.project as string | undefined);
  const run = await findRun(store, said);
  const found = await store.any(run);
  if (isText(found)) return isLanguage(found) ? showText(found, texts) : showLabelled(found, texts);
  const { record } = await store.read(run);
  const annotation = (await store.annotations([record]))[run] ?? plainAnnotation;
  const { name, notes } = annotation;
  const { version, experiment, created, dataset, settings, split, model, preparation, baselines } = record;
  if (texts.json) {
    const about = { version, experiment, created, dataset, settings, split, model, preparation };
    printJson({ ...about, ...modelDocument(record, store.predictionsPath(run)), baselines, annotation });
    return 0;
  }
  const facts: [string, string][] = [
    ['run', record.id],
    ...(name === null ? [] : [['name', name] as [string, string]]),
    ...(notes === '' ? [] : [['notes', notes] as [string, string]]),
    ['file', `${dataset.file} (${dataset.rows} rows, sha256 ${dataset.sha256.slice(0, 12)}…)`],
    ...Object.entries(settings).map(([name, value]): [string, string] => [name, shown(value)]),
    ['parameters', String(record.parameters)],
    ['epochs run', `${record.epochs}, best ${record.bestEpoch}, ended by ${record.stopped}`],
    ['seconds', record.seconds.toFixed(2)],
    ['kernels', record.kernels],
  ];
  if (record.classes) {
    print(`\n${classesInWords([record], baselines)}`);
    return 0;
  }
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
