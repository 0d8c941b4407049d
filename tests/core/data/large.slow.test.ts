import { expect, test } from 'vitest';
import { readText } from './reading';

/** Files past the sample, where rows are read stretch by stretch. */
const rows = 60_000;
const day = (i: number) => new Date(Date.UTC(1950, 0, 1 + i)).toISOString().slice(0, 10);
const table = (row: (i: number) => string, end = '\n') =>
  `Date,Price,Note${end}${Array.from({ length: rows }, (_, i) => row(i) + end).join('')}`;

const pricesOf = async (text: string) => {
  const { frame, inspection, preview } = await readText(text);
  const price = frame!.columns[1]!;
  return { prices: price.kind === 'number' ? price.values : null, frame, inspection, preview };
};
const expected = Float64Array.from({ length: rows }, (_, i) => (i * 7919) / 1000);
const priceOf = (i: number) => ((i * 7919) / 1000).toFixed(3);

test.each([
  ['line feeds', '\n'],
  ['carriage returns and line feeds', '\r\n'],
  ['carriage returns', '\r'],
])('%s', async (_, end) => {
  const { prices, inspection } = await pricesOf(table((i) => `${day(i)},${priceOf(i)},plain words here`, end));
  expect(prices).toEqual(expected);
  expect(inspection).toMatchObject({ rows, problems: [], start: '1950-01-01', end: day(rows - 1) });
});

test('lines are counted through every way of reading', async () => {
  const text = table((i) => {
    if (i === 40_000) return `${day(i)},${priceOf(i)},"two\nlines"`;
    if (i === 45_000) return `${day(i)},${priceOf(i)},é`;
    if (i === 50_000) return `${day(i)},spilt coffee,x`;
    if (i === 55_000) return `${day(i)},${priceOf(i)}`;
    return `${day(i)},${priceOf(i)},plain words here`;
  });
  const { inspection, frame, preview } = await pricesOf(text);
  // line 1 is the header, row 0 on line 2; the note over two lines shifts what follows
  expect(inspection.problems.map(({ code, line, count }) => [code, line, count])).toEqual([
    ['data.bad-number', 50_003, 1],
    ['data.short-row', 55_003, 1],
  ]);
  const note = frame!.columns[2]!;
  expect(note.kind === 'text' && [40_000, 45_000].map((row) => note.labels[note.codes[row]!])).toEqual([
    'two\nlines',
    'é',
  ]);
  expect(preview.strange.map(({ line, cells }) => [line, cells[1]])).toEqual([
    [50_003, 'spilt coffee'],
    [55_003, priceOf(55_000)],
  ]);
  expect(preview.last.map(({ line }) => line)).toEqual([59_998, 59_999, 60_000, 60_001, 60_002]);
});

test('columns padded with blanks', async () => {
  const padded = (i: number) => `  ${day(i)}   ${priceOf(i).padStart(12)}    A${' '.repeat(i % 40)}`;
  const text = table(padded).replace('Date,Price,Note', '  Date   Price  Note');
  const { prices, inspection } = await pricesOf(text);
  expect(prices).toEqual(expected);
  expect(inspection).toMatchObject({ rows, delimiter: ' ', problems: [] });
});
