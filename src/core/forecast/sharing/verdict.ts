import { explain } from '../../errors';
import type { CellName } from '../../nn/model';
import { type RunRecord, type SharingOutcome, sharingOutcomes, type Verdict } from '../../run';
import { mean } from '../statistics';

type Run = Pick<RunRecord, 'cell' | 'seed' | 'targets' | 'sharing'>;

/** Whether sharing helped one cell, per task and in all. Under several seeds an outcome is what most of them say. */
export interface SharingVerdict extends Pick<Verdict, 'code' | 'facts' | 'sentence'> {
  cell: CellName;
  seeds: number;
  overall: { outcome: SharingOutcome; change: number };
  tasks: { name: string; outcome: SharingOutcome; change: number; mae: number; maeAlone: number }[];
}

/** One for each cell that has runs beside models of one task. */
export function sharingVerdicts(runs: Run[]): SharingVerdict[] {
  const compared = runs.filter((run) => run.sharing && run.targets);
  return [...new Set(compared.map(({ cell }) => cell))].map((cell) =>
    verdictOf(
      cell,
      compared.filter((run) => run.cell === cell),
    ),
  );
}

function verdictOf(cell: CellName, runs: Run[]): SharingVerdict {
  const [first] = runs;
  const tasks = first!.sharing!.tasks.map(({ name }, m) => {
    const mae = mean(runs.map(({ targets }) => targets![m]!.metrics.test.mae ?? Number.NaN));
    const maeAlone = mean(runs.map(({ sharing }) => sharing!.tasks[m]!.metrics.test.mae ?? Number.NaN));
    const outcome = most(runs.map(({ sharing }) => sharing!.tasks[m]!.outcome));
    return { name, outcome, change: maeAlone > 0 ? 1 - mae / maeAlone : 0, mae, maeAlone };
  });
  const overall = {
    outcome: most(runs.map(({ sharing }) => sharing!.overall.outcome)),
    change: mean(runs.map(({ sharing }) => sharing!.overall.change)),
  };
  const listed = Object.fromEntries(
    sharingOutcomes.map((outcome) => [
      outcome,
      tasks
        .filter((task) => task.outcome === outcome)
        .map(({ name, mae, maeAlone }) => `${name} (${short(mae)} / ${short(maeAlone)})`)
        .join(', '),
    ]),
  );
  const facts = {
    ...{ model: cell.toUpperCase(), kind: first!.sharing!.kind, seeds: runs.length },
    ...listed,
    overall: overall.outcome,
    change: Math.round(1000 * overall.change) / 10,
  };
  const code = 'sharing.verdict';
  return { cell, seeds: runs.length, overall, tasks, code, facts, sentence: explain(code, facts).message };
}

/** What more than half of the seeds say; else it may be chance. */
function most(outcomes: SharingOutcome[]): SharingOutcome {
  const found = sharingOutcomes.find((one) => outcomes.filter((other) => other === one).length > outcomes.length / 2);
  return found ?? 'chance';
}

/** Four significant digits, without trailing zeros. */
const short = (value: number): number => Number(value.toPrecision(4));
