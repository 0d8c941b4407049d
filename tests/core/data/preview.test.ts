import { expect, test } from 'vitest';
import { readText } from './reading';

const rows = Array.from({ length: 20 }, (_, i) => `${String(i + 1).padStart(2, '0')}.01.2024;1.0${i % 10}0,5;ok`);
rows[9] = '10.01.2024;closed;ok';
rows[14] = 'Total;9.999,0;';

test('the first, the strangest and the last rows are shown with the reading of each cell', async () => {
  const { preview } = await readText(`Tag;Wert;Note\n${rows.join('\n')}\n`);
  expect(preview.names).toEqual(['Tag', 'Wert', 'Note']);
  expect(preview.first.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
  expect(preview.first[1]).toEqual({
    line: 3,
    cells: ['02.01.2024', '1.010,5', 'ok'],
    read: ['2024-01-02', 1010.5, 'ok'],
    kept: true,
  });
  expect(preview.strange).toEqual([
    { line: 11, cells: ['10.01.2024', 'closed', 'ok'], read: ['2024-01-10', null, 'ok'], kept: true },
    { line: 16, cells: ['Total', '9.999,0', ''], read: [null, null, null], kept: false },
  ]);
  expect(preview.last.map(({ line }) => line)).toEqual([17, 18, 19, 20, 21]);
});

test('while the order of dates is open, the rows are shown all the same', async () => {
  const { preview, frame } = await readText('Date,V\n01/02/2024,1\n02/02/2024,2\n');
  expect(frame).toBeNull();
  expect(preview.first[0]).toMatchObject({ line: 2, cells: ['01/02/2024', '1'] });
});
