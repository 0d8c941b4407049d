import { explain, type LabErrorView } from '../../core/errors';
import type { LabEvent } from '../../core/protocol';
import type { BacktestRun, RunRecord } from '../../core/run';
import type { Lab } from '../lab';
import { duration, figure, type ProgressLine } from '../terminal';
import { interruptedStatus } from './status';

export interface Failure {
  run: string;
  error: LabErrorView;
}
interface Started {
  runs: { run: string }[];
}
export interface Outcome<S extends Started> {
  started: S;
  backtests: BacktestRun[];
  failures: Failure[];
  interrupted: boolean;
}

/** Starts an experiment and waits until every run has ended; Ctrl-C stops what trains and keeps what was finished. */
export async function train<S extends Started>(
  lab: Lab,
  start: () => Promise<S>,
  progress: ProgressLine,
): Promise<Outcome<S>> {
  let interrupted = false;
  let started: S | null = null;
  const stop = () => {
    for (const { run } of started?.runs ?? []) void lab.call('run.stop', { run });
  };
  const interrupt = () => {
    if (interrupted) process.exit(interruptedStatus);
    interrupted = true;
    progress.say('Stopping after this batch; once more ends at once.');
    stop();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    const watch = new Watch(progress);
    lab.subscribe((event) => watch.see(event));
    started = await start();
    if (interrupted) stop();
    await watch.ended;
    if (interrupted && watch.stopped.length > 0)
      progress.say(`To go on from there: unroll resume ${watch.stopped.join(' ')}`);
    const { backtests, failures } = watch;
    return { started, backtests, failures, interrupted };
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

/** Follows the runs of one experiment to their ends. */
class Watch {
  readonly failures: Failure[] = [];
  readonly backtests: BacktestRun[] = [];
  readonly stopped: string[] = [];
  readonly ended: Promise<void>;
  private readonly open = new Set<string>();
  /** Per run, 0–1. */
  private readonly share = new Map<string, number>();
  private end = () => {};

  constructor(private readonly progress: ProgressLine) {
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  see(event: LabEvent): void {
    switch (event.type) {
      case 'queued':
        this.open.add(event.run);
        this.share.set(event.run, event.earlier ? event.earlier.epoch / event.earlier.epochs : 0);
        break;
      case 'progress':
      case 'epoch':
        this.share.set(event.run, event.done);
        this.progress.show(this.done(), standing(event));
        break;
      case 'finished':
        this.progress.say(`${event.record.name}: ${ending(event.record)}`);
        if (event.record.stopped === 'interrupted') this.stopped.push(event.run);
        this.close(event.run);
        break;
      case 'sample':
        this.progress.say(`epoch ${event.epoch}: ${JSON.stringify(event.text)}`);
        break;
      case 'text-finished':
        this.progress.say(`${event.record.name}: ${ending(event.record)}`);
        if (event.record.stopped === 'interrupted') this.stopped.push(event.run);
        this.close(event.run);
        break;
      case 'not-kept':
        this.progress.say(`${event.error.message} ${event.error.remedy}`);
        break;
      case 'backtested':
        this.backtests.push(event.result);
        this.close(event.run);
        break;
      case 'failed':
        this.failures.push({ run: event.run, error: event.error });
        this.close(event.run);
    }
  }

  private done(): number {
    const shares = [...this.share.values()];
    return shares.reduce((sum, share) => sum + share, 0) / shares.length;
  }

  private close(run: string): void {
    this.share.set(run, 1);
    this.open.delete(run);
    if (this.open.size === 0) this.end();
  }
}

function standing(event: LabEvent & { type: 'progress' | 'epoch' }): string {
  const { run, epoch, epochs, samplesPerSecond, secondsLeft } = event;
  const model = run.split('-').slice(3).join(' ');
  return `${model} epoch ${epoch}/${epochs} · ${figure(Math.round(samplesPerSecond))} samples/s · ${duration(secondsLeft)} left`;
}

function ending({ stopped, trouble, epochs, bestEpoch, seconds }: Ended): string {
  if (trouble) return explain(trouble.code, trouble.facts).message;
  const why = { epochs: 'all epochs', patience: 'no longer improving', diverged: 'diverged', interrupted: 'stopped' };
  return `${epochs} epochs in ${seconds.toFixed(1)} s (${why[stopped]}), best ${bestEpoch}`;
}
type Ended = Pick<RunRecord, 'stopped' | 'trouble' | 'epochs' | 'bestEpoch' | 'seconds'>;
