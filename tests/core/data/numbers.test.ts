import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideDecimal, emptyTally, tally } from '../../../src/core/data/decimal';
import { decimalEvidence, Evidence, plainNumber, readNumber } from '../../../src/core/data/numbers';

const point = '.'.charCodeAt(0);

describe('the quick way', () => {
  test('gives the double nearest to what is written, or nothing', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 18n }),
        fc.integer({ min: 0, max: 17 }),
        fc.boolean(),
        (digits, decimals, negative) => {
          const text = digits.toString().padStart(decimals + 1, '0');
          const at = text.length - decimals;
          const cell = (negative ? '-' : '') + (decimals ? `${text.slice(0, at)}.${text.slice(at)}` : text);
          const value = plainNumber(cell, point);
          if (!Number.isNaN(value)) expect(value).toBe(Number(cell));
          expect(readNumber(cell, '.')).toBe(Number(cell));
        },
      ),
      { numRuns: 2000 },
    );
    expect(plainNumber('9007199254740993', point)).toBeNaN();
  });

  test.each(['', '-', '.', '-.', ' 1', '1 ', '0x10', '1e5', '1,5', '1.2.3', '--1', '1-', 'Infinity', '+1', '１'])(
    'leaves %j to the careful way',
    (cell) => {
      expect(plainNumber(cell, point)).toBeNaN();
    },
  );
});

describe('the careful way', () => {
  test.each([
    ['-12,345', -12345],
    ['1,234,567.89', 1234567.89],
    ['12,34,567', 1234567],
    ["1'234'567.5", 1234567.5],
    ['1’234.5', 1234.5],
    ['1 234 567', 1234567],
    ['1\u00a0234.5', 1234.5],
    ['1\u202f234\u202f567', 1234567],
    ['(5)', -5],
    ['($1,234.50)', -1234.5],
    ['$(1,000.00)', -1000],
    ['-$3', -3],
    ['US$5', 5],
    ['HK$ 7.5', 7.5],
    ['5 USD', 5],
    ['£1.5m', 1500000],
    ['1.1B', 1.1e9],
    ['3.3K', 3300],
    ['0.07M', 70000],
    ['2조', 2e12],
    ['3,500원', 3500],
    ['5.5억', 550000000],
    ['7-', -7],
    ['−7', -7],
    ['+.5', 0.5],
    ['5.', 5],
    ['1E+03', 1000],
    ['1.5e-7', 1.5e-7],
    ['12.5 %', 12.5],
    ['１２３', 123],
    ['  42  ', 42],
  ])('%j is %d', (cell, value) => {
    expect(readNumber(cell, '.')).toBe(value);
  });

  test.each([
    ['-12.345,25', -12345.25],
    ['1.234.567,89', 1234567.89],
    ['1.234', 1234],
    ['1 234,5 €', 1234.5],
    ['-0,5', -0.5],
    ['R$ 1.000,00', 1000],
    ['1,5 Mio.', 1500000],
    ['2,5 Tsd.', 2500],
    ["1'234,5", 1234.5],
  ])('with a decimal comma, %j is %d', (cell, value) => {
    expect(readNumber(cell, ',')).toBe(value);
  });

  test.each([
    '',
    'abc',
    '12abc',
    '1,23',
    '1,2345',
    '1.2.3',
    '0x1F',
    '1/2',
    '12:30',
    '2024-01-02',
    '5 apples',
    '$',
    '(',
    '()',
    '1e',
    'e5',
    '1 23',
    "1'23",
  ])('%j is no number', (cell) => {
    expect(readNumber(cell, '.')).toBeNaN();
  });

  test('what is too large is infinite, and infinities keep their sign', () => {
    expect([readNumber('1e999', '.'), readNumber('-inf', '.'), readNumber('∞', '.')]).toEqual([
      Infinity,
      -Infinity,
      Infinity,
    ]);
  });
});

describe('the decimal mark', () => {
  test.each([
    ['1.5', Evidence.point],
    ['1,5', Evidence.comma],
    ['1.234', Evidence.openPoint],
    ['1,234', Evidence.openComma],
    ['0.123', Evidence.point],
    ['1234.567', Evidence.point],
    ['1.234.567', Evidence.comma],
    ['1,234.5', Evidence.point],
    ['1.234,5', Evidence.comma],
    ['1234', Evidence.none],
    ['abc', null],
  ])('%j tells %j', (cell, evidence) => {
    expect(decimalEvidence(cell)).toBe(evidence);
  });

  const verdict = (cells: string[], delimiter = ';', dottedDates = false) => {
    const counts = emptyTally();
    for (const cell of cells) tally(counts, cell);
    return decideDecimal([counts], { delimiter, dottedDates });
  };
  test.each([
    [['1.234', '950'], ';', false, { mark: ',', open: false }],
    [['1,234', '950'], ';', false, { mark: '.', open: false }],
    [['1.234', '12345'], ';', false, { mark: '.', open: false }],
    [['1.234', '5.678'], ';', false, { mark: '.', open: true }],
    [['1.234', '5.678'], ';', true, { mark: ',', open: false }],
    [['1.234', '5.678'], ',', false, { mark: '.', open: false }],
    [['1.234', '5.678', '1,5'], ';', false, { mark: ',', open: false }],
    [['1', '2'], ';', true, { mark: ',', open: false }],
  ] as const)('%j between %j: %j %j', (cells, delimiter, dotted, expected) => {
    expect(verdict([...cells], delimiter, dotted)).toEqual(expected);
  });
});
