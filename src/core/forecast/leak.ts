import type { Control, Engine } from '../learn/engine';
import type { ModelSpec } from '../nn/model';
import type { TrainerEvent } from '../protocol';
import type { Leak } from '../run';
import { trainAside } from './aside';
import { yardstickOf } from './judged';
import { type Lesson, lessonOf, trainOptions } from './lesson';
import { score } from './metrics';
import { predictions } from './predict';

/**
 * The commonest two mistakes, made on purpose: the scaler is fitted on all rows and the epoch is chosen on the test part.
 * The scores are what a careless study would report; they are only ever shown beside the honest ones.
 */
export async function* seenTestPart(
  honest: Lesson,
  model: ModelSpec,
  seed: number,
  host: { engine: Engine; control: Control; run: string; experiment: string },
): AsyncGenerator<TrainerEvent, Leak> {
  const { series, settings, preparation } = honest;
  const leaky = lessonOf(series, settings, preparation, { seen: { first: 0, end: honest.parts.test.end } });
  leaky.table.starts.validation = leaky.table.starts.test;
  const { engine, control } = host;
  const request = { model, table: leaky.table, options: trainOptions(settings, seed) };
  const { weights, bestEpoch } = yield* trainAside(request, host, ({ epoch, secondsLeft }) => ({
    epoch,
    epochs: settings.epochs,
    done: 1,
    secondsLeft,
  }));
  const test = await predictions({ engine, model, weights, lesson: leaky }, leaky.origins.test, control);
  return { bestEpoch, test: score(test, yardstickOf(series.values[0]!, honest.parts, settings.season)) };
}
