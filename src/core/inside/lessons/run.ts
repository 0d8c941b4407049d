import type { WindowTable } from '../../data/windows';
import type { Control, Engine, TrainEvent, Trained } from '../../learn/engine';
import { together } from '../../learn/together';
import type { LookWindow } from '../look';
import { saturation } from '../measures';
import type { LessonAnswer, LessonProgress, LessonRequest, TrialAnswer } from './request';
import { type Trial, trialsOf } from './trials';

const num = (value: number): number | null => (Number.isFinite(value) ? value : null);
const nums = (values: ArrayLike<number>): (number | null)[] => Array.from(values, num);

interface Course {
  trial: Trial;
  losses: number[];
  norms: number[];
  trained: Trained | null;
}

/**
 * Trains the networks of a lesson side by side, by the engine that trains everything else, and looks into each. Yields how
 * far they are; when `control` stops them, what was learned so far is the answer.
 */
export async function* runLesson(
  engine: Engine,
  request: LessonRequest,
  control: Control,
): AsyncGenerator<LessonProgress, LessonAnswer> {
  const courses = trialsOf(request, engine.kernels).map(
    (trial): Course => ({ trial, losses: [], norms: [], trained: null }),
  );
  const told = (): LessonProgress => ({
    done:
      courses.reduce(
        (sum, { trial, losses, trained }) => sum + (trained ? 1 : losses.length / trial.options.epochs),
        0,
      ) / courses.length,
    epochs: courses[0]?.trial.options.epochs ?? 0,
    losses: courses.map(({ trial, losses }) => ({ name: trial.name, losses: nums(losses) })),
  });
  for await (const event of together(courses.map((course) => follow(engine, course, control))))
    if (event.type === 'epoch') yield told();
  return { trials: courses.map((course) => answerOf(engine, course)) };
}

async function* follow(engine: Engine, course: Course, control: Control): AsyncGenerator<TrainEvent> {
  const { model, options, table } = course.trial;
  const training =
    'tokens' in table
      ? engine.trainTokens({ model, table, options }, control)
      : engine.train({ model, table, options }, control);
  for (;;) {
    const { value, done } = await training.next();
    if (done) {
      course.trained = value;
      return;
    }
    if (value.type === 'epoch') {
      course.losses.push(value.validation);
      course.norms.push(value.gradientNorm);
    }
    yield value;
  }
}

function answerOf(engine: Engine, { trial, losses, norms, trained }: Course): TrialAnswer {
  if (!trained) throw new Error('a training that has ended has weights');
  const { table, name } = trial;
  const { weights, stopped, bestEpoch } = trained;
  const common = {
    name,
    stopped,
    losses: nums(losses),
    norms: nums(norms),
    error: num(losses[bestEpoch - 1] ?? Number.NaN),
  };
  if ('tokens' in table) {
    const sample = everyStep(engine, trial, weights);
    return { ...common, gradient: null, saturated: null, attention: null, byStep: null, sample };
  }
  const { view } = engine.look(trial.model, weights, windowOf(table), { back: true });
  const [first] = view.stacks[0]!.layers;
  const { model } = trial;
  const shares = model.cell === 'rnn' ? saturation(model.activation, first!, first!.y ?? first!.h) : null;
  const K = model.decoder?.steps ?? 1;
  return {
    ...common,
    gradient: first!.gradient?.h ? nums(first!.gradient.h) : null,
    saturated: shares && num(shares.reduce((sum, share) => sum + share, 0) / shares.length),
    attention:
      view.attention &&
      Array.from({ length: K }, (_, k) => nums(view.attention!.subarray(k * table.T, (k + 1) * table.T))),
    byStep: trial.horizon === null ? null : byStep(engine, trial, table, weights, trial.horizon),
    sample: sampleOf(engine, trial, table, weights),
  };
}

/** The first window that was not learned from, with its targets. */
function windowOf({ starts, inputs, D, T, steps, targetColumns: columns }: WindowTable): LookWindow {
  const start = starts.validation[0]!;
  const table = inputs.slice(start * D, (start + T + steps) * D);
  return { T, table, centre: 'none', columns, targets: { firstStep: 1, steps }, loss: 'mse' };
}

const column = ({ inputs, D }: WindowTable, from: number, count: number): number[] =>
  Array.from({ length: count }, (_, t) => inputs[(from + t) * D]!);

function sampleOf(
  engine: Engine,
  { model, horizon }: Trial,
  table: WindowTable,
  weights: Float32Array,
): TrialAnswer['sample'] {
  const start = table.starts.validation[0]!;
  const one = Int32Array.of(start);
  const forecast = horizon
    ? engine.rollOut(model, weights, table, one, horizon)
    : engine.predict(model, weights, table, one);
  const read = column(table, start, table.T);
  return { read, came: column(table, start + table.T, forecast.length), forecast: nums(forecast) };
}

/** √ of the mean squared error of every step rolled out, over all windows that were not learned from. */
function byStep(
  engine: Engine,
  { model }: Trial,
  table: WindowTable,
  weights: Float32Array,
  horizon: number,
): (number | null)[] {
  const starts = table.starts.validation;
  const said = engine.rollOut(model, weights, table, starts, horizon);
  return Array.from({ length: horizon }, (_, k) => {
    let sum = 0;
    for (const [w, start] of starts.entries())
      sum += (said[w * horizon + k]! - table.inputs[(start + table.T + k) * table.D]!) ** 2;
    return num(Math.sqrt(sum / starts.length));
  });
}

/** The probability of class 1 at every step of the first window that was not learned from, beside the labels. */
function everyStep(engine: Engine, { model, table }: Trial, weights: Float32Array): TrialAnswer['sample'] {
  if (!('tokens' in table)) return null;
  const start = table.starts.validation[0]!;
  const reader = engine.reader(model, weights);
  const read = Array.from(table.tokens.subarray(start, start + table.T));
  const came = Array.from(table.labels.subarray(start, start + table.T));
  const forecast = read.map((token) => {
    const [no, yes] = reader.read(token) as unknown as [number, number];
    return num(1 / (1 + Math.exp(no - yes)));
  });
  return { read, came, forecast };
}
