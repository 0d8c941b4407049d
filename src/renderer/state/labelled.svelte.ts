import type { LabelUnits } from '../../core/inside/texts/label-units';
import type { LabelProbe } from '../../core/inside/texts/labels';
import type { DataSource } from '../../core/protocol';
import type { Verdict } from '../../core/run';
import type { LabelledView, TellingOf } from '../../core/text/labelled/contract';
import type { LabelledPlan } from '../../core/text/labelled/plan';
import type { LabelledKind, LabelledReading, LabelledRecord } from '../../core/text/labelled/record';
import type { LabelledSettings } from '../../core/text/labelled/settings';
import { judgeLabels } from '../../core/text/labelled/verdict';
import { TokenBench } from './token-bench.svelte';
import { TokensInside } from './tokens-inside.svelte';
import { type RunState, textRunOf } from './training';
import type { Workspace } from './workspace.svelte';

/** The bench for labelled texts: a file or a trained model, its settings, what is trained on it, and what it says of a text. */
export class LabelledBench extends TokenBench<LabelledView, LabelledSettings, LabelledPlan, LabelledRecord> {
  private source = $state.raw<DataSource | null>(null);
  /** What was typed in, and what the model says of it. */
  typed = $state('');
  told = $state.raw<TellingOf | null>(null);
  telling = $state(false);
  readonly inside: TokensInside<LabelProbe, LabelUnits>;

  constructor(workspace: Workspace) {
    super(workspace);
    this.inside = new TokensInside({
      model: () => this.model,
      look: (run, where, only) => {
        const which = where && ('at' in where ? { example: where.at } : where);
        return workspace.lab.call('labelled.inside', { run, ...which, only });
      },
      rank: (run) => workspace.lab.call('labelled.units', { run }),
    });
  }

  /** Kept models of the experiment that is shown, the best on the validation part first. */
  readonly records: LabelledRecord[] = $derived.by(() => {
    const own = this.workspace.shelf.labelled.filter(({ experiment }) => experiment === this.shownId);
    return own.toSorted((a, b) => lossOf(a) - lossOf(b));
  });

  /** The kept model at hand: the one chosen, else the best of what is shown. */
  readonly model: LabelledRecord | null = $derived.by(
    () => this.workspace.shelf.labelled.find(({ id }) => id === this.picked) ?? this.records[0] ?? null,
  );

  /** In training, or as kept. */
  readonly runs: RunState[] = $derived.by(() => {
    const live = this.shownId ? this.workspace.experiments.get(this.shownId)?.runs : undefined;
    return live ?? this.records.map(textRunOf).reverse();
  });

  readonly kind: LabelledKind = $derived(this.view?.kind ?? this.model?.kind ?? 'tagging');
  /** Of all that have ended, once nothing of the experiment is in training. */
  readonly verdict: Verdict | null = $derived(
    this.records.length > 0 && !this.learning ? judgeLabels(this.records.toReversed()) : null,
  );
  readonly facts: string[] = $derived.by(() => {
    const { t, format } = this.workspace;
    const count = this.view?.count ?? this.model?.dataset.texts ?? 0;
    const labels = this.view?.labels.length ?? this.model?.labels.length ?? 0;
    return [t.labels.texts[this.kind](format.integer(count)), t.labels.kinds[this.kind](format.integer(labels))];
  });

  /** Opens a file of this kind; what is wrong with it is said. Of files opened in a row the last counts. */
  async takes(source: DataSource, kind: LabelledKind, ticket: string): Promise<boolean> {
    const { workspace } = this;
    const view = await workspace.attempt(workspace.lab.call('labelled.open', { source, kind }));
    if (workspace.files.reading?.ticket !== ticket) return true;
    workspace.files.reading = null;
    if (!view) return true;
    workspace.texts.close();
    this.close();
    workspace.trouble = null;
    this.view = view;
    this.source = source;
    await this.choose({});
    return true;
  }

  /** The open file once more, with other columns. */
  async reread(change: LabelledReading): Promise<void> {
    const { view, source, workspace } = this;
    if (!view || !source) return;
    const reading = { ...view.reading, ...change };
    const again = await workspace.attempt(workspace.lab.call('labelled.open', { source, kind: view.kind, reading }));
    if (!again || this.view !== view) return;
    this.view = again;
    await this.choose({});
  }

  override close(): void {
    super.close();
    this.typed = '';
  }

  protected planned(view: LabelledView, settings: Partial<LabelledSettings>): Promise<LabelledPlan> {
    return this.workspace.lab.call('labelled.plan', { texts: view.texts, settings });
  }

  protected started(view: LabelledView, settings: Partial<LabelledSettings>): Promise<{ experiment: string }> {
    return this.workspace.lab.call('labelled.start', { texts: view.texts, settings });
  }

  protected unsay(): void {
    this.told = null;
  }

  protected takePlace(): void {
    this.workspace.texts.close();
  }

  /** What the model at hand says of what was typed. */
  async tell(): Promise<void> {
    const { model, typed, workspace } = this;
    if (!model || this.telling || typed.trim() === '') return;
    this.telling = true;
    const answer = await workspace.attempt(workspace.lab.call('labelled.tell', { run: model.id, texts: [typed] }));
    this.telling = false;
    if (answer && this.model?.id === model.id) this.told = answer.told[0] ?? null;
  }
}

const lossOf = ({ metrics }: LabelledRecord): number => metrics.validation.crossEntropy ?? Number.POSITIVE_INFINITY;
