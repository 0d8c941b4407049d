import { initialWeights } from '../nn/initial';
import { clipFactor, update } from '../nn/optimizer';
import { Random } from '../nn/random';
import type { TrainEvent, Trained, TrainOptions, TrainState, Weights } from './engine';
import { Pace } from './pace';
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

/** How a training is done; where an earlier one of it stood, if it goes on from there. */
export interface Asked {
  options: TrainOptions;
  from: TrainState | null;
}

/**
 * Trains one model to the end. Yields after every batch: an event, or null as a mere chance to breathe. Uses no clock
 * but for reports, and all randomness comes from the seed, so that the same request gives the same weights, and a training
 * that was stopped and goes on ends as one that never was.
 */
export function* training(
  seat: Seat,
  team: Team,
  starts: Int32Array,
  { options, from }: Asked,
  leash: Leash,
): Generator<TrainEvent | null, Trained> {
  const lesson = new Lesson(seat, team, starts, options);
  if (from) lesson.takeUp(from);
  const { epochs, patience } = options;
  const clock = new Clock(leash.now(), lesson.windows, epochs, from);
  const pace = new Pace(leash.now(), lesson.size);
  let state = from;
  const end = (stopped: Trained['stopped'], trouble: Trained['trouble'] = null): Trained => ({
    weights: state?.best ?? lesson.weights(),
    epochs: state?.epoch ?? 0,
    bestEpoch: state?.bestEpoch ?? 0,
    stopped,
    trouble,
    ...clock.total(leash.now()),
    state: stopped === 'diverged' ? null : state,
  });
  for (let epoch = (state?.epoch ?? 0) + 1; ; epoch++) {
    if (state && patience > 0 && state.epoch - state.bestEpoch >= patience) return end('patience');
    if (epoch > epochs) return end('epochs');
    lesson.beginEpoch(epoch);
    for (let b = 0; b < lesson.batches; b++) {
      const trouble = lesson.step(b);
      if (trouble) return end('diverged', { epoch, what: trouble });
      clock.samples += lesson.batchSize(b) / lesson.passes;
      if (leash.stopping) return end('interrupted');
      const progress = clock.progress(leash.now());
      yield progress && { type: 'progress', epoch, ...progress };
    }
    const validation = lesson.validate();
    const loss = lesson.hasValidation ? validation : lesson.trainLoss;
    if (!Number.isFinite(loss)) return end('diverged', { epoch, what: 'loss' });
    const now = leash.now();
    state = lesson.state(epoch, loss, clock.total(now).seconds, state);
    const { samplesPerSecond, secondsLeft } = clock.speed(now);
    yield {
      type: 'epoch',
      epoch,
      bestEpoch: state.bestEpoch,
      train: lesson.trainLoss,
      validation,
      gradientNorm: lesson.meanNorm,
      samplesPerSecond,
      secondsLeft,
      weights: state.weights,
      state: pace.isDue(now) ? state : null,
    };
  }
}

/** Milliseconds between two reports of progress. */
const reportMilliseconds = 100;

/** How far a training is and how fast, this time and in all. */
class Clock {
  /** Windows learned this time. */
  samples = 0;
  readonly #begun: number;
  readonly #before: { samples: number; seconds: number };
  readonly #all: number;
  #next: number;

  constructor(begun: number, windows: number, epochs: number, from: TrainState | null) {
    this.#begun = begun;
    this.#before = { samples: windows * (from?.epoch ?? 0), seconds: from?.seconds ?? 0 };
    this.#all = windows * epochs;
    this.#next = begun + reportMilliseconds;
  }

  /** Null where it is not yet time for a report. */
  progress(now: number) {
    if (now < this.#next) return null;
    this.#next = now + reportMilliseconds;
    return { done: (this.#before.samples + this.samples) / this.#all, ...this.speed(now) };
  }

  speed(now: number) {
    const samplesPerSecond = this.samples / Math.max((now - this.#begun) / 1000, 1e-9);
    return { samplesPerSecond, secondsLeft: (this.#all - this.#before.samples - this.samples) / samplesPerSecond };
  }

  total(now: number) {
    const seconds = this.#before.seconds + (now - this.#begun) / 1000;
    return { seconds, samplesPerSecond: (this.#before.samples + this.samples) / Math.max(seconds, 1e-9) };
  }
}

/** The arithmetic of training over a seat's memory: batches, steps of the optimizer, validation. */
export class Lesson {
  readonly windows: number;
  readonly batches: number;
  /** Batches of the same windows in an epoch. */
  readonly passes: number;
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
    this.passes = seat.passes;
    this.batches = Math.ceil(this.windows / options.batch) * this.passes;
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
    return Math.min(this.#options.batch, this.windows - this.#first(b));
  }
  #first(b: number): number {
    return Math.floor(b / this.passes) * this.#options.batch;
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
    const { optimizer, clip } = this.#options;
    const count = this.batchSize(b);
    const slices = Math.ceil(count / plan.S);
    this.#t++;
    this.#team.run(phases.train, slices, this.#first(b), count, this.#t);
    let loss = 0;
    for (let s = 0; s < slices; s++) loss += losses[s] as number;
    if (!Number.isFinite(loss)) return 'loss';
    const norm = this.#seat.collect(slices);
    if (!Number.isFinite(norm)) return 'gradient';
    // a pass learns one task, and its loss is of all
    this.#lossSum += loss / this.passes;
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

  /** Numbers in the weights. */
  get size(): number {
    return this.#seat.net.count;
  }

  /** A copy of the weights as they are. */
  weights(): Weights {
    return this.#copy(this.#seat.plan.network.weights);
  }

  /** Where training stands after `epoch`, whose loss is `loss`; `before` is where it stood before it. */
  state(epoch: number, loss: number, seconds: number, before: TrainState | null): TrainState {
    const weights = this.weights();
    const [first, second] = this.#seat.plan.moments;
    const best =
      !before || loss < before.bestLoss
        ? { best: weights, bestEpoch: epoch, bestLoss: loss }
        : { best: before.best, bestEpoch: before.bestEpoch, bestLoss: before.bestLoss };
    const moments: TrainState['moments'] = [this.#copy(first), this.#copy(second)];
    return { epoch, steps: this.#t, seconds, weights, moments, ...best };
  }

  /** Stands where `state` stood: what was drawn since the beginning is drawn again. */
  takeUp({ epoch, steps, weights, moments }: TrainState): void {
    const { plan, f, net } = this.#seat;
    f.set(weights, plan.network.weights / 4);
    for (const [i, at] of plan.moments.entries()) f.set(moments[i]!, at / 4);
    net.pack();
    for (let drawn = 0; drawn < epoch; drawn++) this.#seat.begin(this.#random, this.#order);
    this.#t = steps;
  }

  #copy(at: number): Float32Array {
    const { f, net } = this.#seat;
    return Float32Array.from(f.subarray(at / 4, at / 4 + net.count));
  }
}
