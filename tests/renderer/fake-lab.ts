import type { LabErrorView } from '../../src/core/errors';
import type {
  CallName,
  Comparison,
  DatasetView,
  ExperimentPlan,
  Input,
  LabBridge,
  LabEvent,
  Output,
  RunDetail,
} from '../../src/core/protocol';
import type { Metrics, RunRecord } from '../../src/core/run';
import type { Settings } from '../../src/core/settings';

/** A Lab that answers from memory, for testing the window's state without a host. It trains nothing. */
export const rows = 200;
export const startDay = Date.UTC(2024, 0, 1);
export const dayMilliseconds = 86_400_000;
export const valueAt = (row: number) => 100 + row / 2 + 10 * Math.sin(row / 9);

export const settings: Settings = {
  target: 'close',
  date: 'date',
  inputs: [],
  also: [],
  outputs: [],
  sharing: 'none',
  training: 'joint',
  future: [],
  models: ['rnn', 'lstm'],
  task: 'many-to-one',
  lookback: 20,
  horizon: 1,
  reach: 10,
  segment: 0,
  attention: 'none',
  sampling: 0,
  hidden: 16,
  layers: 1,
  dropout: 0,
  activation: 'tanh',
  memory: 'before',
  init: 'orthogonal',
  epochs: 30,
  patience: 5,
  batch: 32,
  lr: 0.001,
  schedule: 'constant',
  optimizer: 'adam',
  clip: 1,
  tbptt: 0,
  loss: 'mse',
  flat: 0,
  classWeights: 'none',
  transform: 'none',
  scale: 'standard',
  missing: 'leave-out',
  season: 1,
  calendar: false,
  embargo: 0,
  split: [0.7, 0.15, 0.15],
  splitRows: null,
  seed: 1,
  refit: false,
  leak: false,
  seeds: 1,
  threads: 1,
  kernels: 'plain',
};

const metrics = (mae: number): Metrics => ({
  n: 30,
  mae,
  mse: mae ** 2,
  rmse: mae * 1.2,
  mape: 1,
  smape: 1,
  mase: mae / 2,
  r2: 0.9,
  direction: 0.5,
  skill: 1 - mae / 2,
  coverage80: 0.8,
  coverage95: 0.94,
});
const part = (mae: number) => ({ validation: metrics(mae), test: metrics(mae), testScaled: { mse: 0.1, mae: 0.2 } });

export function record(id: string, over: Partial<RunRecord> = {}): RunRecord {
  return {
    version: 1,
    id,
    experiment: 'first',
    name: 'lstm',
    created: '2026-01-05T10:00:00Z',
    dataset: {
      file: 'prices.csv',
      rows,
      dateColumn: 'date',
      target: 'close',
      frequency: { step: 'day', every: 1 },
      start: '2024-01-01',
      end: '2024-07-18',
      sha256: '00',
      reading: {},
    },
    settings,
    cell: 'lstm',
    seed: 1,
    model: { cell: 'lstm', activation: 'tanh', D: 1, H: 16, L: 1, O: 1, dropout: 0 },
    kernels: 'plain',
    preparation: { transform: 'none', scale: 'standard', columns: [] },
    split: {
      train: { rows: 140, start: null, end: null },
      validation: { rows: 30, start: null, end: null },
      test: { rows: 30, start: null, end: null },
    },
    parameters: 1169,
    epochs: 3,
    bestEpoch: 2,
    seconds: 1.5,
    samplesPerSecond: 1000,
    stopped: 'patience',
    trouble: null,
    loss: { train: [1, 0.5, 0.4], validation: [0.9, 0.45, 0.5] },
    metrics: part(1.8),
    byStep: [{ step: 1, mae: 1.8, rmse: 2.16, naiveMae: 2 }],
    bands: { log: false, floor: 0, rows: 20, usual: 1, half80: [3], half95: [5] },
    evidence: { againstNaive: null, againstBaselines: [], lag: 0, coin: 0.4, copy: false },
    leak: null,
    forecast: [{ step: 1, time: '2024-07-19', value: 201, lower80: 198, upper80: 204, lower95: 196, upper95: 206 }],
    baselines: [{ name: 'naive', metrics: part(2) }],
    ...over,
  };
}

export const testForecasts: NonNullable<RunDetail['test']> = {
  firstStep: 1,
  steps: 1,
  origins: Array.from({ length: 30 }, (_, i) => 169 + i),
  values: Array.from({ length: 30 }, (_, i) => [valueAt(170 + i) + 1]),
};

const dataset: DatasetView = {
  dataset: 'd1',
  source: { kind: 'example', name: 'prices' },
  recent: 'f1',
  inspection: {
    file: 'prices.csv',
    bytes: 4000,
    encoding: 'utf-8',
    delimiter: ',',
    decimal: '.',
    headerLine: 1,
    rows,
    columns: [
      { name: 'date', kind: 'date', missing: 0, min: null, max: null, mean: null },
      { name: 'close', kind: 'number', missing: 0, min: 90, max: 210, mean: 150 },
      { name: 'volume', kind: 'number', missing: 0, min: 1, max: 9, mean: 5 },
    ],
    dateColumn: 'date',
    dateFormat: 'YYYY-MM-DD',
    timeZone: null,
    frequency: { step: 'day', every: 1 },
    start: '2024-01-01',
    end: '2024-07-18',
    gaps: [],
    target: 'close',
    suggested: { lookback: 20, horizon: 1, season: 1 },
    first: ['2024-01-01', 100],
    last: ['2024-07-18', 200],
    problems: [],
    question: null,
  },
  reading: {},
  samples: { names: [], first: [], strange: [], last: [] },
};

const comparison: Comparison = {
  experiment: 'first',
  runs: [record('r-lstm')],
  baselines: [{ name: 'naive', metrics: part(2) }],
  verdict: null,
};

type Handlers = { [C in CallName]?: (input: Input<C>) => Output<C> | Promise<Output<C>> };

export class FakeLab implements LabBridge {
  readonly host = 'browser';
  readonly chooseFile = null;
  readonly calls: { name: CallName; input: unknown }[] = [];
  private readonly listeners = new Set<(event: LabEvent) => void>();
  watcher: ((connected: boolean) => void) | null = null;

  constructor(private readonly over: Handlers = {}) {}

  async call<C extends CallName>(name: C, input: Input<C>): Promise<Output<C>> {
    this.calls.push({ name, input });
    const handler = this.over[name] ?? this.answers[name];
    if (!handler) throw new Error(`the fake Lab has no answer to ${name}`);
    return handler(input);
  }
  subscribe(listener: (event: LabEvent) => void) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  onConnection(watcher: (connected: boolean) => void) {
    this.watcher = watcher;
    return () => {};
  }
  async sourceOf() {
    return { kind: 'upload' as const, id: 'u1', name: 'prices.csv' };
  }
  tell(...events: LabEvent[]): void {
    for (const event of events) for (const listener of this.listeners) listener(event);
  }

  private readonly answers: Handlers = {
    'host.describe': () => ({ protocol: 1, version: '0', kernels: 'plain', threads: 1, project: '/p', examples: [] }),
    'data.open': () => dataset,
    'data.cancel': () => null,
    'data.recent': () => [],
    'experiment.queue': () => [],
    'window.read': () => null,
    'window.keep': () => null,
    'data.series': ({ column, from, to }) => {
      const at = Array.from({ length: to - from }, (_, i) => from + i);
      return {
        column,
        rows,
        at,
        times: at.map((row) => startDay + row * dayMilliseconds),
        values: at.map(valueAt),
      };
    },
    'text.recognise': () => ({ kind: 'table' }),
    'experiment.plan': ({ settings: chosen }): ExperimentPlan => ({
      settings: { ...settings, ...chosen },
      parts: { train: [0, 140], validation: [140, 30], test: [170, 30] },
      windows: { train: 120, validation: 30, test: 30 },
      parameters: { rnn: 300, lstm: 1169 },
      notes: [],
      refusals: [],
    }),
    'experiment.start': ({ settings: chosen }) => ({
      experiment: 'first',
      settings: { ...settings, ...chosen },
      runs: [{ run: 'r-lstm', cell: 'lstm', seed: 1 }],
    }),
    'experiment.compare': () => comparison,
    'run.stop': () => null,
    'run.pause': () => null,
    'run.resume': () => null,
    'run.export': ({ format }) => ({
      name: `model.${format}`,
      type: 'text/plain',
      base64: btoa(format),
      checked: null,
    }),
    'run.list': () => ({ records: [], texts: [], unfinished: [], annotations: {}, unreadable: [] }),
    'run.show': ({ run }) => ({ record: record(run), test: testForecasts }),
  };
}

export const refusal = (code: string): LabErrorView => ({
  code,
  facts: {},
  message: '',
  remedy: '',
  file: null,
  line: null,
});
