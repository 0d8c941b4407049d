import type { Control, Engine } from '../learn/engine';
import type { Bands, Predictions, RunRecord, TargetResult } from '../run';
import { evidenceOf, windowLosses } from './evidence';
import { banded, judgedBaselines, partMetrics, yardstickOf } from './judged';
import type { Lesson } from './lesson';
import { errorByStep } from './metrics';
import { pastTheEnd } from './past-the-end';
import { type Able, predictions } from './predict';

/** A network with weights in the lesson it learned, for whoever only forecasts with it. */
type Judged = Omit<Able, 'lesson'> & { lesson: Lesson };

/** What is said of one target: scores, bands, evidence, and its forecasts of the test part. */
export async function judgedTarget(
  able: Judged,
  baselines: ReturnType<typeof judgedBaselines>,
  control: Control,
): Promise<{ scores: Pick<TargetResult, 'metrics' | 'bands' | 'byStep' | 'evidence'>; test: Predictions }> {
  const { series, settings, parts, origins } = able.lesson;
  const target = series.values[0]!;
  const validation = await predictions(able, origins.validation, control);
  const bare = await predictions(able, origins.test, control);
  const { test, bands } = banded(validation, bare, able.lesson);
  const metrics = partMetrics(validation, test, yardstickOf(target, parts, settings.season));
  const evidence = evidenceOf(test, target, baselines);
  return { scores: { metrics, bands, byStep: errorByStep(test), evidence }, test };
}

/** Every target of a network that has several, judged on the same windows, and its loss in each of them; null where there is one. */
export async function severalTargets(
  judged: Judged,
  last: Judged,
  control: Control,
): Promise<{ targets: TargetResult[]; losses: Float64Array[] } | null> {
  const { also } = judged.lesson.settings;
  if (also.length === 0) return null;
  const targets: TargetResult[] = [];
  const losses: Float64Array[] = [];
  for (let column = 0; column <= also.length; column++) {
    const able = lookingAt(judged, column);
    const { series, settings, parts, origins } = able.lesson;
    const baselines = judgedBaselines(series, settings, parts, origins);
    const { scores, test } = await judgedTarget(able, baselines, control);
    losses.push(windowLosses(test));
    targets.push({
      name: series.names[0]!,
      ...scores,
      forecast: await pastTheEnd(lookingAt(last, column), scores.bands, control),
      baselines: baselines.map(({ name, metrics }) => ({ name, metrics })),
    });
  }
  return { targets, losses };
}

/** The targets of a run in the order of its columns, each with its own bands. */
export function targetsOf({
  settings,
  preparation,
  bands,
  targets,
}: Pick<RunRecord, 'settings' | 'preparation' | 'bands' | 'targets'>): { name: string; bands: Bands | null }[] {
  return preparation.columns.slice(0, 1 + settings.also.length).map(({ name }, column) => ({
    name,
    bands: column === 0 ? bands : (targets?.[column]?.bands ?? null),
  }));
}

/** The same network seen from another of its targets: that column takes the place of the first in all it says. */
export function lookingAt<L extends Able['lesson']>(
  able: Pick<Able, 'engine' | 'model' | 'weights'> & { lesson: L },
  column: number,
): Pick<Able, 'engine' | 'model' | 'weights'> & { lesson: L } {
  if (column === 0) return able;
  const { engine, model, weights, lesson } = able;
  const { series, preparation, table } = lesson;
  const C = table.targetColumns;
  const first = <T>(all: readonly T[]): T[] =>
    all.map((one, i) => (i === 0 ? all[column]! : i === column ? all[0]! : one));
  const outputs = (all: Float32Array) => all.map((_, i) => all[i + swapped(i % C, column)]!);
  const turned: Pick<Engine, 'predict' | 'rollOut'> = {
    predict: (...asked) => outputs(engine.predict(...asked)),
    rollOut: (...asked) => outputs(engine.rollOut(...asked)),
  };
  return {
    engine: turned,
    model,
    weights,
    lesson: {
      ...lesson,
      series: { ...series, names: first(series.names), values: first(series.values) },
      preparation: { ...preparation, columns: first(preparation.columns) },
    },
  };
}

/** How far from output column c its partner stands when the first and `column` change places. */
const swapped = (c: number, column: number): number => (c === 0 ? column : c === column ? -column : 0);
