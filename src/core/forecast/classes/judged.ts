import { formatTime } from '../../data/calendar';
import type { Control, Engine, Weights } from '../../learn/engine';
import type { ModelSpec } from '../../nn/model';
import type { Baseline, ClassForecast, Metrics, PartMetrics, Predictions } from '../../run';
import type { Layout } from './layout';
import type { ClassLesson } from './lesson';
import { classScores, coinScores } from './metrics';

/** A network of classes with its weights and what it learned from. */
export interface LearnedClasses {
  engine: Pick<Engine, 'predict'>;
  model: ModelSpec;
  weights: Weights;
  lesson: ClassLesson;
}

/** The same, for whoever only asks it. */
export type AbleClasses = Omit<LearnedClasses, 'lesson'> & { lesson: Pick<ClassLesson, 'table' | 'classes'> };

/** Windows told between two looks at what the host wants. */
const windowsAtOnce = 512;

/** Softmax of the scores of each judged row: p(v) = e^(y(v) − m) / Σ e^(y − m) with m the largest. [judged][V] */
export async function probabilitiesOf(
  { engine, model, weights, lesson }: AbleClasses,
  { starts, outputs }: Pick<Layout, 'starts' | 'outputs'>,
  control: Pick<Control, 'breathe'>,
): Promise<Float64Array> {
  const { table, classes: V } = lesson;
  const perWindow = model.classes === 'every' ? table.T : 1;
  const probabilities = new Float64Array(outputs.length * V);
  let i = 0;
  for (let from = 0; from < starts.length; from += windowsAtOnce) {
    const some = starts.subarray(from, from + windowsAtOnce);
    const scores = engine.predict(model, weights, table, some);
    const [first, end] = [from * perWindow, (from + some.length) * perWindow];
    for (; i < outputs.length && outputs[i]! < end; i++) {
      const at = (outputs[i]! - first) * V;
      probabilities.set(softmax(scores.subarray(at, at + V)), i * V);
    }
    await control.breathe();
  }
  return probabilities;
}

export function softmax(scores: Float32Array): Float64Array {
  const most = Math.max(...scores);
  const powers = Float64Array.from(scores, (score) => Math.exp(score - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Of each row the likeliest class, the first of equals. */
export function likeliest(probabilities: Float64Array, V: number): Float64Array {
  return Float64Array.from({ length: probabilities.length / V }, (_, i) => {
    const own = probabilities.subarray(i * V, (i + 1) * V);
    return own.indexOf(Math.max(...own));
  });
}

/** Answers over one part beside the truth, as they are stored. */
export function predictionsOf(lesson: ClassLesson, layout: Layout, probabilities: Float64Array): Predictions {
  const { codes, labels, classes, table } = lesson;
  const { firstStep } = table;
  const truth = (rows: Int32Array) => Float64Array.from(rows, (row) => codes[row] ?? -1);
  return {
    firstStep,
    steps: 1,
    origins: layout.rows.map((row) => row - firstStep),
    values: likeliest(probabilities, classes),
    actual: truth(layout.rows),
    last: truth(layout.known),
    classes: { labels, classes, probabilities },
  };
}

/** The class of the step after the series; of labelling, that of the last row. */
export async function classAfter(learned: LearnedClasses, control: Control): Promise<ClassForecast[]> {
  const { series, settings, labels, table } = learned.lesson;
  const rows = series.values[0]!.length;
  const step = table.firstStep;
  const layout = {
    starts: Int32Array.of(rows - settings.lookback),
    outputs: Int32Array.of(step === 0 ? settings.lookback - 1 : 0),
  };
  const probabilities = await probabilitiesOf(learned, layout, control);
  const time = step === 0 ? series.times?.[rows - 1] : series.future?.[step - 1];
  const told = likeliest(probabilities, learned.lesson.classes)[0]!;
  return [
    {
      step,
      time: time === undefined ? null : formatTime(time, series.dateOnly),
      class: labels[told]!,
      probabilities: Array.from(probabilities),
    },
  ];
}

/** A baseline's answers are kept for the comparison of errors row by row; a coin has none. */
export type JudgedBaseline = Baseline & { test: Predictions | null };

/**
 * What any model is measured by, on the very same rows:
 *   majority     always the commonest class of the training part
 *   persistence  the last label that is known: of the row the forecast is made after (of `direction`, the last change); where rows are
 *                labelled, of the row before the part
 *   coin         a class at random, as often as the training part has it: its expected scores
 */
export function classBaselines(lesson: ClassLesson): JudgedBaseline[] {
  const { balance, classes: V, layouts } = lesson;
  const shares = balance.train.slice(0, V);
  const total = shares.reduce((sum, count) => sum + count, 0);
  const common = shares.indexOf(Math.max(...shares));
  const plain = (name: string, answer: (row: number) => number): JudgedBaseline => {
    const over = (layout: Layout) => ({
      ...predictionsOf(lesson, layout, new Float64Array(0)),
      values: answered(layout, answer),
    });
    const [validation, test] = [over(layouts.validation), over(layouts.test)];
    const metrics = noMetrics(validation.actual.length, test.actual.length);
    return {
      name,
      metrics,
      classMetrics: { validation: scoresOf(lesson, validation), test: scoresOf(lesson, test) },
      test,
    };
  };
  const known = (row: number) => (row < 0 || lesson.codes[row]! < 0 ? common : lesson.codes[row]!);
  const baselines = [plain('majority', () => common), plain('persistence', known)];
  const reference = referenceOf(baselines);
  const withSkill = baselines.map((one) => ({
    ...one,
    classMetrics: {
      validation: skilled(one.classMetrics!.validation, reference.validation),
      test: skilled(one.classMetrics!.test, reference.test),
    },
  }));
  const coin = (part: 'validation' | 'test') => {
    const actual = Float64Array.from(layouts[part].rows, (row) => lesson.codes[row]!);
    return coinScores(
      actual,
      shares.map((count) => count / total),
      lesson.labels.slice(0, V),
      reference[part],
    );
  };
  return [
    ...withSkill,
    {
      name: 'coin',
      metrics: noMetrics(layouts.validation.rows.length, layouts.test.rows.length),
      classMetrics: { validation: coin('validation'), test: coin('test') },
      test: null,
    },
  ];
}

const answered = (layout: Layout, answer: (row: number) => number) => Float64Array.from(layout.known, answer);

const skilled = (metrics: ReturnType<typeof classScores>, reference: number | null) => ({
  ...metrics,
  skill:
    reference === null || metrics.accuracy === null || reference === 1
      ? null
      : 1 - (1 - metrics.accuracy) / (1 - reference),
});

function scoresOf(lesson: ClassLesson, { actual, values }: Predictions, reference: number | null = null) {
  return classScores(
    { actual, predicted: values, probabilities: null },
    lesson.labels.slice(0, lesson.classes),
    reference,
  );
}

/** The accuracy that counts as no skill: the better of majority and persistence. */
export function referenceOf(baselines: Pick<Baseline, 'name' | 'classMetrics'>[]): {
  validation: number | null;
  test: number | null;
} {
  const of = (part: 'validation' | 'test') => {
    const own = baselines
      .filter(({ name }) => name === 'majority' || name === 'persistence')
      .flatMap(({ classMetrics }) => classMetrics?.[part].accuracy ?? []);
    return own.length > 0 ? Math.max(...own) : null;
  };
  return { validation: of('validation'), test: of('test') };
}

/** A model's scores on one part. */
export function modelScores(lesson: ClassLesson, { actual, values, classes }: Predictions, reference: number | null) {
  const names = lesson.labels.slice(0, lesson.classes);
  return classScores({ actual, predicted: values, probabilities: classes!.probabilities }, names, reference);
}

/** Where a forecast has no value in the target's units, there is none to score. */
export function noMetrics(validation: number, test: number): PartMetrics {
  const none = (n: number): Metrics => ({
    ...{ n, mae: null, mse: null, rmse: null, mape: null, smape: null, mase: null, r2: null },
    ...{ direction: null, skill: null, coverage80: null, coverage95: null },
  });
  return { validation: none(validation), test: none(test), testScaled: { mse: null, mae: null } };
}
