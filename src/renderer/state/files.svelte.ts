import type { ReadingChoices } from '../../core/data/frame';
import type { DataSource, LabEvent, RecentFile } from '../../core/protocol';
import { isTakenFile } from './takeaway.svelte';
import { mayBeText } from './text.svelte';
import type { Workspace } from './workspace.svelte';

/** Opening what a person chose, dropped or had open before, and reading it again in another way. */
export class Files {
  /** A file being read: what its progress events bear, and how far it is. */
  reading = $state.raw<{ ticket: string; done: number; rows: number } | null>(null);
  recents = $state.raw<RecentFile[]>([]);
  private tickets = 0;

  constructor(private readonly workspace: Workspace) {}

  /** By the host's own dialog; `take`: what is done with it. */
  async choose(take: (source: DataSource) => unknown = (source) => this.open(source)): Promise<void> {
    const { lab } = this.workspace;
    const source = await this.workspace.attempt(lab.chooseFile?.() ?? Promise.resolve(null));
    if (source) await take(source);
  }

  async drop(file: File, take: (source: DataSource) => unknown = (source) => this.open(source)): Promise<void> {
    const source = await this.workspace.attempt(this.workspace.lab.sourceOf(file));
    if (source) await take(source);
  }

  /** A further file is a task beside what is forecast of the open one: both become one table, and what was chosen stays. */
  async join(source: DataSource): Promise<void> {
    const { workspace } = this;
    const { dataset, settings } = workspace;
    if (!dataset || !settings) return;
    const ticket = `reading-${++this.tickets}`;
    this.reading = { ticket, done: 0, rows: 0 };
    const wanted = { dataset: dataset.dataset, targets: [settings.target, ...settings.also], source, ticket };
    const joined = await workspace.attempt(workspace.lab.call('data.join', wanted));
    if (this.reading?.ticket !== ticket) return;
    this.reading = null;
    if (!joined) return;
    const { chosen } = workspace;
    const named = (columns: string[] | undefined) => columns?.map((name) => `${joined.before}${name}`);
    const [target, ...also] = joined.targets;
    const lists = { inputs: named(chosen.inputs), future: named(chosen.future) };
    const kept = Object.fromEntries(Object.entries(lists).filter(([, columns]) => columns !== undefined));
    await workspace.take(joined.view, false);
    await Promise.all([workspace.chooseAll({ ...chosen, ...kept, target, also }), this.list()]);
  }

  /** A project or a model, whose runs are then among those here. */
  private async bring(source: DataSource): Promise<void> {
    const { workspace } = this;
    workspace.trouble = null;
    const answer = await workspace.takeaway.bring(source);
    if (answer && answer.brought.length + answer.known.length > 0) workspace.turnTo('runs');
  }

  /** What was open before stays until the new file has been read. */
  async open(source: DataSource, choices?: ReadingChoices): Promise<void> {
    if (source.kind === 'upload' && isTakenFile(source.name)) return this.bring(source);
    const { workspace } = this;
    const ticket = `reading-${++this.tickets}`;
    this.reading = { ticket, done: 0, rows: 0 };
    if (!choices && (await this.isOnTexts(source, ticket))) return;
    const opened = workspace.lab.call('data.open', { source, reading: choices, keep: true, ticket });
    const dataset = await workspace.attempt(opened);
    if (this.reading?.ticket !== ticket) return;
    this.reading = null;
    if (!dataset) return;
    const sameFile = choices !== undefined && dataset.inspection.file === workspace.dataset?.inspection.file;
    await Promise.all([workspace.take(dataset, sameFile), this.list()]);
  }

  /** Whether a file was for a bench of texts, and is there now; of files opened in a row the last counts. */
  private async isOnTexts(source: DataSource, ticket: string): Promise<boolean> {
    const { host, labelled, lab, texts } = this.workspace;
    const { kind } = await lab.call('text.recognise', { source }).catch(() => ({ kind: 'table' }) as const);
    if (this.reading?.ticket !== ticket) return true;
    if (kind === 'tagging' || kind === 'classification') return labelled.takes(source, kind, ticket);
    return kind === 'text' && mayBeText(source, host?.examples) && texts.takes(source, ticket);
  }

  /** Those opened lately. */
  async list(): Promise<void> {
    this.recents = (await this.workspace.attempt(this.workspace.lab.call('data.recent', {}))) ?? this.recents;
  }

  /** Read the open file again, with exactly these choices. */
  async reread(choices: ReadingChoices): Promise<void> {
    const { dataset } = this.workspace;
    if (dataset) await this.open(dataset.source, choices);
  }

  async cancel(): Promise<void> {
    const ticket = this.reading?.ticket;
    this.reading = null;
    if (ticket) await this.workspace.attempt(this.workspace.lab.call('data.cancel', { ticket }));
  }

  hear(event: Extract<LabEvent, { type: 'reading' }>): void {
    if (event.ticket !== this.reading?.ticket) return;
    this.reading = { ticket: event.ticket, done: event.bytes / Math.max(1, event.total), rows: event.rows };
  }
}
