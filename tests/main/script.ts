import type { Calls, DataSource, LabConnection, LabEvent } from '../../src/core/protocol';
import type { Settings } from '../../src/core/settings';

/**
 * One script of calls and events, to be run over each carrier: whatever carries them, the words are the same.
 * What it returns is everything that was said, without what differs from start to start (names, times, speeds).
 */
export async function play(lab: LabConnection, source: DataSource) {
  const events: LabEvent[] = [];
  const watchers = new Set<() => void>();
  const end = lab.subscribe((event) => {
    events.push(event);
    for (const watcher of watchers) watcher();
  });
  const seen = (wanted: (event: LabEvent) => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!events.some(wanted)) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });

  const description = await lab.call('host.describe', {});
  const opened = await lab.call('data.open', { source, ticket: 'first' });
  const { dataset } = opened;
  const series = await lab.call('data.series', { dataset, column: 'Close', from: 10, to: 60, points: 20 });
  const chosen: Partial<Settings> = {
    models: ['rnn', 'lstm'],
    epochs: 2,
    lookback: 8,
    hidden: 8,
    seed: 3,
    kernels: 'plain',
    transform: 'none',
    scale: 'standard',
  };
  const plan = await lab.call('experiment.plan', { dataset, settings: chosen });

  const started = await lab.call('experiment.start', { dataset, settings: chosen });
  await seen(({ type }) => type === 'compared');
  const comparison = await lab.call('experiment.compare', { experiment: started.experiment });
  const listed = await lab.call('run.list', {});
  const shown = await lab.call('run.show', { run: started.runs[0]!.run });

  const long = await lab.call('experiment.start', {
    dataset,
    settings: { ...chosen, models: ['gru'], epochs: 10_000, patience: 0 },
  });
  const { run } = long.runs[0]!;
  await seen((event) => event.type === 'epoch' && event.run === run);
  await lab.call('run.pause', { run });
  await lab.call('run.resume', { run });
  await lab.call('run.stop', { run });
  await seen((event) => event.type === 'finished' && event.run === run);
  const stopped = await lab.call('run.show', { run });

  const refusals = [
    await refusal(lab, 'run.show', { run: 'nobody' }),
    await refusal(lab, 'data.open', { source: { kind: 'example', name: 'nothing' }, ticket: 'second' }),
    await refusal(lab, 'experiment.start', { dataset, settings: { target: 'Nothing' } }),
    await refusal(lab, 'experiment.start', { dataset, settings: { hidden: 0 } }),
    await refusal(lab, 'experiment.plan', { dataset: 'nothing', settings: {} }),
  ];
  end();
  return {
    said: {
      protocol: description.protocol,
      examples: description.examples,
      inspection: opened.inspection,
      samples: opened.samples,
      series,
      plan,
      cells: started.runs.map(({ cell, seed }) => [cell, seed]),
      metrics: comparison.runs.map((record) => [record.cell, record.loss, record.metrics, record.forecast]),
      baselines: comparison.baselines,
      verdict: comparison.verdict,
      listed: listed.records
        .filter(({ experiment }) => experiment === started.experiment)
        .map(({ cell }) => cell)
        .sort(),
      test: shown.test,
      stopped: stopped.record.stopped,
      refusals,
      order: orderOf(events, started.runs[0]!.run),
    },
    stoppedAfter: stopped.record.epochs,
    events,
  };
}

async function refusal<C extends keyof Calls>(lab: LabConnection, name: C, input: Calls[C]['input']) {
  return lab.call(name, input).then(
    () => 'answered',
    ({ code, facts, message, file, line }) => ({ code, facts, message, file, line }),
  );
}

/** What was told of a run, one after the other, without how often. */
function orderOf(events: LabEvent[], run: string): string[] {
  const types = events
    .flatMap((event) => ('run' in event && event.run === run ? [event.type] : []))
    .filter((type) => type !== 'progress' && type !== 'checkpoint');
  return types.filter((type, i) => type !== types[i - 1]);
}

/** A price that wanders, on business days: the same every time. */
export function prices(rows: number): string {
  const lines = ['Date,Open,Close,Volume'];
  const day = new Date(Date.UTC(2020, 0, 1));
  let seed = 12345;
  let price = 100;
  while (lines.length <= rows) {
    if (day.getUTCDay() % 6 !== 0) {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      const open = price;
      price = Math.max(1, price + (seed / 2 ** 32 - 0.5) * 2 + Math.sin(lines.length / 9));
      lines.push([day.toISOString().slice(0, 10), open.toFixed(2), price.toFixed(2), 1000 + (seed % 997)].join());
    }
    day.setUTCDate(day.getUTCDate() + 1);
  }
  return `${lines.join('\n')}\n`;
}
