import { explain, LabError } from '../../core/errors';
import { isLabelled } from '../../core/text/any-record';
import type { LabelledKind, LabelledMetrics, LabelledReading, LabelledRecord } from '../../core/text/labelled/record';
import type { LabelledSettings } from '../../core/text/labelled/settings';
import { judgeLabels } from '../../core/text/labelled/verdict';
import { labelledAbout, labelledDocument } from '../labelled-documents';
import type { Store } from '../store';
import { figure, progressOn, table } from '../terminal';
import { openLab, print, printJson, sourceOf } from './context';
import { asKind } from './file-kinds';
import { labelledReadingOf, labelledSettingsOf } from './labelled-options';
import type { Texts } from './options';
import { interruptedStatus, statusOf } from './status';
import { type Failure, train } from './train';

/** `unroll tag FILE`: learns the tags of words, and is judged on sentences it never read. */
export const tag = (file: string, texts: Texts) => learn('tagging', file, texts);
/** `unroll classify FILE`: learns the labels of texts, and is judged on texts it never read. */
export const classify = (file: string, texts: Texts) => learn('classification', file, texts);

async function learn(kind: LabelledKind, file: string, texts: Texts): Promise<number> {
  const order = { kind, file, reading: labelledReadingOf(texts), settings: labelledSettingsOf(texts) };
  return performLabelled(order, texts, (records, failures) => tell(records, failures, texts));
}

/** What is to be learned of what file. */
export interface LabelledOrder {
  kind: LabelledKind;
  file: string;
  reading: LabelledReading;
  settings: Partial<LabelledSettings>;
  /** Looks at the file that was read before anything is trained on it. */
  check?: (sha256: string) => void;
}

/** Reads, trains and answers. Gives the exit status. */
export async function performLabelled(
  { kind, file, reading, settings, check }: LabelledOrder,
  texts: Texts,
  answer: (records: LabelledRecord[], failures: Failure[]) => void,
): Promise<number> {
  const { lab, store } = openLab(texts.project as string | undefined);
  const progress = progressOn(process.stderr, texts.quiet === true);
  try {
    const source = sourceOf(lab, file);
    const view = await asKind(lab, { source, file, kind, chosen: reading.text !== undefined }, () =>
      lab.call('labelled.open', { source, kind, reading }),
    );
    check?.(view.sha256);
    const { notes } = await lab.call('labelled.plan', { texts: view.texts, settings });
    const labels = view.labels.map(({ label, count }) => `${label} ${figure(count)}`).join(', ');
    progress.say(`${figure(view.count)} ${kind === 'tagging' ? 'sentences' : 'texts'}, ${labels.slice(0, 400)}`);
    for (const { code, facts } of [...view.notes, ...notes]) progress.say(explain(code, facts).message);
    const { started, failures, interrupted } = await train(
      lab,
      () => lab.call('labelled.start', { texts: view.texts, settings }),
      progress,
    );
    progress.end();
    const records = await recordsOf(store, started.experiment);
    const [first] = failures;
    if (records.length > 0) answer(records, failures);
    else if (first && !interrupted) throw new LabError(first.error.code as LabError['code'], first.error.facts);
    for (const { error } of failures) process.stderr.write(`${error.message} ${error.remedy}\n`);
    return interrupted ? interruptedStatus : Math.max(0, ...failures.map(({ error }) => statusOf(error.code)));
  } finally {
    progress.end();
    lab.close();
  }
}

/** The models of an experiment, in the order in which they were asked for. */
export async function recordsOf(store: Store, experiment: string): Promise<LabelledRecord[]> {
  const own = (await store.list()).texts.filter(isLabelled).filter((record) => record.experiment === experiment);
  const place = ({ cell, settings }: LabelledRecord) => settings.models.indexOf(cell);
  return own.sort((a, b) => place(a) - place(b) || a.seed - b.seed);
}

/** What was learned; `more`: what a document says beside it. */
export function tell(records: LabelledRecord[], failures: Failure[], texts: Texts, more: object = {}): void {
  if (texts.json) printJson({ ...labelledDocument(records, failures), ...more });
  else print(`${scores(records)}\n\n${judgeLabels(records).sentence}`);
}

/** `unroll show RUN` of such a model. */
export function showLabelled(record: LabelledRecord, texts: Texts): number {
  if (texts.json) {
    const { kind, experiment, created } = record;
    printJson({ ...labelledDocument([record], []), kind, experiment, created, ...labelledAbout(record) });
    return 0;
  }
  const { settings, dataset, metrics } = record;
  const facts = Object.entries(settings).map(([name, value]) => `${name.padEnd(12)} ${value}`);
  const perClass = metrics.test.perClass.map(({ name, support, precision, recall, f1 }) => [
    ...[name, String(support)],
    ...[precision, recall, f1].map(figure),
  ]);
  print(
    [`run          ${record.id}`, `kind         ${record.kind}`, `file         ${dataset.file}`, ...facts].join('\n'),
  );
  print(`\n${scores([record])}\n\n${judgeLabels([record]).sentence}\n`);
  print(table(['label', 'of them', 'precision', 'recall', 'F1'], perClass));
  return 0;
}

function scores(records: LabelledRecord[]): string {
  const tagging = records[0]!.kind === 'tagging';
  const own = ({ accuracy, balancedAccuracy, macroF1, ...rest }: LabelledMetrics) =>
    [accuracy, balancedAccuracy, macroF1, tagging ? rest.wholly : rest.brier].map(figure);
  const rows = [...records, ...records[0]!.baselines].map((each) => [
    each.name,
    ...own(each.metrics.test),
    'seconds' in each ? each.seconds.toFixed(1) : '–',
  ]);
  const last = tagging ? 'sentences' : 'Brier';
  return table([`on unseen ${tagging ? 'sentences' : 'texts'}`, 'right', 'balanced', 'F1', last, 'seconds'], rows);
}
