import type { TrainPlan } from './plan';
import type { Phase, Seat } from './session';
import type { Team } from './train';
import { closed, controlWords, word } from './words';

/** Loads of a word before a thread goes to sleep: about as long as a step of the optimizer takes. */
const spins = 100_000;

export function controlOf(plan: TrainPlan, memory: WebAssembly.Memory): Int32Array {
  return new Int32Array(memory.buffer, plan.controlAt, controlWords);
}

/** Takes tasks of the open phase until there are none left. Returns the ticket it saw last. */
function takeTasks(control: Int32Array, seat: Seat): number {
  for (;;) {
    const ticket = Atomics.load(control, word.ticket);
    const index = ticket & closed;
    if (index === closed || index >= (control[word.tasks] as number)) return ticket;
    // a phase cannot end, and so its words cannot change, between this exchange and the task's end
    if (Atomics.compareExchange(control, word.ticket, ticket, ticket + 1) !== ticket) continue;
    const [phase, from, count, step] = [word.phase, word.from, word.count, word.step].map((w) => control[w]) as [
      number,
      number,
      number,
      number,
    ];
    seat.run(phase as Phase, index, from, count, step);
    const finished = Atomics.add(control, word.finished, 1) + 1;
    if (finished === control[word.tasks]) Atomics.notify(control, word.finished);
  }
}

/** The leader's side: does tasks itself, together with the helpers there are whenever that is measured to be faster. */
export function crew(seat: Seat, control: Int32Array, now: () => number): Team {
  const together = new Measured(now);
  let generation = 0;
  return {
    run(phase, tasks, from, count, step) {
      const helpers = Atomics.load(control, word.helpers);
      if (helpers === 0 || tasks === 1) {
        for (let i = 0; i < tasks; i++) seat.run(phase, i, from, count, step);
        return;
      }
      together.time(`${phase} ${tasks} ${helpers}`, (share) => {
        if (!share) {
          for (let i = 0; i < tasks; i++) seat.run(phase, i, from, count, step);
          return;
        }
        control[word.phase] = phase;
        control[word.tasks] = tasks;
        control[word.from] = from;
        control[word.count] = count;
        control[word.step] = step;
        Atomics.store(control, word.finished, 0);
        generation = (generation + 1) & 0x7ffff;
        Atomics.store(control, word.ticket, generation * 4096);
        Atomics.notify(control, word.ticket);
        takeTasks(control, seat);
        awaitAll(control, tasks);
        Atomics.store(control, word.ticket, generation * 4096 + closed);
      });
    },
  };
}

function awaitAll(control: Int32Array, tasks: number): void {
  for (let i = 0; i < spins; i++) if (Atomics.load(control, word.finished) === tasks) return;
  for (;;) {
    const finished = Atomics.load(control, word.finished);
    if (finished === tasks) return;
    // a helper that died with its task never finishes it; the host has then ended the training
    if (Atomics.load(control, word.over) === 1) throw new Error('a helping thread was lost');
    Atomics.wait(control, word.finished, finished, 100);
  }
}

/** The helper's side: takes tasks until training is over or its seat is called away. */
export function help(seat: Seat, index: number, control: Int32Array): void {
  const gone = () => Atomics.load(control, word.over) === 1 || Atomics.load(control, word.leave + index) === 1;
  Atomics.add(control, word.helpers, 1);
  while (!gone()) {
    const seen = takeTasks(control, seat);
    let spun = 0;
    while (spun < spins && Atomics.load(control, word.ticket) === seen) spun++;
    if (spun === spins && !gone()) Atomics.wait(control, word.ticket, seen, 100);
  }
  Atomics.sub(control, word.helpers, 1);
}

/** Helpers that sleep are woken to look whether they are still wanted. */
export function wake(control: Int32Array): void {
  Atomics.notify(control, word.ticket);
}

/**
 * Decides by measuring whether work of one kind is faster shared or alone: it is done one way several times running, then
 * the other; the way with the smaller median is kept for a while, and then both are tried again. Several times running,
 * because a thread that slept through work done alone is slow to wake. The results are the same either way.
 */
class Measured {
  readonly #kinds = new Map<string, Trial>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  time(kind: string, work: (share: boolean) => void): void {
    let trial = this.#kinds.get(kind);
    if (!trial) {
      trial = { times: [], shared: null, share: true, until: 0, spent: 0 };
      this.#kinds.set(kind, trial);
    }
    const begun = this.#now();
    if (begun < trial.until) {
      work(trial.share);
      return;
    }
    work(trial.shared === null);
    this.#count(trial, begun);
  }

  #count(trial: Trial, begun: number): void {
    const ended = this.#now();
    trial.times.push(ended - begun);
    trial.spent += ended - begun;
    if (trial.times.length < (trial.spent > 200 ? 2 : 6)) return;
    // the first of each way finds cold caches and sleeping threads
    const median = middle(trial.times.slice(1));
    trial.times = [];
    if (trial.shared === null) {
      trial.shared = median;
      return;
    }
    trial.share = trial.shared < median;
    trial.until = ended + Math.max(500, 20 * trial.spent);
    trial.shared = null;
    trial.spent = 0;
  }
}

interface Trial {
  /** Of the way being tried, milliseconds. */
  times: number[];
  /** Median of the work shared, once that was tried. */
  shared: number | null;
  /** The way that was faster. */
  share: boolean;
  /** When to try again. */
  until: number;
  spent: number;
}

const middle = (times: number[]) => times.toSorted((a, b) => a - b)[(times.length - 1) >> 1] as number;
