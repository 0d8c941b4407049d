import { LabError, type LabErrorView } from '../core/errors';
import type { LessonAnswer, LessonRequest } from '../core/inside/lessons/request';
import type { LookAnswer, LookRequest } from '../core/inside/request';
import type { TokenLookAnswer, TokenLookRequest } from '../core/inside/texts/request';
import type { LabEvent, TrainerCommand, TrainerEvent } from '../core/protocol';
import type { KernelName } from '../core/settings';
import { type Deferred, deferred } from './deferred';
import type { StartTrainer, TrainerLink } from './trainer-link';

export interface Machine {
  kernels: KernelName;
  threads: number;
}

type Answered = 'ready' | 'looked' | 'lesson' | 'learned';
/** What the trainer says of the experiment it is at. */
export type TrainingEvent = Exclude<TrainerEvent, { type: Answered }>;

export interface TrainingHandlers {
  event(event: TrainingEvent): void;
  /** The trainer died, and with it what it was at. */
  lost(error: LabErrorView): void;
}

/**
 * The one trainer there is: started when it is first needed, replaced when it has died, asked and answered. Looks into
 * networks and lessons are answered here; what it says of its experiment goes to whoever queues experiments.
 */
export class TrainerSupervisor {
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
    private readonly emit: (event: LabEvent) => void,
    private readonly training: TrainingHandlers,
  ) {}

  /** What the trainer found of this machine; starts one where there is none. */
  async machine(): Promise<Machine> {
    this.ensure();
    return this.ready!.promise;
  }

  /** Starts a trainer where there is none. */
  post(command: TrainerCommand): void {
    this.ensure().post(command);
  }

  /** To the trainer that is at something; where there is none, there is nothing to tell it. */
  tell(command: TrainerCommand): void {
    this.trainer?.post(command);
  }

  /** What the trainer's engine sees in a network; a training that is under way goes on beside it. */
  async look(request: LookRequest): Promise<LookAnswer>;
  async look(request: TokenLookRequest): Promise<TokenLookAnswer>;
  async look(request: LookRequest | TokenLookRequest): Promise<LookAnswer | TokenLookAnswer> {
    await this.machine();
    const ticket = ++this.tickets;
    const answer = deferred<LookAnswer | TokenLookAnswer>();
    this.looks.set(ticket, answer);
    this.post({ type: 'look', ticket, request });
    return answer.promise;
  }

  /** The small networks of a lesson: the trainer sees to them between the messages of a training. */
  async lesson(ticket: string, request: LessonRequest): Promise<LessonAnswer> {
    await this.machine();
    const answer = deferred<LessonAnswer>();
    this.lessons.set(ticket, answer);
    this.post({ type: 'lesson', ticket, request });
    return answer.promise;
  }
  stopLesson(ticket: string): void {
    if (this.lessons.has(ticket)) this.tell({ type: 'stop-lesson', ticket });
  }

  /** Ends the trainer, and starts no other: a call that was still under way would keep the host from ending. */
  close(): void {
    this.closed = true;
    this.trainer?.close();
    this.trainer = null;
  }

  private ensure(): TrainerLink {
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
    if (event.type === 'ready') this.ready!.resolve(event);
    else if (event.type === 'lesson') this.emit(event);
    else if (event.type === 'looked') settle(this.looks, event.ticket, event.answer, 'type');
    else if (event.type === 'learned') settle(this.lessons, event.ticket, event.answer, 'trials');
    else this.training.event(event);
  }

  private lost(reason: string): void {
    this.trainer = null;
    const error = new LabError('host.trainer-lost', { reason });
    this.ready!.reject(error);
    for (const waiting of [this.looks, this.lessons]) {
      for (const answer of waiting.values()) answer.reject(error);
      waiting.clear();
    }
    this.emit({ type: 'trainer', state: 'lost', error: error.view() });
    this.training.lost(error.view());
  }
}

/** An answer, known by the field that only answers have, or a refusal. */
function settle<Ticket, Answer extends object>(
  waiting: Map<Ticket, Deferred<Answer>>,
  ticket: Ticket,
  answer: Answer | LabErrorView,
  mark: string,
): void {
  const asked = waiting.get(ticket);
  waiting.delete(ticket);
  if (mark in answer) asked?.resolve(answer as Answer);
  else {
    const { code, facts } = answer as LabErrorView;
    asked?.reject(new LabError(code as LabError['code'], facts));
  }
}
