import type { LabErrorView } from '../core/errors';
import { asView, LabError } from '../core/errors';
import { weightsFile } from '../core/export/weights';
import type { LessonAnswer, LessonRequest } from '../core/inside/lessons/request';
import type { LookAnswer, LookRequest } from '../core/inside/request';
import type { TokenLookAnswer, TokenLookRequest } from '../core/inside/texts/request';
import type {
  Checkpoint,
  LabEvent,
  QueuedExperiment,
  TrainerCommand,
  TrainerEvent,
  TrainerJob,
} from '../core/protocol';
import type { DatasetFingerprint, RunRecord } from '../core/run';
import { runVersion } from '../core/run';
import type { KernelName } from '../core/settings';
import type { AnyTextRecord } from '../core/text/any-record';
import type { TextJob } from '../core/text/contract';
import type { LabelledJob } from '../core/text/labelled/contract';
import { type LabelledFingerprint, labelledVersion } from '../core/text/labelled/record';
import { type TextFingerprint, textVersion } from '../core/text/record';
import { type Ask, earlierOf, nameOf } from './asks';
import { type Deferred, deferred } from './deferred';
import type { Store } from './store';
import { outdoes, type RunEvent, traineeOf, withTrainee } from './telling';
import type { StartTrainer, TrainerLink } from './trainer-link';

export interface Machine {
  kernels: KernelName;
  threads: number;
}

/** What was asked, of what, as the trainer is told it. */
type Asked =
  | { type: 'job'; order: TrainerJob; dataset: DatasetFingerprint }
  | { type: 'text'; order: TextJob; dataset: TextFingerprint }
  | { type: 'labelled'; order: LabelledJob; dataset: LabelledFingerprint };

type Job = Asked & {
  /** Runs not yet ended, and whether the trainer has begun them. */
  open: Map<string, 'waiting' | 'begun'>;
  /** What was said of it, as far as a window that comes later needs it. */
  said: LabEvent[];
  /** Results on their way to the disk. */
  saving: Promise<void>[];
  /** What is written down of its runs. */
  asks: Map<string, Ask>;
};

/**
 * The queue of experiments and the trainer that works it off, one experiment at a time. A trainer that dies takes with
 * it only the runs it was at: they fail with the reason, and a new trainer goes on with the rest.
 */
export class Experiments {
  private readonly queue: Job[] = [];
  private active: Job | null = null;
  private closed = false;
  private trainer: TrainerLink | null = null;
  private ready: Deferred<Machine> | null = null;
  /** Looks into networks that the trainer was asked for and has not answered. */
  private readonly looks = new Map<number, Deferred<LookAnswer | TokenLookAnswer>>();
  /** Lessons under way, by the ticket of whoever asked. */
  private readonly lessons = new Map<string, Deferred<LessonAnswer>>();
  private tickets = 0;

  constructor(
    private readonly startTrainer: StartTrainer,
    private readonly store: Store,
    private readonly emit: (event: LabEvent) => void,
    private readonly ended: (experiment: string) => Promise<void>,
  ) {}

  /** What the trainer found of this machine; starts one where there is none. */
  async machine(): Promise<Machine> {
    this.ensureTrainer();
    return this.ready!.promise;
  }

  /** `asks`: what is written down of its runs; where they go on, it says since when. */
  add(order: TrainerJob, dataset: DatasetFingerprint, asks: Ask[] = []): void {
    this.enqueue({ type: 'job', order, dataset }, asks);
  }
  addText(order: TextJob, dataset: TextFingerprint, asks: Ask[] = []): void {
    this.enqueue({ type: 'text', order, dataset }, asks);
  }

  addLabelled(order: LabelledJob, dataset: LabelledFingerprint, asks: Ask[] = []): void {
    this.enqueue({ type: 'labelled', order, dataset }, asks);
  }

  private enqueue(asked: Asked, asks: Ask[]): void {
    const { experiment, runs } = asked.order;
    const open: Job['open'] = new Map(runs.map(({ run }) => [run, 'waiting']));
    const job: Job = { ...asked, open, said: [], saving: [], asks: new Map(asks.map((ask) => [ask.id, ask])) };
    this.queue.push(job);
    for (const { run, cell, seed, from } of runs) {
      const ask = job.asks.get(run);
      const earlier = from && ask ? { earlier: earlierOf(ask, from) } : {};
      this.tell(job, { type: 'queued', experiment, run, ...earlier, ...traineeOf({ cell, seed }, job.order) });
    }
    this.next();
  }

  /** Whether it is trained or waits. */
  isOpen(run: string): boolean {
    return [this.active, ...this.queue].some((job) => job?.open.has(run));
  }

  /** Ends one run: at once where it still waits, else after its current batch. */
  stop(run: string): void {
    if (this.active?.open.has(run)) this.trainer?.post({ type: 'stop', run });
    const job = this.queue.find(({ open }) => open.has(run));
    if (!job) return;
    this.fail(job, run, new LabError('host.stopped-waiting').view());
    if (job.open.size > 0) return;
    this.queue.splice(this.queue.indexOf(job), 1);
  }

  pause(run: string): void {
    if (this.active?.open.has(run)) this.trainer?.post({ type: 'pause', run });
  }
  resume(run: string): void {
    if (this.active?.open.has(run)) this.trainer?.post({ type: 'resume', run });
  }

  /** What the trainer's engine sees in a network; a training that is under way goes on beside it. */
  async look(request: LookRequest): Promise<LookAnswer>;
  async look(request: TokenLookRequest): Promise<TokenLookAnswer>;
  async look(request: LookRequest | TokenLookRequest): Promise<LookAnswer | TokenLookAnswer> {
    await this.machine();
    const ticket = ++this.tickets;
    const answer = deferred<LookAnswer | TokenLookAnswer>();
    this.looks.set(ticket, answer);
    this.ensureTrainer().post({ type: 'look', ticket, request });
    return answer.promise;
  }

  private looked(ticket: number, answer: LookAnswer | TokenLookAnswer | LabErrorView): void {
    const waiting = this.looks.get(ticket);
    this.looks.delete(ticket);
    if ('type' in answer) waiting?.resolve(answer);
    else waiting?.reject(new LabError(answer.code as LabError['code'], answer.facts));
  }

  /** The small networks of a lesson: the trainer sees to them between the messages of a training. */
  async lesson(ticket: string, request: LessonRequest): Promise<LessonAnswer> {
    await this.machine();
    const answer = deferred<LessonAnswer>();
    this.lessons.set(ticket, answer);
    this.ensureTrainer().post({ type: 'lesson', ticket, request });
    return answer.promise;
  }
  stopLesson(ticket: string): void {
    if (this.lessons.has(ticket)) this.trainer?.post({ type: 'stop-lesson', ticket });
  }

  private learned(ticket: string, answer: LessonAnswer | LabErrorView): void {
    const waiting = this.lessons.get(ticket);
    this.lessons.delete(ticket);
    if ('trials' in answer) waiting?.resolve(answer);
    else waiting?.reject(new LabError(answer.code as LabError['code'], answer.facts));
  }

  /** Ends the trainer, and starts no other: a call that was still under way would keep the host from ending. */
  close(): void {
    this.closed = true;
    this.queue.length = 0;
    this.active = null;
    this.trainer?.close();
    this.trainer = null;
  }

  /** What is trained, then what waits, in their order. */
  waiting(): QueuedExperiment[] {
    const jobs = [...(this.active ? [this.active] : []), ...this.queue];
    return jobs.map(({ type, order, dataset, said }) => ({
      experiment: order.experiment,
      settings: type === 'job' ? order.settings : null,
      file: dataset.file,
      events: said,
    }));
  }

  private tell(job: Job, event: RunEvent): void {
    job.said = [...job.said.filter((earlier) => !outdoes(event, earlier)), event];
    this.emit(event);
  }

  private next(): void {
    if (this.active) return;
    const job = this.queue.shift();
    if (!job) return;
    this.active = job;
    const runs = job.order.runs.filter(({ run }) => job.open.has(run));
    this.ensureTrainer().post({ type: job.type, job: { ...job.order, runs } } as TrainerCommand);
  }

  private ensureTrainer(): TrainerLink {
    if (this.trainer) return this.trainer;
    if (this.closed) throw new LabError('host.closed');
    if (this.ready) this.emit({ type: 'trainer', state: 'replaced', error: null });
    this.ready = deferred<Machine>();
    const link = this.startTrainer({
      event: (event) => this.trainer === link && this.hear(event),
      lost: (reason) => this.trainer === link && this.lost(reason),
    });
    this.trainer = link;
    return link;
  }

  private hear(event: TrainerEvent): void {
    if (event.type === 'ready') {
      this.ready!.resolve(event);
      return;
    }
    if (event.type === 'looked') {
      this.looked(event.ticket, event.answer);
      return;
    }
    if (event.type === 'lesson') {
      this.emit(event);
      return;
    }
    if (event.type === 'learned') {
      this.learned(event.ticket, event.answer);
      return;
    }
    const job = this.active;
    // a run that has ended says nothing more
    if (!job?.open.has(event.run)) return;
    if (event.type === 'kept') {
      this.keep(job, event.run, event.checkpoint);
      return;
    }
    if (event.type === 'failed') this.fail(job, event.run, event.error);
    else if (event.type === 'trained') {
      job.open.delete(event.run);
      job.saving.push(this.save(job, event));
    } else if (event.type === 'learned-text' || event.type === 'learned-labels') {
      job.open.delete(event.run);
      job.saving.push(this.saveText(job, textRecordOf(job, event), event));
    } else if (event.type === 'backtested') {
      job.open.delete(event.run);
      this.emit(event);
    } else {
      job.open.set(event.run, 'begun');
      this.tell(job, withTrainee(event, job.order));
    }
    this.endWhenDone(job);
  }

  /** A checkpoint that cannot be written is told once of each run; training goes on. */
  private keep(job: Job, run: string, checkpoint: Checkpoint): void {
    this.store.unfinished.keep(run, checkpoint).catch((thrown) => {
      const told = job.said.some((event) => event.type === 'not-kept' && event.run === run);
      if (!told) this.tell(job, { type: 'not-kept', experiment: job.order.experiment, run, error: asView(thrown) });
    });
  }

  private async save(job: Job, { run, result, weights, test, epochs, checkpoint }: Trained): Promise<void> {
    if (job.type !== 'job') throw new Error('a forecast was learned where none was asked for');
    const { experiment, settings, series } = job.order;
    const record: RunRecord = {
      version: runVersion,
      ...identityOf(run, experiment, result, settings, job.asks.get(run)),
      dataset: job.dataset,
      settings,
      ...result,
    };
    const metadata = { run, cell: record.cell, target: record.dataset.target, format: 'pt' };
    const file = weightsFile(record.model, numbersIn(weights), metadata);
    const { times, dateOnly } = series;
    const finished = { record, weights: file, epochs, checkpoint, test, times, dateOnly };
    await this.kept(job, run, this.store.save(finished), {
      type: 'finished',
      experiment,
      run,
      record,
    });
  }

  private async saveText(job: Job, record: AnyTextRecord, { weights, checkpoint }: LearnedText): Promise<void> {
    const { id: run, experiment, cell, model } = record;
    const file = weightsFile(model, numbersIn(weights), { run, cell, format: 'pt' });
    const told: RunEvent = { type: 'text-finished', experiment, run, record };
    await this.kept(job, run, this.store.saveText(record, file, checkpoint), told);
  }

  /** Tells of a run once it is on the disk, or why it is not. */
  private async kept(job: Job, run: string, saving: Promise<void>, told: RunEvent): Promise<void> {
    try {
      await saving;
      this.tell(job, told);
    } catch (thrown) {
      this.store.unfinished.release(run);
      this.tell(job, { type: 'failed', experiment: job.order.experiment, run, error: asView(thrown) });
      await this.tellUnfinished();
    }
  }

  /** After what leaves runs that can go on later. */
  private async tellUnfinished(): Promise<void> {
    const { unfinished } = await this.store.list();
    this.emit({ type: 'unfinished', runs: unfinished });
  }

  private fail(job: Job, run: string, error: LabErrorView): void {
    job.open.delete(run);
    this.tell(job, { type: 'failed', experiment: job.order.experiment, run, error });
    if (!job.asks.has(run)) return;
    const { unfinished } = this.store;
    const done = error.code === 'host.trainer-lost' ? unfinished.leave(run) : unfinished.drop(run);
    done.then(() => this.tellUnfinished()).catch(console.error);
  }

  private endWhenDone(job: Job): void {
    if (job.open.size > 0 || this.active !== job) return;
    this.active = null;
    this.next();
    void Promise.all(job.saving)
      .then(() => this.ended(job.order.experiment))
      .catch(console.error);
  }

  private lost(reason: string): void {
    this.trainer = null;
    const error = new LabError('host.trainer-lost', { reason }).view();
    this.ready!.reject(new LabError('host.trainer-lost', { reason }));
    for (const answer of this.looks.values()) answer.reject(new LabError('host.trainer-lost', { reason }));
    this.looks.clear();
    for (const answer of this.lessons.values()) answer.reject(new LabError('host.trainer-lost', { reason }));
    this.lessons.clear();
    this.emit({ type: 'trainer', state: 'lost', error });
    const job = this.active;
    if (!job) return;
    const begun = [...job.open].filter(([, state]) => state === 'begun').map(([run]) => run);
    // dead before it began anything: trying again would only repeat it
    for (const run of begun.length > 0 ? begun : [...job.open.keys()]) this.fail(job, run, error);
    this.endWhenDone(job);
    if (job.open.size === 0) return;
    this.active = null;
    this.queue.unshift(job);
    this.next();
  }
}

type Trained = TrainerEvent & { type: 'trained' };
type LearnedText = TrainerEvent & { type: 'learned-text' | 'learned-labels' };

const numbersIn = (weights: Uint8Array) => new Float32Array(weights.slice().buffer);

/** What was learned of texts, as it is kept. */
function textRecordOf(job: Job, event: LearnedText): AnyTextRecord {
  const { run, result } = event;
  const { experiment, settings } = job.order;
  const identity = identityOf(run, experiment, result, settings, job.asks.get(run));
  if (job.type === 'text' && event.type === 'learned-text') {
    const { order, dataset } = job;
    return { version: textVersion, kind: 'language', ...identity, dataset, settings: order.settings, ...event.result };
  }
  if (job.type === 'labelled' && event.type === 'learned-labels') {
    const { order, dataset } = job;
    const { kind } = order;
    return { version: labelledVersion, kind, ...identity, dataset, settings: order.settings, ...event.result };
  }
  throw new Error('something was learned that was not asked for');
}

function identityOf(
  run: string,
  experiment: string,
  trained: { cell: string; seed: number },
  settings: { seeds: number },
  ask: Ask | undefined,
) {
  const resumed = ask?.resumed ?? [];
  const created = resumed.length > 0 ? ask!.created : new Date().toISOString();
  return { id: run, experiment, name: nameOf(trained, settings), created, ...(resumed.length > 0 && { resumed }) };
}
