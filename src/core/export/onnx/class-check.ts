import { type LearnedClasses, probabilitiesOf } from '../../forecast/classes/judged';
import type { Control } from '../../learn/engine';
import type { Fed, Feeds, RunGraph } from './check';
import { type ClassRun, classFeatures, classRows } from './classes';

/**
 * The largest difference between the lab's probabilities for the windows that begin at `starts` and those of a graph, relative
 * to the lab's, or to 1 / V where that is larger. A told class that is not among the likeliest is an infinite difference.
 */
export async function classDifference(
  run: ClassRun,
  learned: LearnedClasses,
  starts: Int32Array,
  control: Control,
  graph: RunGraph,
): Promise<number> {
  const { lookback } = run.settings;
  const V = run.model.O;
  const each = run.model.classes === 'every' ? lookback : 1;
  const outputs = Int32Array.from({ length: starts.length * each }, (_, i) => i);
  const expected = await probabilitiesOf(learned, { starts, outputs }, control);
  const { probabilities, class: told } = await graph(classFeeds(run, learned.lesson, starts));
  if (probabilities?.length !== expected.length || told?.length !== outputs.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  expected.forEach((value, i) => {
    most = Math.max(most, Math.abs(probabilities[i]! - value) / Math.max(value, 1 / V));
  });
  for (const i of outputs) {
    const own = probabilities.subarray(i * V, (i + 1) * V);
    if (!(own[Number(told[i])]! >= Math.max(...own))) return Number.POSITIVE_INFINITY;
  }
  return Number.isNaN(most) ? Number.POSITIVE_INFINITY : most;
}

/** What the graph is given for windows that begin at `starts`: raw numbers, and the columns of the table that are none. */
export function classFeeds(
  run: ClassRun,
  { series, table }: Pick<LearnedClasses['lesson'], 'series' | 'table'>,
  starts: Int32Array,
): Feeds {
  const { settings, preparation, model } = run;
  const T = settings.lookback;
  const C = preparation.columns.length;
  const rows = classRows(run);
  const block = (from: number, length: number, width: number, valueAt: (row: number, i: number) => number): Fed => {
    const data = new Float32Array(starts.length * length * width);
    starts.forEach((start, n) => {
      for (let r = 0; r < length; r++)
        for (let i = 0; i < width; i++) data[(n * length + r) * width + i] = valueAt(start + from + r, i);
    });
    return { type: 'float32', data, dims: [starts.length, length, width] };
  };
  const first = settings.task === 'direction' ? 0 : 1;
  const inTable = (column: number) => (row: number, i: number) => table.inputs[row * table.D + column + i]!;
  const features = classFeatures(run);
  return {
    ...(C > 0 && { x: block(T - rows, rows, C, (row, i) => series.values[first + i]![row]!) }),
    ...(settings.task === 'classify' && { labels: block(0, T, model.O, inTable(C)) }),
    ...(features > 0 && { calendar: block(0, T, features, inTable(table.D - features)) }),
  };
}
