import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LabError } from '../../core/errors';
import { sharingVerdicts } from '../../core/forecast/sharing/verdict';
import { judge } from '../../core/forecast/verdict';
import type { Comparison } from '../../core/protocol';
import type { RunRecord } from '../../core/run';
import { classesInWords } from '../class-documents';
import { writeClasses, writeClassForecast } from '../class-predictions';
import { forecastDocument } from '../documents';
import { writeForecast, writePredictions } from '../predictions';
import type { Store } from '../store';
import { figure, table } from '../terminal';
import { print, printJson } from './context';
import { joined } from './joined';
import type { Texts } from './options';
import { orderOf, type Performed, perform } from './perform';
import type { Failure } from './train';

/** `unroll forecast FILE`: train, judge on unseen rows, forecast past the end. */
export async function forecast(file: string, texts: Texts): Promise<number> {
  const whole = await joined(file, texts);
  return perform(orderOf(whole.file, whole.texts), texts, async (done) => {
    const comparison = await comparisonOf(done);
    if (comparison) await report(comparison, done.store, done.failures, texts);
    return comparison !== null;
  });
}

/** All that was finished, side by side; null when nothing was. */
export async function comparisonOf({
  lab,
  started: { experiment },
}: Pick<Performed, 'lab'> & { started: { experiment: string } }): Promise<Comparison | null> {
  try {
    return await lab.call('experiment.compare', { experiment });
  } catch (thrown) {
    if (thrown instanceof LabError && thrown.code === 'host.unknown-experiment') return null;
    throw thrown;
  }
}

async function report(comparison: Comparison, store: Store, failures: Failure[], texts: Texts): Promise<void> {
  const out = texts.out as string | undefined;
  const predictions = out === undefined ? null : join(resolve(out), 'predictions.csv');
  const document = forecastDocument(comparison, failures, (run) => predictions ?? store.predictionsPath(run));
  if (out !== undefined && predictions) {
    await mkdir(out, { recursive: true });
    await writeFile(predictions, await combined(comparison, store));
    await writeFile(
      join(out, 'forecast.csv'),
      (comparison.runs[0]?.classes ? writeClassForecast : writeForecast)(comparison.runs),
    );
    await writeFile(join(out, 'forecast.json'), `${JSON.stringify(document, null, 1)}\n`);
  }
  if (texts.json) printJson(document);
  else print(inWords(comparison));
}

/** All models of the experiment side by side. */
async function combined({ runs }: Comparison, store: Store): Promise<Iterable<string>> {
  const stored = await Promise.all(runs.map(({ id }) => store.read(id)));
  const models = stored.flatMap(({ record: { name }, forecasts }) =>
    forecasts ? [{ name, test: forecasts.test }] : [],
  );
  const { times } = stored[0]!.forecasts!;
  return (runs[0]?.classes ? writeClasses : writePredictions)({ models, timeAt: (at) => times[at] ?? '' });
}

/** Steps shown of a longer forecast. */
const shownSteps = 6;

/** Mean absolute errors by step of each way a model can be used, where there is more than one. */
function uses(runs: RunRecord[]): string[] {
  const several = runs.filter(({ forms }) => (forms?.length ?? 0) > 1);
  if (several.length === 0) return [];
  const reach = Math.max(...several.flatMap(({ forms }) => forms!.map(({ byStep }) => byStep.at(-1)!.step)));
  const count = Math.min(shownSteps, reach);
  const steps = Array.from({ length: count }, (_, i) =>
    count === 1 ? 1 : 1 + Math.round((i * (reach - 1)) / (count - 1)),
  );
  const rows = several.flatMap(({ name, forms }) =>
    forms!.map(({ form, byStep }) => [
      name,
      form,
      ...steps.map((step) => figure(byStep.find((error) => error.step === step)?.mae)),
    ]),
  );
  return ['', 'MAE by step ahead, as judged and used otherwise:', table(['model', 'used', ...steps.map(String)], rows)];
}

/** Scores of every target but the first. */
function furtherTargets(runs: RunRecord[]): string[] {
  const names = (runs[0]?.targets ?? []).slice(1).map(({ name }) => name);
  return names.flatMap((target, i) => {
    const own = runs.flatMap(({ name, targets }) => (targets ? [{ ...targets[i + 1]!, name }] : []));
    const rows = [...own, ...(own[0]?.baselines ?? [])].map(({ name, metrics: { test } }) => [
      name,
      figure(test.mae),
      figure(test.rmse),
      figure(test.skill),
    ]);
    const verdict = judge(
      runs.flatMap(({ cell, seed, targets }) => (targets ? [{ cell, seed, ...targets[i + 1]! }] : [])),
      own[0]?.baselines ?? [],
    );
    return ['', `${target}:`, table(['model', 'MAE', 'RMSE', 'skill'], rows), verdict.sentence];
  });
}

/** What sharing did, beside models of one task. */
function shared(runs: RunRecord[]): string[] {
  const rows = runs.flatMap(({ name, targets, sharing }) =>
    (sharing?.tasks ?? []).map((alone, m) => [
      name,
      alone.name,
      figure(targets?.[m]?.metrics.test.mae),
      figure(alone.metrics.test.mae),
      `${figure(100 * alone.change)}%`,
      figure(alone.test && 2 * Math.min(alone.test.p, 1 - alone.test.p)),
    ]),
  );
  if (rows.length === 0) return [];
  const head = ['model', 'task', 'MAE shared', 'MAE alone', 'lower by', 'p'];
  return ['', 'Sharing, beside models of one task:', table(head, rows)];
}

export function inWords({ runs, baselines, verdict }: Comparison): string {
  if (runs[0]?.classes) return [classesInWords(runs, baselines), ...(verdict ? ['', verdict.sentence] : [])].join('\n');
  const scores = [...runs, ...baselines].map(({ name, metrics: { test } }) => [
    name,
    figure(test.mae),
    figure(test.rmse),
    figure(test.mase),
    figure(test.skill),
    figure(test.direction),
  ]);
  const steps = (runs[0]?.forecast ?? []).map(({ step, time }, k) => [
    time ?? `+${step}`,
    ...runs.map(({ forecast }) => {
      const { value, lower80, upper80 } = forecast[k]!;
      return lower80 === null ? figure(value) : `${figure(value)} (${figure(lower80)} to ${figure(upper80)})`;
    }),
  ]);
  const parts = ['On the unseen test part:', table(['model', 'MAE', 'RMSE', 'MASE', 'skill', 'direction'], scores)];
  parts.push(...uses(runs), ...furtherTargets(runs), ...shared(runs));
  if (steps.length > 0)
    parts.push('', 'Forecast, with 80% bands:', table(['time', ...runs.map(({ name }) => name)], steps));
  if (verdict) parts.push('', verdict.sentence);
  parts.push(...sharingVerdicts(runs).flatMap(({ sentence }) => ['', sentence]));
  return parts.join('\n');
}
