import type { Series } from '../protocol';
import type { Bands, Baseline, PartMetrics, Predictions } from '../run';
import type { Settings } from '../settings';
import { fitBaselines, forecastAll } from './baselines';
import { conformalBands, coverage, spreadsAt } from './intervals';
import { score, scoreScaled, seasonalNaiveMae, type Yardstick } from './metrics';
import type { Parts } from './split';
import { deviation } from './statistics';
import { type Origins, shapeOf } from './tasks';

/** Forecasts with what came beside them. `values [windows][steps]` in the target's units. */
export function predictionsOf(
  target: Float64Array,
  origins: Int32Array,
  values: Float64Array,
  judged: { firstStep: number; steps: number },
): Predictions {
  const { firstStep, steps } = judged;
  const actual = values.map((_, i) => target[origins[Math.floor(i / steps)]! + firstStep + (i % steps)]!);
  return { firstStep, origins, steps, values, actual, last: Float64Array.from(origins, (origin) => target[origin]!) };
}

/** Measured on the training part alone. */
export function yardstickOf(target: Float64Array, parts: Parts, season: number): Yardstick {
  const train = target.subarray(parts.train.first, parts.train.end);
  return { seasonalNaiveMae: seasonalNaiveMae(train, season), deviation: deviation(train) };
}

/** Scores of both judged parts; the bands, which the validation part makes, are tried on the test part alone. */
export function partMetrics(
  validation: Predictions,
  test: Predictions,
  target: Float64Array,
  yardstick: Yardstick,
  bands: Bands,
): PartMetrics {
  const scores = score(test, yardstick);
  const spread = spreadsAt(target, test.origins, bands);
  return {
    validation: score(validation, yardstick),
    test: {
      ...scores,
      coverage80: coverage(test, spread, bands.half80, bands.log),
      coverage95: coverage(test, spread, bands.half95, bands.log),
    },
    testScaled: scoreScaled(scores, yardstick),
  };
}

/** Every baseline on the very windows the models are judged on, with its forecasts of the test part. */
export function judgedBaselines(
  series: Series,
  settings: Pick<Settings, 'task' | 'horizon' | 'season'>,
  parts: Parts,
  origins: Origins,
): (Baseline & { test: Predictions })[] {
  const target = series.values[0]!;
  const { judged } = shapeOf(settings);
  const yardstick = yardstickOf(target, parts, settings.season);
  const fitted = fitBaselines({ values: target, trainRows: parts.train.end, season: settings.season });
  return fitted.map(({ name, forecast }) => {
    const over = (where: Int32Array) =>
      predictionsOf(target, where, forecastAll(forecast, where, judged.firstStep, judged.steps), judged);
    const validation = over(origins.validation);
    const test = over(origins.test);
    const bands = conformalBands(validation, target, parts.train, { log: false, floor: 0 });
    return { name, test, metrics: partMetrics(validation, test, target, yardstick, bands) };
  });
}
