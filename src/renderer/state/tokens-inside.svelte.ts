import type { LabErrorView } from '../../core/errors';
import { type QuantityName, quantityNames } from '../../core/inside/reading';
import type { LabelUnits } from '../../core/inside/texts/label-units';
import type { LabelProbe } from '../../core/inside/texts/labels';
import type { TrackingUnit } from '../../core/inside/texts/tracking';
import type { OneQuantity, TextProbe, TextUnits } from '../../core/inside/texts/view';
import type { InsideLayer, Num } from '../../core/inside/view';
import type { CellName, ModelSpec } from '../../core/nn/model';
import { viewOf } from './refusal';

/** What a cell has, by the letters of its equations. */
const quantitiesOf: Record<CellName, readonly QuantityName[]> = {
  rnn: ['h', 'a'],
  lstm: ['h', 'c', 'i', 'f', 'g', 'o'],
  gru: ['h', 'r', 'z', 'n'],
};
/** Someone is still typing: what is asked for waits this long for the next letter. */
const settleMilliseconds = 150;

export type Unit = Pick<TrackingUnit, 'layer' | 'quantity' | 'unit'>;
interface Probe {
  run: string;
  cell: CellName;
  steps: unknown[];
  layers: InsideLayer[];
}
interface Units {
  run: string;
  tracking: { units: TrackingUnit[] }[];
}
interface Model {
  id: string;
  cell: CellName;
  model: ModelSpec;
}
/** What the Lab answers of a model. */
export interface Asks<P, U> {
  model(): Model | null;
  /** Text of one's own, else what stands at the place chosen, else what the Lab takes. */
  look(run: string, where: { text: string } | { at: number } | null, only: OneQuantity): Promise<P>;
  rank(run: string): Promise<U>;
}

/** A model of texts while it reads: one quantity of one layer over a text, and units that follow something. */
export class TokensInside<P extends Probe, U extends Units> {
  open = $state(false);
  /** A text of one's own; empty: one of the run's. */
  own = $state('');
  /** Which of the run's; null: the Lab's choice. */
  at = $state<number | null>(null);
  layer = $state(0);
  quantity = $state<QuantityName>('h');
  unit = $state(0);
  /** Step that is pointed at. */
  step = $state<number | null>(null);
  probe = $state.raw<P | null>(null);
  units = $state.raw<U | null>(null);
  refusal = $state.raw<LabErrorView | null>(null);
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly asks: Asks<P, U>) {}

  /** [T][H] of what is shown. */
  readonly matrix: Num[][] = $derived(this.probe?.layers[this.layer]?.states[this.quantity] ?? []);
  /** [T] of the unit chosen. */
  readonly trace: Num[] = $derived(this.matrix.map((row) => row[this.unit] ?? null));
  readonly quantities: readonly QuantityName[] = $derived(
    quantityNames.filter((name) => this.probe && quantitiesOf[this.probe.cell].includes(name)),
  );

  /** Another model: what was chosen of the one before may not be in it. */
  begin({ id, cell, model }: Model): void {
    if (this.probe && this.probe.run !== id) this.forget();
    this.layer = Math.min(this.layer, model.L - 1);
    this.unit = Math.min(this.unit, model.H - 1);
    if (!quantitiesOf[cell].includes(this.quantity)) this.quantity = 'h';
    void this.look(id);
    if (this.units?.run !== id) void this.rank(id);
  }

  forget(): void {
    this.probe = null;
    this.units = null;
    this.at = null;
    this.step = null;
    this.refusal = null;
  }

  choose({ layer, quantity, unit }: Unit): void {
    Object.assign(this, { layer, quantity, unit });
  }

  isChosen({ layer, quantity, unit }: Unit): boolean {
    return this.layer === layer && this.quantity === quantity && this.unit === unit;
  }

  /** Soon, for letters are still being typed. */
  read(change: { own?: string; at?: number | null }): void {
    Object.assign(this, change);
    clearTimeout(this.timer);
    const model = this.asks.model();
    if (model) this.timer = setTimeout(() => void this.look(model.id), settleMilliseconds);
  }

  /** The last question counts, whatever comes back first. */
  private async look(run: string): Promise<void> {
    const turn = ++this.asked;
    const { own, at, layer, quantity } = this;
    const where = own === '' ? (at === null ? null : { at }) : { text: own };
    try {
      const probe = await this.asks.look(run, where, { layer, quantity });
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
    const units = await this.asks.rank(run).catch(() => null);
    if (this.asks.model()?.id !== run) return;
    this.units = units;
    const [first] = units?.tracking[0]?.units ?? [];
    if (first) this.choose(first);
  }
}

export type AnyTokensInside = TokensInside<TextProbe, TextUnits> | TokensInside<LabelProbe, LabelUnits>;
