import type { Metrics, PartMetrics, Predictions, RunRecord } from '../../src/core/run';
import type { Settings } from '../../src/core/settings';

/** Small whole things for tests of the hosts; their numbers mean nothing. */
const metrics: Metrics = {
  n: 3,
  mae: 0.5,
  mse: 0.25,
  rmse: 0.5,
  mape: 1.5,
  smape: 1.25,
  mase: 0.75,
  r2: null,
  direction: 0.5,
  skill: 0.125,
  coverage80: 0.8,
  coverage95: 1,
};
const scores: PartMetrics = { validation: metrics, test: metrics, testScaled: { mse: 0.1, mae: 0.2 } };

export const settings: Settings = {
  target: 'Close',
  date: 'Date',
  inputs: [],
  models: ['rnn', 'lstm'],
  task: 'many-to-one',
  lookback: 4,
  horizon: 1,
  hidden: 8,
  layers: 1,
  dropout: 0,
  activation: 'tanh',
  epochs: 3,
  patience: 0,
  batch: 8,
  lr: 0.01,
  optimizer: 'adam',
  clip: 1,
  tbptt: 0,
  loss: 'mse',
  transform: 'none',
  scale: 'standard',
  missing: 'leave-out',
  split: [0.7, 0.15, 0.15],
  splitRows: null,
  season: 1,
  calendar: false,
  embargo: 0,
  refit: false,
  leak: false,
  seed: 1,
  seeds: 1,
  threads: 2,
  kernels: 'plain',
};

export const predictions: Predictions = {
  firstStep: 1,
  steps: 2,
  origins: Int32Array.of(0, 1),
  values: Float64Array.of(1.5, 2.25, 0.1, -3e-9),
  actual: Float64Array.of(1, 2, 3, 4),
  last: Float64Array.of(0.5, 1),
  spread: Float64Array.of(0.5, 2),
};
/** 2024-01-01 and the days after. */
export const times = Float64Array.from({ length: 4 }, (_, day) => Date.UTC(2024, 0, 1 + day));

const part = { rows: 4, start: '2024-01-01', end: '2024-01-04' };

export const record = (id = '20240101-000000-abcd-rnn', changes: Partial<RunRecord> = {}): RunRecord => ({
  version: 1,
  id,
  experiment: '20240101-000000-abcd',
  name: 'rnn',
  created: '2024-01-05T00:00:00.000Z',
  dataset: {
    file: '시세 "a",b.csv',
    rows: 4,
    dateColumn: 'Date',
    target: 'Close',
    frequency: { step: 'day', every: 1 },
    start: '2024-01-01',
    end: '2024-01-04',
    sha256: '00',
    reading: { dateOrder: 'ymd' },
  },
  settings,
  cell: 'rnn',
  seed: 1,
  model: { cell: 'rnn', activation: 'tanh', D: 1, H: 2, L: 1, O: 1, dropout: 0 },
  kernels: 'plain',
  preparation: {
    transform: 'none',
    scale: 'standard',
    columns: [{ name: 'Close', log: false, floor: 0, lag: 0, offset: 1, factor: 2 }],
  },
  split: { train: part, validation: part, test: part },
  parameters: 13,
  epochs: 3,
  bestEpoch: 2,
  seconds: 0.5,
  samplesPerSecond: 100,
  stopped: 'epochs',
  trouble: null,
  loss: { train: [1, 0.5, null], validation: [1, 0.25, 0.5] },
  metrics: scores,
  forecast: [
    { step: 1, time: '2024-01-05', value: 5, lower80: 4, upper80: 6, lower95: 3, upper95: 7 },
    { step: 2, time: '2024-01-06', value: 5.5, lower80: null, upper80: null, lower95: null, upper95: null },
  ],
  byStep: [{ step: 1, mae: 0.5, rmse: 0.5, naiveMae: 0.75 }],
  bands: { log: false, floor: 0, rows: 20, usual: 1, half80: [1, null], half95: [2, null] },
  evidence: {
    againstNaive: { statistic: -1, p: 0.25, windows: 3 },
    againstBaselines: [],
    lag: 0,
    coin: 0.5,
    copy: false,
  },
  leak: null,
  baselines: [{ name: 'naive', metrics: scores }],
  ...changes,
});
