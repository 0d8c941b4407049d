/** A state is worth as much as the time that it would take to learn it again, within these bounds. */
const [soonest, latest] = [1_000, 30_000];
/** What keeping may cost: bytes a millisecond, over all. */
const bytesPerMillisecond = 4_000;

/**
 * When a training's state is worth keeping: as long after the last time as it had been trained by then, at least a second and
 * at most half a minute, and later where the state is so large that writing it would be felt.
 */
export class Pace {
  #due: number;
  readonly #begun: number;
  readonly #bytes: number;

  constructor(begun: number, numbers: number) {
    this.#begun = begun;
    this.#bytes = 4 * 4 * numbers;
    this.#due = begun + soonest;
  }

  /** Whether it is time, at the end of an epoch; then the next time is set. */
  isDue(now: number): boolean {
    if (now < this.#due) return false;
    const trained = Math.min(latest, Math.max(soonest, now - this.#begun));
    this.#due = now + Math.max(trained, this.#bytes / bytesPerMillisecond);
    return true;
  }
}
