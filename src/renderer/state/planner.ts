import { drawnColumn } from './choices';
import { viewOf } from './refusal';
import type { Workspace } from './workspace.svelte';

/** Rows before the test part that are fetched with it, for forecasts compared with the truth shifted. */
const shownBefore = 6;

/** Asks the Lab what an experiment with the chosen settings would be, and draws the column it forecasts. */
export class Planner {
  private stale = false;
  private planning: Promise<void> | null = null;

  constructor(private readonly workspace: Workspace) {}

  /** One plan at a time: while settings are dragged, the one after it takes up all that has changed. */
  plan(): Promise<void> {
    this.stale = true;
    this.planning ??= this.planWhileStale().finally(() => {
      this.planning = null;
    });
    return this.planning;
  }

  private async planWhileStale(): Promise<void> {
    while (this.stale) {
      this.stale = false;
      await this.planOnce();
    }
  }

  private async planOnce(): Promise<void> {
    const { workspace } = this;
    const { dataset, chosen, lab } = workspace;
    if (!dataset || dataset.inspection.question || chosen.models?.length === 0) return;
    try {
      const plan = await lab.call('experiment.plan', { dataset: dataset.dataset, settings: chosen });
      if (dataset !== workspace.dataset) return;
      workspace.plan = plan;
      workspace.planRefusal = null;
    } catch (thrown) {
      if (dataset === workspace.dataset) workspace.planRefusal = viewOf(thrown);
    }
    const { settings } = workspace;
    const target = drawnColumn(dataset.inspection.columns, settings, dataset.inspection.target);
    if (target) await this.draw(target);
  }

  /** Draws this column over the rows of the experiment, of which it is the target or one of several. */
  async draw(column: string): Promise<void> {
    const { dataset, settings, plan, series } = this.workspace;
    if (!dataset) return;
    const { inputs, missing, outputs } = settings ?? { inputs: [], missing: 'leave-out' as const, outputs: [] };
    // rows are those in which the first target and its inputs are known, whichever of the targets is drawn; labels leave none out
    const isNumbers = dataset.inspection.columns.some(
      ({ name, kind }) => name === settings?.target && kind === 'number',
    );
    const others = settings && isNumbers && column !== settings.target ? [settings.target, ...inputs] : inputs;
    await series.show(dataset.dataset, column, dataset.inspection.rows, { inputs: others, missing, outputs });
    if (plan?.parts) await series.needTested(plan.parts.test[0], plan.settings.horizon + shownBefore);
  }
}
