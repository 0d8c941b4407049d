import type { LabErrorView } from '../../core/errors';
import { type QuantityName, quantityNames } from '../../core/inside/reading';
import type { TrackingUnit } from '../../core/inside/texts/tracking';
import type { TextProbe, TextUnits } from '../../core/inside/texts/view';
import type { Num } from '../../core/inside/view';
import type { CellName } from '../../core/nn/model';
import type { TextRecord } from '../../core/text/record';
import { viewOf } from './refusal';
import type { Workspace } from './workspace.svelte';

/** What a cell has, by the letters of its equations. */
const quantitiesOf: Record<CellName, readonly QuantityName[]> = {
  rnn: ['h', 'a'],
  lstm: ['h', 'c', 'i', 'f', 'g', 'o'],
  gru: ['h', 'r', 'z', 'n'],
};
/** Someone is still typing: what is asked for waits this long for the next letter. */
const settleMilliseconds = 150;

/** A language model while it reads: one quantity of one layer over a stretch of text, and units that follow something. */
export class TextInside {
  open = $state(false);
  /** Characters of one's own; empty: a stretch of the run's text. */
  own = $state('');
  /** First character of that stretch; null: where the test part begins. */
  at = $state<number | null>(null);
  layer = $state(0);
  quantity = $state<QuantityName>('h');
  unit = $state(0);
  /** Step that is pointed at. */
  step = $state<number | null>(null);
  probe = $state.raw<TextProbe | null>(null);
  units = $state.raw<TextUnits | null>(null);
  refusal = $state.raw<LabErrorView | null>(null);
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly workspace: Workspace) {}

  /** [T][H] of what is shown. */
  readonly matrix: Num[][] = $derived(this.probe?.layers[this.layer]?.states[this.quantity] ?? []);
  /** [T] of the unit chosen. */
  readonly trace: Num[] = $derived(this.matrix.map((row) => row[this.unit] ?? null));
  readonly quantities: readonly QuantityName[] = $derived(
    quantityNames.filter((name) => this.probe && quantitiesOf[this.probe.cell].includes(name)),
  );

  /** Another model: what was chosen of the one before may not be in it. */
  begin(model: TextRecord): void {
    if (this.probe && this.probe.run !== model.id) this.forget();
    this.layer = Math.min(this.layer, model.model.L - 1);
    this.unit = Math.min(this.unit, model.model.H - 1);
    if (!quantitiesOf[model.cell].includes(this.quantity)) this.quantity = 'h';
    void this.look(model.id);
    if (this.units?.run !== model.id) void this.rank(model.id);
  }

  forget(): void {
    this.probe = null;
    this.units = null;
    this.at = null;
    this.step = null;
    this.refusal = null;
  }

  choose({ layer, quantity, unit }: Pick<TrackingUnit, 'layer' | 'quantity' | 'unit'>): void {
    Object.assign(this, { layer, quantity, unit });
  }

  /** Soon, for letters are still being typed. */
  read(change: { own?: string; at?: number | null }): void {
    Object.assign(this, change);
    clearTimeout(this.timer);
    const { model } = this.workspace.texts;
    if (model) this.timer = setTimeout(() => void this.look(model.id), settleMilliseconds);
  }

  /** The last question counts, whatever comes back first. */
  private async look(run: string): Promise<void> {
    const turn = ++this.asked;
    const { own, at, layer, quantity } = this;
    const where = own === '' ? (at === null ? {} : { at }) : { text: own };
    try {
      const probe = await this.workspace.lab.call('text.inside', { run, ...where, only: { layer, quantity } });
      if (turn !== this.asked) return;
      this.probe = probe;
      this.refusal = null;
      if (this.step !== null && this.step >= probe.steps.length) this.step = null;
    } catch (thrown) {
      if (turn === this.asked) this.refusal = viewOf(thrown);
    }
  }

  /** Where the text cannot be had no unit is ranked, and the look says so. */
  private async rank(run: string): Promise<void> {
    const units = await this.workspace.lab.call('text.units', { run }).catch(() => null);
    if (this.workspace.texts.model?.id !== run) return;
    this.units = units;
    const [first] = units?.tracking[0]?.units ?? [];
    if (first) this.choose(first);
  }
}
