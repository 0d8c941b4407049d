import type { Control } from '../learn/engine';
import type { Form, FormErrors, Predictions } from '../run';
import { readsOneRow } from '../task-kinds';
import { fedBack } from './feed-back';
import { predictionsOf } from './judged';
import { errorByStep } from './metrics';
import type { Learned } from './predict';
import { restored } from './prepare';
import { originsIn } from './split';

/**
 * The ways in which one trained network may be asked to forecast, each with its errors on the test part by step ahead:
 *
 *   direct       the steps it has learned, from true values
 *   one-step     the next step from true values, at the rows of every step (autoregressive: what training sees)
 *   rolled-out   one step at a time, each fed back as an input
 *   blocks       all its steps at once, fed back together
 *   decoded      a decoder run on for `reach` steps, more or fewer than it has learned
 *
 * What feeds back must forecast all that is read, so extra inputs leave only `direct`, but for the autoregressive task,
 * which forecasts them too. The way the task is judged comes first, and on the same windows.
 */
export async function formsOf(learned: Learned, test: Predictions, control: Control): Promise<FormErrors[]> {
  const { settings, parts, table } = learned.lesson;
  const { task, horizon } = settings;
  const judged = { windows: test.origins.length, byStep: errorByStep(test) };
  const reach = Math.min(settings.reach, Math.floor((parts.test.end - parts.test.first) / 2));
  const whole = table.targetColumns + (table.known ?? 0) === table.D;
  const forms: FormErrors[] = [{ form: task === 'autoregressive' ? 'rolled-out' : 'direct', ...judged }];
  const add = async (form: Form, passes: number, forecast: (starts: Int32Array) => Float64Array, steps = reach) => {
    const found = await tried(learned, { form, passes, steps }, forecast, control);
    if (found) forms.push(found);
  };
  const back = (take: number) => (starts: Int32Array) => fedBack(learned, starts, { take, reach });
  if (task === 'autoregressive') {
    await add('one-step', horizon, (starts) => forced(learned, starts, horizon), horizon);
    if (reach > horizon) await add('rolled-out', reach, back(1));
  }
  if (readsOneRow(task)) return forms;
  if (task === 'seq2seq' && reach !== horizon)
    await add('decoded', Math.ceil(reach / horizon), (starts) => decoded(learned, starts, reach));
  if (task === 'autoregressive' || !whole || reach < 2) return forms;
  if (task !== 'many-to-one' && reach > horizon && horizon > 1)
    await add('blocks', Math.ceil(reach / horizon), back(horizon));
  if (task === 'many-to-many' || (task === 'many-to-one' && horizon === 1)) await add('rolled-out', reach, back(1));
  return forms;
}

/** Passes through the network that one form may cost, over all windows; and the fewest windows worth a figure. */
const mostPasses = 10_000;
const fewestWindows = 20;
/** Windows forecast between two looks at what the host wants. */
const windowsAtOnce = 64;

/** A form's errors over evenly spaced windows of the test part, as many as are affordable; null: too few of them. */
async function tried(
  { lesson }: Learned,
  { form, passes, steps }: { form: Form; passes: number; steps: number },
  forecast: (starts: Int32Array) => Float64Array,
  control: Control,
): Promise<FormErrors | null> {
  const { series, settings, parts, preparation } = lesson;
  const target = series.values[0]!;
  const column = preparation.columns[0]!;
  const all = originsIn(parts.test, steps, column.lag + settings.lookback - 1);
  const most = Math.floor(mostPasses / passes);
  if (all.length === 0 || (most < all.length && most < fewestWindows)) return null;
  const stride = Math.ceil(all.length / most);
  const origins = all.filter((_, w) => w % stride === 0);
  const values = new Float64Array(origins.length * steps);
  for (let from = 0; from < origins.length; from += windowsAtOnce) {
    const some = origins.subarray(from, from + windowsAtOnce);
    const scaled = forecast(some.map((origin) => origin - settings.lookback + 1));
    some.forEach((origin, w) => {
      const own = scaled.subarray(w * steps, (w + 1) * steps);
      // true values stand before every step of what is only ever asked for the next one
      const back =
        form === 'one-step'
          ? own.map((x, k) => restored([x], column, target, origin + k, 1)[0]!)
          : restored(own, column, target, origin, 1);
      values.set(back, (from + w) * steps);
    });
    await control.breathe();
  }
  const predictions = predictionsOf(target, origins, values, { firstStep: 1, steps });
  return { form, windows: origins.length, byStep: errorByStep(predictions) };
}

/** Steps 1 … `steps`, each the next one after true values. */
function forced({ engine, model, weights, lesson: { table } }: Learned, starts: Int32Array, steps: number) {
  const every = Int32Array.from(
    { length: starts.length * steps },
    (_, i) => starts[Math.floor(i / steps)]! + (i % steps),
  );
  const outputs = engine.predict(model, weights, table, every);
  return Float64Array.from(every, (_, i) => outputs[i * table.targetColumns]!);
}

/** A decoder's steps are as many as it is asked for: its weights do not know their number. */
function decoded({ engine, model, weights, lesson: { table } }: Learned, starts: Int32Array, reach: number) {
  const C = table.targetColumns;
  const longer = { ...model, O: reach * C, decoder: { ...model.decoder!, steps: reach } };
  const outputs = engine.predict(longer, weights, { ...table, steps: reach }, starts);
  return Float64Array.from({ length: starts.length * reach }, (_, i) => outputs[i * C]!);
}
