import type { Frequency, ReadingChoices } from '../data/frame';
import type { Settings } from '../settings';
import { isClassTask } from '../task-kinds';
import { inferSeason, movingMean, seasonalLikeness } from './season';
import { partsOf } from './split';
import { autocorrelation, deviation, mean } from './statistics';

/** What the defaults are chosen from. Of `values` only the training part is looked at. */
export interface Known {
  /** [rows] the target. */
  values: Float64Array;
  frequency: Frequency;
  target: string;
  date: string | null;
  reading: ReadingChoices;
  machine: { threads: number; kernels: Settings['kernels'] };
}

/** Floating-point operations a default training may cost per model; about half a minute of two slow cores. */
const budget = 1000e9;

/**
 * Completes what a person chose to full settings. Each choice depends on those before it, on the number of rows, the
 * calendar and the training part; never on what the validation or test part holds.
 */
export function completeSettings(chosen: Partial<Settings>, known: Known): Settings {
  const rows = known.values.length;
  const cut = cutOf(chosen);
  const { train } = partsOf(rows, cut);
  const seen = known.values.subarray(train.first, Math.max(train.end, 0));
  const windows = seen.length / Math.max(1, cut.outputs.length);
  const segment = chosen.segment ?? 0;
  const decoded = (chosen.attention ?? 'none') !== 'none' || (chosen.sampling ?? 0) > 0;
  const task = chosen.task ?? (segment > 0 ? 'many-to-many' : decoded ? 'seq2seq' : 'many-to-one');
  const horizon = chosen.horizon ?? 1;
  const season = chosen.season ?? inferSeason(seen, known.frequency);
  const lookback = chosen.lookback ?? usualLookback(seen.length, { horizon, season, segment });
  const hidden = chosen.hidden ?? (windows < 300 ? 32 : 64);
  const batch = chosen.batch ?? (windows < 300 ? 8 : windows < 8000 ? 32 : 64);
  const layers = chosen.layers ?? 1;
  const usual = usualPreparation(chosen, seen, season);
  const { transform } = usual;
  // segments are published with windows centred on their last values
  const scale = chosen.scale ?? (segment > 0 && !transform.includes('diff') ? 'window' : usual.scale);
  const epochs = chosen.epochs ?? usualEpochs({ lookback, horizon, segment, hidden, layers }, windows);
  return {
    target: known.target,
    date: known.date,
    also: chosen.also ?? [],
    sharing: chosen.sharing ?? 'none',
    training: chosen.training ?? 'joint',
    inputs: chosen.inputs ?? [],
    future: chosen.future ?? [],
    models: chosen.models ?? ['rnn', 'lstm'],
    task,
    lookback,
    horizon,
    reach: chosen.reach ?? Math.max(2 * horizon, 10),
    segment,
    attention: chosen.attention ?? 'none',
    sampling: chosen.sampling ?? 0,
    hidden,
    layers,
    dropout: chosen.dropout ?? (segment > 0 ? 0.5 : layers > 1 ? 0.1 : 0),
    activation: chosen.activation ?? 'tanh',
    memory: chosen.memory ?? 'before',
    init: chosen.init ?? 'orthogonal',
    epochs,
    patience: chosen.patience ?? Math.min(epochs, Math.max(5, Math.round(epochs / 6))),
    batch,
    // Few epochs over much data swing less, and from seed to seed, with small steps; segments learn in fewer still.
    lr: chosen.lr ?? (windows < 8000 ? 0.003 : 0.001) * (segment > 0 ? 0.3 : 1),
    schedule: chosen.schedule ?? 'constant',
    optimizer: chosen.optimizer ?? 'adam',
    clip: chosen.clip ?? 1,
    tbptt: chosen.tbptt ?? 0,
    loss: chosen.loss ?? (isClassTask(task) ? 'cross-entropy' : 'mse'),
    flat: chosen.flat ?? 0,
    classWeights: chosen.classWeights ?? 'none',
    transform,
    scale,
    missing: chosen.missing ?? known.reading.missing ?? 'leave-out',
    season,
    calendar: chosen.calendar ?? false,
    ...cut,
    seed: chosen.seed ?? 1,
    refit: chosen.refit ?? false,
    leak: chosen.leak ?? false,
    seeds: chosen.seeds ?? 1,
    threads: chosen.threads ?? known.machine.threads,
    kernels: chosen.kernels ?? known.machine.kernels,
  };
}

/** Where the parts are cut. */
const cutOf = ({ split = [0.7, 0.15, 0.15], splitRows = null, embargo = 0, outputs = [] }: Partial<Settings>) => ({
  ...{ split, splitRows, embargo, outputs },
});

/** Two seasons, at least the horizon twice over, between 12 and 96 steps, and never so many that a third of the part is used up. */
function usualLookback(
  trainRows: number,
  { horizon, season, segment }: Pick<Settings, 'horizon' | 'season' | 'segment'>,
): number {
  const most = Math.max(1, Math.floor(trainRows / 3) - horizon);
  // what segments are for is reading far back
  if (segment > 0)
    return (
      segment *
      Math.max(1, Math.min(Math.ceil(Math.max(7 * segment, 2 * horizon) / segment), Math.floor(most / segment)))
    );
  const wanted = Math.min(96, Math.max(season > 1 && season <= 48 ? 2 * season : 30, 2 * horizon, 12));
  return Math.min(wanted, most);
}

/**
 * Which transform and scale suit the training values. A series that wanders (its neighbours nearly equal, its changes
 * not drawn back) is centred on each window's last value, on a logarithmic scale where it has grown by a large factor;
 * a strong season on a rising level is differenced away; anything else keeps its values, standardised.
 */
function usualPreparation(
  chosen: Partial<Settings>,
  train: Float64Array,
  season: number,
): Pick<Settings, 'transform' | 'scale'> {
  const positive = train.length > 0 && train.every((value) => value > 0);
  const log = positive && growth(train) > 1.5;
  const seasonal = season > 1 && trends(train) && fewButClear(log ? train.map(Math.log) : train, season);
  const transform =
    chosen.transform ?? (seasonal ? (log ? 'log-seasonal-diff' : 'seasonal-diff') : log ? 'log' : 'none');
  const usualScale = transform.includes('diff') || !wanders(train, season) ? 'standard' : 'window';
  return { transform, scale: chosen.scale ?? usualScale };
}

/** Whether the season is strong, yet shown too few times for a network to learn it from the values themselves. */
const fewButClear = (train: Float64Array, season: number): boolean =>
  train.length >= 3 * season && train.length < 30 * season && seasonalLikeness(train, season) > 0.6;

/** Ratio of the larger to the smaller of the means of the first and the last fifth. */
function growth(train: Float64Array): number {
  const fifth = Math.max(1, Math.floor(train.length / 5));
  const ratio = mean(train.subarray(-fifth)) / mean(train.subarray(0, fifth));
  return Math.max(ratio, 1 / ratio);
}

/**
 * Whether the level, the season taken out, makes up much of the values and stays near where it was: at every distance
 * from a fortieth to a twentieth of the part it resembles itself. A wave is its own opposite at some distances.
 */
function wanders(train: Float64Array, season: number): boolean {
  const level = season > 1 && train.length > 2 * season ? movingMean(train, season) : train;
  if (deviation(level) < 0.5 * deviation(train)) return false;
  const reach = Math.max(1, Math.floor(train.length / 20));
  const distances = Array.from({ length: 20 }, (_, i) => Math.max(1, Math.round((reach * (20 + i)) / 39)));
  return distances.every((distance) => autocorrelation(level, distance) > 0.3);
}

/** Whether the level at the end is out of the reach of the level at the start. */
function trends(train: Float64Array): boolean {
  const third = Math.floor(train.length / 3);
  if (third < 2) return false;
  const first = train.subarray(0, third);
  const last = train.subarray(-third);
  const spread = Math.sqrt((variance(first) + variance(last)) / 2);
  return Math.abs(mean(last) - mean(first)) > 1.5 * spread;
}

function variance(values: Float64Array): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

/** As many epochs as the budget allows, between 5 and 300: small data needs many, large data few. */
function usualEpochs(
  {
    lookback,
    horizon,
    segment,
    hidden,
    layers,
  }: Pick<Settings, 'lookback' | 'horizon' | 'segment' | 'hidden' | 'layers'>,
  windows: number,
): number {
  const recurrences = segment > 0 ? Math.ceil(lookback / segment) + Math.ceil(horizon / segment) : lookback;
  const inputs = segment > 0 ? hidden : 1;
  // A multiply and an add for each of the LSTM's 4H(H + H) weights per layer and step; backward costs twice forward.
  const perWindow = 3 * 2 * 4 * hidden * (hidden * (2 * layers - 1) + inputs) * recurrences;
  return Math.max(5, Math.min(300, Math.round(budget / (perWindow * Math.max(1, windows)))));
}
