import { describe, expect, test } from 'vitest';
import { decimalsOf, Formatter, frequencyText, millisecondsOf } from '../../src/renderer/format';
import { messages } from '../../src/renderer/messages';
import { localeFor } from '../../src/renderer/state/preferences.svelte';

const en = new Formatter('en-GB');
const us = new Formatter('en-US');
const ko = new Formatter('ko-KR');

describe('numbers', () => {
  test('group by locale, and a true minus', () => {
    expect(en.integer(5104)).toBe('5,104');
    expect(new Formatter('de-DE').number(1234.5, 2)).toBe('1.234,50');
    expect(en.number(-3.25, 1)).toBe('−3.3');
  });

  test('what is not known is a dash, never NaN', () => {
    for (const written of [en.number(null, 2), en.number(Number.NaN, 2), en.percent(null), en.significant(null)])
      expect(written).toBe('–');
  });

  test.each([
    [19.8234, '19.82'],
    [0.5, '0.5000'],
    [0.01234567, '0.01235'],
    [1907.4, '1,907'],
    [123456, '123,456'],
    [0, '0'],
  ])('four significant digits of %d', (value, written) => {
    expect(en.significant(value)).toBe(written);
  });

  test('a skill bears its sign, and zero bears none', () => {
    expect(en.signedPercent(0.012)).toBe('+1.2%');
    expect(en.signedPercent(-0.5)).toBe('−50.0%');
    expect(en.signedPercent(0)).toBe('0.0%');
  });

  test.each([
    [1, '1.0'],
    [0.3, '0.30'],
    [0.0073, '0.0073'],
    [1e-4, '0.00010'],
    [3e-9, '< 0.0001'],
    [0, '< 0.0001'],
  ])('a p-value of %d', (p, written) => {
    expect(en.probability(p)).toBe(written);
  });

  test.each([
    [3.14, '3.1s'],
    [42.4, '42s'],
    [59.7, '1m 0s'],
    [125, '2m 5s'],
    [3000, '50m'],
    [7260, '2h 1m'],
  ])('%d seconds', (seconds, written) => {
    expect(en.duration(seconds)).toBe(written);
  });
});

describe('decimals of a column', () => {
  test('integers have none, prices their cents', () => {
    expect(decimalsOf([112, 118, 132])).toBe(0);
    expect(decimalsOf([12.5, 13.25])).toBe(2);
  });
  test('digits of floating point that no one measured are left out', () => {
    expect(decimalsOf([1455.219971, 1399.420044])).toBe(2);
    expect(decimalsOf([0.1 + 0.2])).toBe(1);
  });
  test('missing values decide nothing', () => {
    expect(decimalsOf([null, 3.5])).toBe(1);
    expect(decimalsOf([])).toBe(0);
  });
});

describe('times are wall-clock times, whatever zone the reader is in', () => {
  test('dates and times of the contract', () => {
    expect(millisecondsOf('2020-04-20')).toBe(Date.UTC(2020, 3, 20));
    expect(millisecondsOf('2020-04-20T13:30')).toBe(Date.UTC(2020, 3, 20, 13, 30));
    expect(millisecondsOf('2020-04-20T13:30:00Z')).toBe(Date.UTC(2020, 3, 20, 13, 30));
  });
  test('weekday and month in the reader’s language', () => {
    const monday = Date.UTC(2020, 3, 20);
    expect(en.moment(monday, 'business-day')).toBe('Mon, 20 Apr 2020');
    expect(ko.moment(monday, 'day')).toBe('2020년 4월 20일 (월)');
  });
  const december = Date.UTC(1960, 11, 31, 13, 30, 5);
  test.each([
    ['year', '1960', '1960년'],
    ['quarter', 'Q4 1960', '1960년 4분기'],
    ['month', 'Dec 1960', '1960년 12월'],
    ['week', 'Dec 31, 1960', '1960년 12월 31일'],
    ['day', 'Sat, Dec 31, 1960', '1960년 12월 31일 (토)'],
    ['hour', 'Dec 31, 1960, 13:30', '1960년 12월 31일 13:30'],
    ['minute', 'Dec 31, 1960, 13:30', '1960년 12월 31일 13:30'],
    ['second', 'Dec 31, 1960, 13:30:05', '1960년 12월 31일 13:30:05'],
  ] as const)('no finer than rows are apart: %s', (step, english, korean) => {
    expect(us.moment(december, step, false)).toBe(english);
    expect(ko.moment(december, step, false)).toBe(korean);
  });
  test('irregular rows have a time of day where the file has one', () => {
    expect(us.moment(december, 'irregular', true)).toBe('Dec 31, 1960');
    expect(us.moment(december, 'irregular', false)).toBe('Dec 31, 1960, 13:30');
  });
  test.each([
    ['year', '1949 – 1960', '1949년 – 1960년'],
    ['quarter', 'Q1 1949 – Q4 1960', '1949년 1분기 – 1960년 4분기'],
    ['month', 'Jan 1949 – Dec 1960', '1949년 1월 – 1960년 12월'],
    ['day', 'Jan 1, 1949 – Dec 31, 1960', '1949. 1. 1. – 1960. 12. 31.'],
  ] as const)('a range likewise, short enough for its place: %s', (step, english, korean) => {
    const range = (format: Formatter) => format.range(Date.UTC(1949, 0, 1), december, step);
    expect(range(us)).toBe(english);
    expect(range(ko)).toBe(korean);
  });
  test('a tick says what is new at it', () => {
    expect(en.tick(Date.UTC(2020, 0, 1))).toBe('2020');
    expect(en.tick(Date.UTC(2020, 3, 1))).toBe('Apr');
    expect(en.tick(Date.UTC(2020, 3, 20))).toBe('20 Apr');
    expect(en.tick(Date.UTC(2020, 3, 20, 6))).toBe('06:00');
    expect(en.tick(Date.UTC(2020, 3, 1), 'quarter')).toBe('Q2');
    expect(en.tick(Date.UTC(2020, 0, 1), 'quarter')).toBe('2020');
  });
});

test('a frequency in words', () => {
  expect(frequencyText({ step: 'business-day', every: 1 }, messages.en, en)).toBe('business days');
  expect(frequencyText({ step: 'minute', every: 15 }, messages.ko, ko)).toBe('15분 간격');
});

test('the reader’s own locale where it is the window’s language', () => {
  expect(localeFor('en', 'en-US')).toBe('en-US');
  expect(localeFor('ko', 'en-US')).toBe('ko-KR');
  expect(localeFor('en', 'de-DE')).toBe('en-GB');
});

test('a share that rounds to nothing has no sign', () => {
  expect(en.percent(-0.0001, 1)).toBe('0.0%');
  expect(en.percent(-0.001, 1)).toBe('−0.1%');
  expect(en.signedPercent(-0.0001)).toBe('0.0%');
});
