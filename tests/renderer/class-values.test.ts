import { expect, test } from 'vitest';
import type { RunDetail } from '../../src/core/protocol';
import type { ClassForecast, ClassReport } from '../../src/core/run';
import { classScoresTable, type ToldRun, toldRows, toldTable } from '../../src/renderer/state/class-values';
import { RowAxis } from '../../src/renderer/state/view';
import { every, run as made } from '../core/forecast/class-runs';
import { dayMilliseconds, record, startDay } from './fake-lab';

const rows = 12;
const day = (row: number) => startDay + row * dayMilliseconds;
const at = Array.from({ length: rows }, (_, i) => i);
const axis = new RowAxis([{ column: 'x', rows, at, times: at.map(day), values: at }]);
const next: ClassForecast = { step: 1, time: null, class: 'dry', probabilities: [0.9, 0.1] };

/** A run that told rows 9, 10 and 11, in codes of its own. */
function run(name: string, labels: string[], actual: number[], told: number[], forecast = [next]): ToldRun {
  const test: RunDetail['test'] = {
    ...{ firstStep: 1, steps: 1, origins: [8, 9, 10], values: told.map((code) => [code]) },
    classes: { labels, actual, probabilities: told.map((code) => [0, 1].map((v) => (v === code ? 0.75 : 0.25))) },
  };
  const classes = { names: labels.slice(0, 2), forecast } as unknown as ClassReport;
  return { name, tone: 'gru', record: record(name, { classes }), test };
}
const first = run('GRU', ['dry', 'wet', 'snow'], [0, 1, 2], [0, 0, 1]);

test('each judged row has the class that was and what each model told, then what comes after the end', () => {
  const other = run('RNN', ['wet', 'dry', 'snow'], [1, 0, 2], [1, 0, 0]);
  const told = toldRows([first, other], axis)!;
  expect(told.models.map(({ name, classes }) => [name, classes])).toEqual([
    ['GRU', ['dry', 'wet']],
    ['RNN', ['wet', 'dry']],
  ]);
  expect(told.rows.map(({ x, actual, told: own }) => [x, actual, ...own.map((one) => one?.label)])).toEqual([
    [day(9), 'dry', 'dry', 'dry'],
    [day(10), 'wet', 'dry', 'wet'],
    [day(11), 'snow', 'wet', 'wet'],
    [day(12), null, 'dry', 'dry'],
  ]);
  expect(told.rows[1]!.told[0]!.probabilities).toEqual([0.75, 0.25]);
});

test('the class of the last row, which is judged already, is no row of its own', () => {
  const labelling = run('GRU', ['dry', 'wet'], [0, 1, 1], [0, 1, 1], [{ ...next, step: 0 }]);
  expect(toldRows([labelling], axis)!.rows).toHaveLength(3);
});

test('a run to which a row was something else has no place beside; numbers alone have no such rows', () => {
  const other = run('RNN', ['dry', 'wet', 'snow'], [0, 0, 2], [0, 0, 1]);
  expect(toldRows([first, other], axis)!.models.map(({ name }) => name)).toEqual(['GRU']);
  expect(toldRows([{ ...first, record: record('x'), test: null }], axis)).toBeNull();
});

test('as a table of a file: classes, and the probability of each', () => {
  expect(toldTable('weather', toldRows([first], axis)!, true, true)).toEqual([
    ['time', 'weather', 'GRU', 'GRU p(dry)', 'GRU p(wet)'],
    ['2024-01-10', 'dry', 'dry', 0.75, 0.25],
    ['2024-01-11', 'wet', 'dry', 0.75, 0.25],
    ['2024-01-12', 'snow', 'wet', 0.25, 0.75],
    ['2024-01-13', null, 'dry', 0.9, 0.1],
  ]);
});

test('scores as a table: shares in percent, over seeds, baselines after the models', () => {
  const runs = [made('a', 'gru', every(10), { seconds: 2 }), made('b', 'gru', every(5), { seed: 2, seconds: 3 })];
  const { baselines } = runs[0]!.record;
  const [head, gru, majority] = classScoresTable([{ name: 'GRU', runs }], baselines, (name) => name);
  expect(head!.slice(0, 3)).toEqual(['model', 'accuracy (%)', 'accuracy spread (%)']);
  expect(head!.slice(-6)).toEqual([
    ...['cross-entropy', 'cross-entropy spread', 'skill (%)', 'skill spread (%)', 'parameters', 'seconds'],
  ]);
  expect(gru![0]).toBe('GRU');
  expect(gru![1]).toBeCloseTo(85, 10);
  expect(gru![2]).toBeCloseTo(Math.sqrt(50), 10);
  expect(gru!.slice(-2)).toEqual([1169, 5]);
  expect(majority!.slice(0, 3)).toEqual(['majority', 60, null]);
});
