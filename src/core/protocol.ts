/**
 * THE CONTRACT between window, hosts and trainer. Types only: a map of calls, a union of events, a version.
 * Many carriers (Electron IPC, WebSocket, plain function calls) bring the same words; none adds its own.
 * Everything here is plain data that JSON can carry, save the typed arrays of `TrainerJob` and `TrainerEvent`,
 * which only ever cross between the Lab and its trainer by structured clone.
 */
import type { Inspection, Reading, ReadingChoices } from './data/frame';
import type { LabErrorView, Language } from './errors';
import type { Checked, ExportFormat } from './export/formats';
import type { RunComparison } from './forecast/compare';
import type { Health } from './inside/health';
import type { LessonAnswer, LessonProgress, LessonRequest } from './inside/lessons/request';
import type { InsideEdited, InsideEpochs, InsideProbe, InsideWindow } from './inside/view';
import type { CellName } from './nn/model';
import type { JoinCalls } from './protocol/join';
import type { Earlier, ResumeCalls, UnfinishedRun } from './protocol/resume';
import type { TrainerJob } from './protocol/trainer';
import type { Annotation, BacktestRun, Baseline, ClassBalance, RunRecord, Verdict } from './run';
import type { KernelName, Settings } from './settings';
import type { AnyTextRecord } from './text/any-record';
import type { TextCalls } from './text/contract';
import type { LabelledCalls } from './text/labelled/contract';
import type { Sample } from './text/record';

export type ProtocolVersion = 1;

// ── Calls: window → Lab ─────────────────────────────────────────────────────────────────────────────────────────

export interface Calls extends TextCalls, LabelledCalls, ResumeCalls, JoinCalls {
  'host.describe': { input: Record<string, never>; output: HostDescription };

  /**
   * Read a file; progress comes as `reading` events that bear `ticket`. Same source, other choices: reads it anew. With
   * `keep` the choices are kept for this file, and used when it is opened again without any.
   */
  'data.open': {
    input: { source: DataSource; reading?: ReadingChoices; keep?: boolean; ticket: string };
    output: DatasetView;
  };
  /** The files opened last, newest first. */
  'data.recent': { input: Record<string, never>; output: RecentFile[] };
  'data.cancel': { input: { ticket: string }; output: null };
  /** Points for drawing one column between two rows, decimated to about `points` with each bucket's extremes kept. */
  'data.series': {
    input: {
      dataset: string;
      column: string;
      from: number;
      to: number;
      points: number;
      /** Rows as an experiment of these settings counts them, missing values dealt with; without it, the file's. */
      as?: Pick<Settings, 'inputs' | 'missing'> & Partial<Pick<Settings, 'outputs'>>;
      /** Row-to-row log returns of the column in place of its values. */
      returns?: boolean;
    };
    output: SeriesView;
  };

  /** Every setting as it would be used, with what does not fit said in place; nothing is started. */
  'experiment.plan': { input: { dataset: string; settings: Partial<Settings> }; output: ExperimentPlan };
  /** With `backtest` the runs are judged by rolling origin and end with `backtested`; nothing is stored. */
  'experiment.start': {
    input: { dataset: string; settings: Partial<Settings>; backtest?: TrainerJob['backtest'] };
    output: ExperimentStarted;
  };

  /** Ends training after the current batch; the best epoch is kept, judged and stored. */
  'run.stop': { input: { run: string }; output: null };
  'run.pause': { input: { run: string }; output: null };
  'run.resume': { input: { run: string }; output: null };
  'run.list': { input: Record<string, never>; output: RunListing };
  /** Name, star and notes of a run; what is not given stays. Told to every window as `annotated`. */
  'run.annotate': { input: { run: string } & Partial<Annotation>; output: Annotation };
  /** The same training once more, from the open `dataset` where that is the run's own file, else from where it was read. */
  'run.again': { input: { run: string; dataset?: string }; output: ExperimentStarted };
  /**
   * Any runs side by side, of one experiment or of several, and what speaks against comparing them; of several targets by the
   * one that is asked for.
   */
  'run.compare': { input: { runs: string[]; language?: Language; target?: string }; output: RunComparison };
  /** The same as a file of its own, in a language. */
  /** All runs of the project in one file. */
  'project.pack': { input: Record<string, never>; output: TakenFile };
  /** Takes in the runs of such a file, or an exported model; each is told as `restored`. */
  'project.bring': {
    input: { source: DataSource };
    output: { brought: string[]; known: string[]; refused: LabErrorView[] };
  };
  'run.report': { input: { runs: string[]; language: Language; target?: string }; output: TakenFile };
  /** To the project's trash, from where `run.restore` brings them back. Told as `deleted` and `restored`. */
  'run.delete': { input: { runs: string[] }; output: null };
  'run.restore': { input: { runs: string[] }; output: null };
  'run.show': { input: { run: string }; output: RunDetail };
  /** A run as a file to take away. A page names no path: it is handed the bytes, which its host's own dialog puts away. */
  'run.export': { input: { run: string; format: ExportFormat }; output: TakenFile };
  /** All that was learned by the runs of one experiment, side by side. */
  'experiment.compare': { input: { experiment: string }; output: Comparison };
  /** What is trained and what waits, in the order in which it will be: for a window that was not there when it began. */
  'experiment.queue': { input: Record<string, never>; output: QueuedExperiment[] };

  /** How the window of this project was left; null at first. */
  'window.read': { input: Record<string, never>; output: WindowState | null };
  'window.keep': { input: { state: WindowState }; output: null };

  /** Inside a trained network at one window, by the trainer's engine (docs/inside.md); no training is touched by it. */
  'inside.probe': { input: InsideWindow; output: InsideProbe };
  /** The way forward alone, with points of the window changed or the window longer than the trained lookback. */
  'inside.whatIf': { input: InsideEdited; output: InsideProbe };
  /** The same window under the weights of every epoch that was kept. */
  'inside.epochs': { input: InsideWindow; output: InsideEpochs };

  /** The small networks of a lesson, trained beside whatever else is; how far they are comes as `lesson` events. */
  'lesson.train': { input: { ticket: string; request: LessonRequest }; output: LessonAnswer };
  /** Ends it after the current batch: what was learned so far is its answer. */
  'lesson.stop': { input: { ticket: string }; output: null };
}
export type CallName = keyof Calls;
export type Input<C extends CallName> = Calls[C]['input'];
export type Output<C extends CallName> = Calls[C]['output'];

/** What the window holds in its hand: the same object over every carrier. */
export interface LabConnection {
  call<C extends CallName>(name: C, input: Input<C>): Promise<Output<C>>;
  /** Returns a function that ends the subscription. */
  subscribe(listener: (event: LabEvent) => void): () => void;
}

/**
 * How a window reaches its host beyond calls and events. Electron's preload and the browser's connection both give it;
 * only the ways to hand over a file differ.
 */
export interface LabBridge extends LabConnection {
  readonly host: 'electron' | 'browser';
  /** Ask the person for a file with the platform's dialog; gives null when cancelled. Null itself in a page, whose own file field does it. */
  chooseFile: (() => Promise<DataSource | null>) | null;
  /** What was chosen from the platform's menu; absent where there is none. */
  onMenu?(listener: (chosen: MenuVerb) => void): () => void;
  /** Told when the host goes away and when it is back; absent where both live and die together. */
  onConnection?(watcher: (connected: boolean) => void): () => void;
  /** A file that was dropped on the window or picked in a page. */
  sourceOf(file: unknown): Promise<DataSource>;
}

export type MenuVerb = { verb: 'open' | 'glossary' | 'shortcuts' } | { verb: 'recent'; id: string };

export interface HostDescription {
  protocol: ProtocolVersion;
  version: string;
  kernels: KernelName;
  threads: number;
  project: string;
  examples: Example[];
}
export interface Example {
  name: string;
  title: string;
  source: string;
  licence: string;
  /** A text to learn to write, not a table. */
  text?: boolean;
}

/** A path is only taken from a host's own dialog or command line, never from a page: a page names uploads. */
export type DataSource =
  | { kind: 'example'; name: string }
  | { kind: 'path'; path: string }
  | { kind: 'upload'; id: string; name: string }
  | { kind: 'recent'; id: string };

export interface RecentFile {
  id: string;
  name: string;
  /** ISO 8601, UTC. */
  opened: string;
  rows: number;
  /** The name of the bundled example it is. */
  example: string | null;
  /** False where it has to be chosen anew: its file is gone, or it came through a browser to a host that has ended since. */
  here: boolean;
}

/** A window as it was left. Everything in it is a wish: what no longer holds is passed over. */
export interface WindowState {
  /** The open file among the recent ones. */
  recent: string | null;
  chosen: Partial<Settings>;
  /** The experiment on the bench; over it the runs that were ticked. */
  shown: string | null;
  ticked?: string[];
  /** Of several targets the one that leads. */
  target?: string | null;
  /** The visible part of the chart, null: everything; and its value axis. */
  range?: { from: number; to: number } | null;
  logarithmic?: boolean;
  /** What the chart shows, which results stand below it. */
  view: string;
  tab: string;
  language: Language;
  theme: string;
  leftWidth: number;
  bottomShare: number;
}

export interface DatasetView {
  /** Names the opened dataset in later calls. */
  dataset: string;
  source: DataSource;
  /** Its id among the recent files; null where it is not one of them. */
  recent: string | null;
  inspection: Inspection;
  reading: ReadingChoices;
  /** The first, the strangest and the last rows of the file, each cell beside how it was read. */
  samples: Reading['preview'];
}

export interface SeriesView {
  column: string;
  rows: number;
  /** Row numbers, ascending. */
  at: number[];
  /** Milliseconds since 1970 UTC per point; null without dates. */
  times: number[] | null;
  /** null where missing. */
  values: (number | null)[];
}

export interface ExperimentPlan {
  settings: Settings;
  /** First row and row count of each part, for shading the chart. */
  parts: { train: [number, number]; validation: [number, number]; test: [number, number] } | null;
  windows: { train: number; validation: number; test: number } | null;
  parameters: Partial<Record<CellName, number>>;
  /** Choices the program made and why, as catalogue entries. */
  notes: { code: string; facts: Record<string, string | number> }[];
  /** Rows of each class, where the task is one of classes. */
  classes?: ClassBalance;
  /** What prevents a start. */
  refusals: LabErrorView[];
}

export interface ExperimentStarted {
  experiment: string;
  settings: Settings;
  runs: { run: string; cell: CellName; seed: number }[];
}

export interface TakenFile {
  name: string;
  /** Media type. */
  type: string;
  base64: string;
  /** How far the file's forecasts are from the lab's own; null: not compared. */
  checked: Checked | null;
}

export interface QueuedExperiment {
  experiment: string;
  /** Null for an experiment on a text. */
  settings: Settings | null;
  /** The file it was made from. */
  file: string;
  /** What the window would have heard of it, had it been there. */
  events: LabEvent[];
}

export interface RunListing {
  /** Oldest first. */
  records: RunRecord[];
  /** Runs on texts, oldest first. */
  texts: AnyTextRecord[];
  /** By run, for those that have one. */
  annotations: Record<string, Annotation>;
  /** Begun and interrupted, oldest first; what this host is training is not among them. */
  unfinished: UnfinishedRun[];
  /** A sentence for every run that is there and could not be read: damaged, or of another version. */
  unreadable: LabErrorView[];
}

/** One run with what the chart draws: forecasts of the test part by row, in the target's units. */
export interface RunDetail {
  record: RunRecord;
  test: TestForecasts | null;
}
export interface TestForecasts {
  firstStep: number;
  steps: number;
  origins: number[];
  /** [windows][steps] */
  values: number[][];
  /** [windows][steps] per edge, null where none can be promised; absent while training goes on. */
  bands?: Record<'lower80' | 'upper80' | 'lower95' | 'upper95', (number | null)[][]> | null;
  /** Of a task of classes: `values` and `actual` [windows] are codes into `labels`; probabilities [windows][V]. */
  classes?: { labels: string[]; actual: number[]; probabilities: number[][] };
}

export interface Comparison {
  experiment: string;
  runs: RunRecord[];
  baselines: Baseline[];
  verdict: Verdict | null;
}

// ── Events: Lab → window ────────────────────────────────────────────────────────────────────────────────────────

export type LabEvent =
  | { type: 'reading'; ticket: string; bytes: number; total: number; rows: number }
  | ({ type: 'queued'; experiment: string; run: string; earlier?: Earlier } & Trainee)
  | { type: 'started'; experiment: string; run: string; cell: CellName; parameters: number; epochs: number }
  | ({ type: 'progress'; experiment: string; run: string } & Partial<Trainee> & Progress)
  | ({ type: 'epoch'; experiment: string; run: string } & Partial<Trainee> & EpochReport)
  | { type: 'checkpoint'; experiment: string; run: string; epoch: number; test: RunDetail['test'] }
  | { type: 'paused'; experiment: string; run: string }
  | { type: 'resumed'; experiment: string; run: string }
  | { type: 'finished'; experiment: string; run: string; record: RunRecord }
  | ({ type: 'sample'; experiment: string; run: string } & Sample)
  | { type: 'text-finished'; experiment: string; run: string; record: AnyTextRecord }
  | { type: 'backtested'; experiment: string; run: string; result: BacktestRun }
  | { type: 'failed'; experiment: string; run: string; error: LabErrorView }
  | { type: 'compared'; experiment: string; comparison: Comparison }
  | { type: 'lesson'; ticket: string; progress: LessonProgress }
  | { type: 'trainer'; state: 'lost' | 'replaced'; error: LabErrorView | null }
  | { type: 'annotated'; run: string; annotation: Annotation }
  /** A checkpoint could not be written: training goes on, but would go back further if it were interrupted. */
  | { type: 'not-kept'; experiment: string; run: string; error: LabErrorView }
  /** Which runs can go on later, whenever that has changed. */
  | { type: 'unfinished'; runs: UnfinishedRun[] }
  | { type: 'deleted'; run: string }
  | { type: 'restored'; run: string; record: RunRecord | AnyTextRecord; annotation: Annotation | null };

/** What is being trained: the Lab adds it, for a window that was not there when the run began. */
export interface Trainee {
  cell: CellName;
  seed: number;
  /** Without a memory: the plain network. */
  plain?: boolean;
}

/** Where training stands within an epoch. */
export interface Progress {
  epoch: number;
  epochs: number;
  /** 0–1 of all epochs. */
  done: number;
  samplesPerSecond: number;
  secondsLeft: number;
}
export interface EpochReport extends Progress {
  bestEpoch: number;
  /** Mean training loss, in scaled units; null when not finite. */
  train: number | null;
  validation: number | null;
  /** Mean global norm of the gradient before clipping. */
  gradientNorm: number | null;
  /** What the training suffers from, where it was looked at; code and facts in the catalogue. */
  health?: Health;
}

export type * from './protocol/resume';
export type * from './protocol/trainer';
