import { LabError } from '../../core/errors';
import { isLabelled, isLanguage } from '../../core/text/any-record';
import type { LabelledKind } from '../../core/text/labelled/record';
import { forecastDocument } from '../documents';
import { findRun } from '../find-run';
import type { Lab } from '../lab';
import type { Store } from '../store';
import { progressOn } from '../terminal';
import { openLab, print, printJson, sourceOf } from './context';
import { comparisonOf, inWords } from './forecast';
import { recordsOf, tell as tellLabelled } from './labelled';
import { numberOf, type Texts } from './options';
import { interruptedStatus, statusOf } from './status';
import { train } from './train';
import { tell } from './train-text';

/** `unroll resume RUN …`: training goes on where it stood, and ends as if it had never stopped. */
export async function resume(said: string[], texts: Texts): Promise<number> {
  const { lab, store } = openLab(texts.project as string | undefined);
  const progress = progressOn(process.stderr, texts.quiet === true);
  try {
    const runs = (await Promise.all(said.map((one) => meant(store, one)))).flat();
    const file = texts.file as string | undefined;
    if (file !== undefined) await openFile(lab, store, runs[0]!, file);
    const change = { epochs: numberOf(texts.epochs) as number, patience: numberOf(texts.patience) as number };
    const outcome = await train(lab, () => lab.call('run.goOn', { runs, ...change }), progress);
    progress.end();
    const { failures, interrupted, started } = outcome;
    const ended = await answer(lab, store, outcome, texts);
    const [first, ...others] = failures;
    for (const { error } of ended ? failures : others) process.stderr.write(`${error.message} ${error.remedy}\n`);
    if (interrupted) return interruptedStatus;
    if (!ended && first) throw new LabError(first.error.code as LabError['code'], first.error.facts);
    if (started.runs.length === 0) throw new Error('a resumed training without runs');
    return Math.max(0, ...failures.map(({ error }) => statusOf(error.code)));
  } finally {
    progress.end();
    lab.close();
  }
}

/** The run a person means, or all of an experiment that were stopped or interrupted. */
async function meant(store: Store, said: string): Promise<string[]> {
  const { records, texts, unfinished } = await store.list();
  const stopped = [...records, ...texts].filter((record) => record.stopped === 'interrupted');
  const own = [
    ...unfinished.map(({ run, experiment }) => ({ run, experiment })),
    ...stopped.map(({ id, experiment }) => ({ run: id, experiment })),
  ].filter(({ experiment }) => experiment === said);
  return own.length > 0 ? [...new Set(own.map(({ run }) => run))] : [await findRun(store, said)];
}

/** A file that lies elsewhere now: opened, it is found by its content. */
async function openFile(lab: Lab, store: Store, run: string, file: string): Promise<void> {
  const source = sourceOf(lab, file);
  const begun = await store.unfinished.one(run);
  const { dataset } = begun ? await store.unfinished.ask(run) : await store.any(run);
  if ('characters' in dataset) {
    await lab.call('text.open', { source, encoding: dataset.encoding });
    return;
  }
  if ('repeated' in dataset) {
    const kind = begun ? begun.kind : (await store.labelled(run)).kind;
    await lab.call('labelled.open', { source, kind: kind as LabelledKind, reading: dataset.reading });
    return;
  }
  const opened = await lab.call('data.open', { source, reading: dataset.reading, ticket: 'cli' });
  if (lab.sha256Of(opened.dataset) !== dataset.sha256) throw new LabError('host.file-changed', { run, file }, { file });
}

type Outcome = Awaited<ReturnType<typeof train<{ runs: { run: string; experiment: string }[] }>>>;

/** Every experiment of which something went on, its runs side by side; false where nothing came of it. */
async function answer(lab: Lab, store: Store, { started, failures }: Outcome, texts: Texts): Promise<boolean> {
  let told = false;
  const failed = new Set(failures.map(({ run }) => run));
  const ended = started.runs.filter(({ run }) => !failed.has(run));
  for (const experiment of new Set(ended.map((run) => run.experiment))) {
    const resumed = ended.filter((run) => run.experiment === experiment).map(({ run }) => run);
    const written = (await store.list()).texts.filter((record) => record.experiment === experiment);
    told = true;
    if (written.length > 0) {
      if (written.some(isLabelled)) tellLabelled(await recordsOf(store, experiment), failures, texts, { resumed });
      else tell(written.filter(isLanguage), texts, { resumed });
      continue;
    }
    const comparison = await comparisonOf({ lab, started: { experiment } });
    if (!comparison) continue;
    if (texts.json)
      printJson({ ...forecastDocument(comparison, failures, (run) => store.predictionsPath(run)), resumed });
    else print(inWords(comparison));
  }
  return told;
}
