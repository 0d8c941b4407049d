import type { Control, Engine, Weights } from '../learn/engine';
import { type ModelSpec, quantilesOf } from '../nn/model';
import type { Edges, Predictions } from '../run';
import { naiveCurve } from './curves';
import { predictionsOf } from './judged';
import type { Lesson } from './lesson';
import { restored } from './prepare';
import { medianAndEdges } from './quantiles';
import { shapeOf, startsOf } from './tasks';

/** A network with weights, and what it needs of a series to forecast. */
export interface Able {
  engine: Pick<Engine, 'predict' | 'rollOut'>;
  model: ModelSpec;
  weights: Weights;
  lesson: Pick<Lesson, 'series' | 'settings' | 'preparation' | 'table'>;
}

/** The same in the lesson it learned. */
export interface Learned extends Able {
  engine: Engine;
  lesson: Lesson;
}

/** Windows forecast between two looks at what the host wants. */
const windowsAtOnce = 512;

/** [origins][steps] in the target's own units; edges where the model forecasts quantiles. */
export interface Forecast {
  values: Float64Array;
  edges?: Edges;
}

/** Forecasts after each of `origins`, rolled out where the task is autoregressive. */
export async function forecastAfter(able: Able, origins: Int32Array, control: Control): Promise<Forecast> {
  const { engine, model, weights, lesson } = able;
  const { settings, table, preparation, series } = lesson;
  const { firstStep, steps } = shapeOf(settings).judged;
  const Q = quantilesOf(model);
  const levels = Array.from({ length: Q }, () => new Float64Array(origins.length * steps));
  for (let from = 0; from < origins.length; from += windowsAtOnce) {
    const some = origins.subarray(from, from + windowsAtOnce);
    const starts = some.map(startsOf(settings));
    const rolled = settings.task === 'autoregressive';
    const outputs = rolled
      ? engine.rollOut(model, weights, table, starts, settings.horizon)
      : engine.predict(model, weights, table, starts);
    for (let w = 0; w < some.length; w++)
      for (let q = 0; q < Q; q++) {
        const at = (w * Q + q) * steps;
        const scaled = Float64Array.from({ length: steps }, (_, k) => outputs[(at + k) * table.targetColumns]!);
        const back = restored(scaled, preparation.columns[0]!, series.values[0]!, some[w]!, firstStep);
        levels[q]!.set(back, (from + w) * steps);
      }
    await control.breathe();
  }
  return Q === 1 ? { values: levels[0]! } : medianAndEdges(levels);
}

/** Forecasts over windows whose outcome is known, beside that outcome. */
export async function predictions(able: Able, origins: Int32Array, control: Control): Promise<Predictions> {
  const { series, settings } = able.lesson;
  const { values, edges } = await forecastAfter(able, origins, control);
  const bare = predictionsOf(
    series.values[0]!,
    origins,
    values,
    shapeOf(settings).judged,
    naiveCurve(series, settings),
  );
  return edges ? { ...bare, edges } : bare;
}
