import { expect, test } from 'vitest';
import { filtered, sorted, turned } from '../../src/renderer/state/run-list';
import { record } from './fake-lab';

const run = (id: string, created: string, mae: number | null, file = 'prices.csv') => {
  const base = record(id, { created });
  return {
    ...base,
    dataset: { ...base.dataset, file },
    metrics: { ...base.metrics, test: { ...base.metrics.test, mae } },
  };
};
const runs = [
  run('a', '2026-01-01', 3),
  run('b', '2026-01-02', 1, 'sales.csv'),
  run('c', '2026-01-03', null),
  run('d', '2026-01-04', 1),
];
const ids = (list: { id: string }[]) => list.map(({ id }) => id).join('');

test('by score, ties newest first, undefined scores last', () => {
  expect(ids(sorted(runs, { key: 'mae', descending: false }))).toBe('dbac');
});
test('by date, newest first', () => {
  expect(ids(sorted(runs, { key: 'when', descending: true }))).toBe('dcba');
});
test('only those in which every word is found', () => {
  expect(ids(filtered(runs, 'LSTM sales'))).toBe('b');
  expect(ids(filtered(runs, 'close'))).toBe('abcd');
  expect(ids(filtered(runs, 'gru'))).toBe('');
});
test('the same column again turns round, a new one begins with the best', () => {
  const byMae = turned({ key: 'when', descending: true }, 'mae');
  expect(byMae).toEqual({ key: 'mae', descending: false });
  expect(turned(byMae, 'mae').descending).toBe(true);
  expect(turned(byMae, 'skill').descending).toBe(true);
});
