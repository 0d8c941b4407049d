import type { Series } from '../protocol';
import type { Bands, Baseline, Edges, PartMetrics, Predictions } from '../run';
import type { Settings } from '../settings';
import { type Forecaster, fitBaselines, forecastAll } from './baselines';
import { naiveCurve } from './curves';
import { conformalBands, coverage, edgesOf } from './intervals';
import type { Lesson } from './lesson';
import { score, scoreScaled, seasonalNaiveMae, type Yardstick } from './metrics';
import { rowBaselines } from './row-baselines';
import type { Parts } from './split';
import { deviation } from './statistics';
import { type Origins, shapeOf } from './tasks';

/** Forecasts with what came beside them. `values [windows][steps]` in the target's units. */
export function predictionsOf(
  target: Float64Array,
  origins: Int32Array,
  values: Float64Array,
  judged: { firstStep: number; steps: number },
  naive: Forecaster | null = null,
): Predictions {
  const { firstStep, steps } = judged;
  const actual = values.map((_, i) => target[origins[Math.floor(i / steps)]! + firstStep + (i % steps)]!);
  return {
    ...{ firstStep, origins, steps, values, actual },
    last: Float64Array.from(origins, (origin) => target[origin] ?? target[0]!),
    ...(naive && { naive: forecastAll(naive, origins, firstStep, steps) }),
  };
}

/** Forecasts with their bands. */
export type Banded = Predictions & { edges: Edges };

/** A model's own bands where it gives them, else conformal ones from its residuals on the validation part. */
export function banded(
  validation: Predictions,
  test: Predictions,
  { series, parts, preparation }: Pick<Lesson, 'series' | 'parts' | 'preparation'>,
): { test: Banded; bands: Bands | null } {
  if (test.edges) return { test: { ...test, edges: test.edges }, bands: null };
  const target = series.values[0]!;
  const bands = conformalBands(validation, target, parts.train, preparation.columns[0]!);
  return { test: { ...test, edges: edgesOf(test, target, bands) }, bands };
}

/** Measured on the training part alone. */
export function yardstickOf(target: Float64Array, parts: Parts, season: number): Yardstick {
  const train = target.subarray(parts.train.first, parts.train.end);
  return { seasonalNaiveMae: seasonalNaiveMae(train, season), deviation: deviation(train) };
}

/** Scores of both judged parts; the bands are tried on the test part alone. */
export function partMetrics(validation: Predictions, test: Banded, yardstick: Yardstick): PartMetrics {
  const scores = score(test, yardstick);
  const { actual, edges } = test;
  return {
    validation: score(validation, yardstick),
    test: {
      ...scores,
      coverage80: coverage(actual, edges.lower80, edges.upper80),
      coverage95: coverage(actual, edges.lower95, edges.upper95),
    },
    testScaled: scoreScaled(scores, yardstick),
  };
}

/** Every baseline on the very windows the models are judged on, with its forecasts of the test part. */
export function judgedBaselines(
  series: Series,
  settings: Settings,
  parts: Parts,
  origins: Origins,
): (Baseline & { test: Predictions })[] {
  const target = series.values[0]!;
  const { judged } = shapeOf(settings);
  const yardstick = yardstickOf(target, parts, settings.season);
  const naive = naiveCurve(series, settings);
  const usual = { values: target, trainRows: parts.train.end, season: settings.season };
  const fitted: { name: string; forecast: Forecaster }[] = [
    ...(naive ? [] : fitBaselines(usual)),
    ...rowBaselines(series, settings, parts, origins),
  ];
  return fitted.map(({ name, forecast }) => {
    const over = (where: Int32Array) =>
      predictionsOf(target, where, forecastAll(forecast, where, judged.firstStep, judged.steps), judged, naive);
    const validation = over(origins.validation);
    const test = over(origins.test);
    const bands = conformalBands(validation, target, parts.train, { log: false, floor: 0 });
    return {
      name,
      test,
      metrics: partMetrics(validation, { ...test, edges: edgesOf(test, target, bands) }, yardstick),
    };
  });
}
