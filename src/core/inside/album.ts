import type { Weights } from '../learn/engine';

/** The weights of one epoch, kept for looking back. */
export interface KeptEpoch {
  epoch: number;
  weights: Weights;
}

/** Epochs kept of one run at most, and their bytes together. */
const mostEpochs = 30;
const mostBytes = 8 << 20;

/** Weights of some epochs of a training, evenly spaced: when the album is full every second one goes. */
export class Album {
  readonly #capacity: number;
  #stride = 1;
  #pages: KeptEpoch[] = [];

  /** `earlier`: the pages of a training that goes on. */
  constructor(numbers: number, earlier: KeptEpoch[] = []) {
    const fitting = Math.floor(mostBytes / (4 * numbers));
    // two do not make a history
    this.#capacity = fitting < 3 ? 0 : Math.min(mostEpochs, fitting);
    const [first, second] = earlier;
    if (first && second) this.#stride = second.epoch - first.epoch;
    this.#pages = [...earlier];
  }

  take(epoch: number, weights: Weights): void {
    if (this.#capacity === 0 || (epoch - 1) % this.#stride > 0) return;
    this.#pages.push({ epoch, weights });
    if (this.#pages.length <= this.#capacity) return;
    this.#stride *= 2;
    this.#pages = this.#pages.filter((page) => (page.epoch - 1) % this.#stride === 0);
  }

  get pages(): KeptEpoch[] {
    return this.#pages;
  }
}
