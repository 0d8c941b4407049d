import { join } from 'node:path';
import { curvesOf } from '../core/data/curves';
import { decimate } from '../core/data/decimate';
import type { Frame } from '../core/data/frame';
import { logReturns } from '../core/data/returns';
import { seriesOf } from '../core/data/series';
import { LabError } from '../core/errors';
import { foldsRefusal } from '../core/forecast/backtest';
import { judgeClasses } from '../core/forecast/classes/verdict';
import { planExperiment } from '../core/forecast/plan';
import { judge } from '../core/forecast/verdict';
import type {
  CallName,
  Comparison,
  DataSource,
  DatasetView,
  ExperimentStarted,
  HostDescription,
  Input,
  LabConnection,
  LabEvent,
  Output,
  RunDetail,
  SeriesView,
  WindowState,
} from '../core/protocol';
import type { DatasetFingerprint } from '../core/run';
import type { Settings } from '../core/settings';
import { datasetAgain, settingsAgain } from './again';
import { asksOf } from './asks';
import { Broadcast } from './broadcast';
import { checkInput, isCall, windowSchema } from './calls';
import { type Dataset, Datasets } from './datasets';
import type { BundledExample } from './examples';
import { Experiments } from './experiments';
import { Inside } from './inside';
import { joinCalls } from './joining';
import { LabelledTexts } from './labelled-texts';
import { projectCalls } from './project-calls';
import { Readings } from './readings';
import { Recents } from './recents';
import { Remembered } from './remembered';
import { goOn } from './resuming';
import { shelfCalls } from './shelf';
import type { Store, StoredRun } from './store';
import { Texts } from './texts';
import { trainees } from './trainees';
import type { StartTrainer } from './trainer-link';

/** What a host lends to its Lab. */
export interface LabHost {
  version: string;
  store: Store;
  startTrainer: StartTrainer;
  examples: BundledExample[];
}

export type Handlers = { [C in CallName]: (input: Input<C>) => Promise<Output<C>> };

/** Calls that begin trainings: what is asked for first waits first, however long each takes to plan. */
const beginning: ReadonlySet<CallName> = new Set([
  'experiment.start',
  'text.start',
  'labelled.start',
  'run.again',
  'run.goOn',
]);

/**
 * The Lab: everything the window and the command line can ask for, whichever way they ask. It owns the opened data and
 * the runs; it knows neither Electron nor HTTP.
 */
export class Lab implements LabConnection {
  private readonly broadcast = new Broadcast();
  private readonly datasets: Datasets;
  private readonly experiments: Experiments;
  private readonly readings: Readings;
  private readonly recents: Recents;
  private readonly window: Remembered<WindowState | null>;
  private readonly handlers: Handlers;
  private begun: Promise<unknown> = Promise.resolve();
  private looked: { key: string; values: Float64Array; times: Float64Array | null } | null = null;

  constructor(private readonly host: LabHost) {
    const emit = (event: LabEvent) => this.broadcast.emit(event);
    this.datasets = new Datasets(host.examples, emit);
    this.readings = new Readings(host.store.folder);
    this.recents = new Recents(host.store.folder, (path, file) => this.datasets.admit(path, file, false));
    this.window = new Remembered(join(host.store.folder, 'window.json'), windowSchema.nullable(), null);
    this.experiments = new Experiments(host.startTrainer, host.store, emit, async (experiment) => {
      const comparison = await this.compare(experiment);
      if (comparison.runs.length > 0) emit({ type: 'compared', experiment, comparison });
    });
    const { datasets, experiments, recents, window } = this;
    const inside = new Inside({
      store: host.store,
      datasets,
      look: (request) => experiments.trainer.look(request),
      seriesOf: async (dataset, settings) => (await this.plan(dataset, settings)).series,
    });
    const reach = { datasets, store: host.store, experiments };
    const texts = new Texts(reach);
    const labelled = new LabelledTexts(reach);
    const seriesOf = (dataset: Dataset, settings: Settings) => this.seriesOf(dataset, settings);
    this.handlers = {
      ...texts.calls,
      ...labelled.calls,
      ...joinCalls({
        datasets,
        project: host.store.folder,
        open: (source, ticket) => this.open({ source, ticket }),
        shown: (dataset) => this.shown(dataset),
      }),
      'host.describe': () => this.describe(),
      'data.open': async (input) => {
        const dataset = await this.open(input);
        return this.shown(dataset, input.keep);
      },
      'data.recent': () => recents.list(),
      'data.cancel': async ({ ticket }) => {
        datasets.cancel(ticket);
        return null;
      },
      'data.series': async (input) => this.series(input),
      'experiment.plan': async ({ dataset, settings }) => {
        const { series: _, ...plan } = await this.plan(datasets.get(dataset), settings);
        return plan;
      },
      'experiment.start': (input) => this.start(input),
      'experiment.compare': async ({ experiment }) => {
        const comparison = await this.compare(experiment);
        if (comparison.runs.length === 0) throw new LabError('host.unknown-experiment', { experiment });
        return comparison;
      },
      'window.read': () => window.read(),
      'window.keep': async ({ state }) => {
        await window.change(() => state);
        return null;
      },
      ...controlCalls(experiments),
      'run.again': (input) => this.again(input),
      'run.goOn': (input) => goOn({ ...reach, texts, labelled, seriesOf }, input),
      'run.show': async ({ run }) => detailOf(await host.store.read(run)),
      'inside.probe': (input) => inside.probe(input),
      'inside.whatIf': (input) => inside.whatIf(input),
      'inside.epochs': (input) => inside.epochs(input),
      'run.export': async ({ run, format }) => (await import('./exports')).takenFile(host.store, run, format, datasets),
      ...projectCalls(host.store, datasets, host.version, emit),
      ...shelfCalls(host.store, emit),
    };
  }

  /** Any input is taken and checked: carriers hand over what they were given. */
  async call<C extends CallName>(name: C, input: unknown): Promise<Output<C>> {
    if (!isCall(name)) throw new LabError('host.unknown-call', { call: String(name).slice(0, 80) });
    const checked = checkInput(name, input);
    if (!beginning.has(name)) return this.handlers[name](checked);
    const begun = this.begun.then(() => this.handlers[name](checked));
    this.begun = begun.catch(() => {});
    return begun;
  }

  subscribe(listener: (event: LabEvent) => void): () => void {
    return this.subscribeBatches((events) => events.forEach(listener));
  }

  /** For carriers: what belongs together goes in one message. */
  subscribeBatches(listener: (events: LabEvent[]) => void): () => void {
    return this.broadcast.subscribe(listener);
  }

  /** For hosts only: a file the person chose, as a source that a page may name. `file` is what the person sees. */
  admit(path: string, file: string = path, { passing = false } = {}): DataSource {
    return this.datasets.admit(path, file, passing);
  }

  /** For hosts only: the fingerprint of an opened file. */
  sha256Of(dataset: string): string {
    return this.datasets.get(dataset).sha256;
  }

  /** For hosts only: the table of an opened file. */
  frameOf(dataset: string): Frame {
    return this.datasets.frameOf(this.datasets.get(dataset));
  }

  close(): void {
    this.experiments.close();
    this.broadcast.flush();
  }

  private async open({ source: asked, reading, keep, ticket }: Input<'data.open'>): Promise<Dataset> {
    const source = asked.kind === 'recent' ? await this.recents.source(asked.id) : asked;
    const dataset = await this.datasets.read(source, reading ?? {}, ticket);
    if (reading && keep) await this.readings.keep(dataset.sha256, reading);
    const kept = reading ? undefined : await this.readings.of(dataset.sha256);
    return kept ? this.datasets.read(source, kept, ticket) : dataset;
  }

  /** As it is told, and with `keep` among those opened lately. */
  private async shown(dataset: Dataset, keep = true): Promise<DatasetView> {
    // how far it was is told before that it is done
    this.broadcast.flush();
    return viewOf(dataset, keep ? await this.recents.note(dataset) : null);
  }

  private async describe(): Promise<HostDescription> {
    const { version, store, examples } = this.host;
    const { kernels, threads } = await this.experiments.trainer.machine();
    const shown = examples.map(({ path: _, ...example }) => example);
    return { protocol: 1, version, kernels, threads, project: store.folder, examples: shown };
  }

  private series({ from, to, points, ...wanted }: Input<'data.series'>): SeriesView {
    const { values, times } = this.column(wanted);
    const at = Array.from(decimate(values, from, Math.min(to, values.length), points));
    return {
      column: wanted.column,
      rows: values.length,
      at,
      times: times && at.map((row) => times[row]!),
      values: at.map((row) => finite(values[row]!)),
    };
  }

  /** The column that is looked at: zooming asks for it again and again. */
  private column({ dataset, column: name, as, returns }: Omit<Input<'data.series'>, 'from' | 'to' | 'points'>) {
    const key = JSON.stringify([dataset, name, as, returns]);
    if (this.looked?.key === key) return this.looked;
    const opened = this.datasets.get(dataset);
    const frame = this.datasets.frameOf(opened);
    const column = frame.columns.find((column) => column.name === name);
    if (column?.kind !== 'number') {
      const columns = frame.columns.filter(({ kind }) => kind === 'number').map((known) => known.name);
      throw new LabError('experiment.unknown-column', { column: name, columns: columns.join(', ') });
    }
    const outputs = as?.outputs ?? [];
    const seen =
      as &&
      (outputs.length > 0
        ? curvesOf(frame, { outputs, inputs: as.inputs })
        : seriesOf(frame, { target: name, inputs: as.inputs, missing: as.missing, horizon: 1, season: 1 }));
    const values = seen?.values[0] ?? column.values;
    const { times } = seen ?? frame;
    this.looked = { key, values: returns ? logReturns(values) : values, times };
    return this.looked;
  }

  private async plan(dataset: Dataset, chosen: Input<'experiment.plan'>['settings']) {
    const frame = this.datasets.frameOf(dataset);
    const { inspection, choices } = dataset.reading;
    return planExperiment(frame, inspection, chosen, await this.experiments.trainer.machine(), choices);
  }

  /** The series as an experiment of these settings learns it. */
  private async seriesOf(dataset: Dataset, settings: Settings) {
    const { series, refusals } = await this.plan(dataset, settings);
    const [refused] = refusals;
    if (refused) throw new LabError(refused.code as LabError['code'], refused.facts, { file: dataset.file });
    if (!series) throw new Error('a plan without refusals has a series');
    return series;
  }

  private async start(input: Input<'experiment.start'>): Promise<ExperimentStarted> {
    const dataset = this.datasets.get(input.dataset);
    const { settings, series, refusals } = await this.plan(dataset, input.settings);
    const [refused] = refusals;
    if (refused) throw new LabError(refused.code as LabError['code'], refused.facts, { file: dataset.file });
    if (!series) throw new Error('a plan without refusals has a series');
    const { backtest = null } = input;
    const tooMany = backtest && foldsRefusal(series.values[0]!.length, settings, backtest.folds);
    if (tooMany) throw tooMany;
    const { experiment, runs } = trainees(settings);
    const data = fingerprint(dataset, settings.target);
    const order = { experiment, settings, series, runs, backtest };
    const asks = backtest ? [] : asksOf(order, data);
    await this.host.store.unfinished.begin(asks);
    this.experiments.add(order, data, asks);
    return { experiment, settings, runs };
  }

  private async again({ run, dataset }: Input<'run.again'>): Promise<ExperimentStarted> {
    const { record } = await this.host.store.read(run);
    const open = dataset === undefined ? null : this.datasets.get(dataset);
    const { id } = await datasetAgain(record, this.datasets, open);
    return this.start({ dataset: id, settings: settingsAgain(record) });
  }

  private async compare(experiment: string): Promise<Comparison> {
    const { records } = await this.host.store.list();
    const own = records.filter((record) => record.experiment === experiment);
    const stored = await Promise.all(own.map(({ id }) => this.host.store.read(id)));
    stored.sort((a, b) => rank(a) - rank(b) || a.record.seed - b.record.seed);
    const runs = stored.map(({ record }) => record);
    const baselines = runs[0]?.baselines ?? [];
    const contenders = stored.map(({ record, forecasts }) => ({ ...record, test: forecasts?.test ?? null }));
    const verdictOf = runs.some(({ classes }) => classes) ? judgeClasses : judge;
    return { experiment, runs, baselines, verdict: runs.length > 0 ? verdictOf(contenders, baselines) : null };
  }
}

/** What is done with what trains and what waits. */
function controlCalls(
  experiments: Experiments,
): Pick<Handlers, 'experiment.queue' | 'run.stop' | 'run.pause' | 'run.resume' | 'lesson.train' | 'lesson.stop'> {
  return {
    'lesson.train': ({ ticket, request }) => experiments.trainer.lesson(ticket, request),
    'lesson.stop': async ({ ticket }) => {
      experiments.trainer.stopLesson(ticket);
      return null;
    },
    'experiment.queue': async () => experiments.waiting(),
    'run.stop': async ({ run }) => {
      experiments.stop(run);
      return null;
    },
    'run.pause': async ({ run }) => {
      experiments.pause(run);
      return null;
    },
    'run.resume': async ({ run }) => {
      experiments.resume(run);
      return null;
    },
  };
}

/** The place of a run's cell among those asked for. */
const rank = ({ record: { cell, settings } }: StoredRun): number => settings.models.indexOf(cell);

function detailOf({ record, forecasts }: StoredRun): RunDetail {
  if (!forecasts) return { record, test: null };
  const { firstStep, steps, origins, values, classes: told } = forecasts.test;
  const rows = (all: Float64Array) =>
    Array.from(origins, (_, w) => Array.from(all.subarray(w * steps, (w + 1) * steps), finite));
  const bands = forecasts.edges && mapped(forecasts.edges, rows);
  const shown = rows(values) as number[][];
  const classes = told && {
    labels: told.labels,
    actual: Array.from(forecasts.test.actual),
    probabilities: Array.from(origins, (_, w) =>
      Array.from(told.probabilities.subarray(w * told.classes, (w + 1) * told.classes)),
    ),
  };
  return { record, test: { firstStep, steps, origins: Array.from(origins), values: shown, bands, classes } };
}

const mapped = <K extends string, A, B>(all: Record<K, A>, change: (value: A) => B) =>
  Object.fromEntries(Object.entries(all).map(([key, value]) => [key, change(value as A)])) as Record<K, B>;

function viewOf({ id, source, reading }: Dataset, recent: string | null): DatasetView {
  const { inspection, choices, preview: samples } = reading;
  return { dataset: id, source, recent, inspection, reading: choices, samples };
}

function fingerprint({ file, sha256, reading, path }: Dataset, target: string): DatasetFingerprint {
  const { rows, dateColumn, frequency, start, end } = reading.inspection;
  return { file, rows, dateColumn, target, frequency, start, end, sha256, reading: reading.choices, path };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
