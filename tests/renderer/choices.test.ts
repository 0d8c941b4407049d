import { expect, test } from 'vitest';
import { stretches } from '../../src/core/draw/stretches';
import { couldBeInputs, drawnColumn, withTarget, withTask } from '../../src/renderer/state/choices';
import { settings } from './fake-lab';

test('a target takes the inputs usual for it', () => {
  expect(withTarget({ target: 'a', inputs: ['b'], hidden: 8 }, 'b')).toEqual({ target: 'b', hidden: 8 });
});

test('a task keeps what fits it: not the target of labels for numbers, nor the loss of values for classes', () => {
  const chosen = { target: 'close', inputs: ['open'], loss: 'mae' as const, hidden: 8 };
  expect(withTask(chosen, 'many-to-one', 'seq2seq')).toEqual({ ...chosen, task: 'seq2seq' });
  expect(withTask(chosen, 'many-to-one', 'direction')).toEqual({
    ...{ target: 'close', inputs: ['open'], hidden: 8 },
    task: 'direction',
  });
  expect(withTask(chosen, 'many-to-one', 'labelling')).toEqual({ hidden: 8, task: 'labelling' });
  expect(withTask({ target: 'state' }, 'classify', 'labelling')).toEqual({ target: 'state', task: 'labelling' });
});

test('the chart draws numbers: the target’s, or those it is told from', () => {
  const column = (name: string, kind: 'number' | 'text') => ({ name, kind, missing: 0, min: 0, max: 1, mean: 0 });
  const columns = [column('state', 'text'), column('x', 'number'), column('y', 'number')];
  expect(drawnColumn(columns, { ...settings, target: 'y' }, 'x')).toBe('y');
  expect(drawnColumn(columns, { ...settings, target: 'state', inputs: ['y'] }, 'x')).toBe('y');
  expect(drawnColumn(columns, null, 'x')).toBe('x');
});

test('columns of numbers that nothing is made of yet could be inputs', () => {
  const column = (name: string, kind: 'number' | 'text') => ({ name, kind, missing: 0, min: 0, max: 1, mean: 0 });
  const columns = [
    column('sales', 'number'),
    column('town', 'text'),
    ...['a', 'b', 'c'].map((n) => column(n, 'number')),
  ];
  const beside = { ...settings, target: 'sales', inputs: [] };
  expect(couldBeInputs(columns, beside)).toEqual(['a', 'b', 'c']);
  expect(couldBeInputs(columns, { ...beside, inputs: ['a'], also: ['b'], future: ['c'] })).toEqual([]);
});

test('neighbouring rows of one class are one piece of the strip', () => {
  expect(stretches([1, 1, 0, 0, 0, 1])).toEqual([
    { from: 0, length: 2, code: 1 },
    { from: 2, length: 3, code: 0 },
    { from: 5, length: 1, code: 1 },
  ]);
});
