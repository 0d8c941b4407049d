import type { RunRecord } from '../../core/run';
import { benchOf, noSelection, type Selection, ticked } from './selection';
import { isLive } from './training';
import type { Workspace } from './workspace.svelte';

/** Runs ticked in the table, of whatever experiments: they stand on the bench together, like an experiment of their own. */
export class Overlay {
  selection: Selection = $state.raw(noSelection);
  /** What stood on the bench before. */
  private before: string | null = null;

  constructor(private readonly workspace: Workspace) {}

  /** Something else is shown. */
  clear(): void {
    this.selection = noSelection;
  }

  /** Exactly these runs; none: what was there before comes back. */
  async tick(runs: string[]): Promise<void> {
    const { workspace } = this;
    if (this.selection.runs.length === 0) this.before = workspace.shownId;
    const known = [...workspace.experiments.values()].flatMap((experiment) => experiment.runs);
    this.selection = { runs, comparison: null };
    if (runs.length === 0) return this.leave();
    const put = () => {
      const now = workspace.experiments.get(ticked)?.runs ?? [];
      const bench = benchOf(this.selection, workspace.runs, [...now, ...known]);
      workspace.experiments = new Map(workspace.experiments).set(ticked, bench);
      workspace.shownId = ticked;
    };
    put();
    this.forget();
    const comparison = await workspace.shelf.compare(runs, workspace.preferences.language);
    if (this.selection.runs !== runs) return;
    this.selection = { runs, comparison: comparison ?? null };
    put();
    const missing = workspace.experiments.get(ticked)!.runs.filter(({ test }) => !test);
    await Promise.all(missing.map(({ run }) => workspace.fetchForecasts(ticked, run)));
  }

  /** The runs on the bench that have ended, for what is made of them: a comparison, a report. */
  readonly judged: string[] = $derived.by(() => {
    const { shown } = this.workspace;
    const ended = shown?.comparison?.runs ?? shown?.runs.flatMap(({ record }) => record ?? []) ?? [];
    return ended.map(({ id }) => id);
  });

  /** A run that was deleted leaves the bench, and those beside it are compared without it. */
  drop(run: string): void {
    const { workspace } = this;
    const { runs } = this.selection;
    if (runs.includes(run)) {
      void this.tick(runs.filter((id) => id !== run));
      return;
    }
    if (!workspace.shown?.runs.some((known) => known.run === run)) return;
    const beside = workspace.runs.find(({ experiment }) => experiment === workspace.shownId);
    workspace.shownId = null;
    this.forget();
    if (beside) void workspace.show(beside);
  }

  /** The same training once more, from the file that is open or from where it was read. */
  async again({ id, dataset: { file } }: RunRecord): Promise<void> {
    const { workspace } = this;
    const dataset = workspace.dataset?.dataset;
    const started = await workspace.attempt(workspace.lab.call('run.again', { run: id, ...(dataset && { dataset }) }));
    if (started) workspace.watch(started, file);
  }

  /** What is neither shown nor in training need not be in hand: its records lie on the shelf, the rest is asked for anew. */
  forget(): void {
    const { workspace } = this;
    const kept = [...workspace.experiments].filter(([id, { runs }]) => id === workspace.shownId || runs.some(isLive));
    if (kept.length < workspace.experiments.size) workspace.experiments = new Map(kept);
  }

  private async leave(): Promise<void> {
    const { workspace, before } = this;
    const record = workspace.runs.find(({ experiment }) => experiment === before);
    workspace.shownId = before;
    this.forget();
    if (record) await workspace.show(record);
  }
}
