import type { RunRecord } from '../../core/run';

/** Earlier runs in the order and the selection a person asked for. */
export const sortKeys = ['model', 'data', 'task', 'when', 'epochs', 'mae', 'skill'] as const;
export type SortKey = (typeof sortKeys)[number];
export interface Order {
  key: SortKey;
  descending: boolean;
}

const sortedBy: Record<SortKey, (run: RunRecord) => string | number> = {
  model: ({ cell }) => cell,
  data: ({ dataset }) => `${dataset.file} ${dataset.target}`,
  task: ({ settings }) => `${settings.task} ${String(settings.lookback).padStart(6)}`,
  when: ({ created }) => created,
  epochs: ({ epochs }) => epochs,
  mae: ({ metrics }) => metrics.test.mae ?? Number.POSITIVE_INFINITY,
  skill: ({ metrics }) => metrics.test.skill ?? Number.NEGATIVE_INFINITY,
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

/** Those in which every word sought is found: model, file, target, task or date. */
export function filtered(runs: RunRecord[], sought: string): RunRecord[] {
  const words = sought.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter(({ cell, dataset, settings, created }) => {
    const text = `${cell} ${dataset.file} ${dataset.target} ${settings.task} ${created}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The same column again turns the order round; a new one begins with what is best or newest. */
export function turned(order: Order, key: SortKey): Order {
  if (order.key === key) return { key, descending: !order.descending };
  return { key, descending: key === 'when' || key === 'skill' || key === 'epochs' };
}
