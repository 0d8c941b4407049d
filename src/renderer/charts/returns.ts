import { logReturn } from '../../core/data/returns';
import type { SeriesView } from '../../core/protocol';
import { firstAtLeast } from '../state/view';
import type { Forecast } from './scene';

/**
 * Forecasts as log returns per row, beside those of the series. The first step's is from the last value the forecast has
 * seen, a later one's from the step before it; where only one step ahead of several is forecast, the mean over them. Bands
 * are the first step's own; those of later steps are about sums of returns and have no place here.
 */
export function returnsOf(forecast: Forecast, tested: SeriesView): Forecast {
  const valueAt = (row: number): number => {
    const i = firstAtLeast(tested.at, row);
    return tested.at[i] === row ? (tested.values[i] ?? Number.NaN) : Number.NaN;
  };
  const last = tested.values.findLast((value) => value !== null) ?? Number.NaN;
  const { test, future } = forecast;
  return {
    ...forecast,
    test: test && {
      ...test,
      bands: null,
      values: test.values.map((steps, w) => perRow(valueAt(test.origins[w]!), steps, test.firstStep)),
    },
    future: futureReturns(future, last),
  };
}

function perRow(from: number, values: number[], firstStep: number): number[] {
  return values.map((value, k) => (k === 0 ? logReturn(from, value) / firstStep : logReturn(values[k - 1]!, value)));
}

function futureReturns(future: Forecast['future'], last: number): Forecast['future'] {
  return future.map((point, k) => {
    const before = k === 0 ? { step: 0, value: last } : future[k - 1]!;
    const rows = point.step - before.step;
    const edge = (value: number | null) => (k > 0 || value === null ? null : finite(logReturn(last, value) / rows));
    return {
      ...point,
      value: logReturn(before.value, point.value) / rows,
      lower80: edge(point.lower80),
      upper80: edge(point.upper80),
      lower95: edge(point.lower95),
      upper95: edge(point.upper95),
    };
  });
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
