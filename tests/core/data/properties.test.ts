import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LabError } from '../../../src/core/errors';
import { type Dialect, type Table, write } from './dialect';
import { readBytes, readText } from './reading';

const cents = fc.integer({ min: -500_000_000, max: 500_000_000 }).map((value) => value / 100);

/** Days from one in the middle of a month on, so that a number over twelve is among them whatever the order. */
const table: fc.Arbitrary<Table> = fc
  .record({
    rows: fc.integer({ min: 13, max: 40 }),
    columns: fc.integer({ min: 1, max: 5 }),
    year: fc.integer({ min: 0, max: 60 }),
  })
  .chain(({ rows, columns, year }) =>
    fc.record({
      names: fc.constant(Array.from({ length: columns }, (_, i) => `series ${i}`)),
      days: fc.constant(
        Array.from({ length: rows }, (_, i) => Math.floor(Date.UTC(1975 + year, 2, 10) / 86_400_000) + i),
      ),
      values: fc.array(
        fc.array(fc.oneof({ weight: 9, arbitrary: cents }, { weight: 1, arbitrary: fc.constant(null) }), {
          minLength: rows,
          maxLength: rows,
        }),
        { minLength: columns, maxLength: columns },
      ),
    }),
  )
  .filter(({ values }) =>
    values.every((column) => column.filter((value) => value !== null).length > column.length / 2),
  );

const dialect: fc.Arbitrary<Dialect> = fc
  .record({
    delimiter: fc.constantFrom<Dialect['delimiter']>(',', ';', '\t', '|'),
    decimal: fc.constantFrom<Dialect['decimal']>('.', ','),
    thousands: fc.constantFrom('', ',', '.', '’', "'", ' ', '\u00a0', '\u202f'),
    lineEnd: fc.constantFrom<Dialect['lineEnd']>('\n', '\r\n', '\r'),
    quoted: fc.constantFrom<Dialect['quoted']>('all', 'where needed'),
    bom: fc.boolean(),
    finalLineEnd: fc.boolean(),
    dates: fc.constantFrom<Dialect['dates']>('iso', 'dmy', 'mdy', 'compact', 'korean'),
    descending: fc.boolean(),
    missing: fc.constantFrom<Dialect['missing']>('', 'NA', 'null', '-'),
  })
  .filter(({ decimal, thousands }) => decimal !== thousands);

describe('what is written is read', () => {
  test('any table in any dialect reads back equal, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(table, dialect, fc.integer({ min: 1, max: 3000 }), async (given, style, chunk) => {
        const { frame, inspection } = await readBytes(
          new TextEncoder().encode(write(given, style)),
          {},
          'a.csv',
          chunk,
        );
        expect(inspection).toMatchObject({ delimiter: style.delimiter, decimal: style.decimal, problems: [] });
        expect(Array.from(frame!.times!, (time) => time / 86_400_000)).toEqual(given.days);
        const read = frame!.columns.slice(1).map((column) => column.kind === 'number' && Array.from(column.values));
        expect(read).toEqual(given.values.map((column) => column.map((value) => value ?? Number.NaN)));
      }),
      { numRuns: 300 },
    );
  });

  test('a number with a point is the double nearest to its spelling', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ noNaN: true, min: -1e15, max: 1e15 }), { minLength: 3, maxLength: 30 }),
        async (values) => {
          const { frame } = await readText(`A,B\n${values.map((value) => `${value},x`).join('\n')}\n`);
          const column = frame!.columns[0]!;
          expect(column.kind === 'number' && Array.from(column.values, (value) => value + 0)).toEqual(
            values.map((value) => value + 0),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a quotation mark changes the way, not the reading', () => {
  const cells = [
    '1',
    '-2.50',
    '1234567890123456789',
    '0.1',
    '.5',
    '5.',
    '-',
    '',
    'NA',
    '1,5',
    '1e3',
    'x',
    '  7 ',
    'é',
    '\u20ac3',
  ];
  const dates = ['2024-01-02', '2024-01-03 04:05', '2024-01-04T05:06:07', '2024-02-30', '02.03.2024', 'Total', '', '#'];
  const line = fc
    .record({
      day: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 10, max: 28 }) },
        { weight: 1, arbitrary: fc.constantFrom(...dates) },
      ),
      rest: fc.oneof(
        { weight: 8, arbitrary: fc.array(fc.constantFrom(...cells), { minLength: 2, maxLength: 2 }) },
        { weight: 1, arbitrary: fc.array(fc.constantFrom(...cells), { maxLength: 4 }) },
      ),
    })
    .map(({ day, rest }) => [typeof day === 'number' ? `2024-03-${day}` : day, ...rest]);

  test('rows read where they stand and rows read cell by cell are the same', async () => {
    const asked = { encoding: 'utf-8', delimiter: ';', headerLine: 1, decimal: '.' as const };
    const ofText = async (text: string) => {
      const bytes = new TextEncoder().encode(text);
      const { frame, inspection, preview } = await readBytes(bytes, asked).catch((error) => {
        if (!(error instanceof LabError)) throw error;
        return { frame: null, inspection: { problems: error.view() }, preview: null };
      });
      return { frame, problems: inspection.problems, preview };
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 8, maxLength: 30 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, end) => {
          const body = (cell: (text: string) => string) => rows.map((row) => row.map(cell).join(';')).join(end);
          const plain = await ofText(`Date;A;B${end}${body((text) => text)}${end}`);
          const quoted = await ofText(`"Date";A;B${end}${body((text) => `"${text}"`)}${end}`);
          expect(plain).toEqual(quoted);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Reads, or refuses by the catalogue; anything else fails the property. */
async function readOrRefuse(bytes: Uint8Array): Promise<void> {
  try {
    const { frame, inspection } = await readBytes(bytes);
    expect(frame === null).toBe(inspection.question !== null);
    expect(JSON.parse(JSON.stringify(inspection))).toEqual(inspection);
    for (const column of frame?.columns ?? []) {
      const cells = column.kind === 'number' ? column.values : column.kind === 'text' ? column.codes : null;
      if (cells) expect(cells.length).toBe(frame!.rows);
    }
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    expect(error.view().message).toMatch(/\S/);
  }
}

describe('nothing but a catalogued refusal comes of nonsense', () => {
  test('random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), (bytes) => readOrRefuse(bytes)),
      { numRuns: 500 },
    );
  });

  test('random pieces of tables', async () => {
    const piece = fc.constantFrom(
      ...[
        '2024-01-02',
        '01/02/2024',
        '2024Q1',
        '20240102',
        '1.234',
        '1,5',
        '1.234,56',
        '-',
        'NaN',
        '',
        '"',
        '""',
        '\n',
        '\n\n',
      ],
      ...[
        ',',
        ';',
        '\t',
        '|',
        '\r',
        '\r\n',
        'Date',
        'Close',
        'Total',
        '#',
        '__proto__',
        '합계',
        '€',
        '(5)',
        '1e400',
        'inf',
        '24:00',
        '\0',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 120 }), (pieces) =>
        readOrRefuse(new TextEncoder().encode(pieces.join(''))),
      ),
      { numRuns: 1000 },
    );
  });
});
