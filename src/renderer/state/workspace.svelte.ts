import type { Explanation, LabErrorView } from '../../core/errors';
import type {
  DatasetView,
  ExperimentPlan,
  HostDescription,
  LabBridge,
  LabEvent,
  QueuedExperiment,
} from '../../core/protocol';
import type { RunRecord } from '../../core/run';
import type { Settings } from '../../core/settings';
import { millisecondsOf } from '../format';
import { Files } from './files.svelte';
import { Inside } from './inside.svelte';
import { LabelledBench } from './labelled.svelte';
import { Overlay } from './overlay.svelte';
import { Planner } from './planner';
import { Preferences } from './preferences.svelte';
import { viewOf } from './refusal';
import { SeriesWindow } from './series.svelte';
import { Shelf } from './shelf.svelte';
import { Takeaway } from './takeaway.svelte';
import type { Explained } from './terms';
import { TextBench } from './text.svelte';
import { type ExperimentState, type Experiments, isLive, type RunState, reduce, runOf } from './training';
import { type Coded, worded } from './wording';

export const drawerTabs = ['training', 'models', 'runs'] as const;
export type DrawerTab = (typeof drawerTabs)[number];

/** What an experiment in the queue is to do. */
export type Order = Omit<QueuedExperiment, 'events'>;

/** All that the window knows and can do. Components read from it and call its verbs; none keeps anything of its own. */
export class Workspace {
  readonly preferences = new Preferences();
  readonly series: SeriesWindow;
  readonly shelf: Shelf;
  readonly takeaway: Takeaway;
  readonly overlay = new Overlay(this);
  readonly inside = new Inside(this);
  readonly texts = new TextBench(this);
  readonly labelled = new LabelledBench(this);
  readonly files = new Files(this);
  readonly planner = new Planner(this);

  host = $state.raw<HostDescription | null>(null);
  connected = $state(true);
  /** The last thing refused, until dismissed or until the next attempt. */
  trouble = $state.raw<LabErrorView | null>(null);
  dataset = $state.raw<DatasetView | null>(null);
  /** What the person chose; everything else is the program's choice. */
  chosen = $state.raw<Partial<Settings>>({});
  plan = $state.raw<ExperimentPlan | null>(null);
  planRefusal = $state.raw<LabErrorView | null>(null);
  experiments: Experiments = $state.raw(new Map());
  /** The experiment on the bench. */
  shownId = $state<string | null>(null);
  /** What each experiment in the queue is to do, by its name. */
  orders: ReadonlyMap<string, Order> = $state.raw(new Map());
  tab = $state<DrawerTab>('training');
  /** The term that is being explained. */
  explained = $state.raw<Explained | null>(null);

  readonly t = $derived(this.preferences.t);
  readonly format = $derived(this.preferences.format);
  readonly settings: Settings | null = $derived(this.plan?.settings ?? null);
  /** The settings as they would be used, with what was just chosen and not yet looked at by the Lab. */
  readonly draft: Settings | null = $derived(this.settings && { ...this.settings, ...this.chosen });
  readonly shown = $derived(this.shownId ? (this.experiments.get(this.shownId) ?? null) : null);
  readonly live: RunState[] = $derived([...this.experiments.values()].flatMap(({ runs }) => runs.filter(isLive)));
  /** The experiment in training, then those that wait, in their order. */
  readonly queue: ExperimentState[] = $derived([...this.experiments.values()].filter(({ runs }) => runs.some(isLive)));
  private readonly training: RunState[] = $derived(this.queue[0]?.runs.filter(isLive) ?? []);
  readonly paused = $derived(
    this.training.every(({ phase }) => phase !== 'running') && this.training.some(({ phase }) => phase === 'paused'),
  );
  /** The experiments started on the file that is open. */
  private startedHere: ReadonlySet<string> = $state.raw(new Set());
  /** Whether the runs on the bench were made from the file that is open. */
  readonly fits = $derived.by(() => {
    const record = this.shown?.runs.find((run) => run.record)?.record;
    if (!record) return this.startedHere.has(this.shownId ?? '');
    return this.shown!.runs.some((run) => run.record && this.isOfOpenFile(run.record));
  });

  /** Whether a run forecasts the column on the bench, of the file that is open. */
  isOfOpenFile({ dataset }: RunRecord): boolean {
    const open = this.dataset?.inspection;
    if (!open) return true;
    const { file, rows, target } = dataset;
    return file === open.file && rows === open.rows && target === this.settings?.target;
  }

  /** The example that is open, if one is. */
  readonly example = $derived.by(() => {
    const source = this.dataset?.source;
    return source?.kind === 'example' ? this.host?.examples.find(({ name }) => name === source.name) : undefined;
  });
  readonly exampleTitle = $derived(this.example && (this.t.files.titles[this.example.name] ?? this.example.title));

  /** What is on the bench, as one would call it. */
  readonly title = $derived(
    [this.exampleTitle ?? this.dataset?.inspection.file ?? '', this.settings?.target ?? ''].filter(Boolean).join(', '),
  );

  private tabTouched = false;

  constructor(readonly lab: LabBridge) {
    const attempt = <T>(work: Promise<T>) => this.attempt(work);
    this.series = new SeriesWindow(lab, attempt);
    this.shelf = new Shelf(lab, attempt);
    this.takeaway = new Takeaway(lab, attempt, (error) => {
      this.trouble = error;
    });
    this.begun = new Promise((resolve) => {
      this.tellBegun = resolve;
    });
  }

  /** The runs of the project, newest first. */
  get runs(): RunRecord[] {
    return this.shelf.runs;
  }

  /** When the host has told what there is. */
  readonly begun: Promise<void>;
  private tellBegun: () => void = () => {};

  async begin(): Promise<void> {
    this.lab.subscribe((event) => this.hear(event));
    this.lab.onConnection?.((connected) => {
      this.connected = connected;
    });
    // what the machine can do is only known when the trainer is up; the rest need not wait for it
    const described = this.attempt(this.lab.call('host.describe', {}));
    const [queue] = await Promise.all([
      this.attempt(this.lab.call('experiment.queue', {})),
      this.files.list(),
      this.shelf.begin(),
    ]);
    for (const { events, ...order } of queue ?? []) {
      this.remember(order);
      for (const event of events) this.hear(event);
    }
    this.tellBegun();
    this.host = (await described) ?? null;
  }

  /** A coded thing as the reader's language words it. */
  word(said: Coded): Explanation {
    return worded(said, this.t, this.preferences.language);
  }

  // ── Data ──────────────────────────────────────────────────────────────────────────────────────────────────────

  /** A file that has been read comes onto the bench; `sameFile`: read anew, so that what was chosen for it stays. */
  async take(dataset: DatasetView, sameFile: boolean): Promise<void> {
    this.texts.close();
    this.labelled.close();
    this.dataset = dataset;
    this.trouble = null;
    this.plan = null;
    if (!sameFile) this.chosen = {};
    // what another window trains stays in sight, for it can be paused and stopped here as well
    const takenUp = !this.startedHere.has(this.shownId ?? '') && this.shown?.runs.some(isLive);
    if (!sameFile && !takenUp) this.shownId = null;
    if (!sameFile) this.startedHere = new Set();
    this.series.clear();
    await this.planner.plan();
  }

  // ── Experiment ────────────────────────────────────────────────────────────────────────────────────────────────

  async choose(change: Partial<Settings>): Promise<void> {
    this.chosen = { ...this.chosen, ...change };
    await this.planner.plan();
  }

  /** All that is chosen, at once. */
  chooseAll(chosen: Partial<Settings>): Promise<void> {
    this.chosen = chosen;
    return this.planner.plan();
  }

  /** Back to the program's choice, for one setting or for all but what is forecast. */
  async reset(key?: keyof Settings): Promise<void> {
    this.chosen = key ? Object.fromEntries(Object.entries(this.chosen).filter(([name]) => name !== key)) : {};
    await this.planner.plan();
  }

  // ── Training ──────────────────────────────────────────────────────────────────────────────────────────────────

  readonly canTrain = $derived(
    this.chosen.models?.length !== 0 &&
      this.plan !== null &&
      this.plan.refusals.length === 0 &&
      this.planRefusal === null &&
      this.connected,
  );

  async train(): Promise<void> {
    if (!this.dataset || !this.canTrain) return;
    const started = await this.attempt(
      this.lab.call('experiment.start', { dataset: this.dataset.dataset, settings: this.chosen }),
    );
    if (!started) return;
    this.startedHere = new Set(this.startedHere).add(started.experiment);
    this.watch(started, this.dataset.inspection.file);
  }

  /** What was started comes into sight, unless something else is in training there. */
  watch({ experiment, settings }: Pick<Order, 'experiment' | 'settings'>, file: string): void {
    this.remember({ experiment, settings, file });
    this.tab = 'training';
    this.tabTouched = false;
    // what is in training stays in sight until it is judged
    const before = this.queue.find((other) => other.experiment !== experiment)?.experiment;
    if (before === undefined || before !== this.shownId) this.shownId = experiment;
  }

  /** Runs that were stopped or interrupted go on where they stood. */
  async goOn(runs: string[]): Promise<void> {
    const resumed = await this.attempt(this.lab.call('run.goOn', { runs }));
    const experiment = resumed?.runs[0]?.experiment;
    if (experiment === undefined) return;
    this.trouble = null;
    this.overlay.clear();
    this.shownId = experiment;
    this.tab = 'training';
    this.tabTouched = false;
  }

  /** Ends what is in training; what waits comes next. */
  async stop(): Promise<void> {
    await this.tellAll('run.stop', this.training);
  }
  async pause(): Promise<void> {
    await this.tellAll('run.pause', this.training);
  }
  async resume(): Promise<void> {
    await this.tellAll('run.resume', this.training);
  }
  /** Takes a waiting experiment out of the queue. */
  async withdraw(experiment: string): Promise<void> {
    await this.tellAll('run.stop', this.experiments.get(experiment)?.runs.filter(isLive) ?? []);
    if (this.shownId === experiment) this.shownId = this.queue[0]?.experiment ?? null;
  }
  private async tellAll(call: 'run.stop' | 'run.pause' | 'run.resume', runs: RunState[]): Promise<void> {
    await Promise.all(runs.map(({ run }) => this.attempt(this.lab.call(call, { run }))));
  }

  private remember(order: Order): void {
    this.orders = new Map(this.orders).set(order.experiment, order);
  }

  turnTo(tab: DrawerTab): void {
    this.tab = tab;
    this.tabTouched = true;
  }

  /** Put an earlier run and those it was trained beside on the bench. */
  async show(record: RunRecord): Promise<void> {
    const { experiment } = record;
    this.overlay.clear();
    const beside = this.runs.filter((run) => run.experiment === experiment).toReversed();
    if (!this.experiments.get(experiment)?.comparison) {
      const comparison = await this.attempt(this.lab.call('experiment.compare', { experiment }));
      const runs = beside.map((run) => runOf(run, null));
      this.experiments = new Map(this.experiments).set(experiment, {
        experiment,
        runs,
        comparison: comparison ?? null,
      });
    }
    this.shownId = experiment;
    this.overlay.forget();
    await Promise.all(beside.map(({ id }) => this.fetchForecasts(experiment, id)));
  }

  private hear(event: LabEvent): void {
    if (event.type === 'reading') {
      this.files.hear(event);
      return;
    }
    if (event.type === 'trainer') {
      if (event.state === 'lost') this.trouble = event.error;
      return;
    }
    this.shelf.hear(event);
    if (event.type === 'deleted') this.overlay.drop(event.run);
    if (!('experiment' in event)) return;
    const unheard = !this.experiments.has(event.experiment) && event.type === 'progress';
    this.experiments = reduce(this.experiments, event);
    if (unheard && this.shownId === null && this.experiments.get(event.experiment)?.runs.length)
      this.shownId = event.experiment;
    if (event.type === 'finished') void this.fetchForecasts(event.experiment, event.run);
    if (event.type === 'compared' && event.experiment === this.shownId && !this.tabTouched) this.tab = 'models';
    if (event.type === 'compared') this.overlay.forget();
  }

  /** The forecasts of the test part that were judged, and how far the chart must reach for those of the future. */
  async fetchForecasts(experiment: string, run: string): Promise<void> {
    const detail = await this.attempt(this.lab.call('run.show', { run }));
    const state = this.experiments.get(experiment);
    if (!detail || !state) return;
    const runs = state.runs.map((known) => (known.run === run ? runOf(detail.record, detail.test) : known));
    this.experiments = new Map(this.experiments).set(experiment, { ...state, runs });
    if (experiment !== this.shownId || !this.fits || !this.series.axis) return;
    const { axis } = this.series;
    const ends = detail.record.forecast.map(({ step, time }) =>
      time && axis.dated ? millisecondsOf(time) : axis.placeOf(axis.lastRow + step),
    );
    this.series.futureEnd = Math.max(axis.end, this.series.futureEnd ?? axis.end, ...ends);
  }

  async attempt<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      const result = await work;
      return result;
    } catch (thrown) {
      this.trouble = viewOf(thrown);
      return undefined;
    }
  }
}
