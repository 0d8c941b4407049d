import { LabError } from '../core/errors';
import { weightsFrom } from '../core/export/weights';
import { shapeOf } from '../core/forecast/tasks';
import { epochsOf, probeOf } from '../core/inside/present';
import type { AskedName } from '../core/inside/reading';
import type { LookAnswer, LookRequest } from '../core/inside/request';
import { type Aim, aimAt, type Subject, subjectOf, windowOf } from '../core/inside/subject';
import type { Edit, InsideEdited, InsideEpochs, InsideProbe, InsideWindow } from '../core/inside/view';
import type { Series } from '../core/protocol';
import type { Settings } from '../core/settings';
import type { Dataset, Datasets } from './datasets';
import { datasetOf } from './run-data';
import type { Store } from './store';

interface Reach {
  store: Store;
  datasets: Datasets;
  look(request: LookRequest): Promise<LookAnswer>;
  seriesOf(dataset: Dataset, settings: Settings): Promise<Series | null>;
}

/** A run ready to be looked into. */
interface Opened extends Subject {
  /** Weights of the best epoch, and of the others that were kept, by epoch. */
  best: Float32Array;
  kept: Map<number, Float32Array>;
}

/** Runs kept ready: dragging a point must not read files. */
const mostOpen = 6;

/**
 * Looks into trained runs: finds a run's series and weights, makes the window, asks the trainer, and tells what it saw in
 * the target's own units.
 */
export class Inside {
  /** The last used last. */
  private readonly open = new Map<string, Promise<Opened>>();

  constructor(private readonly reach: Reach) {}

  async probe(input: InsideWindow): Promise<InsideProbe> {
    return this.see(input, [], true);
  }

  async whatIf({ edits, quantities, ...window }: InsideEdited): Promise<InsideProbe> {
    return this.see(window, edits, false, quantities);
  }

  async epochs(input: InsideWindow): Promise<InsideEpochs> {
    const subject = await this.opened(input.run);
    const aim = aimAt(subject, input);
    const epochs = epochsIn(subject);
    const weights = epochs.map((epoch) => weightsOf(subject, epoch));
    const answer = await this.reach.look(requestFor(subject, aim, [], { weights, what: { type: 'epochs' } }));
    if (answer.type !== 'epochs') throw new Error('the trainer answered another question');
    return epochsOf(input.run, aim.at, epochs, answer.epochs);
  }

  private async see(input: InsideWindow, edits: Edit[], back: boolean, quantities?: AskedName[]): Promise<InsideProbe> {
    const subject = await this.opened(input.run);
    const { bestEpoch } = subject.record;
    const epoch = input.epoch ?? bestEpoch;
    const aim = aimAt(subject, input);
    const weights = [weightsOf(subject, epoch)];
    const answer = await this.reach.look(requestFor(subject, aim, edits, { weights, what: { type: 'window', back } }));
    if (answer.type !== 'window') throw new Error('the trainer answered another question');
    return probeOf(subject, aim, edits, { epoch, epochs: epochsIn(subject), quantities }, answer);
  }

  private opened(run: string): Promise<Opened> {
    const found = this.open.get(run) ?? this.read(run);
    this.open.delete(run);
    this.open.set(run, found);
    // what could not be opened may be asked for again
    found.catch(() => this.open.get(run) === found && this.open.delete(run));
    const [oldest] = this.open.keys();
    if (this.open.size > mostOpen && oldest !== undefined) this.open.delete(oldest);
    return found;
  }

  private async read(run: string): Promise<Opened> {
    const { store } = this.reach;
    const { record } = await store.read(run);
    const series = await this.reach.seriesOf(await datasetOf(record, this.reach.datasets), record.settings);
    if (!series) throw new LabError('host.file-changed', { run, file: record.dataset.file });
    const best = weightsFrom(record.model, await store.weights(run));
    const kept = await store.epochs(run, best.length);
    return { ...subjectOf(record, series), best, kept: new Map(kept.map(({ epoch, weights }) => [epoch, weights])) };
  }
}

const epochsIn = ({ record, kept }: Opened): number[] =>
  [...new Set([...kept.keys(), record.bestEpoch])].sort((a, b) => a - b);

function weightsOf({ record, best, kept }: Opened, epoch: number): Float32Array {
  const weights = epoch === record.bestEpoch ? best : kept.get(epoch);
  if (weights) return weights;
  const epochs = [...kept.keys()].join(', ');
  throw new LabError('inside.no-epoch', { run: record.id, epoch, best: record.bestEpoch, epochs });
}

function requestFor(
  subject: Subject,
  aim: Aim,
  edits: Edit[],
  { weights, what }: Pick<LookRequest, 'weights' | 'what'>,
): LookRequest {
  const { model, settings } = subject.record;
  const window = windowOf(subject, aim, edits);
  return { model, window, what, weights, rollout: shapeOf(settings).rollout };
}
