import { completeSettings } from '../../../src/core/forecast/defaults';
import { runExperiment } from '../../../src/core/forecast/experiment';
import { createEngine } from '../../../src/core/learn/index';
import type { RunResult, Series, TrainerEvent, TrainerJob } from '../../../src/core/protocol';
import type { Predictions } from '../../../src/core/run';
import type { Settings } from '../../../src/core/settings';

export type Outcome = RunResult & { run: string; weights: Uint8Array; test: Predictions };

/** Settings completed from a series without calendar, small and quick unless chosen otherwise. */
export function settingsFor(series: Series, chosen: Partial<Settings>): Settings {
  return completeSettings(
    { models: ['rnn'], lookback: 12, hidden: 8, epochs: 6, batch: 32, ...chosen },
    {
      values: series.values[0]!,
      frequency: { step: 'index', every: 1 },
      target: series.names[0]!,
      date: null,
      reading: {},
      machine: { threads: 1, kernels: 'plain' },
    },
  );
}

/** Runs an experiment to its end, or until `stop` says that the person pressed Stop. */
export async function experimentOn(
  series: Series,
  chosen: Partial<Settings>,
  stop: (epochs: number) => boolean = () => false,
  backtest: TrainerJob['backtest'] = null,
) {
  const settings = settingsFor(series, chosen);
  const engine = createEngine({ kernels: 'plain', threads: 1 });
  const runs = settings.models.flatMap((cell) =>
    Array.from({ length: settings.seeds }, (_, i) => {
      const seed = settings.seed + i;
      return { run: `${cell}-${seed}`, cell, seed };
    }),
  );
  let clock = 0;
  let epochs = 0;
  const control = {
    breathe: async () => {},
    now: () => (clock += 50),
    get stopping() {
      return stop(epochs);
    },
    whileAllowed: async () => {},
  };
  const events: TrainerEvent[] = [];
  const job: TrainerJob = { experiment: 'e', settings, series, runs, backtest };
  for await (const event of runExperiment(job, engine, () => control)) {
    if (event.type === 'epoch') epochs++;
    events.push(event);
  }
  engine.close();
  const outcomes = events.flatMap((event): Outcome[] =>
    event.type === 'trained' ? [{ ...event.result, run: event.run, weights: event.weights, test: event.test }] : [],
  );
  return { settings, events, outcomes };
}
