import { Album, type KeptEpoch } from '../inside/album';
import type { Checkpoint } from '../protocol';
import type { Sample } from '../text/record';
import type { TrainEvent, TrainState } from './engine';

type Epoch = Extract<TrainEvent, { type: 'epoch' }>;

/**
 * What a run has of its training beyond the network: curves, the weights of some epochs, what it wrote. Kept together with
 * the network's state, so that a run that goes on later has all of it.
 */
export class Course {
  readonly loss: Checkpoint['loss'];
  readonly samples: Sample[];
  readonly #choice: Checkpoint['choice'];
  readonly #album: Album;

  /** `from`: where the run stood before; `numbers`: of its network. */
  constructor(numbers: number, choice: Checkpoint['choice'], from: Checkpoint | null | undefined) {
    this.loss = { train: [...(from?.loss.train ?? [])], validation: [...(from?.loss.validation ?? [])] };
    this.samples = [...(from?.samples ?? [])];
    this.#choice = choice && { transform: choice.transform, scale: choice.scale };
    this.#album = new Album(numbers, from?.pages);
  }

  get pages(): KeptEpoch[] {
    return this.#album.pages;
  }

  take({ epoch, train, validation, weights }: Epoch): void {
    this.loss.train.push(finite(train));
    this.loss.validation.push(finite(validation));
    this.#album.take(epoch, weights);
  }

  /** What is worth keeping now; null where there is nothing to go on from. */
  kept(state: TrainState | null): Checkpoint | null {
    if (!state) return null;
    const { loss, samples, pages } = this;
    return { state, loss, samples, pages, choice: this.#choice };
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
