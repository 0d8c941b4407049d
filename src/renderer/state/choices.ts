import type { ColumnSummary } from '../../core/data/frame';
import type { Settings, TaskName } from '../../core/settings';
import { isClassTask, readsLabels, readsOneRow } from '../../core/task-kinds';

/** What was chosen, with another target: its inputs are again those usual for it. */
export function withTarget({ inputs: _, ...chosen }: Partial<Settings>, target: string): Partial<Settings> {
  return { ...chosen, target };
}

/** What one row that is read has of its own: chosen for it, nothing of this fits a window, nor the other way round. */
const ofOneRow = [
  'lookback',
  'horizon',
  'outputs',
  'models',
  'memory',
  'sampling',
  'season',
  'epochs',
  'scale',
] as const;

/** With another task: between labels and numbers the target changes too, and what was chosen for the other goes with it. */
export function withTask(all: Partial<Settings>, before: TaskName | undefined, task: TaskName): Partial<Settings> {
  const chosen = { ...all };
  if (before !== task && (readsOneRow(task) || (before !== undefined && readsOneRow(before))))
    for (const name of ofOneRow) delete chosen[name];
  const { target, inputs, loss, transform, scale, ...others } = chosen;
  const sameTarget = readsLabels(before) === readsLabels(task);
  const sameAnswer = before !== undefined && isClassTask(before) === isClassTask(task);
  const kept = { ...(sameTarget ? { target, inputs } : {}), ...(sameAnswer ? { loss, transform, scale } : {}) };
  const given = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  return { ...others, ...given, task };
}

/** With a curve in each row, of these columns in order; none: the following rows of the target. */
export function withOutputs(
  { outputs: _, horizon: __, season: ___, inputs: ____, ...chosen }: Partial<Settings>,
  outputs: string[],
): Partial<Settings> {
  return outputs.length > 0 ? { ...chosen, outputs } : chosen;
}

/** Fewest columns that look like the steps of a curve. */
const fewestSteps = 3;

/** The longest run of neighbouring columns of numbers whose names differ in their numbers alone, such as h00 … h23. */
export function likelyCurve(columns: ColumnSummary[]): string[] {
  const runs: string[][] = [];
  let stem: string | null = null;
  for (const { name, kind } of columns) {
    const own = kind === 'number' && /\d/.test(name) ? name.replaceAll(/\d+/g, '#') : null;
    if (own !== null && own === stem) runs.at(-1)!.push(name);
    else runs.push(own === null ? [] : [name]);
    stem = own;
  }
  const longest = runs.reduce((a, b) => (b.length > a.length ? b : a), []);
  return longest.length >= fewestSteps ? longest : [];
}

/** The column the chart draws: the target, or where that is of words the first numbers it is told from. */
export function drawnColumn(columns: ColumnSummary[], settings: Settings | null, usual: string | null): string | null {
  const wanted = [settings?.target ?? null, ...(settings?.inputs ?? []), usual];
  const isNumber = (name: string | null) => columns.some((column) => column.kind === 'number' && column.name === name);
  return wanted.find(isNumber) ?? null;
}

/** Columns of numbers that nothing is made of yet: the models could read them beside the target. */
export function couldBeInputs(columns: ColumnSummary[], settings: Settings): string[] {
  const { target, also, inputs, future, outputs } = settings;
  const taken = new Set([target, ...also, ...inputs, ...future, ...outputs]);
  return columns.flatMap(({ name, kind }) => (kind === 'number' && !taken.has(name) ? [name] : []));
}
