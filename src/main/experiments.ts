import type { LabErrorView } from '../core/errors';
import { asView, LabError } from '../core/errors';
import { weightsFile } from '../core/export/weights';
import type { Checkpoint, LabEvent, QueuedExperiment, TrainerCommand, TrainerJob } from '../core/protocol';
import type { DatasetFingerprint } from '../core/run';
import type { AnyTextRecord } from '../core/text/any-record';
import type { TextJob } from '../core/text/contract';
import type { LabelledJob } from '../core/text/labelled/contract';
import type { LabelledFingerprint } from '../core/text/labelled/record';
import type { TextFingerprint } from '../core/text/record';
import { type Ask, earlierOf } from './asks';
import { type Asked, type LearnedText, recordOf, type Trained, textRecordOf } from './learned';
import type { Store } from './store';
import { outdoes, type RunEvent, traineeOf, withTrainee } from './telling';
import type { StartTrainer } from './trainer-link';
import { TrainerSupervisor, type TrainingEvent } from './trainer-supervisor';

type Job = Asked & {
  /** Runs not yet ended, and whether the trainer has begun them. */
  open: Map<string, 'waiting' | 'begun'>;
  /** What was said of it, as far as a window that comes later needs it. */
  said: LabEvent[];
  /** Results on their way to the disk. */
  saving: Promise<void>[];
};

/**
 * The queue of experiments and the trainer that works it off, one experiment at a time. A trainer that dies takes with
 * it only the runs it was at: they fail with the reason, and a new trainer goes on with the rest.
 */
export class Experiments {
  private readonly queue: Job[] = [];
  private active: Job | null = null;
  readonly trainer: TrainerSupervisor;

  constructor(
    startTrainer: StartTrainer,
    private readonly store: Store,
    private readonly emit: (event: LabEvent) => void,
    private readonly ended: (experiment: string) => Promise<void>,
  ) {
    this.trainer = new TrainerSupervisor(startTrainer, emit, {
      event: (event) => this.hear(event),
      lost: (error) => this.lost(error),
    });
  }

  /** `asks`: what is written down of its runs; where they go on, it says since when. */
  add(order: TrainerJob, dataset: DatasetFingerprint, asks: Ask[] = []): void {
    this.enqueue({ type: 'job', order, dataset, asks: byRun(asks) });
  }
  addText(order: TextJob, dataset: TextFingerprint, asks: Ask[] = []): void {
    this.enqueue({ type: 'text', order, dataset, asks: byRun(asks) });
  }

  addLabelled(order: LabelledJob, dataset: LabelledFingerprint, asks: Ask[] = []): void {
    this.enqueue({ type: 'labelled', order, dataset, asks: byRun(asks) });
  }

  private enqueue(asked: Asked): void {
    const { experiment, runs } = asked.order;
    const open: Job['open'] = new Map(runs.map(({ run }) => [run, 'waiting']));
    const job: Job = { ...asked, open, said: [], saving: [] };
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
    if (this.active?.open.has(run)) this.trainer.tell({ type: 'stop', run });
    const job = this.queue.find(({ open }) => open.has(run));
    if (!job) return;
    this.fail(job, run, new LabError('host.stopped-waiting').view());
    if (job.open.size > 0) return;
    this.queue.splice(this.queue.indexOf(job), 1);
  }

  pause(run: string): void {
    if (this.active?.open.has(run)) this.trainer.tell({ type: 'pause', run });
  }
  resume(run: string): void {
    if (this.active?.open.has(run)) this.trainer.tell({ type: 'resume', run });
  }

  /** Forgets what waits and ends the trainer. */
  close(): void {
    this.queue.length = 0;
    this.active = null;
    this.trainer.close();
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
    this.trainer.post({ type: job.type, job: { ...job.order, runs } } as TrainerCommand);
  }

  private hear(event: TrainingEvent): void {
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
    const { experiment, series } = job.order;
    const record = recordOf(job, run, result);
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

  private lost(error: LabErrorView): void {
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

const byRun = (asks: Ask[]) => new Map(asks.map((ask) => [ask.id, ask]));

const numbersIn = (weights: Uint8Array) => new Float32Array(weights.slice().buffer);
