import { initialWeights } from '../nn/initial';
import { clipFactor, update } from '../nn/optimizer';
import { Random } from '../nn/random';
import type { TrainEvent, Trained, TrainOptions, Weights } from './engine';
import { rateFactor } from './schedule';
import { type Phase, phases, type Seat } from './session';

/** Whoever does the tasks of a phase: one thread, or several. Returns when all are done. */
export interface Team {
  run(phase: Phase, tasks: number, from: number, count: number, step: number): void;
}
export const alone = (seat: Seat): Team => ({
  run(phase, tasks, from, count, step) {
    for (let i = 0; i < tasks; i++) seat.run(phase, i, from, count, step);
  },
});

/** What training is told between two batches. */
export interface Leash {
  now(): number;
  readonly stopping: boolean;
}

/**
 * Trains one model to the end. Yields after every batch: an event, or null as a mere chance to breathe. Uses no clock
 * but for reports, and all randomness comes from the seed, so that the same request gives the same weights.
 */
export function* training(
  seat: Seat,
  team: Team,
  starts: Int32Array,
  options: TrainOptions,
  leash: Leash,
): Generator<TrainEvent | null, Trained> {
  const lesson = new Lesson(seat, team, starts, options);
  const begun = leash.now();
  const { epochs, patience } = options;
  const speed = { at: begun, samples: 0, next: begun + 100 };
  let best: { weights: Weights; epoch: number; loss: number } | null = null;
  const end = (finished: number, stopped: Trained['stopped'], trouble: Trained['trouble'] = null): Trained => {
    const seconds = (leash.now() - begun) / 1000;
    return {
      weights: best?.weights ?? lesson.weights(),
      epochs: finished,
      bestEpoch: best?.epoch ?? 0,
      stopped,
      trouble,
      seconds,
      samplesPerSecond: speed.samples / Math.max(seconds, 1e-9),
    };
  };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    lesson.beginEpoch(epoch);
    for (let b = 0; b < lesson.batches; b++) {
      const trouble = lesson.step(b);
      if (trouble) return end(epoch - 1, 'diverged', { epoch, what: trouble });
      speed.samples += lesson.batchSize(b);
      if (leash.stopping) return end(epoch - 1, 'interrupted');
      const now = leash.now();
      if (now < speed.next) {
        yield null;
        continue;
      }
      speed.next = now + 100;
      yield { type: 'progress', epoch, ...progress(speed, begun, now, epochs * lesson.windows) };
    }
    const validation = lesson.validate();
    const loss = lesson.hasValidation ? validation : lesson.trainLoss;
    if (!Number.isFinite(loss)) return end(epoch - 1, 'diverged', { epoch, what: 'loss' });
    const better = !best || loss < best.loss;
    if (better) best = { weights: lesson.weights(), epoch, loss };
    const { samplesPerSecond, secondsLeft } = progress(speed, begun, leash.now(), epochs * lesson.windows);
    yield {
      type: 'epoch',
      epoch,
      bestEpoch: best?.epoch ?? 0,
      train: lesson.trainLoss,
      validation,
      gradientNorm: lesson.meanNorm,
      samplesPerSecond,
      secondsLeft,
      weights: better && best ? best.weights : lesson.weights(),
    };
    if (patience > 0 && best && epoch - best.epoch >= patience) return end(epoch, 'patience');
  }
  return end(epochs, 'epochs');
}

function progress(speed: { samples: number }, begun: number, now: number, all: number) {
  const samplesPerSecond = speed.samples / Math.max((now - begun) / 1000, 1e-9);
  return { done: speed.samples / all, samplesPerSecond, secondsLeft: (all - speed.samples) / samplesPerSecond };
}

/** The arithmetic of training over a seat's memory: batches, steps of the optimizer, validation. */
export class Lesson {
  readonly windows: number;
  readonly batches: number;
  readonly hasValidation: boolean;
  readonly #seat: Seat;
  readonly #team: Team;
  readonly #options: TrainOptions;
  readonly #random: Random;
  readonly #order: Int32Array;
  #t = 0;
  #rate: number;
  #lossSum = 0;
  #normSum = 0;

  constructor(seat: Seat, team: Team, starts: Int32Array, options: TrainOptions) {
    const { plan, f, net } = seat;
    this.#seat = seat;
    this.#team = team;
    this.#options = options;
    this.#random = new Random(options.seed);
    this.#rate = options.learningRate;
    this.#order = starts;
    this.windows = plan.table.train;
    this.batches = Math.ceil(this.windows / options.batch);
    this.hasValidation = plan.table.validation > 0;
    f.set(initialWeights(plan.model, this.#random, options.init), plan.network.weights / 4);
    net.pack();
  }

  /** Mean over what the epoch's windows hold to be learned. */
  get trainLoss(): number {
    return this.#lossSum / (this.windows * this.#seat.valuesPerSample);
  }
  get meanNorm(): number {
    return this.#normSum / this.batches;
  }

  batchSize(b: number): number {
    return Math.min(this.#options.batch, this.windows - b * this.#options.batch);
  }

  beginEpoch(epoch: number): void {
    const { learningRate, schedule = 'constant', epochs } = this.#options;
    this.#rate = learningRate * rateFactor(schedule, epoch, epochs);
    this.#seat.begin(this.#random, this.#order);
    this.#lossSum = 0;
    this.#normSum = 0;
  }

  /** One batch. What is not finite is told, and then the weights stay as they were. */
  step(b: number): 'loss' | 'gradient' | null {
    const { plan, net, losses, k } = this.#seat;
    const { optimizer, clip, batch } = this.#options;
    const count = this.batchSize(b);
    const slices = Math.ceil(count / plan.S);
    this.#t++;
    this.#team.run(phases.train, slices, b * batch, count, this.#t);
    let loss = 0;
    for (let s = 0; s < slices; s++) loss += losses[s] as number;
    if (!Number.isFinite(loss)) return 'loss';
    const norm = this.#seat.collect(slices);
    if (!Number.isFinite(norm)) return 'gradient';
    this.#lossSum += loss;
    this.#normSum += norm;
    const { gradient, moments, network } = plan;
    const arrays = { size: network.size, weights: network.weights, gradient, moments };
    update(k, optimizer, arrays, { t: this.#t, lr: this.#rate, clip: clipFactor(norm, clip) });
    net.pack();
    return null;
  }

  /** Mean loss over what the validation part's windows hold to be judged; NaN when there is nothing. */
  validate(): number {
    const { losses, validationTasks: tasks, validationValues } = this.#seat;
    this.#team.run(phases.validate, tasks, 0, tasks, 0);
    let sum = 0;
    for (let i = 0; i < tasks; i++) sum += losses[i] as number;
    return sum / validationValues;
  }

  /** A copy of the weights as they are. */
  weights(): Weights {
    const { plan, f, net } = this.#seat;
    const at = plan.network.weights / 4;
    return Float32Array.from(f.subarray(at, at + net.count));
  }
}
