import type { LessonAnswer, LessonProgress, LessonRequest } from '../../core/inside/lessons/request';
import type { Workspace } from './workspace.svelte';

/** Settings may still be moving: what is asked for waits this long for the next change. */
const settleMilliseconds = 200;

/** The small networks of one lesson while they are trained: the last request counts, the one before it is stopped. */
export class Tutor {
  progress = $state.raw<LessonProgress | null>(null);
  answer = $state.raw<LessonAnswer | null>(null);
  busy = $state(false);
  /** Epochs of the training that was heard of last: as wide as its chart is. */
  epochs = $state(1);
  private ticket: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly unsubscribe: () => void;

  constructor(private readonly workspace: Workspace) {
    this.unsubscribe = workspace.lab.subscribe((event) => {
      if (event.type !== 'lesson' || event.ticket !== this.ticket) return;
      this.progress = event.progress;
      this.epochs = event.progress.epochs;
    });
  }

  ask(request: LessonRequest): void {
    this.stop();
    // what was asked before is not waited for
    this.ticket = null;
    this.busy = true;
    this.timer = setTimeout(() => void this.train(request), settleMilliseconds);
  }

  /** The networks stay as they are: what they learned so far is the answer. */
  stop(): void {
    clearTimeout(this.timer);
    if (this.ticket) void this.workspace.attempt(this.workspace.lab.call('lesson.stop', { ticket: this.ticket }));
    else this.busy = false;
  }

  close(): void {
    this.stop();
    this.ticket = null;
    this.unsubscribe();
  }

  private async train(request: LessonRequest): Promise<void> {
    const ticket = crypto.randomUUID();
    this.ticket = ticket;
    const answer = await this.workspace.attempt(this.workspace.lab.call('lesson.train', { ticket, request }));
    if (this.ticket !== ticket) return;
    this.answer = answer ?? this.answer;
    this.ticket = null;
    this.progress = null;
    this.busy = false;
  }
}
