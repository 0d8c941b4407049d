import type { Control, Engine } from '../learn/engine';
import type { Series, TrainerEvent, TrainerJob } from '../protocol';
import type { Settings } from '../settings';
import { trainAside } from './aside';
import { windowLosses } from './evidence';
import { type Choice, lessonOf, modelOf, trainOptions } from './lesson';
import { predictions } from './predict';
import { takesLogarithm } from './prepare';
import { partsOf } from './split';
import { mean } from './statistics';

/** Share of the epochs a trial may take. */
const trialShare = 1 / 3;

/**
 * Decides what was left to `auto`: every transform and scale that suits the data is tried with the first model asked for,
 * and the one whose forecasts of the validation part have the least mean absolute error, in the target's own units, is
 * used for all runs. The test part has no say.
 */
export async function* chooseByValidation(
  { experiment, settings, series }: TrainerJob,
  run: string,
  engine: Engine,
  control: Control,
): AsyncGenerator<TrainerEvent, Choice> {
  const candidates = candidatesFor(settings, series);
  if (candidates.length === 1) return candidates[0]!;
  const epochs = Math.max(1, Math.ceil(settings.epochs * trialShare));
  let best = candidates[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, choice] of candidates.entries()) {
    const lesson = lessonOf(series, { ...settings, epochs }, choice);
    const model = modelOf(settings.models[0]!, lesson);
    const request = { model, table: lesson.table, options: trainOptions(lesson.settings, settings.seed) };
    const { weights } = yield* trainAside(request, { engine, control, run, experiment }, ({ secondsLeft }) => ({
      epoch: 0,
      epochs: settings.epochs,
      done: 0,
      secondsLeft: secondsLeft * (candidates.length - i),
    }));
    const learned = { engine, model, weights, lesson };
    const error = mean(windowLosses(await predictions(learned, lesson.origins.validation, control)));
    if (error < least) {
      least = error;
      best = choice;
    }
    if (control.stopping) break;
  }
  return best;
}

/** Transform and scale as chosen, or what is worth trying where they are `auto`. */
export function candidatesFor(settings: Settings, series: Series): Choice[] {
  const { train } = partsOf(series.values[0]!.length, settings);
  const positive = series.values[0]!.subarray(train.first, train.end).every((value) => value > 0);
  const transforms: Choice['transform'][] =
    settings.transform === 'auto' ? suitable(positive, settings) : [settings.transform];
  return transforms.flatMap((transform) => {
    if (settings.scale !== 'auto') return [{ transform, scale: settings.scale }];
    const scales: Choice['scale'][] = transform.includes('diff') ? ['standard'] : ['window', 'standard'];
    return scales.map((scale) => ({ transform, scale }));
  });
}

function suitable(positive: boolean, { season }: Settings): Choice['transform'][] {
  const all: Choice['transform'][] = ['none', 'diff', 'log', 'log-diff', 'seasonal-diff', 'log-seasonal-diff'];
  return all.filter(
    (transform) => (positive || !takesLogarithm(transform)) && (season > 1 || !transform.includes('seasonal')),
  );
}
