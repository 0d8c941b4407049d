import type { Language } from '../../core/errors';
import type { WindowState } from '../../core/protocol';
import { type Bench, views } from './bench.svelte';
import { themes } from './preferences.svelte';
import { isLive } from './training';
import { drawerTabs, type Workspace } from './workspace.svelte';

const settleMilliseconds = 250;

/** Of a window's state what changes by one press: the file, the runs, what is shown of them. */
const picksOf = ({ recent, shown, ticked, view, tab, target, logarithmic, language, theme }: WindowState): string =>
  JSON.stringify([recent, shown, ticked, view, tab, target, logarithmic, language, theme]);

/**
 * The window comes back as it was left: the host keeps its state with the project, so that another start, another port or
 * another browser finds it again. What no longer holds (a file that is gone, a run that was deleted) is passed over.
 */
export class Session {
  /** Until it is known how the window was left, nothing is shown that would only flash by. */
  restoring = $state(true);
  /** Left to bring back once its file is opened again. */
  private waiting: WindowState | null = null;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private kept = '';
  private keptPicks: string | null = null;

  readonly state: WindowState = $derived.by(() => {
    const { dataset, chosen, shownId: shown, tab, preferences, overlay, series } = this.workspace;
    const { view, logarithmic, chosenTarget: target } = this.bench;
    const { language, theme, leftWidth, bottomShare } = preferences;
    const recent = dataset?.recent ?? null;
    const ticked = overlay.selection.runs;
    const seen = { view, range: series.range, logarithmic, target };
    return { recent, chosen, shown, ticked, ...seen, tab, language, theme, leftWidth, bottomShare };
  });

  constructor(
    private readonly workspace: Workspace,
    private readonly bench: Bench,
  ) {}

  async begin(): Promise<void> {
    const { workspace } = this;
    await workspace.begun;
    const left = await workspace.lab.call('window.read', {}).catch(() => null);
    if (left && !workspace.dataset && !workspace.files.reading) {
      if (!workspace.preferences.known) this.prefer(left);
      this.waiting = left;
      if (left.recent) await workspace.files.open({ kind: 'recent', id: left.recent });
    }
    this.restoring = false;
  }

  /** To be called in an effect: brings back what belongs to the file that was opened, and keeps what changed. */
  follow(): void {
    const { state, restoring, waiting } = this;
    if (state.recent && waiting?.recent === state.recent) {
      this.waiting = null;
      this.keptPicks = picksOf(state);
      void this.comeBack(waiting);
      return;
    }
    if (restoring || (waiting?.recent && !state.recent)) return;
    this.waiting = null;
    clearTimeout(this.settling);
    // what is picked is kept at once, so that a window closed right after comes back with it; drags are let settle
    if (picksOf(state) !== this.keptPicks) this.keep();
    else this.settling = setTimeout(() => this.keep(), settleMilliseconds);
  }

  private keep(): void {
    const { state } = this;
    const text = JSON.stringify(state);
    if (text === this.kept) return;
    this.kept = text;
    this.keptPicks = picksOf(state);
    // what cannot be kept is no reason to disturb anyone
    void this.workspace.lab.call('window.keep', { state }).catch(() => {});
  }

  private async comeBack(left: WindowState): Promise<void> {
    const { chosen, shown, view, tab } = left;
    const { workspace, bench } = this;
    const known = views.find((name) => name === view);
    if (known) bench.view = known;
    if (Object.keys(chosen).length > 0) await workspace.choose(chosen);
    const record = workspace.runs.find(({ experiment }) => experiment === shown);
    const live = workspace.experiments.get(shown ?? '')?.runs.some(isLive);
    if (shown && live) workspace.shownId = shown;
    else if (record) await workspace.show(record);
    const ticked = (left.ticked ?? []).filter((id) => workspace.runs.some((run) => run.id === id));
    if (ticked.length > 0) await workspace.overlay.tick(ticked);
    bench.chosenTarget = left.target ?? null;
    bench.logarithmic = left.logarithmic ?? false;
    // all of it, where forecasts were seen, was chosen too
    if (left.range || left.shown) workspace.series.look(left.range ?? null);
    const name = drawerTabs.find((name) => name === tab);
    if (name) workspace.turnTo(name);
  }

  private prefer({ language, theme, leftWidth, bottomShare }: WindowState): void {
    const { preferences } = this.workspace;
    preferences.language = language as Language;
    preferences.theme = themes.find((name) => name === theme) ?? 'auto';
    preferences.leftWidth = leftWidth;
    preferences.bottomShare = bottomShare;
  }
}
