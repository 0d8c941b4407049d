import type { Control, Engine } from '../learn/engine';
import type { ModelSpec } from '../nn/model';
import type { Leak } from '../run';
import { yardstickOf } from './judged';
import { type Lesson, lessonOf, trainOptions } from './lesson';
import { score } from './metrics';
import { predictions } from './predict';

/**
 * The commonest two mistakes, made on purpose: the scaler is fitted on all rows and the epoch is chosen on the test part.
 * The scores are what a careless study would report; they are only ever shown beside the honest ones.
 */
export async function seenTestPart(
  honest: Lesson,
  model: ModelSpec,
  seed: number,
  engine: Engine,
  control: Control,
): Promise<Leak> {
  const { series, settings, preparation } = honest;
  const leaky = lessonOf(series, settings, preparation, { first: 0, end: honest.parts.test.end });
  leaky.table.starts.validation = leaky.table.starts.test;
  const training = engine.train({ model, table: leaky.table, options: trainOptions(settings, seed) }, control);
  let step = await training.next();
  while (!step.done) step = await training.next();
  const { weights, bestEpoch } = step.value;
  const test = await predictions({ engine, model, weights, lesson: leaky }, leaky.origins.test, control);
  return { bestEpoch, test: score(test, yardstickOf(series.values[0]!, honest.parts, settings.season)) };
}
