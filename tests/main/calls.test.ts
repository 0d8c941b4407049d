import { expect, test } from 'vitest';
import { LabError } from '../../src/core/errors';
import { checkInput, isCall } from '../../src/main/calls';

function refusalOf(call: Parameters<typeof checkInput>[0], input: unknown): LabError {
  try {
    checkInput(call, input);
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown;
    throw thrown;
  }
  throw new Error('it was let in');
}

test('only the calls of the contract are calls', () => {
  expect(isCall('data.open')).toBe(true);
  for (const name of ['data.opens', 'toString', '__proto__', 'constructor', '']) expect(isCall(name)).toBe(false);
});

test('a page cannot name a path', () => {
  const refused = refusalOf('data.open', { source: { kind: 'path', path: '/etc/passwd' }, ticket: 't' });
  expect(refused.code).toBe('host.bad-option');
  expect(refused.facts.option).toBe('source.kind');
});

test.each<[Parameters<typeof checkInput>[0], unknown, string]>([
  ['run.show', { run: 7 }, 'run'],
  ['run.show', undefined, 'input'],
  ['run.show', null, 'input'],
  ['run.show', { run: 'a', more: 1 }, 'more'],
  ['run.show', { run: 'x'.repeat(201) }, 'run'],
  ['data.series', { dataset: 'd', column: 'c', from: -1, to: 2, points: 10 }, 'from'],
  ['data.series', { dataset: 'd', column: 'c', from: 0.5, to: 2, points: 10 }, 'from'],
  ['data.series', { dataset: 'd', column: 'c', from: 0, to: 2, points: 1e9 }, 'points'],
  ['data.open', { source: { kind: 'example', name: 'a' }, reading: { decimal: ';' }, ticket: 't' }, 'reading.decimal'],
  ['experiment.plan', { dataset: 'd', settings: { hidden: { deep: 1 } } }, 'settings.hidden'],
  ['run.annotate', { run: 'a', name: '' }, 'name'],
  ['run.annotate', { run: 'a', starred: 'yes' }, 'starred'],
  ['run.annotate', { run: 'a', notes: 'x'.repeat(20_001) }, 'notes'],
  ['run.annotate', { run: 'a', cell: 'gru' }, 'cell'],
  ['run.delete', { runs: [] }, 'runs'],
  ['host.describe', [], 'input'],
])('%s %j is refused at "%s"', (call, input, option) => {
  expect(refusalOf(call, input).facts.option).toBe(option);
});

test('options of an experiment pass as they are: its plan says which of them fit', () => {
  const input = { dataset: 'd', settings: { hidden: -3, lr: 'fast', inputs: ['all'], date: null } };
  expect(checkInput('experiment.plan', input)).toEqual(input);
});
