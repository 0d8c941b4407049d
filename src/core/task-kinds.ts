import type { Settings, TaskName } from './settings';

/**
 * What kind a task is. Apart from the settings' schema, so that what leaves the lab as one page does not carry its library.
 */

/** Tasks whose answer is a class, with probabilities, and not a value (forecast/classes). */
export const classTaskNames = ['direction', 'classify', 'labelling'] as const;
export type ClassTaskName = (typeof classTaskNames)[number];
export const isClassTask = (task: TaskName): task is ClassTaskName =>
  (classTaskNames as readonly TaskName[]).includes(task);
/** One row is read, not a window of them. */
export const readsOneRow = (task: TaskName): boolean => task === 'one-to-one' || task === 'one-to-many';
/** Every row is an example of its own (forecast/curves.ts). */
export const ofCurves = ({ outputs }: Pick<Settings, 'outputs'>): boolean => outputs.length > 0;
/** The target is a column of labels; `direction` makes its classes of numbers. */
export const readsLabels = (task: TaskName | undefined): boolean => task === 'classify' || task === 'labelling';
