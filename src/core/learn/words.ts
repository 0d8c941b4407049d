/**
 * How threads share one training. The leader opens a phase by writing what it is and then a fresh ticket; whoever comes
 * takes the next task by adding one to the ticket, and tells when it is finished. No thread is waited for that holds no
 * task, so one that a busy machine keeps asleep costs nothing. There is no other barrier, and no message.
 *
 * ticket = generation · 4096 + next task. A phase that is not open has a task number beyond every count.
 */
export const word = {
  ticket: 0,
  finished: 1,
  phase: 2,
  tasks: 3,
  from: 4,
  count: 5,
  step: 6,
  /** Helpers taking part. */
  helpers: 7,
  /** Asked by the host: end training; hold it. */
  stop: 8,
  pause: 9,
  /** Training is over: helpers go home. */
  over: 10,
  /** From here on one word per seat: its helper is wanted elsewhere. */
  leave: 16,
} as const;
/** Threads that may share one training. */
export const mostSeats = 112;
export const controlWords = word.leave + mostSeats;

/** The task number of a phase that is not open; tasks are counted below it. */
export const closed = 4095;
export const mostTasks = 4000;
