import type { LabErrorView } from '../../core/errors';
import { viewOf } from './refusal';
import type { TokensInside } from './tokens-inside.svelte';
import { isLive, type RunState } from './training';
import type { Workspace } from './workspace.svelte';

interface Choosable {
  models: readonly unknown[];
}
interface Planned<Settings> {
  settings: Settings;
  refusals: LabErrorView[];
}
interface Kept {
  id: string;
  experiment: string;
  dataset: { file: string };
}

/** What the benches for texts have in common: what is open, its settings, their plan, and the models trained on it. */
export abstract class TokenBench<
  View extends { file: string },
  Settings extends Choosable,
  Plan extends Planned<Settings>,
  Model extends Kept,
> {
  view = $state.raw<View | null>(null);
  chosen = $state.raw<Partial<Settings>>({});
  plan = $state.raw<Plan | null>(null);
  refusal = $state.raw<LabErrorView | null>(null);
  /** The experiment whose learning is shown. */
  protected shownId = $state<string | null>(null);
  /** The kept model that was chosen. */
  protected picked = $state<string | null>(null);
  private asked = 0;

  /** The kept model at hand: the one chosen, else the best of what is shown. */
  abstract readonly model: Model | null;
  /** In training, or as kept. */
  abstract readonly runs: RunState[];
  abstract readonly inside: Pick<TokensInside<never, never>, 'open' | 'forget'>;

  constructor(protected readonly workspace: Workspace) {}

  readonly isOpen: boolean = $derived(this.view !== null || this.picked !== null);
  readonly learning: boolean = $derived.by(() => this.runs.some(isLive));
  readonly canTrain: boolean = $derived(
    this.view !== null && this.plan !== null && this.plan.refusals.length === 0 && this.chosen.models?.length !== 0,
  );
  readonly settings: Settings | null = $derived(this.plan && { ...this.plan.settings, ...this.chosen });
  readonly file: string = $derived.by(() => this.view?.file ?? this.model?.dataset.file ?? '');

  protected abstract planned(view: View, settings: Partial<Settings>): Promise<Plan>;
  protected abstract started(view: View, settings: Partial<Settings>): Promise<{ experiment: string }>;
  /** What the model that was at hand said is no longer shown. */
  protected abstract unsay(): void;
  /** The other bench gives its place up. */
  protected abstract takePlace(): void;

  close(): void {
    this.view = null;
    this.plan = null;
    this.refusal = null;
    this.chosen = {};
    this.shownId = null;
    this.picked = null;
    this.unsay();
    this.inside.open = false;
    this.inside.forget();
  }

  /** The last choice counts, whatever comes back first. */
  async choose(change: Partial<Settings>): Promise<void> {
    this.chosen = { ...this.chosen, ...change };
    const { view } = this;
    const turn = ++this.asked;
    if (!view || this.chosen.models?.length === 0) return;
    try {
      const plan = await this.planned(view, this.chosen);
      if (turn !== this.asked) return;
      this.plan = plan;
      this.refusal = plan.refusals[0] ?? null;
    } catch (thrown) {
      if (turn === this.asked) this.refusal = viewOf(thrown);
    }
  }

  async train(): Promise<void> {
    const { view, workspace } = this;
    if (!view || !this.canTrain) return;
    const started = await workspace.attempt(this.started(view, this.chosen));
    if (!started) return;
    workspace.watch({ experiment: started.experiment, settings: null }, view.file);
    this.shownId = started.experiment;
    this.picked = null;
    this.unsay();
  }

  /** A kept model at hand, with those it was trained beside. */
  pick(record: Model): void {
    this.takePlace();
    if (this.view && this.view.file !== record.dataset.file) this.close();
    this.picked = record.id;
    this.shownId = record.experiment;
    this.unsay();
  }
}
