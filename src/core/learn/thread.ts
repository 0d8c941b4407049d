import { instantiate } from '../kernels/index';
import { controlOf, crew, help, wake } from './crew';
import type { TrainEvent, Trained, TrainOptions, TrainState } from './engine';
import type { TrainPlan } from './plan';
import { openSeat } from './tokens';
import { type Leash, training } from './train';
import { word } from './words';

/** A thread as its host makes it: messages go both ways, and its death is told. */
export interface Thread {
  post(message: Task): void;
  onMessage(listener: (message: Report) => void): void;
  onFailure(listener: (error: Error) => void): void;
  end(): void;
}
export type StartThread = () => Thread;

/** What a thread is told to do: lead a training, or help with one. Seat 0 leads. */
export interface Task {
  job: number;
  seat: number;
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  plan: TrainPlan;
  options: TrainOptions;
  /** Where the leader goes on from; null: the beginning. */
  from: TrainState | null;
}
export type Report =
  | { type: 'event'; job: number; event: TrainEvent | null }
  | { type: 'ended'; job: number; trained: Trained }
  | { type: 'left'; job: number; seat: number };

/** Milliseconds between two signs of life of a leader, at which the host looks whether training is to stop. */
const sign = 30;

/** One task from beginning to end, inside the thread. It blocks: nothing reaches the thread meanwhile but words. */
export function perform(task: Task, post: (report: Report) => void, now: () => number): void {
  const { job, seat: index, module, memory, plan, options, from } = task;
  const control = controlOf(plan, memory);
  const k = instantiate(module, memory);
  const seat = openSeat(plan, index, k, new Float32Array(memory.buffer), options);
  if (index > 0) {
    help(seat, index, control);
    post({ type: 'left', job, seat: index });
    return;
  }
  const leash: Leash = {
    now,
    get stopping() {
      return Atomics.load(control, word.stop) === 1;
    },
  };
  const order = new Int32Array(memory.buffer, plan.trainAt, plan.table.train);
  const steps = training(seat, crew(seat, control, now), order, { options, from }, leash);
  let next = 0;
  try {
    for (;;) {
      const { value, done } = steps.next();
      if (done) {
        post({ type: 'ended', job, trained: value });
        return;
      }
      if (value || now() >= next) {
        post({ type: 'event', job, event: value });
        next = now() + sign;
      }
      while (Atomics.load(control, word.pause) === 1) Atomics.wait(control, word.pause, 1);
    }
  } finally {
    Atomics.store(control, word.over, 1);
    wake(control);
  }
}
