import { deserialize, serialize } from 'node:v8';
import { asView } from '../../src/core/errors';
import { runExperiment } from '../../src/core/forecast/experiment';
import { createEngine } from '../../src/core/learn';
import type { TrainerEvent } from '../../src/core/protocol';
import { runLabelled } from '../../src/core/text/labelled/learn';
import { runText } from '../../src/core/text/language';
import type { StartTrainer, TrainerHandlers } from '../../src/main/trainer-link';

/**
 * A trainer on this very thread, whose messages are carried as between processes (numbers arrive as views into a message), with a clock that goes ahead by itself: it keeps a checkpoint of every epoch or so, is stopped
 * in the middle of the epoch after `last`, and dies where `dies` says so.
 */
export class TrainerHere {
  /** Stops after this epoch of each run, in the next one. */
  last = Number.POSITIVE_INFINITY;
  dies: (event: TrainerEvent) => boolean = () => false;
  private handlers: TrainerHandlers | null = null;
  private alive = true;

  readonly start: StartTrainer = (handlers) => {
    this.handlers = handlers;
    this.alive = true;
    setImmediate(() => handlers.event({ type: 'ready', kernels: 'plain', threads: 1 }));
    return {
      post: (posted) => {
        const command = carried(posted);
        if (command.type !== 'job' && command.type !== 'text' && command.type !== 'labelled') return;
        const engine = createEngine({ kernels: 'plain', threads: 1 });
        const controls = new Map<string, { stopping: boolean }>();
        let clock = 0;
        const controlOf = (run: string) => {
          const control = controls.get(run) ?? {
            breathe: () => new Promise<void>((resolve) => setImmediate(resolve)),
            now: () => (clock += 40),
            stopping: false,
            whileAllowed: () => Promise.resolve(),
          };
          controls.set(run, control);
          return control as ReturnType<Parameters<typeof runExperiment>[2]>;
        };
        const events =
          command.type === 'job'
            ? runExperiment(command.job, engine, controlOf)
            : command.type === 'text'
              ? runText(command.job, engine, controlOf)
              : runLabelled(command.job, engine, controlOf);
        void this.tell(events, controls).catch((thrown) => handlers.lost(asView(thrown).message));
      },
      close: () => {
        this.alive = false;
      },
    };
  };

  private async tell(events: AsyncGenerator<TrainerEvent>, controls: Map<string, { stopping: boolean }>) {
    for await (const event of events) {
      if (!this.alive) return;
      this.handlers?.event(carried(event));
      if (event.type === 'epoch') controls.get(event.run)!.stopping = event.epoch === this.last;
      if (!this.dies(event)) continue;
      this.alive = false;
      this.handlers?.lost('SIGKILL');
      return;
    }
  }
}

const carried = <T>(message: T): T => deserialize(serialize(message));
