import type { RunRecord } from '../../run';
import type { GraphWriter } from './graph';
import { linearOver, slice, swapped } from './layers';
import { lastState, rowsRead, statesOf } from './networks';
import { lagOf, preparedValues, rawValues } from './preparation';

/**
 * A run whose answer is a class (forecast/classes/lesson.ts):
 *
 *   x         float [N][rows][columns]      the columns that are read as numbers, as they are in the file; if there are any
 *   labels    float [N][lookback][V]        of task classify alone: 1 in the column of a row's class, else 0
 *   calendar  float [N][lookback][pairs]    only with calendar features
 *
 *   probabilities  float [N][V]             a column per class, in the order of the run's `classes.names`
 *   class          int64 [N]                the likeliest
 *
 * Of task labelling both have an axis more, [N][lookback][V] and [N][lookback]: a class for every row read.
 */
export type ClassRun = Pick<RunRecord, 'model' | 'settings' | 'preparation'>;

export const classRows = ({ settings, preparation }: ClassRun): number =>
  settings.lookback + lagOf(preparation.columns);

/** Calendar features: what is left of the inputs. */
export const classFeatures = ({ model, settings, preparation }: ClassRun): number =>
  model.D - preparation.columns.length - (settings.task === 'classify' ? model.O : 0);

export function telling(g: GraphWriter, run: ClassRun): void {
  const { model, settings } = run;
  const T = settings.lookback;
  const every = model.classes === 'every';
  const x = classInputs(g, run);
  const scores = every ? swapped(g, 'scores', linearOver(g, 'head', statesOf(g, model, x))) : lastState(g, model, x);
  const axis = every ? 2 : 1;
  const probabilities = g.op('Softmax', 'shares', [scores], { axis });
  const told = g.op('ArgMax', 'likeliest', [scores], { axis, keepdims: 0 });
  const axes = every ? ['N', T] : ['N'];
  g.output(probabilities, 'probabilities', 'float', [...axes, model.O], 'How likely each class is');
  g.output(told, 'class', 'int64', axes, 'The likeliest class, by its place among the probabilities');
}

/** [T][N][D] */
function classInputs(g: GraphWriter, run: ClassRun): string {
  const { model, settings, preparation } = run;
  const T = settings.lookback;
  const past: string[] = [];
  const { columns } = preparation;
  if (columns.length > 0) {
    const rows = classRows(run);
    const names = columns.map(({ name }) => name).join(', ');
    const x = g.input('x', 'float', ['N', rows, columns.length], `The last ${rows} rows of: ${names}`);
    past.push(preparedValues(g, rawValues(g, x, columns).level, columns, { rows, T }));
  }
  if (settings.task === 'classify') {
    const labels = g.input('labels', 'float', ['N', T, model.O], '1 in the column of the class of each row, else 0');
    past.push(g.op('Cast', 'labels_exact', [labels], { to: 11 }));
  }
  const features = classFeatures(run);
  const calendar =
    features > 0 ? g.input('calendar', 'float', ['N', T, features], 'Sine and cosine of the calendar') : null;
  if (past.length === 0) return swapped(g, 'inputs', calendar as string);
  const together = past.length > 1 ? g.op('Concat', 'past', past, { axis: 2 }) : past[0]!;
  const centred =
    preparation.scale === 'window'
      ? g.op('Sub', 'centred', [together, slice(g, 'last_rows', together, 1, T - 1)])
      : together;
  const window = swapped(g, 'fed', g.op('Cast', 'network_inputs', [centred], { to: 1 }));
  return rowsRead(g, { window, ahead: calendar && swapped(g, 'ahead', calendar), T });
}
