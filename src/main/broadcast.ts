import type { LabEvent } from '../core/protocol';

const intervalMilliseconds = 50;

/**
 * Events on their way to every window: at most 20 deliveries a second, each with all that happened since the last.
 * Where only the latest state matters (progress, reading, lessons) the latest replaces the one before; nothing else is dropped.
 */
export class Broadcast {
  private readonly listeners = new Set<(events: LabEvent[]) => void>();
  private waiting: LabEvent[] = [];
  private timer: NodeJS.Timeout | null = null;
  private last = Number.NEGATIVE_INFINITY;

  subscribe(listener: (events: LabEvent[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit(event: LabEvent): void {
    this.waiting = this.waiting.filter((earlier) => !supersedes(event, earlier));
    this.waiting.push(event);
    this.timer ??= setTimeout(() => this.flush(), Math.max(0, this.last + intervalMilliseconds - performance.now()));
  }

  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const events = this.waiting;
    this.waiting = [];
    this.last = performance.now();
    if (events.length) for (const listener of this.listeners) listener(events);
  }
}

function supersedes(event: LabEvent, earlier: LabEvent): boolean {
  if (event.type === 'reading') return earlier.type === 'reading' && earlier.ticket === event.ticket;
  if (event.type === 'lesson') return earlier.type === 'lesson' && earlier.ticket === event.ticket;
  return event.type === 'progress' && earlier.type === 'progress' && earlier.run === event.run;
}
