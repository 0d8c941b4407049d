import { classScores } from '../../../src/core/forecast/classes/metrics';
import type { ComparedRun } from '../../../src/core/forecast/compare';
import type { Predictions, RunRecord } from '../../../src/core/run';
import { record as whole } from '../../renderer/fake-lab';

/** Runs of classes whose answers are made up, for what is made of them. */

/** Three classes of uneven size over the rows that are judged: of every ten rows six, three and one. */
export const n = 300;
export const labels = ['calm', 'slow', 'wild'];
export const truth = Float64Array.from({ length: n }, (_, i) => (i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2));
export const last = Float64Array.from(truth, (_, i) => truth[i - 1] ?? 2);

/** Answers that are wrong in the rows that `wrong` picks, where the next class is said. */
export function answers(wrong: (row: number) => boolean): Predictions {
  const values = truth.map((code, i) => (wrong(i) ? (code + 1) % 3 : code));
  const probabilities = Float64Array.from({ length: 3 * n }, (_, i) =>
    values[Math.floor(i / 3)] === i % 3 ? 0.8 : 0.1,
  );
  return {
    ...{ firstStep: 1, steps: 1, actual: truth, last, values },
    origins: Int32Array.from({ length: n }, (_, i) => 500 + i),
    classes: { labels, classes: 3, probabilities },
  };
}

const scoresOf = ({ actual, values, classes }: Pick<Predictions, 'actual' | 'values' | 'classes'>) =>
  classScores({ actual, predicted: values, probabilities: classes?.probabilities ?? null }, labels, 0.6);
/** Of the validation part, of which nothing may be told. */
const aside = scoresOf({ actual: truth, values: new Float64Array(n).fill(2) });
const baseline = (name: string, values: Float64Array) => {
  const test = scoresOf({ actual: truth, values });
  return { ...whole('x').baselines[0]!, name, classMetrics: { validation: aside, test } };
};
// always calm is right in 6 rows of 10, the row before in 7, all but the first whose row before is wild
const baselines = [baseline('majority', new Float64Array(n)), baseline('persistence', last)];

type More = Partial<Omit<RunRecord, 'settings'>> & { settings?: Partial<RunRecord['settings']> };
export function run(
  id: string,
  cell: 'rnn' | 'gru',
  wrong: (row: number) => boolean,
  { settings, ...over }: More = {},
) {
  const predictions = answers(wrong);
  const scores = scoresOf(predictions);
  const base = whole(id, { cell, name: cell });
  const none = { ...base.metrics.test, n, mae: null, rmse: null, mase: null, skill: null };
  const made: ComparedRun = {
    record: {
      ...base,
      settings: { ...base.settings, task: 'classify', horizon: 1, ...settings },
      metrics: { ...base.metrics, test: none },
      ...{ byStep: [], forecast: [], baselines },
      classes: {
        names: labels,
        weights: [1, 1, 1],
        balance: { classes: labels, train: [600, 300, 100], validation: [60, 30, 10], test: [180, 90, 30] },
        metrics: { validation: aside, test: scores },
        evidence: [],
        forecast: [{ step: 1, time: null, class: 'calm', probabilities: [0.8, 0.1, 0.1] }],
      },
      ...over,
    },
    name: null,
    test: predictions,
  };
  return made;
}
export const every =
  (rows: number, from = 0) =>
  (row: number) =>
    row % rows === from;
