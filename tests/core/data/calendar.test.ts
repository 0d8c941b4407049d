import { describe, expect, test } from 'vitest';
import { calendarOf, formatTime, futureTimes } from '../../../src/core/data/calendar';
import { civilOf, dayMs, daysOf, hourMs, wallTime, weekdayOf } from '../../../src/core/data/civil';
import type { Frame } from '../../../src/core/data/frame';
import { frequencyOf } from '../../../src/core/data/frequency';
import { gapsOf } from '../../../src/core/data/gaps';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
function frameOf(times: Float64Array): Frame {
  const dateOnly = times.every((time) => time % dayMs === 0);
  return { rows: times.length, columns: [], times, dateOnly, frequency: frequencyOf(times) };
}
const futureOf = (times: Float64Array, count: number) => {
  const frame = frameOf(times);
  return Array.from(futureTimes(frame, count)!, (time) => formatTime(time, frame.dateOnly));
};
/** Weekdays from one day on, without those named. */
function trading(start: string, count: number, closed: (time: number) => boolean = () => false): Float64Array {
  const times: number[] = [];
  for (let time = day(start); times.length < count; time += dayMs) {
    if (weekdayOf(time) % 6 !== 0 && !closed(time)) times.push(time);
  }
  return Float64Array.from(times);
}

describe('days', () => {
  test('agree with the calendar of the language from year 1 to 4000', () => {
    for (let year = 1; year <= 4000; year += 7) {
      for (const [month, date] of [
        [1, 1],
        [2, 28],
        [3, 1],
        [12, 31],
      ] as const) {
        const expected = new Date(0);
        expected.setUTCFullYear(year, month - 1, date);
        expect(daysOf(year, month, date) * dayMs).toBe(expected.getTime());
        expect(civilOf(expected.getTime())).toEqual({ year, month, day: date });
      }
    }
  });

  test('that do not exist are none', () => {
    expect([wallTime(2023, 2, 29), wallTime(2024, 13, 1), wallTime(2024, 4, 31), wallTime(1900, 2, 29)]).toEqual([
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
    expect(wallTime(2024, 2, 29, 24)).toBe(wallTime(2024, 3, 1));
    expect(wallTime(2024, 2, 29, 24, 1)).toBeNaN();
  });
});

describe('the future goes on as the past', () => {
  test('the day after a Friday is Monday for stocks, Saturday for a series of every day', () => {
    expect(futureOf(trading('2024-01-01', 40), 2)).toEqual(['2024-02-26', '2024-02-27']);
    expect(
      futureOf(
        Float64Array.from({ length: 26 }, (_, i) => day('2024-01-01') + i * dayMs),
        1,
      ),
    ).toEqual(['2024-01-27']);
  });

  test('a few special Saturdays do not make a six-day week', () => {
    const times = Array.from(trading('2020-01-01', 500));
    times.push(day('2020-05-16'), day('2021-01-23'));
    const future = ['2021-12-01', '2021-12-02', '2021-12-03', '2021-12-06'];
    expect(futureOf(Float64Array.from(times).sort(), 4)).toEqual(future);
  });

  test('a holiday seen in fewer than three years is not counted on', () => {
    const christmas = (time: number) => civilOf(time).month === 12 && civilOf(time).day === 25;
    const short = trading('2018-06-01', 700, christmas).filter((time) => time < day('2020-12-24'));
    expect(futureOf(short, 2)).toEqual(['2020-12-24', '2020-12-25']);
    const long = trading('2014-06-01', 1900, christmas).filter((time) => time < day('2020-12-24'));
    expect(futureOf(long, 2)).toEqual(['2020-12-24', '2020-12-28']);
  });

  test('a moving holiday blocks no date', () => {
    const mlk = (time: number) =>
      weekdayOf(time) === 1 && civilOf(time).month === 1 && Math.ceil(civilOf(time).day / 7) === 3;
    const times = trading('2005-01-03', 4000, mlk).filter((time) => time < day('2019-01-14'));
    expect(futureOf(times, 6)).toEqual([
      '2019-01-14',
      '2019-01-15',
      '2019-01-16',
      '2019-01-17',
      '2019-01-18',
      '2019-01-21',
    ]);
  });

  test('months keep their day, or their end', () => {
    const at = (...texts: string[]) => Float64Array.from(texts, day);
    expect(futureOf(at('2023-10-15', '2023-11-15', '2023-12-15', '2024-01-15'), 2)).toEqual([
      '2024-02-15',
      '2024-03-15',
    ]);
    expect(futureOf(at('2022-11-30', '2022-12-31', '2023-01-31'), 3)).toEqual([
      '2023-02-28',
      '2023-03-31',
      '2023-04-30',
    ]);
    expect(futureOf(at('2022-12-29', '2023-01-31', '2023-02-28', '2023-03-31', '2023-04-28'), 1)).toEqual([
      '2023-05-31',
    ]);
  });

  test('hours around the clock on weekdays only go on after the weekend', () => {
    const times = Array.from(trading('2024-01-01', 40)).flatMap((time) =>
      Array.from({ length: 24 }, (_, hour) => time + hour * hourMs),
    );
    const all = Float64Array.from(times);
    expect(frequencyOf(all)).toEqual({ step: 'hour', every: 1 });
    expect(futureOf(all, 2)).toEqual(['2024-02-26T00:00:00', '2024-02-26T01:00:00']);
    expect(gapsOf(all, calendarOf(all, frequencyOf(all)))).toEqual([]);
  });

  test('an irregular series goes on by its median step', () => {
    const times = Float64Array.from([0, 1, 5, 7, 20, 22, 31], (value) => value * dayMs);
    expect(frequencyOf(times).step).toBe('irregular');
    expect(futureTimes(frameOf(times), 2)).toEqual(Float64Array.from([35, 39], (value) => value * dayMs));
  });
});

describe('frequency', () => {
  const every = (step: number, count: number) =>
    Float64Array.from({ length: count }, (_, i) => day('2024-01-01') + i * step);
  test.each([
    ['second', 5, 5_000],
    ['minute', 1, 60_000],
    ['minute', 15, 900_000],
    ['hour', 1, hourMs],
    ['hour', 4, 4 * hourMs],
    ['day', 1, dayMs],
    ['day', 3, 3 * dayMs],
    ['week', 1, 7 * dayMs],
    ['week', 4, 28 * dayMs],
  ] as const)('%s × %i', (step, count, milliseconds) => {
    expect(frequencyOf(every(milliseconds, 100))).toEqual({ step, every: count });
  });

  test('steps of years, half years and quarters', () => {
    const months = (step: number) => Float64Array.from({ length: 20 }, (_, i) => Date.UTC(1990, i * step, 1));
    expect(frequencyOf(months(12))).toEqual({ step: 'year', every: 1 });
    expect(frequencyOf(months(6))).toEqual({ step: 'quarter', every: 2 });
    expect(frequencyOf(months(3))).toEqual({ step: 'quarter', every: 1 });
  });
});

describe('gaps of trading days', () => {
  const gapsIn = (times: Float64Array) =>
    gapsOf(times, calendarOf(times, frequencyOf(times))).map(({ missing }) => missing);
  const within = (from: string, to: string) => (time: number) => time >= day(from) && time <= day(to);

  test('holidays and short closures are none', () => {
    expect(gapsIn(trading('2020-01-01', 300, within('2020-03-03', '2020-03-05')))).toEqual([]);
  });
  test('a closure of weeks is one', () => {
    expect(gapsIn(trading('2020-01-01', 300, within('2020-03-02', '2020-03-13')))).toEqual([10]);
  });
  test('a long closure that comes back every year is a holiday', () => {
    const golden = (time: number) => [2018, 2019, 2020].some((year) => within(`${year}-10-01`, `${year}-10-09`)(time));
    expect(gapsIn(trading('2018-01-01', 900, golden))).toEqual([]);
  });
});
