import { spreadOf } from '../core/forecast/seeds';
import type { Baseline, ClassForecast, ClassReport, RunRecord } from '../core/run';
import { figure, table } from './terminal';

/** What the documents and tables of the command line say of runs whose answer is a class. */

/** Beside a model's other fields in JSON. */
export function classFields(classes: ClassReport | undefined) {
  if (!classes) return {};
  const { names, weights, balance, metrics, evidence, forecast } = classes;
  return {
    classes: names,
    classWeights: weights,
    classBalance: balance,
    classMetrics: metrics,
    classEvidence: evidence,
    forecast: toldFields(names, forecast),
  };
}

const scored = ['accuracy', 'balancedAccuracy', 'macroF1', 'crossEntropy', 'brier', 'skill'] as const;

/** Classes told, each probability by its class. */
export function toldFields(names: string[], forecast: ClassForecast[]) {
  const bands = { lower80: null, upper80: null, lower95: null, upper95: null };
  return forecast.map(({ step, time, class: told, probabilities }) => ({
    ...{ step, time, value: null, ...bands, class: told },
    probabilities: Object.fromEntries(names.map((name, v) => [name, probabilities[v]!])),
  }));
}

/** Mean and standard deviation over seeds, per cell. */
export function classesOverSeeds(runs: RunRecord[]) {
  return [...new Set(runs.map(({ cell }) => cell))].map((cell) => {
    const own = runs.filter((run) => run.cell === cell);
    const tests = own.flatMap(({ classes }) => classes?.metrics.test ?? []);
    const over = Object.fromEntries(scored.map((score) => [score, spreadOf(tests.map((metrics) => metrics[score]))]));
    return { cell, seeds: own.map(({ seed }) => seed), ...over };
  });
}

/** Models and baselines side by side on the test part, and per class how it went. */
export function classTables(runs: Pick<RunRecord, 'name' | 'classes'>[], baselines: Baseline[]): string[] {
  const models = runs.flatMap(({ name, classes }) => (classes ? [{ name, classes }] : []));
  const all = [
    ...models.map(({ name, classes }) => ({ name, test: classes.metrics.test })),
    ...baselines.flatMap(({ name, classMetrics }) => (classMetrics ? [{ name, test: classMetrics.test }] : [])),
  ];
  const scores = all.map(({ name, test }) => [name, ...scored.map((score) => figure(test[score]))]);
  const head = ['model', 'accuracy', 'balanced', 'macro F1', 'cross-entropy', 'Brier', 'skill'];
  return [
    table(head, scores),
    ...models.map(({ name, classes: { names, metrics } }) => {
      const { perClass, confusion } = metrics.test;
      const rows = perClass.map(({ name: label, support, precision, recall, f1 }, v) => [
        ...[label, String(support), figure(precision), figure(recall), figure(f1)],
        ...confusion[v]!.map(String),
      ]);
      return `${name}\n${table(['class', 'rows', 'precision', 'recall', 'F1', ...names.map((told) => `→ ${told}`)], rows)}`;
    }),
  ];
}

/** Rows of each class in the three parts. */
export function balanceTable({ classes, train, validation, test }: ClassReport['balance']): string {
  const rows = classes.map((name, v) => [name, ...[train, validation, test].map((part) => String(part[v]))]);
  return table(['class', 'training', 'validation', 'test'], rows);
}

/** The class of the next step by each model, with its probability. */
export function classForecast(runs: Pick<RunRecord, 'name' | 'classes'>[]): string {
  const rows = runs.flatMap(({ name, classes }) =>
    (classes?.forecast ?? []).map(({ step, time, class: told, probabilities }) => [
      ...[name, time ?? `+${step}`, told],
      ...probabilities.map((p) => p.toFixed(3)),
    ]),
  );
  return table(['model', 'time', 'class', ...(runs[0]?.classes?.names ?? []).map((name) => `p(${name})`)], rows);
}

/** Everything of the above, as `forecast` prints it. */
export function classesInWords(runs: RunRecord[], baselines: Baseline[]): string {
  return [
    'Rows of each class:',
    balanceTable(runs[0]!.classes!.balance),
    '',
    'On the unseen test part:',
    classTables(runs, baselines).join('\n\n'),
    '',
    'Next:',
    classForecast(runs),
  ].join('\n');
}
