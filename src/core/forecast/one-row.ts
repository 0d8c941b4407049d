import { LabError } from '../errors';
import type { Settings } from '../settings';
import { ofCurves, readsOneRow } from '../task-kinds';

/** Steps of a curve where none are asked for. */
const usualCurve = 12;
/** Of its own outputs among what the decoder is fed: with the truth alone it learns to lean on values it will not have. */
const usualSampling = 0.5;
/** Curves are few and short; more passes over them only cost time. */
const usualEpochs = 100;

/**
 * One to one is the network the recurrent ones start from: one hidden layer between a row and a value, y = V g(W x + b) + v. With
 * no row before there is no state that a cell could keep.
 */
const plainNetwork = { models: ['rnn'], memory: 'none' } satisfies Partial<Settings>;

/** What is usual where one row is read: nothing is centred on a window's last value, which is the only one there is. */
export function usualOfOneRow(chosen: Partial<Settings>): Partial<Settings> {
  const K = chosen.outputs?.length;
  const task = chosen.task ?? (K ? 'one-to-many' : undefined);
  if (!task || !readsOneRow(task)) return {};
  const epochs = usualEpochs;
  const sampling = usualSampling;
  const scale = 'standard';
  if (K) return { task, lookback: 1, horizon: K, season: K, transform: 'none', scale, sampling, epochs };
  const curve = task === 'one-to-many' ? { horizon: usualCurve, sampling, epochs } : plainNetwork;
  return { task, lookback: 1, scale, ...curve };
}

/** What does not go with one row, or with curves that are examples of their own. */
export function oneRowRefusal(settings: Settings): LabError | null {
  const { task, outputs, lookback, scale, transform, horizon } = settings;
  if (outputs.length > 0 && task !== 'one-to-many') return new LabError('experiment.outputs-task', { task });
  if (!readsOneRow(task)) return null;
  if (lookback > 1)
    return new LabError('experiment.one-row', { task, option: 'lookback', value: lookback, without: 1 });
  if (scale === 'window' || scale === 'auto')
    return new LabError('experiment.one-row', { task, option: 'scale', value: scale, without: 'standard' });
  if (settings.segment > 0)
    return new LabError('experiment.one-row', { task, option: 'segment', value: settings.segment, without: 0 });
  if (task === 'one-to-one' && (settings.models.join() !== 'rnn' || settings.memory !== 'none'))
    return new LabError('experiment.plain-network', { models: settings.models.join(','), memory: settings.memory });
  if (!ofCurves(settings)) return null;
  const repeated = outputs.find((name, i) => outputs.indexOf(name) !== i);
  if (outputs.length < 2 || repeated !== undefined)
    return new LabError('experiment.outputs', { outputs: outputs.length, repeated: repeated ?? '' });
  const both = settings.inputs.find((name) => outputs.includes(name));
  if (both !== undefined) return new LabError('experiment.output-is-input', { column: both });
  if (settings.inputs.length === 0) return new LabError('experiment.no-curve-inputs');
  const wrong: [string, string | number | boolean, string | number | boolean, boolean][] = [
    ['horizon', horizon, outputs.length, horizon !== outputs.length],
    ['transform', transform, 'none', transform !== 'none' && transform !== 'log'],
    ['missing', settings.missing, 'leave-out', settings.missing !== 'leave-out'],
    ['also', settings.also.join(','), 'none', settings.also.length > 0],
    ['future', settings.future.join(','), 'none', settings.future.length > 0],
  ];
  const [first] = wrong.filter(([, , , is]) => is);
  if (!first) return null;
  const [option, value, without] = first;
  return new LabError('experiment.curve-option', { option, value: String(value), without: String(without) });
}
