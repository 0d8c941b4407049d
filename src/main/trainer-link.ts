import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { TrainerCommand, TrainerEvent } from '../core/protocol';

/** A trainer process as the Lab holds it. */
export interface TrainerLink {
  post(command: TrainerCommand): void;
  /** Ends the process; `lost` is not called for it. */
  close(): void;
}
export interface TrainerHandlers {
  event(event: TrainerEvent): void;
  /** The process ended without being told to; why, in a word or two. */
  lost(reason: string): void;
}
export type StartTrainer = (handlers: TrainerHandlers) => TrainerLink;

export const trainerFile = fileURLToPath(new URL('./trainer.js', import.meta.url));

/** Training takes every core; a person who points, types and scrolls meanwhile goes first. Threads inherit it. */
export function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // a process that has ended already, or a system that allows no change: training goes on as it would
  }
}

/** The trainer as a child process of plain Node: for the command line and, behind a window, the browser's host. */
export const trainerProcess =
  (file: string = trainerFile, { behindWindow = false } = {}): StartTrainer =>
  ({ event, lost }) => {
    const child = fork(file, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    if (behindWindow) giveWay(child.pid);
    let closing = false;
    child.on('message', (message) => event(message as TrainerEvent));
    child.once('error', (error) => {
      if (!closing) lost(error.message);
      closing = true;
    });
    child.once('exit', (status, signal) => {
      if (!closing) lost(signal ?? `exit status ${status}`);
      closing = true;
    });
    return {
      // a command to a process that just died is answered by its `lost`
      post: (command) => void (child.connected && child.send(command, () => {})),
      close() {
        closing = true;
        child.kill('SIGKILL');
      },
    };
  };
