import { expect, test } from 'vitest';
import { furtherRows, legendRow, placeLegend } from '../../../src/core/draw/legend';

const widthOf = (word: string) => 10 * word.length;
const entry = (word: string) => ({ word, colour: 'black', dash: [] });

test('names stand side by side without touching, and each begins after its own line', () => {
  const [first, second] = placeLegend([entry('abc'), entry('de')], 12, 500, widthOf);
  expect(first!.wordLeft).toBeGreaterThan(first!.left + 20);
  expect(second!.left).toBeGreaterThan(first!.wordLeft + 30);
  expect([first!.row, second!.row]).toEqual([0, 0]);
});

test('what has no room begins the next row, and a name longer than any row stands alone in one', () => {
  const placed = placeLegend([entry('abcdef'), entry('ghijkl'), entry('m'.repeat(40)), entry('n')], 12, 200, widthOf);
  expect(placed.map(({ row }) => row)).toEqual([0, 1, 2, 3]);
  expect(placed.map(({ left }) => left)).toEqual([12, 12, 12, 12]);
  expect(furtherRows(placed)).toBe(3 * legendRow);
  for (const { wordLeft, word } of placed.slice(0, 2)) expect(wordLeft + widthOf(word)).toBeLessThanOrEqual(212);
});
