import type { LineLook } from '../../core/draw/dashes';
import type { ComparedRun } from '../../core/forecast/compare';
import { comparedClasses, comparedClassScores } from '../../core/forecast/compare/classes';
import type { RunDetail } from '../../core/protocol';
import type { Baseline, RunRecord } from '../../core/run';
import { millisecondsOf } from '../format';
import { type Cell, moments, percentOf } from './taking';
import type { RowAxis } from './view';

/** What runs of classes told, row by row: the judged rows of the test part, then those past the end. */
export interface ToldRows {
  models: (Pick<LineLook, 'tone'> & { name: string /** [V] the learned classes. */; classes: string[] })[];
  /** Ascending. */
  rows: ToldRow[];
}
export interface ToldRow {
  x: number;
  /** null past the end. */
  actual: string | null;
  /** Per model, null where it was not asked. */
  told: (Told | null)[];
}
export interface Told {
  label: string;
  /** [V] in the order of the model's classes. */
  probabilities: number[];
}

/** A run as it stands on the bench. */
export interface ToldRun extends Pick<LineLook, 'tone'> {
  name: string;
  record: RunRecord;
  test: RunDetail['test'];
}

/** null where no run tells classes. A run to which rows were something else than to the first, as with another "flat", is left out. */
export function toldRows(runs: ToldRun[], axis: RowAxis): ToldRows | null {
  const [leading, ...others] = runs.filter(({ record, test }) => record.classes && test?.classes);
  if (!leading) return null;
  const truth = truthOf(leading);
  const agreeing = others.filter((run) =>
    [...truthOf(run)].every(([row, label]) => (truth.get(row) ?? label) === label),
  );
  const shown = [leading, ...agreeing];
  const rows = new Map<number, ToldRow>();
  const at = (x: number, actual: string | null) => {
    const row = rows.get(x) ?? { x, actual, told: shown.map(() => null) };
    rows.set(x, row);
    return row;
  };
  for (const [m, { record, test }] of shown.entries()) {
    const { origins, firstStep, values, classes } = test!;
    for (const [w, origin] of origins.entries()) {
      const row = at(axis.placeOf(origin + firstStep), classes!.labels[classes!.actual[w]!] ?? null);
      row.told[m] = { label: classes!.labels[values[w]![0]!] ?? '', probabilities: classes!.probabilities[w]! };
    }
    // step 0 is the last row, which is among those above
    for (const { step, time, class: label, probabilities } of record.classes!.forecast) {
      const place = time && axis.dated ? millisecondsOf(time) : axis.placeOf(axis.lastRow + step);
      at(place, null).told[m] = { label, probabilities };
    }
  }
  return {
    models: shown.map(({ name, tone, record }) => ({ name, tone, classes: record.classes!.names })),
    rows: [...rows.values()].sort((a, b) => a.x - b.x),
  };
}

function truthOf({ test }: ToldRun): Map<number, string | undefined> {
  const { origins, firstStep, classes } = test!;
  return new Map(origins.map((origin, w) => [origin + firstStep, classes!.labels[classes!.actual[w]!]]));
}

/** Time, truth, and of every model the class and the probability of each, as the host's own tables have them. */
export function toldTable(target: string, { models, rows }: ToldRows, dated: boolean, dateOnly: boolean): Cell[][] {
  const headed = models.flatMap(({ name, classes }) => [name, ...classes.map((label) => `${name} p(${label})`)]);
  const place = moments(dated, dateOnly);
  return [
    [dated ? 'time' : 'row', target, ...headed],
    ...rows.map(({ x, actual, told }) => [
      ...[place(x), actual],
      ...told.flatMap((one, m) => [
        one?.label ?? null,
        ...models[m]!.classes.map((_, v) => one?.probabilities[v] ?? null),
      ]),
    ]),
  ];
}

/** What scores are called; shares are in percent, as in the window. */
const titles = {
  accuracy: 'accuracy (%)',
  balancedAccuracy: 'balanced accuracy (%)',
  macroF1: 'macro F1 (%)',
  crossEntropy: 'cross-entropy',
  skill: 'skill (%)',
};

/** A line per model over its seeds, then one per baseline. */
export function classScoresTable(
  groups: { name: string; runs: Pick<ComparedRun, 'record'>[] }[],
  baselines: Baseline[],
  nameOf: (baseline: string) => string,
): Cell[][] {
  const written = (score: keyof typeof titles, value: number | null) =>
    titles[score].endsWith('(%)') ? percentOf(value) : value;
  const models = groups.flatMap(({ name, runs }): Cell[][] => {
    const records = runs.map(({ record }) => record);
    const own = comparedClasses(records);
    if (!own) return [];
    const scores = comparedClassScores.flatMap((score) => {
      const { mean, deviation } = own.scores[score];
      return [written(score, mean), written(score, deviation)];
    });
    return [[name, ...scores, records[0]!.parameters, records.reduce((sum, { seconds }) => sum + seconds, 0)]];
  });
  const simple = baselines.flatMap(({ name, classMetrics }): Cell[][] => {
    if (!classMetrics) return [];
    return [
      [
        nameOf(name),
        ...comparedClassScores.flatMap((score) => [written(score, classMetrics.test[score]), null]),
        null,
        null,
      ],
    ];
  });
  const heads = comparedClassScores.flatMap((score) => {
    const [, word, unit] = /^(.*?)( \(%\))?$/.exec(titles[score])!;
    return [titles[score], `${word} spread${unit ?? ''}`];
  });
  return [['model', ...heads, 'parameters', 'seconds'], ...models, ...simple];
}
