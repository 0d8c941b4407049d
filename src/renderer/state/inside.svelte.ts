import type { QuantityName } from '../../core/inside/reading';
import { orderUnits } from '../../core/inside/similarity';
import type {
  Edit,
  InsideEpochs,
  InsideLayer,
  InsideProbe,
  InsideStack,
  InsideWindow,
  Num,
} from '../../core/inside/view';
import type { CellName } from '../../core/nn/model';
import type { LabConnection } from '../../core/protocol';
import type { RunRecord } from '../../core/run';
import { viewOf } from './refusal';
import type { Workspace } from './workspace.svelte';

/** The gradient of the same window in each run of the experiment. */
export interface Flow {
  cell: CellName;
  name: string;
  /** Of each stack's top layer; null where it was not kept. */
  gradients: (Num[] | null)[];
}

/** What is looked at inside a run, and what was asked of it: one look at a time, the last asked for wins. */
export class Inside {
  run = $state<string | null>(null);
  at = $state<number | string | null>(null);
  epoch = $state<number | null>(null);
  lookback = $state<number | null>(null);
  /** Of targets that share a network: whose loss it is; null: the first. */
  target = $state<string | null>(null);
  edits: Edit[] = $state.raw([]);
  stackIndex = $state(0);
  layerIndex = $state(0);
  quantity = $state<QuantityName>('h');
  /** One of the gates of a task's layer, shown in place of a quantity. */
  private chosenEntrance = $state<number | null>(null);
  pinned = $state<number | null>(null);
  /** The step under the pointer among those read, and among those of a stack that stands on an axis of its own. */
  step = $state<number | null>(null);
  told = $state<number | null>(null);
  probe: InsideProbe | null = $state.raw(null);
  /** The window as it is, to hold an edited one against. */
  base: InsideProbe | null = $state.raw(null);
  flows: Flow[] = $state.raw([]);
  epochs: InsideEpochs | null = $state.raw(null);

  readonly stack = $derived(this.stackOf(this.probe));
  readonly layer: InsideLayer | null = $derived(this.layerOf(this.probe));
  /** Of the window as it is: what an edited one brings is only what is shown. */
  readonly unedited: InsideLayer | null = $derived(this.layerOf(this.base));
  readonly quantities = $derived(Object.keys(this.unedited?.states ?? {}) as QuantityName[]);
  /** Rows of units by the hidden state of the window as it is: they keep their places whatever is shown or dragged. */
  readonly order = $derived(orderUnits(this.unedited?.states.h ?? []));
  readonly entrance = $derived(
    this.chosenEntrance !== null && this.unedited?.entrances?.[this.chosenEntrance] ? this.chosenEntrance : null,
  );
  readonly shown: Num[][] = $derived(
    (this.entrance === null ? this.layer?.states[this.quantity] : this.layer?.entrances?.[this.entrance]?.gate) ?? [],
  );
  /** Place of the column whose loss it is among the inputs. */
  readonly column = $derived(this.probe ? Math.max(0, this.probe.targets.indexOf(this.probe.target)) : 0);

  /** Finished runs on the bench. */
  readonly looked: RunRecord[] = $derived.by(
    () => this.workspace.shown?.runs.flatMap(({ record }) => (record ? [record] : [])) ?? [],
  );
  /** Whether those of the bench are only on their way. */
  readonly waiting = $derived.by(() => this.looked.length === 0 && (this.workspace.shown?.runs.length ?? 0) > 0);

  private runs: RunRecord[] = [];
  private busy: Promise<void> | null = null;
  private stale = false;

  constructor(private readonly workspace: Workspace) {}

  private async attempt<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      const result = await work;
      return result;
    } catch (thrown) {
      this.workspace.trouble = viewOf(thrown);
      return undefined;
    }
  }
  private stackOf(probe: InsideProbe | null) {
    return probe?.stacks[Math.min(this.stackIndex, probe.stacks.length - 1)] ?? null;
  }
  private layerOf(probe: InsideProbe | null): InsideLayer | null {
    const stack = this.stackOf(probe);
    return stack?.layers[Math.min(this.layerIndex, stack.layers.length - 1)] ?? null;
  }
  /** Which of the two axes a stack's steps stand on. */
  axisOf(stack: Pick<InsideStack, 'name' | 'steps'> | null): 'step' | 'told' {
    return stack && (stack.name === 'decoder' || stack.steps !== this.probe?.lookback) ? 'told' : 'step';
  }
  private get lab(): LabConnection {
    return this.workspace.lab;
  }

  /**
   * Turns to the runs of an experiment; the one that is open stays so if it is among them. Else nothing that was asked of it is
   * asked of another, whose series may be shorter and whose epochs are its own.
   */
  async turnTo(runs: RunRecord[]): Promise<void> {
    const known = this.runs.map(({ id }) => id).join();
    this.runs = runs;
    if (runs.map(({ id }) => id).join() === known && this.probe) return;
    if (runs.some(({ id }) => id === this.run)) await this.change({});
    else await this.change({ run: runs[0]?.id ?? null, at: null, lookback: null, target: null });
  }

  async change(wanted: Partial<Pick<Inside, 'run' | 'at' | 'epoch' | 'lookback' | 'target' | 'edits'>>): Promise<void> {
    if ('run' in wanted) Object.assign(this, { epoch: null, edits: [], pinned: null, stackIndex: 0, layerIndex: 0 });
    if ('at' in wanted || 'lookback' in wanted || 'target' in wanted) this.edits = [];
    Object.assign(this, wanted);
    this.stale = true;
    this.busy ??= this.lookWhileStale().finally(() => {
      this.busy = null;
    });
    await this.busy;
  }

  private async lookWhileStale(): Promise<void> {
    while (this.stale) {
      this.stale = false;
      await this.look();
    }
  }

  private get window(): InsideWindow | null {
    if (!this.run) return null;
    const { run, at, epoch, lookback, target } = this;
    return {
      run,
      ...(at !== null && { at }),
      ...(epoch !== null && { epoch }),
      ...(lookback !== null && { lookback }),
      ...(target !== null && { target }),
    };
  }

  private async look(): Promise<void> {
    const { window, edits } = this;
    if (!window) {
      Object.assign(this, { probe: null, base: null, flows: [], epochs: null });
      return;
    }
    const call =
      edits.length > 0
        ? this.lab.call('inside.whatIf', {
            ...window,
            edits,
            quantities: [this.entrance === null ? this.quantity : 'entrances'],
          })
        : this.lab.call('inside.probe', window);
    const probe = await this.attempt(call);
    if (window.run !== this.run) return;
    if (!probe) {
      // a moment that was refused is not asked for again; the window that is shown is the one that is meant
      if (typeof window.at === 'string' && this.at === window.at) this.at = this.probe?.at ?? null;
      return;
    }
    // of one row that is read, what unrolls is the decoder
    if (this.probe?.run !== probe.run && probe.lookback === 1) this.stackIndex = probe.stacks.length - 1;
    this.probe = probe;
    // unless another was asked for since
    if (this.at === (window.at ?? null)) this.at = probe.at;
    if (edits.length > 0) return;
    this.base = probe;
    if (!this.quantities.includes(this.quantity)) this.quantity = 'h';
    // what is still moving is not looked at more closely
    if (!this.stale) await this.lookRound(window, probe);
  }

  /** The same window in the other runs of the experiment, and under earlier weights. */
  private async lookRound(window: InsideWindow, probe: InsideProbe): Promise<void> {
    const flows: Flow[] = [];
    for (const record of this.runs) {
      if (this.stale) return;
      const { at, lookback } = probe;
      const own = record.id === probe.run;
      const asked = { run: record.id, at, lookback, ...(window.target && { target: window.target }) };
      const other = own ? probe : await this.attempt(this.lab.call('inside.probe', asked));
      const gradients = other?.stacks.map(({ layers }) => layers.at(-1)?.gradient?.h ?? null);
      if (gradients) flows.push({ cell: record.cell, name: record.name, gradients });
    }
    this.flows = flows;
    if (this.stale) return;
    const { epoch: _, ...asked } = { ...window, at: probe.at };
    this.epochs = (await this.attempt(this.lab.call('inside.epochs', asked))) ?? null;
  }

  /** Shows another quantity; one of an edited window has to be asked for. */
  async show(quantity: QuantityName): Promise<void> {
    this.quantity = quantity;
    this.chosenEntrance = null;
    if (this.edits.length > 0) await this.change({});
  }

  async showEntrance(place: number): Promise<void> {
    this.chosenEntrance = place;
    if (this.edits.length > 0) await this.change({});
  }

  /** Turns to another of the targets that share a network, and to its own layer. */
  async turnToTarget(target: string): Promise<void> {
    const own = this.probe?.stacks.findIndex(({ task }) => task === target) ?? -1;
    if (own >= 0) Object.assign(this, { stackIndex: own, layerIndex: 0, pinned: null });
    await this.change({ target });
  }

  /** Another value for one point of the target's window. */
  async edit(step: number, value: number): Promise<void> {
    const column = this.probe?.inputs[this.column]?.name;
    if (column === undefined) return;
    await this.change({ edits: [...this.edits.filter((one) => one.step !== step), { step, column, value }] });
  }
}
