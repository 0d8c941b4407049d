import type { Frequency } from '../data/frame';
import { autocorrelation } from './statistics';

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

/**
 * Rows in one season of the training values, or 1. Seasons the calendar suggests are tried first: there the
 * autocorrelation must stand out above what half a season away to either side would suggest, which a random walk's slow
 * decay does not. Without a calendar the differences are searched for a clear peak. At least three seasons must be there.
 */
export function inferSeason(train: Float64Array, frequency: Frequency): number {
  const values = withoutLine(train);
  const candidates = (usual[frequency.step] ?? [])
    .map((rows) => rows / frequency.every)
    .filter((rows) => Number.isInteger(rows) && rows > 1 && rows * 3 <= train.length);
  let best = 1;
  let highest = 0.2;
  for (const rows of candidates) {
    const prominence = standsOut(values, rows);
    if (prominence > highest) {
      highest = prominence;
      best = rows;
    }
  }
  if (candidates.length > 0 || !['index', 'irregular'].includes(frequency.step)) return best;
  return peakOfDifferences(train);
}

/** How far the autocorrelation at `rows` lies above the mean of those half a season before and after. */
function standsOut(values: Float64Array, rows: number): number {
  const half = Math.floor(rows / 2);
  const around = (autocorrelation(values, rows - half) + autocorrelation(values, rows + half)) / 2;
  return autocorrelation(values, rows) - around;
}

/** The lag at which changes repeat themselves most, if they do so clearly: r > 0.3 and more than to both sides. */
function peakOfDifferences(train: Float64Array): number {
  const changes = train.subarray(1).map((value, t) => value - train[t]!);
  const longest = Math.min(400, Math.floor(changes.length / 3));
  const r = Array.from({ length: longest + 2 }, (_, lag) => autocorrelation(changes, lag));
  let best = 1;
  for (let lag = 2; lag <= longest; lag++) {
    const peak = r[lag]! > r[lag - 1]! && r[lag]! >= r[lag + 1]!;
    // A later peak is the same season twice over unless it is clearly higher.
    if (peak && r[lag]! > 0.3 && r[lag]! > (best === 1 ? 0 : r[best]! + 0.1)) best = lag;
  }
  return best;
}

/** Values less their least-squares line. */
function withoutLine(values: Float64Array): Float64Array {
  const n = values.length;
  const middle = (n - 1) / 2;
  let slopeTop = 0;
  let slopeBottom = 0;
  let sum = 0;
  for (let t = 0; t < n; t++) {
    slopeTop += (t - middle) * values[t]!;
    slopeBottom += (t - middle) ** 2;
    sum += values[t]!;
  }
  const slope = slopeBottom > 0 ? slopeTop / slopeBottom : 0;
  return values.map((value, t) => value - sum / n - slope * (t - middle));
}
