import type { ColumnSummary } from '../../core/data/frame';
import { isClassTask, readsLabels, type Settings, type TaskName } from '../../core/settings';

/** What was chosen, with another target: its inputs are again those usual for it. */
export function withTarget({ inputs: _, ...chosen }: Partial<Settings>, target: string): Partial<Settings> {
  return { ...chosen, target };
}

/** With another task: between labels and numbers the target changes too, and what was chosen for the other goes with it. */
export function withTask(chosen: Partial<Settings>, before: TaskName | undefined, task: TaskName): Partial<Settings> {
  const { target, inputs, loss, transform, scale, ...others } = chosen;
  const sameTarget = readsLabels(before) === readsLabels(task);
  const sameAnswer = before !== undefined && isClassTask(before) === isClassTask(task);
  const kept = { ...(sameTarget ? { target, inputs } : {}), ...(sameAnswer ? { loss, transform, scale } : {}) };
  const given = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  return { ...others, ...given, task };
}

/** The column the chart draws: the target, or where that is of words the first numbers it is told from. */
export function drawnColumn(columns: ColumnSummary[], settings: Settings | null, usual: string | null): string | null {
  const wanted = [settings?.target ?? null, ...(settings?.inputs ?? []), usual];
  const isNumber = (name: string | null) => columns.some((column) => column.kind === 'number' && column.name === name);
  return wanted.find(isNumber) ?? null;
}
