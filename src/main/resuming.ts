import { LabError } from '../core/errors';
import type { Checkpoint, Input, Output, TrainerJob } from '../core/protocol';
import type { Settings } from '../core/settings';
import { datasetAgain } from './again';
import { type Ask, earlierOf } from './asks';
import type { Dataset, Datasets } from './datasets';
import type { Experiments } from './experiments';
import type { LabelledTexts } from './labelled-texts';
import { type AnyRecord, isName, type Store } from './store';
import type { Texts } from './texts';

interface Reach {
  store: Store;
  datasets: Datasets;
  texts: Texts;
  labelled: LabelledTexts;
  experiments: Experiments;
  seriesOf(dataset: Dataset, settings: Settings): Promise<TrainerJob['series']>;
}

/** A run that is to go on: what is asked of it now, and where it stood. */
interface Going {
  ask: Ask;
  from: Checkpoint | null;
}
type Change = Pick<Input<'run.goOn'>, 'epochs' | 'patience'>;

/** Takes runs up again where they stood. They keep their names: it is the same training, and ends as if it had never stopped. */
export async function goOn(reach: Reach, { runs, ...change }: Input<'run.goOn'>): Promise<Output<'run.goOn'>> {
  const going = await Promise.all([...new Set(runs)].map((run) => standingOf(reach, run, change)));
  const orders = new Map<string, Going[]>();
  for (const one of going) {
    // runs of one experiment share windows and settings, so that they are trained side by side as before
    const key = JSON.stringify([one.ask.experiment, one.ask.settings]);
    orders.set(key, [...(orders.get(key) ?? []), one]);
  }
  // all are ready before any is begun, so that one that is refused leaves the others as they were
  const ready = [];
  for (const together of orders.values()) ready.push(await order(reach, together));
  await reach.store.unfinished.begin(going.map(({ ask }) => ask));
  for (const begin of ready) begin();
  return {
    runs: going.map(({ ask, from }) => {
      const { id: run, experiment, cell, seed } = ask;
      return { run, experiment, cell, seed, earlier: earlierOf(ask, from) };
    }),
  };
}

async function standingOf({ store, experiments }: Reach, run: string, change: Change): Promise<Going> {
  if (!isName(run)) throw new LabError('host.unknown-run', { run });
  if (store.unfinished.isOwn(run) || experiments.isOpen(run)) throw new LabError('resume.training', { run });
  const begun = await store.unfinished.one(run);
  if (begun?.elsewhere) throw new LabError('resume.elsewhere', { run });
  const record = begun ? null : await store.any(run);
  const ask = record ? askOf(record) : await store.unfinished.ask(run);
  const from = await store.unfinished.checkpoint(run);
  if (!begun && !from) throw new LabError('resume.none-kept', { run });
  const settings = { ...ask.settings, ...defined(change) };
  refuse(run, ask, settings, from);
  const ended = record?.stopped === 'epochs' || record?.stopped === 'patience';
  if (ended && from?.state.epoch === settings.epochs)
    throw new LabError('resume.ended', { run, done: settings.epochs });
  const resumed = from ? [...ask.resumed, from.state.epoch] : ask.resumed;
  return { ask: { ...ask, settings, resumed, process: process.pid } as Ask, from };
}

/** What had been asked of a run that has its record. */
function askOf(record: AnyRecord): Ask {
  const { id, experiment, name, created, cell, seed, resumed = [], stopped, trouble } = record;
  if (stopped === 'diverged') throw new LabError('resume.diverged', { run: id, epoch: trouble?.facts.epoch ?? '' });
  const identity = { id, experiment, name, created, cell, seed, resumed, process: process.pid };
  const { dataset, settings } = record;
  return { ...identity, kind: 'kind' in record ? record.kind : 'forecast', dataset, settings } as Ask;
}

/**
 * What would not be the training it was. A learning rate or a share of own outputs that follows from the number of epochs was
 * another one from the first epoch on; the record would no longer repeat.
 */
function refuse(run: string, ask: Ask, settings: Ask['settings'], from: Checkpoint | null): void {
  const { epochs, patience } = settings;
  const done = from?.state.epoch ?? 0;
  if (epochs < done) throw new LabError('resume.fewer', { run, epochs, done });
  const follows = settings.schedule === 'cosine' || ('sampling' in settings && settings.sampling > 0);
  if (follows && epochs !== ask.settings.epochs && done > 0)
    throw new LabError('resume.schedule', {
      run,
      epochs,
      option: settings.schedule === 'cosine' ? 'schedule' : 'sampling',
    });
  if (!from) return;
  if (patience > 0 && done - from.state.bestEpoch >= patience)
    throw new LabError('resume.patience', { run, patience, best: from.state.bestEpoch, done });
}

/** What puts these runs in the queue, once their file has been read. */
async function order(
  { datasets, texts, labelled, experiments, seriesOf }: Reach,
  together: Going[],
): Promise<() => void> {
  const [{ ask }] = together as [Going];
  const runs = together.map(({ ask: { id: run, cell, seed }, from }) => ({ run, cell, seed, from }));
  const asks = together.map((one) => one.ask);
  const { experiment } = ask;
  if (ask.kind === 'language') {
    const { settings } = ask;
    const text = await texts.again(ask.id, ask.dataset);
    const learned = texts.learned(text, settings);
    return () => experiments.addText({ experiment, settings, ...learned, runs }, ask.dataset, asks);
  }
  if (ask.kind !== 'forecast') {
    const { kind, settings } = ask;
    const parts = await labelled.again(ask.id, kind, ask.dataset, settings);
    return () => experiments.addLabelled({ experiment, kind, settings, parts, runs }, ask.dataset, asks);
  }
  const open = datasets.like(ask.dataset.sha256, ask.dataset.reading)?.dataset ?? null;
  const dataset = await datasetAgain(ask, datasets, open);
  const series = await seriesOf(dataset, ask.settings);
  return () => experiments.add({ experiment, settings: ask.settings, series, runs, backtest: null }, ask.dataset, asks);
}

const defined = (change: Change): Change =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
