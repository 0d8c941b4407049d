import { controlOf, wake } from './crew';
import type { Control, TrainEvent, Trained, TrainOptions, TrainState } from './engine';
import type { TrainPlan } from './plan';
import type { Report, StartThread, Thread } from './thread';
import type { Asked } from './train';
import { mostSeats, word } from './words';

/**
 * The threads of one engine and the trainings they share. A training needs one thread to lead it; threads that have none
 * to lead help with one that is under way, and are called back when another training is waiting. So several models are
 * trained one to a thread, and the last of them, or a lone one, by all.
 */
export class Pool {
  readonly #module: WebAssembly.Module;
  readonly #start: StartThread;
  readonly #members: Member[];
  readonly #jobs = new Map<number, Job>();
  #last = 0;

  constructor(module: WebAssembly.Module, threads: number, start: StartThread) {
    this.#module = module;
    this.#start = start;
    this.#members = Array.from({ length: threads }, () => ({ thread: null, job: null, seat: 0 }));
  }

  async *train(
    plan: TrainPlan,
    memory: WebAssembly.Memory,
    lesson: Asked,
    control: Control,
  ): AsyncGenerator<TrainEvent, Trained> {
    const job = new Job(++this.#last, plan, memory, lesson);
    this.#jobs.set(job.id, job);
    this.#assign();
    try {
      for (;;) {
        const report = await job.next();
        if (report.type === 'ended') return report.trained;
        if (report.event) yield report.event;
        await job.heed(control);
      }
    } finally {
      job.ask(word.stop);
      this.#jobs.delete(job.id);
      this.#assign();
    }
  }

  close(): void {
    for (const member of this.#members) {
      member.thread?.end();
      member.thread = null;
      member.job?.fail(new Error('the engine was closed while training'));
      member.job = null;
    }
  }

  /** Gives every free thread something to do: a training that waits for its leader first, then one to help with. */
  #assign(): void {
    const waiting = [...this.#jobs.values()].filter((job) => job.state === 'waiting');
    for (const member of this.#members) {
      if (member.job) continue;
      const lead = waiting.shift();
      if (lead) this.#send(member, lead, 0);
      else {
        const [poorest] = [...this.#jobs.values()].filter((job) => job.wantsHelp).sort((a, b) => a.taken - b.taken);
        if (poorest) this.#send(member, poorest, poorest.freeSeat());
      }
    }
    const helpers = this.#members.filter((member) => member.job && member.seat > 0);
    const staying = helpers.filter((member) => !member.job?.called(member.seat));
    const coming = helpers.length - staying.length;
    for (const member of staying.slice(0, Math.max(0, waiting.length - coming))) member.job?.call(member.seat);
  }

  #send(member: Member, job: Job, seat: number): void {
    member.thread ??= this.#enlist(member);
    member.job = job;
    member.seat = seat;
    job.take(seat);
    const { id, memory, plan, options } = job;
    const from = seat === 0 ? job.from : null;
    member.thread.post({ job: id, seat, module: this.#module, memory, plan, options, from });
  }

  #enlist(member: Member): Thread {
    const thread = this.#start();
    const free = () => {
      member.job?.release(member.seat);
      member.job = null;
    };
    thread.onMessage((report) => {
      const { job } = member;
      if (report.type !== 'event') free();
      if (report.type !== 'left') job?.tell(report);
      if (report.type !== 'event') this.#assign();
    });
    thread.onFailure((error) => {
      if (member.thread !== thread) return;
      member.thread = null;
      // a task that died with its helper would never be finished, so the training has failed too
      member.job?.fail(error);
      free();
      this.#assign();
    });
    return thread;
  }
}

interface Member {
  thread: Thread | null;
  job: Job | null;
  seat: number;
}
type Told = Exclude<Report, { type: 'left' }>;

/** One training as the host sees it: its seats, and what its leader reports. */
class Job {
  state: 'waiting' | 'running' | 'ended' = 'waiting';
  readonly #control: Int32Array;
  readonly #seats: boolean[];
  readonly #told: Told[] = [];
  #error: Error | null = null;
  #wake: (() => void) | null = null;
  readonly id: number;
  readonly plan: TrainPlan;
  readonly memory: WebAssembly.Memory;
  readonly options: TrainOptions;
  readonly from: TrainState | null;

  constructor(id: number, plan: TrainPlan, memory: WebAssembly.Memory, { options, from }: Asked) {
    this.id = id;
    this.plan = plan;
    this.memory = memory;
    this.options = options;
    this.from = from;
    this.#control = controlOf(plan, memory);
    this.#seats = Array(Math.min(plan.network.seats.length, mostSeats)).fill(false);
  }

  get taken(): number {
    return this.#seats.filter(Boolean).length;
  }
  get wantsHelp(): boolean {
    return this.state === 'running' && this.#seats.includes(false);
  }
  freeSeat(): number {
    return this.#seats.indexOf(false);
  }
  take(seat: number): void {
    this.#seats[seat] = true;
    Atomics.store(this.#control, word.leave + seat, 0);
    if (seat === 0) this.state = 'running';
  }
  release(seat: number): void {
    this.#seats[seat] = false;
    if (seat === 0) this.state = 'ended';
  }

  /** Asks a helper to leave; it says so when it has. */
  call(seat: number): void {
    Atomics.store(this.#control, word.leave + seat, 1);
    wake(this.#control);
  }
  called(seat: number): boolean {
    return Atomics.load(this.#control, word.leave + seat) === 1;
  }

  ask(what: typeof word.stop): void {
    Atomics.store(this.#control, what, 1);
    Atomics.store(this.#control, word.pause, 0);
    Atomics.notify(this.#control, word.pause);
  }

  /** Lets the host's messages in, and passes on what they asked for. */
  async heed(control: Control): Promise<void> {
    let allowed = false;
    const going = control.whileAllowed().then(() => {
      allowed = true;
    });
    await control.breathe();
    if (!allowed) {
      Atomics.store(this.#control, word.pause, 1);
      await going;
      Atomics.store(this.#control, word.pause, 0);
      Atomics.notify(this.#control, word.pause);
    }
    if (control.stopping) this.ask(word.stop);
  }

  tell(report: Told): void {
    this.#told.push(report);
    this.#wake?.();
  }
  fail(error: Error): void {
    this.#error = error;
    Atomics.store(this.#control, word.stop, 1);
    Atomics.store(this.#control, word.over, 1);
    wake(this.#control);
    this.#wake?.();
  }
  async next(): Promise<Told> {
    for (;;) {
      const report = this.#told.shift();
      if (report) return report;
      if (this.#error) throw this.#error;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
