import type { Frequency } from '../data/frame';
import { studentBelow } from './significance';
import { autocorrelation, correlation, deviation, mean } from './statistics';

/** Rows that usually make a season at each step of the calendar, likeliest first. */
const usual: Partial<Record<Frequency['step'], number[]>> = {
  minute: [60, 1440],
  hour: [24, 168],
  day: [7, 365],
  'business-day': [5],
  week: [52],
  month: [12],
  quarter: [4],
};

/** Rows looked at, the last ones of the training part: more tell nothing more, and a plan is wanted at once. */
const mostRows = 20_000;

/**
 * Rows in one season of the training values, or 1. Seasons the calendar suggests are tried first: once the moving mean of
 * that length is taken away, values must be correlated with those a season before, season after season. Where
 * none of them is found the differences are searched for a clear peak. At least four seasons must be there, five of long ones.
 */
export function inferSeason(all: Float64Array, frequency: Frequency): number {
  const train = all.subarray(-mostRows);
  const candidates = (usual[frequency.step] ?? [])
    .map((rows) => rows / frequency.every)
    .filter((rows) => Number.isInteger(rows) && rows > 1 && rows * (rows > 24 ? 5 : 4) <= train.length);
  let best = 1;
  let highest = 0.2;
  for (const rows of candidates) {
    const alike = seasonalLikeness(train, rows);
    if (alike > highest && repeats(withoutMovingMean(train, rows), rows)) {
      highest = alike;
      best = rows;
    }
  }
  return best > 1 ? best : peakOfDifferences(train);
}

/** Correlation of values with those a season of `rows` rows before, once the moving mean is taken away; near 1: all season. */
export const seasonalLikeness = (values: Float64Array, rows: number): number =>
  autocorrelation(withoutMovingMean(values, rows), rows);

/** Values less the centred mean of `rows` rows round each; the ends, which have none, are left out. */
function withoutMovingMean(values: Float64Array, rows: number): Float64Array {
  const before = Math.floor(rows / 2);
  return movingMean(values, rows).map((middle, t) => values[t + before]! - middle);
}

/** Centred means over `rows` rows: [values.length − rows], the first round row ⌊rows / 2⌋. */
export function movingMean(values: Float64Array, rows: number): Float64Array {
  let sum = 0;
  for (let t = 0; t < rows; t++) sum += values[t]!;
  return Float64Array.from({ length: values.length - rows }, (_, t) => {
    // With an even number of rows the first counts half and so does the one after the last.
    const extra = rows % 2 === 0 ? (values[t + rows]! - values[t]!) / 2 : 0;
    const middle = (sum + extra) / rows;
    sum += values[t + rows]! - values[t]!;
    return middle;
  });
}

/**
 * Whether each season is like the one before: the mean correlation of neighbouring seasons is above zero by
 * Student's test at 0.5 %. Two stretches of a random walk may be alike by chance, but not one after another.
 */
function repeats(values: Float64Array, rows: number): boolean {
  const pairs = Math.floor(values.length / rows) - 1;
  const alike = Float64Array.from({ length: pairs }, (_, i) => {
    const end = values.length - i * rows;
    return correlation(values.subarray(end - rows, end), values.subarray(end - 2 * rows, end - rows));
  });
  const t = mean(alike) / (deviation(alike) / Math.sqrt(pairs - 1));
  return studentBelow(t, pairs - 1) > 0.995;
}

/**
 * The lag at which changes repeat themselves most, if they do so clearly: a peak of at least 0.3 among its neighbours up
 * to two lags away (noise alone makes the first lag negative and so the second look like a peak), confirmed like any other.
 */
function peakOfDifferences(train: Float64Array): number {
  const changes = train.subarray(1).map((value, t) => value - train[t]!);
  const longest = Math.min(400, Math.floor(changes.length / 5));
  const r = Array.from({ length: longest + 3 }, (_, lag) => autocorrelation(changes, lag));
  const peaks = r.map((value, lag) => ({ value, lag })).slice(3, longest + 1);
  const clear = peaks.filter(({ value, lag }) => value > 0.3 && value >= Math.max(...r.slice(lag - 2, lag + 3)));
  const highest = Math.max(...clear.map(({ value }) => value));
  // Twice a season is as good a lag as the season itself, give or take the noise: the shortest of them is meant.
  const rows = clear.find(({ value }) => value > 0.85 * highest)?.lag;
  return rows && repeats(withoutMovingMean(train, rows), rows) ? rows : 1;
}
