import { expect, test } from 'vitest';
import { type Command, matching } from '../../src/renderer/state/commands';

const command = (label: string, group = 'Do'): Command => ({ id: label, group, label, run: () => {} });
const commands = [
  command('Open example: S&P 500'),
  command('Train'),
  command('Theme: dark', 'Preferences'),
  command('Show the training'),
];
const found = (sought: string) => matching(commands, sought).map(({ label }) => label);

test('every word must be there, in any order and case', () => {
  expect(found('s&p OPEN')).toEqual(['Open example: S&P 500']);
  expect(found('open dark')).toEqual([]);
});
test('a group is sought as well', () => {
  expect(found('pref')).toEqual(['Theme: dark']);
});
test('labels that begin with what is sought come first', () => {
  expect(found('train')).toEqual(['Train', 'Show the training']);
});
test('nothing sought, everything there in its order', () => {
  expect(found(' ')).toEqual(commands.map(({ label }) => label));
});
