import type { Control, Engine, TrainEvent, Trained, TrainRequest } from '../learn/engine';
import type { Progress, TrainerEvent } from '../protocol';

/** A training whose epochs are nobody's business but whose progress is told: trials, folds, refits, demonstrations. */
export async function* trainAside(
  request: TrainRequest,
  { engine, control, run, experiment }: { engine: Engine; control: Control; run: string; experiment: string },
  standing: (event: TrainEvent) => Pick<Progress, 'epoch' | 'epochs' | 'done' | 'secondsLeft'>,
): AsyncGenerator<TrainerEvent, Trained> {
  const training = engine.train(request, control);
  let step = await training.next();
  for (; !step.done; step = await training.next()) {
    const { samplesPerSecond } = step.value;
    yield { type: 'progress', experiment, run, samplesPerSecond, ...standing(step.value) };
  }
  return step.value;
}
