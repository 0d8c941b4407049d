import type { Control, Engine } from '../learn/engine';
import type { TrainerEvent } from '../protocol';
import { trainAside } from './aside';
import { lessonOf, trainOptions } from './lesson';
import type { Learned } from './predict';

/**
 * The model trained once more, on all rows, for as many epochs as were best on the validation part: what forecasts past
 * the end when `refit` is chosen. It cannot be judged, since no row is left unseen; scores, bands and the stored weights
 * stay those of the judged model. With no validation part the engine keeps the epoch of least training loss.
 */
export async function* refitted(
  { model, lesson }: Learned,
  bestEpoch: number,
  seed: number,
  host: { engine: Engine; control: Control; run: string; experiment: string },
): AsyncGenerator<TrainerEvent, Learned> {
  const { series, settings, preparation } = lesson;
  const end = series.values[0]!.length;
  const none = { first: end, end };
  const all = lessonOf(series, settings, preparation, {
    parts: { train: { first: 0, end }, validation: none, test: none },
  });
  const options = { ...trainOptions(settings, seed), epochs: bestEpoch, patience: 0 };
  const { weights } = yield* trainAside({ model, table: all.table, options }, host, ({ epoch, secondsLeft }) => ({
    epoch,
    epochs: bestEpoch,
    done: 1,
    secondsLeft,
  }));
  return { engine: host.engine, model, weights, lesson: all };
}
