import { fitHoltWinters, fitSmoothing } from './smoothing';

/**
 * Forecasts that anyone can make without a network. Whatever has parameters fits them on the training rows alone; a
 * forecast made after row `origin` reads rows up to `origin` only.
 * Definitions as in Hyndman & Athanasopoulos, "Forecasting: Principles and Practice" (3rd ed.), ch. 5.2 and 8.
 */
export const baselineNames = [
  'naive',
  'seasonal-naive',
  'drift',
  'mean',
  'moving-average',
  'exponential-smoothing',
  'holt-winters',
] as const;
export type BaselineName = (typeof baselineNames)[number];

export interface BaselineRequest {
  /** [rows] the target as it is. */
  values: Float64Array;
  /** Rows of the training part, from the first on. */
  trainRows: number;
  /** Rows in one season, 1: none. */
  season: number;
}

/** The value forecast for `step` (1 = next) rows after row `origin`. */
export type Forecaster = (origin: number, step: number) => number;

/** Every baseline, fitted. */
export function fitBaselines(request: BaselineRequest): { name: BaselineName; forecast: Forecaster }[] {
  return baselineNames.map((name) => ({ name, forecast: fitters[name](request) }));
}

/** Steps `firstStep … firstStep + steps − 1` after each origin: [origins][steps]. */
export function forecastAll(forecast: Forecaster, origins: Int32Array, firstStep: number, steps: number): Float64Array {
  const values = new Float64Array(origins.length * steps);
  for (let w = 0; w < origins.length; w++)
    for (let k = 0; k < steps; k++) values[w * steps + k] = forecast(origins[w]!, firstStep + k);
  return values;
}

const fitters: Record<BaselineName, (request: BaselineRequest) => Forecaster> = {
  /** Tomorrow equals today. */
  naive:
    ({ values }) =>
    (origin) =>
      values[origin]!,

  /** The last value seen at the same place of the season: y(t + k − m·⌈k/m⌉). */
  'seasonal-naive':
    ({ values, season }) =>
    (origin, step) =>
      values[origin + step - season * Math.ceil(step / season)] ?? values[origin]!,

  /** The line through the first and the last value seen, carried on. */
  drift:
    ({ values }) =>
    (origin, step) =>
      origin === 0 ? values[0]! : values[origin]! + (step * (values[origin]! - values[0]!)) / origin,

  /** The mean of everything seen. */
  mean: ({ values }) => {
    const sums = runningSums(values);
    return (origin) => sums[origin + 1]! / (origin + 1);
  },

  /** The mean of the last season; of the last five values where there is none. */
  'moving-average': ({ values, season }) => {
    const sums = runningSums(values);
    const width = season > 1 ? season : 5;
    return (origin) => {
      const first = Math.max(0, origin + 1 - width);
      return (sums[origin + 1]! - sums[first]!) / (origin + 1 - first);
    };
  },

  'exponential-smoothing': fitSmoothing,
  'holt-winters': fitHoltWinters,
};

/** [rows + 1]: sum of the first i values. */
function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!;
  return sums;
}
