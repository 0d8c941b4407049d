import type { Control, Engine, Weights } from '../learn/engine';
import type { ModelSpec } from '../nn/model';
import type { Predictions } from '../run';
import { predictionsOf } from './judged';
import type { Lesson } from './lesson';
import { restored } from './prepare';
import { shapeOf } from './tasks';

/** A network with weights, in the lesson it learned. */
export interface Learned {
  engine: Engine;
  model: ModelSpec;
  weights: Weights;
  lesson: Lesson;
}

/** Windows forecast between two looks at what the host wants. */
const windowsAtOnce = 512;

/**
 * Forecasts after each of `origins`, rolled out where the task is autoregressive, in the target's own units.
 *
 * @returns [origins][steps]
 */
export async function forecastAfter(learned: Learned, origins: Int32Array, control: Control): Promise<Float64Array> {
  const { engine, model, weights, lesson } = learned;
  const { settings, table, preparation, series } = lesson;
  const shape = shapeOf(settings);
  const { firstStep, steps } = shape.judged;
  const values = new Float64Array(origins.length * steps);
  for (let from = 0; from < origins.length; from += windowsAtOnce) {
    const some = origins.subarray(from, from + windowsAtOnce);
    const starts = some.map((origin) => origin - settings.lookback + 1);
    const rolled = settings.task === 'autoregressive';
    const outputs = rolled
      ? engine.rollOut(model, weights, table, starts, settings.horizon)
      : engine.predict(model, weights, table, starts);
    for (let w = 0; w < some.length; w++) {
      const scaled = Float64Array.from({ length: steps }, (_, k) => outputs[(w * steps + k) * table.targetColumns]!);
      const back = restored(scaled, preparation.columns[0]!, series.values[0]!, some[w]!, firstStep);
      values.set(back, (from + w) * steps);
    }
    await control.breathe();
  }
  return values;
}

/** Forecasts over windows whose outcome is known, beside that outcome. */
export async function predictions(learned: Learned, origins: Int32Array, control: Control): Promise<Predictions> {
  const { series, settings } = learned.lesson;
  const values = await forecastAfter(learned, origins, control);
  return predictionsOf(series.values[0]!, origins, values, shapeOf(settings).judged);
}
