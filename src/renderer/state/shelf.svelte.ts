import type { LabErrorView, Language } from '../../core/errors';
import { commandOf } from '../../core/export/command-line';
import type { RunComparison } from '../../core/forecast/compare';
import type { LabBridge, LabEvent, UnfinishedRun } from '../../core/protocol';
import { type Annotation, plainAnnotation, type RunRecord } from '../../core/run';
import { type AnyTextRecord, isLabelled, isLanguage } from '../../core/text/any-record';

type Attempt = <T>(work: Promise<T>) => Promise<T | undefined>;

/** The runs of the project, newest first, and what a person says of them and does with them. */
export class Shelf {
  runs = $state.raw<RunRecord[]>([]);
  /** Runs on texts, newest first. */
  texts = $state.raw<AnyTextRecord[]>([]);
  readonly languages = $derived(this.texts.filter(isLanguage));
  readonly labelled = $derived(this.texts.filter(isLabelled));
  /** By run, for those that have one. */
  annotations = $state.raw<Record<string, Annotation>>({});
  /** Begun and interrupted, oldest first. */
  unfinished = $state.raw<UnfinishedRun[]>([]);
  /** Runs of the project that are there and could not be read. */
  unreadable = $state.raw<LabErrorView[]>([]);
  /** What was deleted here and can be brought back, the last deletion at the end. */
  deleted = $state.raw<{ runs: string[]; name: string }[]>([]);

  constructor(
    private readonly lab: LabBridge,
    private readonly attempt: Attempt,
  ) {}

  async begin(): Promise<void> {
    const listing = await this.attempt(this.lab.call('run.list', {}));
    if (!listing) return;
    this.runs = newestFirst(listing.records);
    this.texts = newestFirst(listing.texts);
    this.annotations = listing.annotations;
    this.unfinished = listing.unfinished;
    this.unreadable = listing.unreadable;
  }

  /** The shelf after what the Lab told, whoever did it. */
  hear(event: LabEvent): void {
    if (event.type === 'finished' || event.type === 'text-finished' || event.type === 'restored') {
      const { record } = event;
      if ('kind' in record) this.texts = newestFirst([record, ...this.texts.filter(({ id }) => id !== event.run)]);
      else this.runs = newestFirst([record, ...this.runs.filter(({ id }) => id !== event.run)]);
    }
    if (event.type === 'unfinished') this.unfinished = event.runs;
    if (event.type === 'queued') this.unfinished = this.unfinished.filter(({ run }) => run !== event.run);
    if (event.type === 'deleted') {
      this.runs = this.runs.filter(({ id }) => id !== event.run);
      this.texts = this.texts.filter(({ id }) => id !== event.run);
    }
    if (event.type === 'annotated' || (event.type === 'restored' && event.annotation))
      this.annotations = { ...this.annotations, [event.run]: event.annotation! };
  }

  /** Whether a run can be taken up where it stands: it was stopped, or interrupted and is nobody else's. */
  canGoOn(run: string): boolean {
    const open = this.unfinished.find((one) => one.run === run);
    if (open) return !open.elsewhere;
    return [...this.runs, ...this.texts].some(({ id, stopped }) => id === run && stopped === 'interrupted');
  }

  annotationOf(run: string): Annotation {
    return this.annotations[run] ?? plainAnnotation;
  }

  async annotate(run: string, change: Partial<Annotation>): Promise<void> {
    await this.attempt(this.lab.call('run.annotate', { run, ...change }));
  }

  /** `name`: what was deleted, for the offer to bring it back. */
  async delete(runs: string[], name: string): Promise<void> {
    const done = await this.attempt(this.lab.call('run.delete', { runs }));
    if (done !== undefined) this.deleted = [...this.deleted, { runs, name }];
  }

  /** Brings back what was deleted last. */
  async undo(): Promise<void> {
    const last = this.deleted.at(-1);
    if (!last) return;
    this.deleted = this.deleted.slice(0, -1);
    await this.attempt(this.lab.call('run.restore', { runs: last.runs }));
  }

  /**
   * The button that brings back takes the focus once for what was just deleted: who has no pointer would else be sent
   * to the top, for the row that had it is gone.
   */
  readonly wayBack = (button: HTMLElement): void => {
    const last = this.deleted.at(-1);
    if (!last || last === this.offered) return;
    this.offered = last;
    button.focus({ preventScroll: true });
  };
  private offered: Shelf['deleted'][number] | undefined;

  /** Runs side by side, of whatever experiments; of several targets by one of them. */
  compare(runs: string[], language: Language, target?: string): Promise<RunComparison | undefined> {
    return this.attempt(this.lab.call('run.compare', { runs, language, ...(target && { target }) }));
  }

  /** The command line that trains this run anew, to the clipboard. */
  async copyCommand(record: RunRecord): Promise<void> {
    await this.attempt(navigator.clipboard.writeText(commandOf(record)));
  }
}

function newestFirst<T extends { created: string }>(records: T[]): T[] {
  return records.toSorted((a, b) => b.created.localeCompare(a.created));
}
