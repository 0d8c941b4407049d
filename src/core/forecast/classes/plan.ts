import { alikeIn } from '../../alike';
import { LabError } from '../../errors';
import { parameterCount } from '../../nn/parameters';
import type { ExperimentPlan, Series } from '../../protocol';
import type { Settings } from '../../settings';
import { isClassTask, readsLabels } from '../../task-kinds';
import type { Parts } from '../split';
import { classLessonOf, classModelOf } from './lesson';

/** What is usual where the target is no series of numbers: its inputs stand for themselves. */
export const usualWithLabels = { transform: 'none', scale: 'standard', season: 1 } as const;

/** What goes with a task of classes, and what with a task of values, alone. */
export function lossRefusal({ task, loss, ...settings }: Settings): LabError | null {
  if (!isClassTask(task))
    return loss === 'cross-entropy' ? new LabError('experiment.softmax-of-values', { task }) : null;
  const labels = readsLabels(task);
  const wrong: [string, string | number | boolean, string | number | boolean, boolean][] = [
    ['loss', loss, 'cross-entropy', loss !== 'cross-entropy'],
    ['transform', settings.transform, 'none', settings.transform === 'auto'],
    ['scale', settings.scale, 'standard', settings.scale === 'auto'],
    // a window's last labels, taken from all of its labels, would be gone
    ['scale', settings.scale, 'standard', task === 'classify' && settings.scale === 'window'],
    ['missing', settings.missing, 'carry-forward', labels && settings.missing === 'interpolate'],
    ['horizon', settings.horizon, 1, task === 'labelling' && settings.horizon > 1],
    ['tbptt', settings.tbptt, 0, task === 'labelling' && settings.tbptt > 0],
    ['future', settings.future.join(','), 'none', settings.future.length > 0],
    ['segment', settings.segment, 0, settings.segment > 0],
    ['refit', settings.refit, false, settings.refit],
    ['leak', settings.leak, false, settings.leak],
  ];
  const [first] = wrong.filter(([, , , is]) => is);
  if (!first) return null;
  const [option, value, without] = first;
  return new LabError('experiment.class-option', { option, value: String(value), task, without: String(without) });
}

export type ClassPlan = Pick<ExperimentPlan, 'windows' | 'parameters' | 'classes'> & {
  notes: ExperimentPlan['notes'];
  refusals: LabError[];
};

/** What becomes of the windows, and what a classification cannot begin with, once the series and its parts are sound. */
export function classPlan(series: Series, settings: Settings, parts: Parts): ClassPlan {
  const column = settings.target;
  const none = { windows: null, parameters: {}, notes: [] };
  if (settings.task === 'labelling' && series.values.length === 1 && !settings.calendar)
    return { ...none, refusals: [new LabError('experiment.no-label-inputs', { column })] };
  const lesson = classLessonOf(series, settings, parts);
  const { layouts, classes, labels, balance, table } = lesson;
  if (classes < 2)
    return { ...none, refusals: [new LabError('experiment.one-class', { column, class: labels[0] ?? '' })] };
  if (table.labels!.validationCount === 0)
    return { ...none, refusals: [new LabError('experiment.no-known-class', { column })] };
  const unseen = (['validation', 'test'] as const).flatMap((part) => {
    const others = labels.slice(classes).filter((_, i) => balance[part][classes + i]! > 0);
    const rows = balance[part].slice(classes).reduce((sum, count) => sum + count, 0);
    return rows > 0 ? [{ code: 'plan.unseen-classes', facts: { part, rows, classes: others.join(', ') } }] : [];
  });
  const alike = alikeIn(labels);
  return {
    windows: {
      train: layouts.train.starts.length,
      validation: layouts.validation.starts.length,
      test: layouts.test.starts.length,
    },
    parameters: Object.fromEntries(settings.models.map((cell) => [cell, parameterCount(classModelOf(cell, lesson))])),
    notes: [
      { code: 'plan.classes', facts: { count: classes, classes: labels.slice(0, classes).join(', ') } },
      ...unseen,
      ...(alike.length > 0 ? [{ code: 'labels.alike', facts: { pairs: alike.join('; ').slice(0, 120) } }] : []),
    ],
    classes: balance,
    refusals: [],
  };
}
