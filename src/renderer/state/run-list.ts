import type { Language } from '../../core/errors';
import { settingNamed, settingsThatDiffer } from '../../core/forecast/compare/differing';
import { type Annotation, plainAnnotation, type RunRecord } from '../../core/run';

/** Earlier runs in the order and the selection a person asked for. */
export const sortKeys = ['model', 'data', 'task', 'differs', 'mae', 'skill', 'time', 'when'] as const;
export type SortKey = (typeof sortKeys)[number];
export interface Order {
  key: SortKey;
  descending: boolean;
}

/** Against naive; of classes against the better of majority and persistence. */
export const skillOf = ({ classes, metrics }: RunRecord): number | null => (classes?.metrics ?? metrics).test.skill;

const sortedBy: Record<SortKey, (run: RunRecord) => string | number> = {
  model: ({ cell }) => cell,
  data: ({ dataset }) => `${dataset.file} ${dataset.target}`,
  task: ({ settings }) => `${settings.task} ${String(settings.lookback).padStart(6)}`,
  when: ({ created }) => created,
  differs: ({ settings }) => `${String(settings.hidden).padStart(6)} ${String(settings.layers).padStart(2)}`,
  time: ({ seconds }) => seconds,
  mae: ({ metrics }) => metrics.test.mae ?? Number.POSITIVE_INFINITY,
  skill: (run) => skillOf(run) ?? Number.NEGATIVE_INFINITY,
};

/** Equal ones stay newest first. */
export function sorted(runs: RunRecord[], { key, descending }: Order): RunRecord[] {
  const value = sortedBy[key];
  const sign = descending ? -1 : 1;
  return runs.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    return x === y ? b.created.localeCompare(a.created) : sign * (x < y ? -1 : 1);
  });
}

/** Those in which every word sought is found: name, notes, model, file, target, task or date. */
export function filtered(
  runs: RunRecord[],
  sought: string,
  annotations: Record<string, Annotation> = {},
  starred = false,
): RunRecord[] {
  const words = sought.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter(({ id, cell, dataset, settings, created }) => {
    const { name, notes, starred: star } = annotations[id] ?? plainAnnotation;
    const told = [cell, dataset.file, dataset.target, settings.task, created, name, notes];
    const text = told.join(' ').toLocaleLowerCase();
    return (star || !starred) && words.every((word) => text.includes(word));
  });
}

/** Of each run the settings that are not the same in all runs on its data, as `hidden units 64, layers 2`; none where all agree. */
export function differences(runs: RunRecord[], language: Language): Map<string, string> {
  const told = new Map<string, string>();
  const groups = new Map<string, RunRecord[]>();
  for (const run of runs) {
    const data = `${run.dataset.sha256} ${run.dataset.target}`;
    groups.set(data, [...(groups.get(data) ?? []), run]);
  }
  for (const group of groups.values()) {
    const keys = settingsThatDiffer(group).filter((key) => key !== 'task' && key !== 'lookback' && key !== 'horizon');
    for (const { id, settings } of group)
      told.set(id, keys.map((key) => settingNamed(key, settings, language)).join(', '));
  }
  return told;
}

/** The same column again turns the order round; a new one begins with what is best or newest. */
export function turned(order: Order, key: SortKey): Order {
  if (order.key === key) return { key, descending: !order.descending };
  return { key, descending: key === 'when' || key === 'skill' };
}
