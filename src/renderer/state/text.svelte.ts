import type { TextProbe, TextUnits } from '../../core/inside/texts/view';
import type { DataSource, Example } from '../../core/protocol';
import type { TextView } from '../../core/text/contract';
import type { TextPlan } from '../../core/text/plan';
import type { TextRecord } from '../../core/text/record';
import type { TextSettings } from '../../core/text/settings';
import { viewOf } from './refusal';
import { TokenBench } from './token-bench.svelte';
import { TokensInside } from './tokens-inside.svelte';
import { type RunState, textRunOf } from './training';
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
export class TextBench extends TokenBench<TextView, TextSettings, TextPlan, TextRecord> {
  wish = $state.raw<Wish>({ prime: '', length: 400, temperature: 0.8, seed: 1, stop: '' });
  /** What was written last, after its prime. */
  written = $state.raw<{ prime: string; text: string } | null>(null);
  writing = $state(false);
  readonly inside: TokensInside<TextProbe, TextUnits>;

  constructor(workspace: Workspace) {
    super(workspace);
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

  readonly characters: number = $derived(this.view?.characters ?? this.model?.dataset.characters ?? 0);

  /**
   * Opens a text; false where it is no text at all and is for the reader of tables, which knows what else it may be. What
   * else is wrong with a text is said. Of files opened in a row the last counts: one whose `ticket` is no longer awaited is
   * passed over.
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

  protected planned(view: TextView, settings: Partial<TextSettings>): Promise<TextPlan> {
    return this.workspace.lab.call('text.plan', { text: view.text, settings });
  }

  protected started(view: TextView, settings: Partial<TextSettings>): Promise<{ experiment: string }> {
    return this.workspace.lab.call('text.start', { text: view.text, settings });
  }

  protected unsay(): void {
    this.written = null;
  }

  protected takePlace(): void {
    this.workspace.labelled.close();
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
