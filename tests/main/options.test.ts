import { expect, test } from 'vitest';
import { readingOf } from '../../src/main/commands/options';

test.each([
  ['Store=text', { Store: 'text' }],
  ['Store=text, CPI = empty', { Store: 'text', CPI: 'empty' }],
  ['Sales, net=number,a=b=date', { 'Sales, net': 'number', 'a=b': 'date' }],
])('--kinds %s', (kinds, expected) => {
  expect(readingOf({ kinds })).toEqual({ kinds: expected });
});

test('what is not given is left to be inferred', () => {
  expect(readingOf({})).toEqual({});
});
