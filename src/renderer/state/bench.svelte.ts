import type { Chart } from 'chart.js';
import { untrack } from 'svelte';
import type { Step } from '../../core/data/frame';
import { networkName } from '../../core/forecast/compare/differing';
import { seenFrom } from '../../core/forecast/compare/targets';
import { judge } from '../../core/forecast/verdict';
import type { CellName } from '../../core/nn/model';
import type { Verdict } from '../../core/run';
import { isClassTask } from '../../core/task-kinds';
import { dashes, type LineLook, readPalette } from '../charts/palette';
import { returnsOf } from '../charts/returns';
import { type Forecast, neighbour, type Readout, readoutAt, type Scene, sceneOf } from '../charts/scene';
import { decimalsOf } from '../format';
import { classScoresTable, type ToldRows, toldRows, toldTable } from './class-values';
import { type Row, rowsOf } from './comparison';
import { Learn } from './learn.svelte';
import type { PictureKind } from './picture';
import { groupsOf, looksOfRuns, namesOfRuns } from './selection';
import { comparisonTable, csvOf, fileName, save, valuesTable } from './taking';
import type { RunState } from './training';
import type { Workspace } from './workspace.svelte';

export const views = ['series', 'returns', 'residuals', 'steps', 'scatter', 'lag', 'inside', 'values'] as const;
export type View = (typeof views)[number];

/** What the chart in the middle shows, derived from the workspace: the scene, the hairline, the theme's colours. */
export class Bench {
  readonly workspace: Workspace;
  readonly learn: Learn;
  /** Where the hairline stands; null: nowhere. */
  hover = $state<number | null>(null);
  view = $state<View>('series');
  logarithmic = $state(false);
  /** What lies over the bench. */
  sheet = $state<'palette' | 'shortcuts' | 'glossary' | null>(null);
  /** The model whose band was asked for. */
  chosenBand = $state<string | null>(null);
  /** Where several columns are forecast: the one whose scores were asked for. */
  chosenTarget = $state<string | null>(null);
  /** The chart that is on the screen. */
  chart: Chart | null = null;
  private themeTurns = $state(0);
  private lastForecasts: Forecast[] = [];

  readonly palette = $derived.by(() => {
    void this.themeTurns;
    return readPalette(document.documentElement);
  });

  /** What each run on the bench is called, by run: everywhere the same. */
  readonly names: Map<string, string> = $derived.by(() => {
    const { shown, shelf, preferences } = this.workspace;
    const cellName = ({ cell, plain }: RunState) => networkName(cell, plain);
    return namesOfRuns(shown?.runs ?? [], shelf.annotations, cellName, preferences.language);
  });

  /** How each run on the bench is drawn, by run: everywhere the same. */
  readonly looks: Map<string, LineLook> = $derived.by(() => {
    const { shown, shelf } = this.workspace;
    return looksOfRuns(shown?.runs ?? [], shelf.annotations);
  });

  /** A run's line: as it is drawn where it stands on the bench, else as its cell's own. */
  lookOf({ run, cell }: { run: string; cell: CellName }): LineLook {
    return this.looks.get(run) ?? { tone: cell, dash: dashes[cell] };
  }

  /** The same array as long as no forecast in it changed, though progress is told twenty times a second. */
  readonly forecasts: Forecast[] = $derived.by(() => {
    const { workspace } = this;
    const { shown, fits } = workspace;
    const drawn = (shown?.runs ?? []).filter(({ record }) => !record || workspace.isOfOpenFile(record));
    const next = (fits ? drawn : []).map(({ run, cell, test, record }) => ({
      ...this.lookOf({ run, cell }),
      name: this.names.get(run) ?? run,
      // codes of classes are no values of the series, and window by window only forecasts of the first target are kept
      test: record?.classes || this.target > 0 ? null : test,
      future: record ? seenFrom(record, this.target).forecast : noForecast,
    }));
    const last = this.lastForecasts;
    const same =
      next.length === last.length &&
      next.every(
        ({ name, tone, test, future }, i) =>
          name === last[i]!.name && tone === last[i]!.tone && test === last[i]!.test && future === last[i]!.future,
      );
    if (!same) this.lastForecasts = next;
    return this.lastForecasts;
  });

  readonly scene: Scene | null = $derived.by(() => {
    const { series, plan } = this.workspace;
    const { overview, detail, axis, visible, whole } = series;
    if (!overview || !axis || !visible || !whole) return null;
    const parts = plan?.parts ?? null;
    if (this.view !== 'returns') return sceneOf({ overview, detail }, axis, visible, parts, this.forecasts, whole);
    if (!series.returns) return null;
    const { tested } = series;
    const forecasts = tested ? this.forecasts.map((forecast) => returnsOf(forecast, tested)) : [];
    const scene = sceneOf(series.returns, axis, visible, parts, forecasts, whole);
    // nothing changes: so says naive, and from there the bands open
    return { ...scene, now: { x: axis.end, y: 0 }, carried: 0 };
  });

  readonly canBeLogarithmic = $derived(this.scene !== null && this.scene.actual.every(({ y }) => !(y <= 0)));

  /** One model's band is drawn: the one asked for, else the one with the least error on the test part. */
  readonly banded: string | null = $derived.by(() => {
    const names = this.forecasts.map(({ name }) => name);
    if (this.chosenBand !== null && names.includes(this.chosenBand)) return this.chosenBand;
    const maes =
      this.workspace.shown?.runs.map(({ record }) => record?.metrics.test.mae ?? Number.POSITIVE_INFINITY) ?? [];
    return names[maes.indexOf(Math.min(...maes))] ?? names[0] ?? null;
  });

  /** How far apart rows are: no time is shown more finely. */
  readonly timeStep: Step = $derived.by(() => this.workspace.dataset?.inspection.frequency.step ?? 'irregular');

  readonly decimals = $derived.by(() => decimalsOf(this.workspace.series.overview?.values ?? []));

  /** Under the hairline, or at the forecast's last step, or at the last row. */
  readonly readout: Readout | null = $derived.by(() => {
    const { scene } = this;
    if (!scene) return null;
    const ends = scene.models.flatMap(({ future }) => future.slice(-1)).map(({ x }) => x);
    return readoutAt(scene, this.hover ?? (ends.length > 0 ? Math.max(...ends) : (scene.now?.x ?? 0)));
  });

  /**
   * The readouts of the last `count` rows of the test part and of the future, oldest first; without test part, of what
   * is drawn.
   */
  readouts(count = Number.POSITIVE_INFINITY): Readout[] {
    const { tested, overview, testedFrom } = this.workspace.series;
    const { scene } = this;
    const source = tested ?? overview;
    if (!scene || !source) return [];
    const from = tested ? testedFrom : 0;
    const actual = source.at.flatMap((row, i) =>
      row < from ? [] : [{ x: source.times?.[i] ?? row, y: source.values[i] ?? Number.NaN }],
    );
    const places = new Set([
      ...actual.map(({ x }) => x),
      ...scene.models.flatMap(({ future }) => future.map(({ x }) => x)),
    ]);
    const wanted = [...places].sort((a, b) => a - b).slice(-count);
    return wanted.flatMap((place) => readoutAt({ ...scene, actual }, place) ?? []);
  }

  /** What runs of classes on the bench told, row by row; null where there are none of the open file. */
  readonly told: ToldRows | null = $derived.by(() => {
    const { workspace } = this;
    const { shown, fits, series } = workspace;
    if (!fits || !series.axis) return null;
    const runs = (shown?.runs ?? []).flatMap(({ run, cell, record, test }) =>
      record && workspace.isOfOpenFile(record)
        ? [{ ...this.lookOf({ run, cell }), name: this.names.get(run) ?? run, record, test }]
        : [],
    );
    return toldRows(runs, series.axis);
  });

  /** Why a view of errors is empty. */
  emptyBecause(otherwise: string): string {
    const { t } = this.workspace;
    if (this.told) return t.chart.classErrors;
    return this.target > 0 ? t.chart.firstOnly(this.targets[0]!) : otherwise;
  }

  private readonly ended = $derived.by(() => {
    const { shown } = this.workspace;
    return shown?.comparison?.runs ?? shown?.runs.flatMap(({ record }) => record ?? []) ?? [];
  });

  /** The columns forecast by the runs on the bench, where there are several. */
  readonly targets: string[] = $derived((this.ended[0]?.targets ?? []).map(({ name }) => name));

  /** The place among them of the one whose scores are shown. */
  readonly target = $derived(Math.max(0, this.targets.indexOf(this.chosenTarget ?? '')));

  /** The runs on the bench that have ended, as they stand with the chosen target. */
  readonly records = $derived(this.ended.map((run) => seenFrom(run, this.target)));

  /** What is said of the models with the chosen target; of the first it is the experiment's own verdict. */
  readonly verdict: Verdict | null = $derived.by(() => {
    const comparison = this.workspace.shown?.comparison;
    if (!comparison?.verdict || this.target === 0) return comparison?.verdict ?? null;
    const contenders = this.records.map((run) => ({ ...run, called: this.names.get(run.id), test: null }));
    return judge(contenders, this.records[0]?.baselines ?? []);
  });

  /** The column the middle shows: the chosen target where there are several. */
  readonly leading: string | null = $derived.by(() =>
    this.workspace.fits ? (this.targets[this.target] ?? null) : null,
  );

  /** How far each training run is, in quarters: what a reader who cannot see the bars is told. */
  readonly announcement: string = $derived.by(() => {
    const { live, t, format } = this.workspace;
    const told = live.map(({ cell, plain, done }) =>
      t.training.announce(networkName(cell, plain), format.percent(Math.floor(done * 4) / 4)),
    );
    return told.join(', ');
  });

  /**
   * To be called in an effect: the chosen of several targets is drawn, and again after a plan, which draws the first; and
   * what is forecast comes into sight.
   */
  follow(): void {
    const { leading, workspace } = this;
    void workspace.plan;
    if (leading !== null) untrack(() => void workspace.planner.draw(leading));
    const { series, plan } = workspace;
    const { axis, overview } = series;
    if (this.forecasts.length > 0 && axis && overview && plan?.parts && !isClassTask(plan.settings.task))
      untrack(() => series.lookAtForecasts(overview.rows - plan.parts!.test[0]));
  }

  /** The comparison on the bench: runs that have ended are in it as they end. */
  readonly rows: Row[] = $derived.by(() => {
    const { records, target } = this;
    const { shown, shelf, preferences } = this.workspace;
    const common = target === 0 ? shown?.comparison?.baselines : undefined;
    const baselines = common ?? records[0]?.baselines ?? [];
    return rowsOf(records, baselines, shelf.annotations, preferences.language, target);
  });

  constructor(workspace: Workspace) {
    this.workspace = workspace;
    this.learn = new Learn(workspace);
  }

  /** Colours are read anew when the theme turns. */
  repaint(): void {
    this.themeTurns++;
  }

  /** The nearest place at which anything is drawn. */
  snap(place: number): number | null {
    return (this.scene && readoutAt(this.scene, place)?.x) ?? null;
  }

  step(direction: 1 | -1): void {
    const { scene } = this;
    const { series } = this.workspace;
    if (!scene) return;
    this.hover = neighbour(scene, this.hover, direction);
    const { visible } = series;
    if (this.hover === null || !visible) return;
    const beyond = Math.max(this.hover - visible.to, 0) + Math.min(this.hover - visible.from, 0);
    if (beyond !== 0) series.look({ from: visible.from + beyond, to: visible.to + beyond });
  }

  /** A model or baseline as it is called in tables. */
  nameOf(row: Row): string {
    const { t } = this.workspace;
    if (row.kind === 'alone') return t.sharing.alone(row.name);
    return row.kind === 'model' ? row.name : (t.models.baselines[row.name] ?? row.name);
  }

  /** What draws on paper is fetched when a picture is wanted. */
  async savePicture(kind: PictureKind): Promise<void> {
    const { saveChart } = await import('./bench-picture');
    await saveChart(this, kind);
  }

  saveValues(): void {
    const { workspace, scene } = this;
    const dateOnly = !workspace.dataset?.inspection.start?.includes('T');
    const table = this.told
      ? toldTable(workspace.settings?.target ?? '', this.told, scene?.dated ?? false, dateOnly)
      : valuesTable(scene?.name ?? '', this.readouts(), scene?.dated ?? false, dateOnly);
    save(fileName([workspace.title, 'values'], 'csv'), new Blob([csvOf(table)], { type: 'text/csv' }));
  }

  saveComparison(): void {
    const { records, workspace } = this;
    const { t, shelf, preferences } = workspace;
    const table = records.some(({ classes }) => classes)
      ? classScoresTable(
          groupsOf(records, shelf.annotations, preferences.language),
          workspace.shown?.comparison?.baselines ?? records[0]!.baselines,
          (name) => t.models.baselines[name] ?? name,
        )
      : comparisonTable(this.rows, (row) => this.nameOf(row));
    save(
      fileName([workspace.title, ...this.targets.slice(this.target, this.target + 1), 'models'], 'csv'),
      new Blob([csvOf(table)], { type: 'text/csv' }),
    );
  }

  /** Returns are of positive values only. */
  readonly canReturn = $derived.by(() => {
    const target = this.workspace.settings?.target;
    const column = this.workspace.dataset?.inspection.columns.find(({ name }) => name === target);
    return (column?.min ?? 0) > 0;
  });

  /** A value as the chart shows it. */
  drawn(value: number | null): string {
    return this.view === 'returns' ? this.workspace.format.signedPercent(value, 2) : this.value(value);
  }

  /** A value as this column is written. */
  value(value: number | null): string {
    return this.workspace.format.number(value, this.decimals);
  }

  /** A place on the horizontal axis in words. */
  moment(place: number): string {
    const { format, t, dataset } = this.workspace;
    if (!this.scene?.dated) return t.chart.row(format.integer(place + 1));
    return format.moment(place, this.timeStep, !dataset?.inspection.start?.includes('T'));
  }
}

const noForecast: Forecast['future'] = [];
