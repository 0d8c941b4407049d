import { expect, test } from 'vitest';
import { dashes, looksOf, tones, tonesFor } from '../../../src/core/draw/dashes';
import { style } from '../../../src/core/export/report/style';

test('no two tones of one family are drawn with the same dash', () => {
  for (const cell of ['rnn', 'lstm', 'gru']) {
    const family = tones.filter((tone) => tone.startsWith(cell)).map((tone) => dashes[tone].join(' '));
    expect(new Set(family).size).toBe(4);
  }
});

test('the first model of a cell has the cell’s own colour, the next ones others of its family', () => {
  const models = ['lstm', 'rnn', 'lstm', 'lstm', 'lstm', 'lstm'].map((cell) => ({ cell: cell as 'rnn' | 'lstm' }));
  expect(tonesFor(models)).toEqual(['lstm', 'rnn', 'lstm-2', 'lstm-3', 'lstm-4', 'lstm']);
});

test('seeds of a model share its colour and differ by dash', () => {
  const looks = looksOf([
    { cell: 'gru', runs: ['a', 'b'] },
    { cell: 'gru', runs: ['c'] },
  ]);
  expect([...looks].map(([run, { tone }]) => [run, tone])).toEqual([
    ['a', 'gru'],
    ['b', 'gru'],
    ['c', 'gru-2'],
  ]);
  expect(looks.get('a')!.dash).toEqual(dashes.gru);
  expect(looks.get('b')!.dash).not.toEqual(looks.get('a')!.dash);
});

test('the report has every tone, in light, in the dark and on paper', () => {
  for (const tone of tones) expect(style.split(`--${tone}:`).length - 1, tone).toBe(3);
});
