import { softmax } from '../forecast/classes/judged';
import { classLessonOf } from '../forecast/classes/lesson';
import type { Series } from '../protocol';
import type { RunRecord } from '../run';
import type { Aim, Subject } from './subject';
import { timeOf } from './times';
import type { InsideProbe } from './view';

/** The classes of a run of classes: its labels, the learned ones first, and of each row which it is. */
export interface SubjectClasses {
  labels: string[];
  /** V: how many are learned. */
  learned: number;
  /** [rows] −1 where a row has none. */
  codes: Int32Array;
  /** [V] what an error on each counts. */
  weights: Float32Array;
}

/** A run of classes beside the series it learned. */
export function classSubjectOf(record: RunRecord, series: Series): Subject {
  const { table, labels, classes, codes } = classLessonOf(series, record.settings);
  const weights = table.labels!.weights;
  return { record, series, table, classes: { labels, learned: classes, codes, weights } };
}

/** Rows whose class a window has: of every step, or of the one `firstStep` after its last. */
function classRows({ record, table }: Subject, { at, lookback }: Pick<Aim, 'at' | 'lookback'>): number[] {
  if (record.model.classes === 'every') return Array.from({ length: lookback }, (_, t) => at - lookback + 1 + t);
  return [at + table.firstStep];
}

/** The classes of a window that can be learned from, −1 for the others. */
export function labelsOf(subject: Subject, classes: SubjectClasses, aim: Pick<Aim, 'at' | 'lookback'>) {
  const codes = classRows(subject, aim).map((row) => {
    const code = classes.codes[row] ?? -1;
    return code < classes.learned ? code : -1;
  });
  return { codes, weights: classes.weights };
}

/** Probabilities from the scores [steps][V] of one window, beside what was. */
export function classesOf(subject: Subject, aim: Aim, scores: Float32Array, edited: boolean): InsideProbe['classes'] {
  const { classes, series } = subject;
  if (!classes) return null;
  const { labels, learned: V, codes } = classes;
  const steps = classRows(subject, aim).map((row, i) => {
    const probabilities = Array.from(softmax(scores.subarray(i * V, (i + 1) * V)));
    const most = probabilities.indexOf(Math.max(...probabilities));
    const code = edited ? -1 : (codes[row] ?? -1);
    return {
      step: row - aim.at,
      time: timeOf(series, row),
      class: labels[most]!,
      probabilities: probabilities.map((value) => (Number.isFinite(value) ? value : null)),
      actual: labels[code] ?? null,
    };
  });
  return { names: labels.slice(0, V), steps };
}
