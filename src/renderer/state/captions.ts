import type { InsideStack } from '../../core/inside/view';
import type { RunRecord } from '../../core/run';
import { momentText } from '../charts/inside';
import { fileTitle } from './wording';
import type { Workspace } from './workspace.svelte';

/** The series a run forecasts, as it is called on the bench where it is open there; `target`: another of several. */
export function sourceOf(workspace: Workspace, record: RunRecord | null | undefined, target?: string | null): string {
  const first = record?.dataset.target;
  const open = !record || (workspace.dataset && workspace.isOfOpenFile(record));
  if (open && (target ?? first) === first) return workspace.title;
  return `${fileTitle(record?.dataset.file ?? '', workspace.t)}, ${target ?? first}`;
}

/** What a saved picture of a network's inside says it is of: series, run, window, weights; of one layer among several also which. */
export function captionOf(workspace: Workspace, layered = false): { source: string; note: string } {
  const { t, format, inside } = workspace;
  const { probe } = inside;
  const record = inside.looked.find(({ id }) => id === probe?.run);
  const source = sourceOf(workspace, record, probe?.target);
  if (!probe) return { source, note: '' };
  const name = record?.name ?? probe.cell;
  const end = momentText(probe.times?.at(-1)) ?? t.inside.row(format.integer(probe.at));
  const steps = format.integer(probe.lookback);
  const note = t.picture.inside(name.toUpperCase(), steps, end, format.integer(probe.epoch));
  const several = probe.stacks.length > 1 || (probe.stacks[0]?.layers.length ?? 0) > 1;
  if (!layered || !several || !inside.stack) return { source, note };
  return { source, note: `${note} ${t.picture.layer(t.inside.layerName(inside.stack, inside.layerIndex + 1))}` };
}

/** The axis that the steps of a stack stand on. */
export function axisTitle({ t, inside }: Workspace, stack: Pick<InsideStack, 'name' | 'steps'> | null): string {
  const { probe } = inside;
  const told = stack?.name === 'decoder';
  const dated = told ? probe?.forecast[0]?.time != null && stack.steps === probe.forecast.length : probe?.times != null;
  if (told) return dated ? t.picture.stepTime : t.picture.step;
  return dated && stack?.steps === probe?.lookback ? t.picture.rowTime : t.picture.row;
}
