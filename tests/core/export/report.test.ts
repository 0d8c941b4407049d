import { expect, test } from 'vitest';
import { commandsOf } from '../../../src/core/export/command-line';
import { type ReportRun, reportOf } from '../../../src/core/export/report';
import { reportWords } from '../../../src/core/export/report/words';
import { record } from '../../renderer/fake-lab';

const windows = 40;
function run(id: string, cell: 'rnn' | 'lstm', more: Partial<ReportRun['record']> = {}): ReportRun {
  const actual = Float64Array.from({ length: windows }, (_, i) => 100 + 5 * Math.sin(i / 4));
  const test = {
    ...{ firstStep: 1, steps: 1, actual, last: actual.map((value) => value - 1) },
    origins: Int32Array.from(actual, (_, w) => 160 + w),
    values: actual.map((value, i) => value + (cell === 'rnn' ? 0.5 : 0.4) * ((i % 3) - 1)),
  };
  const times = Array.from(actual, (_, i) => new Date(Date.UTC(2024, 5, 9 + i)).toISOString().slice(0, 10));
  return { record: record(id, { cell, name: cell, ...more }), name: null, test, times };
}
const made = { version: '1.2.3', at: '2026-11-21T10:00:00Z' };
const both = [run('a', 'rnn'), run('b', 'lstm')];

test('one file that needs nothing: no script, no address, nothing from elsewhere', () => {
  const text = reportOf(both, 'en', made);
  expect(text).not.toMatch(/<script|<link|<img|@import|url\(|\bon\w+=|javascript:/i);
  expect(text.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
  expect(text).toContain("default-src 'none'");
  expect(text.match(/<svg xmlns/g)).toHaveLength(2);
  for (const wanted of ['RNN', 'LSTM', 'Naive', 'prices.csv', 'Made by Unroll 1.2.3', 'hidden', 'unroll forecast'])
    expect(text).toContain(wanted);
});

const hostile = `</style></title><script>alert(1)</script><img src=x onerror="alert(2)">'&"\u0000`;
test('a name of a file, a column, a run or a choice is text, whatever it looks like', () => {
  const named = run('a', 'rnn');
  const { dataset, settings } = named.record;
  const text = reportOf(
    [
      {
        ...named,
        name: hostile,
        record: {
          ...named.record,
          dataset: {
            ...dataset,
            file: `x${hostile}.csv`,
            target: hostile,
            reading: { target: hostile, date: hostile },
          },
          settings: { ...settings, target: hostile, inputs: [hostile] },
        },
      },
    ],
    'en',
    made,
  );
  expect(text).not.toMatch(/<script|<img|onerror="/);
  expect(text).not.toContain('\u0000');
  expect(text.match(/<\/style>/g)).toHaveLength(1);
  expect(text).toContain('&#60;script&#62;alert(1)');
});

test('where it lay on someone’s disk is not told', () => {
  const there = run('a', 'rnn');
  const dataset = { ...there.record.dataset, file: '/home/kim/가계부/sales.csv', path: '/home/kim/가계부/sales.csv' };
  const text = reportOf([{ ...there, record: { ...there.record, dataset } }], 'en', made);
  expect(text).toContain('sales.csv');
  expect(text).not.toMatch(/kim|가계부/);
});

test('in Korean', () => {
  const text = reportOf(both, 'ko', made);
  expect(text).toContain('<html lang="ko">');
  expect(text).toContain('시험 구간');
  expect(text).toContain('단순 예측');
  expect(text).not.toMatch(/undefined|NaN/);
});

test('models on other windows: no verdict, no tests, and why', () => {
  const other = run('b', 'lstm');
  const text = reportOf(
    [both[0]!, { ...other, test: { ...other.test!, origins: other.test!.origins.map((origin) => origin - 5) } }],
    'en',
    made,
  );
  expect(text).toContain('not judged on the same windows');
  expect(text).not.toContain('Holm');
});

test('without the forecasts of the test part the rest is told', () => {
  const text = reportOf([{ ...both[0]!, test: null, times: [] }], 'en', made);
  expect(text.match(/<svg xmlns/g)).toHaveLength(1);
  expect(text).not.toMatch(/undefined|NaN/);
});

test('several seeds of one model are one command, unless they leave some out', () => {
  const seeds = (...all: number[]) => commandsOf(all.map((seed) => record(`s${seed}`, { seed })));
  expect(seeds(3, 1, 2)).toHaveLength(1);
  expect(seeds(3, 1, 2)[0]).toMatch(/--seed 1 .*--seeds 3|--seeds 3 .*--seed 1/);
  expect(seeds(1, 3)).toHaveLength(2);
});

test('how far rows are apart is said in the language of the report', () => {
  expect(reportWords.en.every(1, 'business-day')).toBe('every business day');
  expect(reportWords.en.every(15, 'minute')).toBe('every 15 minutes');
  expect(reportWords.ko.every(1, 'day')).toBe('1일 간격');
  expect(reportWords.ko.every(3, 'index')).toBe('행 순서');
});

test('a run of curves is about its columns, and every curve of the test part is drawn', () => {
  const steps = 3;
  const one = run('a', 'rnn');
  const outputs = ['h0', 'h1', 'h2'];
  const actual = Float64Array.from({ length: windows * steps }, (_, i) => 10 + (i % 7));
  const test = {
    ...one.test!,
    ...{ steps, actual, values: actual.map((value) => value + 1), naive: actual.map((value) => value - 1) },
    origins: Int32Array.from({ length: windows }, (_, w) => w * steps - 1),
  };
  const settings = { ...one.record.settings, task: 'one-to-many' as const, outputs };
  const text = reportOf([{ ...one, record: { ...one.record, settings }, test, times: [] }], 'en', made);
  expect(text).toContain('on h0 … h2</h1>');
  const [, chart = ''] = text.split('<h2>The test part and the forecast</h2>');
  const lines = [...chart.split('</svg>')[0]!.matchAll(/ d="([^"]+)" fill="none"/g)].map(
    ([, d]) => d!.match(/[ML]/g)!.length,
  );
  // the truth and the forecasts, row by row; the first lines of a chart are its grid
  expect(lines.filter((points) => points === windows * steps)).toHaveLength(2);
});
