import type { LabErrorView } from '../../core/errors';
import type { TextProbe, TextUnits } from '../../core/inside/texts/view';
import type { DataSource, Example } from '../../core/protocol';
import type { TextView } from '../../core/text/contract';
import type { TextPlan } from '../../core/text/plan';
import type { TextRecord } from '../../core/text/record';
import type { TextSettings } from '../../core/text/settings';
import { viewOf } from './refusal';
import { TokensInside } from './tokens-inside.svelte';
import { isLive, type RunState, textRunOf } from './training';
import type { Workspace } from './workspace.svelte';

/** How a trained model is to write. */
export interface Wish {
  prime: string;
  length: number;
  temperature: number;
  seed: number;
  /** Where it ends before its length; empty: nowhere. */
  stop: string;
}

/** Whether a source may be a text at all, by its name, or as an example that is one. */
export function mayBeText(source: DataSource, examples: Example[] = []): boolean {
  if (source.kind === 'example') return examples.some(({ name, text }) => text && name === source.name);
  const name = source.kind === 'upload' ? source.name : source.kind === 'path' ? source.path : '';
  return name !== '' && !/\.(csv|tsv|tab|gz|zip|xlsx?)$/i.test(name);
}

const isNamedText = (source: DataSource): boolean => source.kind === 'upload' && /\.(txt|text|md)$/i.test(source.name);

/** The bench for texts: a file or a trained language model, its settings, what is trained on it, and what it writes. */
export class TextBench {
  view = $state.raw<TextView | null>(null);
  chosen = $state.raw<Partial<TextSettings>>({});
  plan = $state.raw<TextPlan | null>(null);
  refusal = $state.raw<LabErrorView | null>(null);
  /** The experiment whose learning is shown. */
  private shownId = $state<string | null>(null);
  /** The kept model that was chosen. */
  private picked = $state<string | null>(null);
  wish = $state.raw<Wish>({ prime: '', length: 400, temperature: 0.8, seed: 1, stop: '' });
  /** What was written last, after its prime. */
  written = $state.raw<{ prime: string; text: string } | null>(null);
  writing = $state(false);
  readonly inside: TokensInside<TextProbe, TextUnits>;
  private asked = 0;

  constructor(private readonly workspace: Workspace) {
    this.inside = new TokensInside({
      model: () => this.model,
      look: (run, where, only) => workspace.lab.call('text.inside', { run, ...where, only }),
      rank: (run) => workspace.lab.call('text.units', { run }),
    });
  }

  /** The kept model at hand: the one chosen, else the best of what is shown. */
  readonly model: TextRecord | null = $derived.by(() => {
    const { languages: texts } = this.workspace.shelf;
    const picked = texts.find(({ id }) => id === this.picked);
    if (picked) return picked;
    const done = texts.filter(({ experiment }) => experiment === this.shownId);
    return done.toSorted((a, b) => a.metrics.validation.nats - b.metrics.validation.nats)[0] ?? null;
  });

  /** In training, or as kept. */
  readonly runs: RunState[] = $derived.by(() => {
    const live = this.shownId ? this.workspace.experiments.get(this.shownId)?.runs : undefined;
    if (live) return live;
    return this.model ? [textRunOf(this.model)] : [];
  });

  readonly isOpen: boolean = $derived(this.view !== null || this.picked !== null);
  readonly learning: boolean = $derived(this.runs.some(isLive));
  readonly canTrain: boolean = $derived(
    this.view !== null && this.plan !== null && this.plan.refusals.length === 0 && this.chosen.models?.length !== 0,
  );
  readonly settings: TextSettings | null = $derived(this.plan && { ...this.plan.settings, ...this.chosen });
  readonly file: string = $derived(this.view?.file ?? this.model?.dataset.file ?? '');

  readonly characters: number = $derived(this.view?.characters ?? this.model?.dataset.characters ?? 0);

  /**
   * Opens a text; false where it is no text at all and is for the reader of tables, which knows what else it may be. What else is wrong with a text is said. Of files opened in a row the last counts: one whose `ticket` is no longer
   * awaited is passed over.
   */
  async takes(source: DataSource, ticket: string): Promise<boolean> {
    const view = await this.workspace.lab.call('text.open', { source }).catch(viewOf);
    if (this.workspace.files.reading?.ticket !== ticket) return true;
    if ('code' in view) {
      if (!view.code.startsWith('text.') || (view.code === 'text.binary' && !isNamedText(source))) return false;
      this.workspace.files.reading = null;
      this.workspace.trouble = view;
      return true;
    }
    this.close();
    this.workspace.labelled.close();
    this.workspace.files.reading = null;
    this.workspace.trouble = null;
    this.view = view;
    await this.choose({});
    return true;
  }

  close(): void {
    this.view = null;
    this.plan = null;
    this.refusal = null;
    this.chosen = {};
    this.shownId = null;
    this.picked = null;
    this.written = null;
    this.inside.open = false;
    this.inside.forget();
  }

  /** The last choice counts, whatever comes back first. */
  async choose(change: Partial<TextSettings>): Promise<void> {
    this.chosen = { ...this.chosen, ...change };
    const { view } = this;
    const turn = ++this.asked;
    if (!view || this.chosen.models?.length === 0) return;
    try {
      const plan = await this.workspace.lab.call('text.plan', { text: view.text, settings: this.chosen });
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
    const started = await workspace.attempt(
      workspace.lab.call('text.start', { text: view.text, settings: this.chosen }),
    );
    if (!started) return;
    workspace.watch({ experiment: started.experiment, settings: null }, view.file);
    this.shownId = started.experiment;
    this.picked = null;
    this.written = null;
  }

  /** A kept model at hand, with what it wrote as it learned. */
  pick(record: TextRecord): void {
    this.workspace.labelled.close();
    if (this.view && this.view.file !== record.dataset.file) this.close();
    this.picked = record.id;
    this.shownId = record.experiment;
    this.written = null;
  }

  async write(): Promise<void> {
    const { model, wish, workspace } = this;
    if (!model || this.writing) return;
    this.writing = true;
    const { stop, ...rest } = wish;
    const answer = await workspace.attempt(
      workspace.lab.call('text.write', { run: model.id, ...rest, ...(stop && { stop }) }),
    );
    this.writing = false;
    if (answer) this.written = { prime: wish.prime, text: answer.text };
  }
}
