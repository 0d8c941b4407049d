import type { WindowTable } from '../data/windows';
import type { Series } from '../protocol';
import type { Preparation } from '../run';
import type { Settings } from '../settings';
import { ofCurves } from '../task-kinds';
import { calendarFeatures } from './calendar-features';
import { curveOrigins, curveTable, startOfCurve } from './curves';
import { prepared } from './prepare';
import { originsIn, type Parts, type Rows } from './split';

/**
 * How a task becomes windows. `horizon` is what the person asks for; what a model learns is `steps` values beginning
 * `firstStep` rows after the last one read, and `judged` are the steps its forecasts are scored on.
 *
 *   one-to-one       reads one row and is judged as many-to-one
 *   one-to-many      reads one row and is judged as seq2seq, whose decoder it uses (forecast/curves.ts)
 *   many-to-one      learns and is judged on the value `horizon` steps ahead
 *   many-to-many     learns and is judged on steps 1 … horizon at once
 *   seq2seq          the same steps, made one after another by a decoder that is fed its own outputs
 *   direction, classify, labelling   learn classes (classes/layout.ts)
 *   autoregressive   learns the next step; is judged on roll-outs over 1 … horizon, each output fed back as an input
 */
export interface TaskShape {
  firstStep: number;
  steps: number;
  judged: { firstStep: number; steps: number };
  /** Steps rolled out when judged; 1: none. */
  rollout: number;
}

export function shapeOf({ task, horizon }: Pick<Settings, 'task' | 'horizon'>): TaskShape {
  switch (task) {
    case 'one-to-one':
    case 'many-to-one':
    // what these learn and are judged on is a class (classes/lesson.ts); of a row, which labelling names where it stands
    case 'direction':
    case 'classify':
      return { firstStep: horizon, steps: 1, judged: { firstStep: horizon, steps: 1 }, rollout: 1 };
    case 'labelling':
      return { firstStep: 0, steps: 1, judged: { firstStep: 0, steps: 1 }, rollout: 1 };
    case 'one-to-many':
    case 'many-to-many':
    case 'seq2seq':
      return { firstStep: 1, steps: horizon, judged: { firstStep: 1, steps: horizon }, rollout: 1 };
    case 'autoregressive':
      return { firstStep: 1, steps: 1, judged: { firstStep: 1, steps: horizon }, rollout: horizon };
  }
}

/** Rows after which forecasts are made, in each part. */
export interface Origins {
  train: Int32Array;
  validation: Int32Array;
  test: Int32Array;
}

/** Steps an autoregressive training window goes on under scheduled sampling, at most. */
const mostUnrolled = 8;

/**
 * Steps a training window goes on, each learned, what is read between them the model's own outputs or the truth by a coin;
 * without scheduled sampling, and for every other task, the one that is asked for.
 */
export const unrolledSteps = ({ task, sampling, horizon }: Pick<Settings, 'task' | 'sampling' | 'horizon'>): number =>
  task === 'autoregressive' && sampling > 0 ? Math.min(horizon, mostUnrolled) : 1;

/** The windows of each part; training windows of the autoregressive task need only the steps they learn inside the part. */
export function originsOf(
  parts: Parts,
  settings: Pick<Settings, 'task' | 'horizon' | 'lookback' | 'sampling' | 'outputs'>,
  lag: number,
): Origins {
  if (ofCurves(settings)) {
    const each = (part: Rows) => curveOrigins(part, settings.horizon);
    return { train: each(parts.train), validation: each(parts.validation), test: each(parts.test) };
  }
  const earliest = lag + settings.lookback - 1;
  const learned = settings.task === 'autoregressive' ? unrolledSteps(settings) : settings.horizon;
  return {
    train: originsIn(parts.train, learned, earliest),
    validation: originsIn(parts.validation, settings.horizon, earliest),
    test: originsIn(parts.test, settings.horizon, earliest),
  };
}

/**
 * The table a model is trained on: prepared columns of the past, then what is known ahead (columns declared so, and calendar
 * features if asked for), each of these at the row from which it is the first step to be forecast. So a network reads beside
 * a value what is known of the step after it, a decoder and a roll-out at each of their steps, for which the table goes on
 * past the end. The autoregressive task forecasts all columns of the past, to have something to feed back.
 */
export function windowTable(
  series: Series,
  settings: Pick<Settings, 'task' | 'horizon' | 'lookback' | 'calendar' | 'also' | 'outputs'>,
  preparation: Preparation,
  origins: Origins,
): WindowTable {
  if (ofCurves(settings)) return curveTable(series, settings, preparation, origins);
  const { firstStep, steps } = shapeOf(settings);
  const past = series.values.map((values, i) => prepared(values, preparation.columns[i]!));
  const known = knownColumns(series, settings, preparation);
  const columns: ArrayLike<number>[] = [...past, ...known];
  const rows = series.values[0]!.length + (known.length > 0 ? settings.horizon : 0);
  const D = columns.length;
  const inputs = new Float32Array(rows * D);
  columns.forEach((column, d) => {
    for (let t = 0; t < rows; t++) inputs[t * D + d] = column[t] ?? 0;
  });
  const startOf = startsOf(settings);
  return {
    rows,
    D,
    known: known.length,
    targetColumns: targetColumns(settings, past.length),
    inputs,
    T: settings.lookback,
    firstStep,
    steps,
    centre: preparation.scale === 'window' ? 'last' : 'none',
    starts: {
      train: origins.train.map(startOf),
      validation: origins.validation.map(startOf),
      test: origins.test.map(startOf),
    },
  };
}

/** The row of the table where the window of an origin begins. */
export const startsOf =
  (settings: Pick<Settings, 'lookback' | 'horizon' | 'outputs'>) =>
  (origin: number): number =>
    ofCurves(settings) ? startOfCurve(origin, settings.horizon) : origin - settings.lookback + 1;

/** Of `past` columns that are not known ahead, how many are forecast: the targets, or all where they are fed back. */
export const targetColumns = ({ task, also }: Pick<Settings, 'task' | 'also'>, past: number): number =>
  task === 'autoregressive' ? past : 1 + also.length;

/** What is known of the step `firstStep` after each row, past the end too. */
function knownColumns(
  series: Series,
  settings: Pick<Settings, 'task' | 'horizon' | 'calendar'>,
  preparation: Preparation,
): Float64Array[] {
  const { firstStep } = shapeOf(settings);
  const P = series.values.length;
  const declared = series.ahead?.values.map((values, i) =>
    prepared(values, preparation.columns[P + i]!).subarray(firstStep),
  );
  const rows = series.values[0]!.length + settings.horizon;
  return [...(declared ?? []), ...(settings.calendar ? calendarFeatures(series, firstStep, rows) : [])];
}
