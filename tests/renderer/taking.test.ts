import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { rowsOf } from '../../src/renderer/state/comparison';
import { comparisonTable, csvOf, fileName, valuesTable } from '../../src/renderer/state/taking';
import { record } from './fake-lab';

test('a CSV is read back as it was, whatever stands in it', () => {
  const table = [
    ['a, "b"', 'c\nd', 1.5, null],
    ['가', '', -2, 0.1 + 0.2],
  ];
  const back = Papa.parse<string[]>(csvOf(table).trimEnd()).data;
  expect(back).toEqual([
    ['a, "b"', 'c\nd', '1.5', ''],
    ['가', '', '-2', String(0.1 + 0.2)],
  ]);
});

test('letters beyond ASCII are announced to spreadsheets, plain tables bear no mark', () => {
  expect(csvOf([['매출'], [1]])).toBe('\ufeff매출\n1\n');
  expect(csvOf([['close'], [1]])).toBe('close\n1\n');
});

test('what a spreadsheet would run as a formula is written as text, numbers as numbers', () => {
  expect(csvOf([['=1+1', '+a', '-b', '@c', 'a=b', -2]])).toBe("'=1+1,'+a,'-b,'@c,a=b,-2\n");
});

describe('values', () => {
  const interval = { x: 0, y: 7, lower80: 6, upper80: 8, lower95: 5, upper95: 9 };
  const readouts = [
    {
      x: Date.UTC(2024, 0, 2),
      actual: 4,
      models: [{ tone: 'rnn' as const, dash: [], name: 'RNN', value: 3, interval: null }],
    },
    {
      x: Date.UTC(2024, 0, 3, 6),
      actual: null,
      models: [{ tone: 'rnn' as const, dash: [], name: 'RNN', value: 7, interval }],
    },
  ];
  test('bear the file’s own times, and bands where there are any', () => {
    expect(valuesTable('close', readouts, true, false)).toEqual([
      ['time', 'close', 'RNN', 'RNN lower 95%', 'RNN upper 95%'],
      ['2024-01-02T00:00:00', 4, 3, null, null],
      ['2024-01-03T06:00:00', null, 7, 5, 9],
    ]);
    expect(valuesTable('close', readouts, true, true)[1]![0]).toBe('2024-01-02');
  });
  test('without dates rows are counted from one', () => {
    const counted = [{ ...readouts[0]!, x: 0 }];
    expect(valuesTable('close', counted, false, true)[1]![0]).toBe(1);
  });
});

test('the comparison has a line for every model and baseline', () => {
  const table = comparisonTable(rowsOf([record('a')], record('a').baselines), (row) => row.kind);
  expect(table.map(([name, mae]) => [name, mae])).toEqual([
    ['model', 'mae'],
    ['model', 1.8],
    ['baseline', 2],
  ]);
  expect(new Set(table.map((row) => row.length)).size).toBe(1);
});

test('what the window shows as a share is in percent, and its column says so', () => {
  const [header, line] = comparisonTable(rowsOf([record('a')], []), () => 'RNN');
  const at = (column: string) => line![header!.indexOf(column)];
  const { skill, coverage95 } = record('a').metrics.test;
  expect(at('skill (%)')).toBeCloseTo(100 * skill!, 10);
  expect(at('coverage of the 95% band (%)')).toBeCloseTo(100 * coverage95!, 10);
  expect(header!.filter((word) => /skill|coverage/.test(String(word))).every((word) => /%\)$/.test(String(word)))).toBe(
    true,
  );
});

test('a file’s name holds nothing a file’s name may not', () => {
  expect(fileName(['S&P 500: a/b', 'values'], 'csv')).toBe('S-P-500-a-b-values.csv');
  expect(fileName(['매출.csv'], 'png')).toBe('매출.png');
  expect(fileName(['sales.csv, close.adj, Loss by epoch'], 'svg')).toBe('sales-close-adj-Loss-by-epoch.svg');
  expect(fileName(['///'], 'png')).toBe('unroll.png');
  expect(new TextEncoder().encode(fileName(['가'.repeat(300)], 'png')).length).toBeLessThan(255);
});
