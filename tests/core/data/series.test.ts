import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimate } from '../../../src/core/data/decimate';
import { carryForward, interpolate, type SeriesChoice, seriesOf } from '../../../src/core/data/series';
import { readText } from './reading';

const text =
  'Date,Close,Volume,Note\n2024-01-02,,5,a\n2024-01-03,2,6,b\n2024-01-04,,7,c\n2024-01-05,4,,d\n2024-01-08,6,9,e\n2024-01-09,,9,f\n';
const choice: SeriesChoice = { target: 'Close', inputs: [], missing: 'leave-out', horizon: 2, season: 1 };
const seriesWith = async (changes: Partial<SeriesChoice>) =>
  seriesOf((await readText(text)).frame!, { ...choice, ...changes });
const list = (values: Float64Array[]) => values.map((column) => Array.from(column));

describe('the columns of a forecast', () => {
  test('rows without the target are left out, and with them their times', async () => {
    const series = await seriesWith({});
    expect(list(series.values)).toEqual([[2, 4, 6]]);
    expect(Array.from(series.times!, (time) => new Date(time).getUTCDate())).toEqual([3, 5, 8]);
  });

  test('rows without an input are left out too', async () => {
    expect(list((await seriesWith({ inputs: ['Volume'] })).values)).toEqual([
      [2, 6],
      [6, 9],
    ]);
  });

  test('carrying forward and interpolating fill what is inside, never the ends of the target', async () => {
    expect(list((await seriesWith({ missing: 'carry-forward' })).values)).toEqual([[2, 2, 4, 6]]);
    expect(list((await seriesWith({ missing: 'interpolate', inputs: ['Volume'] })).values)).toEqual([
      [2, 3, 4, 6],
      [6, 7, 8, 9],
    ]);
  });

  test('gaps in time are filled where that is chosen, and only there', async () => {
    const gappy = 'Date,V\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n2024-01-06,6\n2024-01-07,\n2024-01-08,8\n';
    const { frame } = await readText(gappy);
    const days = (series: { times: Float64Array | null }) =>
      Array.from(series.times!, (time) => new Date(time).getUTCDate());
    const chosen = { ...choice, target: 'V' };
    const left = seriesOf(frame!, chosen);
    expect([list(left.values), days(left)]).toEqual([[[1, 2, 3, 6, 8]], [1, 2, 3, 6, 8]]);
    const carried = seriesOf(frame!, { ...chosen, missing: 'carry-forward' });
    expect([list(carried.values), days(carried)]).toEqual([[[1, 2, 3, 3, 3, 6, 6, 8]], [1, 2, 3, 4, 5, 6, 7, 8]]);
    const drawn = seriesOf(frame!, { ...chosen, missing: 'interpolate' });
    expect(list(drawn.values)).toEqual([[1, 2, 3, 4, 5, 6, 7, 8]]);
  });

  test('more gap than data is not filled', async () => {
    const { frame } = await readText('Date,V\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n2024-03-06,6\n');
    expect(() => seriesOf(frame!, { ...choice, target: 'V', missing: 'interpolate' })).toThrow(/made? up|make up/);
  });

  test('the future begins after the last known value of the target', async () => {
    const { future } = await seriesWith({ missing: 'carry-forward' });
    expect(Array.from(future!, (time) => new Date(time).toISOString().slice(0, 10))).toEqual([
      '2024-01-09',
      '2024-01-10',
    ]);
  });

  test('what is no column of numbers is refused', async () => {
    await expect(seriesWith({ target: 'Clsoe' })).rejects.toMatchObject({ code: 'data.unknown-column' });
    await expect(seriesWith({ inputs: ['Note'] })).rejects.toMatchObject({ code: 'data.not-numbers' });
  });

  test('filling leaves no hole and changes nothing known', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(Number.NaN)), { minLength: 1 }),
        (given) => {
          fc.pre(given.some((value) => !Number.isNaN(value)));
          for (const fill of [carryForward, interpolate]) {
            const values = Float64Array.from(given);
            fill(values);
            given.forEach(
              (value, row) =>
                void (Number.isNaN(value) ? expect(values[row]).not.toBeNaN() : expect(values[row]).toBe(value)),
            );
          }
        },
      ),
    );
  });
});

describe('decimation', () => {
  test('keeps the extremes of every stretch, in order, within the number of points', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1, maxLength: 500 }),
        fc.integer({ min: 2, max: 60 }),
        (given, points) => {
          const rows = decimate(Float64Array.from(given), 0, given.length, points);
          expect(rows.length).toBeLessThanOrEqual(Math.max(points, 1));
          expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
          const values = rows.map((row) => given[row]!);
          expect([Math.min(...values), Math.max(...values)]).toEqual([Math.min(...given), Math.max(...given)]);
        },
      ),
    );
  });

  test('shows where there is nothing', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => (i >= 40 && i < 60 ? Number.NaN : i));
    expect(decimate(values, 0, 100, 20).some((row) => row >= 40 && row < 60)).toBe(true);
  });
});
