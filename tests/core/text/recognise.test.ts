import { describe, expect, test } from 'vitest';
import { kindOf, looksLikeTable } from '../../../src/core/text/recognise';

describe('a text is told from a table by its first lines', () => {
  test.each([
    ['commas', 'day,sales\n2024-01-01,3\n2024-01-02,4\n2024-01-03,5\n'],
    ['tabs', 'day\tsales\nMon\t3\nTue\t4\nWed\t5\n'],
    ['one column of numbers under a name', 'sales\n1.5\n2.5\n3e4\n-1\n'],
    ['a title above the table', 'Sales of the shop\nday;sales\n1;2\n2;3\n3;4\n4;5\n5;6\n'],
    ['blanks behind commas, and numbers', 'day, sales\nMon, 3\nTue, 4\nWed, 5\n'],
    ['words alone', 'city,country\nSeoul,Korea\nRome,Italy\nParis,France\n'],
    ['nothing', '\n \n'],
    ['JSON, which the reader of tables names', '[{"day": 1}, {"day": 2}]'],
    ['a page', '<!doctype html>\n<p>Hello there.</p>\n'],
  ])('table: %s', (_, text) => expect(looksLikeTable(text)).toBe(true));

  test.each([
    [
      'a play',
      'First Citizen:\nBefore we proceed any further, hear me speak.\n\nAll:\nSpeak, speak.\n\nFirst Citizen:\nYou',
    ],
    ['a program', 'int main(void)\n{\n  int a, b;\n  puts("hello, world");\n  return 0;\n}\n'],
    ['one line', 'hello hello hello hello '],
    ['notes', '# Title\n\nA line, with a comma.\nA line without one.\n- a point; and another\n'],
    [
      'as many commas on every line',
      'The cat, tired and slow, came\nThe dog, wet and old, went\nThe man, ill and poor, slept\n',
    ],
    ['two sentences', 'Yes, he said.\nNo, she said.\n'],
  ])('text: %s', (_, text) => expect(looksLikeTable(text)).toBe(false));
});

test('sentences that begin and end alike are no table of texts with labels', () => {
  const lines = Array.from(
    { length: 40 },
    (_, i) =>
      `When the cat number ${'abcdefgh'[i % 8]}${'uvwxy'[i % 5]} came home tired and slow, it ${['slept', 'ate'][i % 2]}`,
  );
  expect(kindOf(`${lines.join('\n')}\n`)).toBe('text');
  expect(kindOf(`text, label\n${lines.join('\n')}\n`)).toBe('classification');
});
