import type { WindowTable } from '../data/windows';
import type { Series } from '../protocol';
import type { Preparation } from '../run';
import type { Settings } from '../settings';
import { calendarFeatures } from './calendar-features';
import { prepared } from './prepare';
import { originsIn, type Parts } from './split';

/**
 * How a task becomes windows. `horizon` is what the person asks for; what a model learns is `steps` values beginning
 * `firstStep` rows after the last one read, and `judged` are the steps its forecasts are scored on.
 *
 *   many-to-one      learns and is judged on the value `horizon` steps ahead
 *   many-to-many     learns and is judged on steps 1 … horizon at once
 *   seq2seq          the same steps, made one after another by a decoder that is fed its own outputs
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
    case 'many-to-one':
      return { firstStep: horizon, steps: 1, judged: { firstStep: horizon, steps: 1 }, rollout: 1 };
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
  settings: Pick<Settings, 'task' | 'horizon' | 'lookback' | 'sampling'>,
  lag: number,
): Origins {
  const earliest = lag + settings.lookback - 1;
  const learned = settings.task === 'autoregressive' ? unrolledSteps(settings) : settings.horizon;
  return {
    train: originsIn(parts.train, learned, earliest),
    validation: originsIn(parts.validation, settings.horizon, earliest),
    test: originsIn(parts.test, settings.horizon, earliest),
  };
}

/**
 * The table a model is trained on: prepared columns, and calendar features of the step to be forecast, if asked for.
 * The autoregressive task must forecast all of its inputs, to have something to feed back.
 */
export function windowTable(
  series: Series,
  settings: Pick<Settings, 'task' | 'horizon' | 'lookback' | 'calendar'>,
  preparation: Preparation,
  origins: Origins,
): WindowTable {
  const { firstStep, steps } = shapeOf(settings);
  const rows = series.values[0]!.length;
  const columns: ArrayLike<number>[] = series.values.map((values, i) => prepared(values, preparation.columns[i]!));
  if (settings.calendar) columns.push(...calendarFeatures(series, firstStep));
  const D = columns.length;
  const inputs = new Float32Array(rows * D);
  columns.forEach((column, d) => {
    for (let t = 0; t < rows; t++) inputs[t * D + d] = column[t]!;
  });
  const startOf = (origin: number) => origin - settings.lookback + 1;
  return {
    rows,
    D,
    targetColumns: settings.task === 'autoregressive' ? D : 1,
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
