import { type Tone, tonesFor } from '../../core/draw/dashes';
import type { Language } from '../../core/errors';
import type { CellName } from '../../core/nn/model';
import type { Annotation, Baseline, Metrics, RunRecord } from '../../core/run';
import { groupsOf } from './selection';

/** The scores shown beside each other, and whether small or large is good. */
export const scored = ['mae', 'rmse', 'mase', 'skill', 'coverage95'] as const;
export type Score = (typeof scored)[number];
const larger: ReadonlySet<Score> = new Set(['skill']);

export interface Scored {
  mean: number | null;
  /** Standard deviation over seeds; null for a single run. */
  spread: number | null;
}

export interface ModelRow {
  kind: 'model';
  name: string;
  cell: CellName;
  tone: Tone;
  runs: RunRecord[];
  scores: Record<Score, Scored>;
  parameters: number;
  seconds: number;
  /** First forecast past the end. */
  next: Scored;
}
export interface BaselineRow {
  kind: 'baseline';
  name: string;
  scores: Record<Score, Scored>;
}
/** Models of the one task that is shown, trained with the same budget beside one that shares, over its seeds. */
export interface AloneRow
  extends Pick<ModelRow, 'name' | 'cell' | 'tone' | 'scores' | 'parameters' | 'seconds' | 'next'> {
  kind: 'alone';
}
export type Row = ModelRow | AloneRow | BaselineRow;

/**
 * One row per model, over its seeds, with that of the models of one task behind it where tasks share, then one per baseline;
 * all judged on the same windows of the test part.
 */
export function rowsOf(
  runs: RunRecord[],
  baselines: Baseline[],
  annotations: Record<string, Annotation> = {},
  language: Language | null = null,
  place = 0,
): Row[] {
  const groups = groupsOf(runs, annotations, language);
  const tones = tonesFor(groups.map(({ runs: [first] }) => first!.record));
  const models = groups.map(({ name, runs: grouped }, i): ModelRow => {
    const own = grouped.map(({ record }) => record);
    return {
      kind: 'model',
      name,
      cell: own[0]!.cell,
      tone: tones[i]!,
      runs: own,
      scores: scoresOf(own.map(({ metrics }) => metrics.test)),
      parameters: own[0]!.parameters,
      seconds: own.reduce((sum, { seconds }) => sum + seconds, 0),
      next: summarise(own.map(({ forecast }) => forecast[0]?.value ?? null)),
    };
  });
  const simple = baselines.map(
    ({ name, metrics }): BaselineRow => ({ kind: 'baseline', name, scores: scoresOf([metrics.test]) }),
  );
  return [...models.flatMap((row) => [row, ...aloneRow(row, place)]), ...simple];
}

function aloneRow({ name, cell, tone, runs }: ModelRow, place: number): AloneRow[] {
  const alone = runs.flatMap(({ sharing }) => sharing?.tasks[place] ?? []);
  const [first] = alone;
  if (!first) return [];
  return [
    {
      ...{ kind: 'alone', name, cell, tone, parameters: first.parameters },
      scores: scoresOf(alone.map(({ metrics }) => metrics.test)),
      seconds: alone.reduce((sum, { seconds }) => sum + seconds, 0),
      next: summarise(alone.map(({ forecast }) => forecast[0]?.value ?? null)),
    },
  ];
}

/** For each score the best row; coverage has none, for it should be right and not large. */
export function bestOf(rows: Row[]): Partial<Record<Score, Row>> {
  const best: Partial<Record<Score, Row>> = {};
  for (const score of scored) {
    if (score === 'coverage95') continue;
    const sign = larger.has(score) ? -1 : 1;
    const known = rows.filter(({ scores }) => scores[score].mean !== null);
    const value = (row: Row) => sign * row.scores[score].mean!;
    if (known.length > 0) best[score] = known.reduce((a, b) => (value(b) < value(a) ? b : a));
  }
  return best;
}

function scoresOf(metrics: Metrics[]): Record<Score, Scored> {
  const of = (score: Score) => summarise(metrics.map((each) => each[score]));
  return {
    mae: of('mae'),
    rmse: of('rmse'),
    mase: of('mase'),
    skill: of('skill'),
    coverage95: of('coverage95'),
  };
}

/** Mean and sample standard deviation; undefined where any value is. */
export function summarise(values: (number | null)[]): Scored {
  const known = values.filter((value) => value !== null);
  if (known.length === 0 || known.length < values.length) return { mean: null, spread: null };
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  if (known.length === 1) return { mean, spread: null };
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(squares / (known.length - 1)) };
}
