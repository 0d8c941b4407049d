import { readPalette } from '../charts/palette';
import { type Forecast, neighbour, type Readout, readoutAt, type Scene, sceneOf } from '../charts/scene';
import { decimalsOf } from '../format';
import type { Workspace } from './workspace.svelte';

export const views = ['series', 'residuals', 'steps', 'scatter', 'values'] as const;
export type View = (typeof views)[number];

/** What the chart in the middle shows, derived from the workspace: the scene, the hairline, the theme's colours. */
export class Bench {
  private readonly workspace: Workspace;
  /** Where the hairline stands; null: nowhere. */
  hover = $state<number | null>(null);
  view = $state<View>('series');
  logarithmic = $state(false);
  /** The model whose band was asked for. */
  chosenBand = $state<string | null>(null);
  private themeTurns = $state(0);
  private lastForecasts: Forecast[] = [];

  readonly palette = $derived.by(() => {
    void this.themeTurns;
    return readPalette(document.documentElement);
  });

  /** The same array as long as no forecast in it changed, though progress is told twenty times a second. */
  readonly forecasts: Forecast[] = $derived.by(() => {
    const { shown, fits, t } = this.workspace;
    const several = (shown?.runs.length ?? 0) > new Set(shown?.runs.map(({ cell }) => cell)).size;
    const next = (fits ? (shown?.runs ?? []) : []).map(({ cell, seed, test, record }) => ({
      cell,
      name: several ? `${t.experiment.cells[cell]} ${seed}` : t.experiment.cells[cell],
      test,
      future: record?.forecast ?? noForecast,
    }));
    const last = this.lastForecasts;
    const same =
      next.length === last.length &&
      next.every(
        ({ name, test, future }, i) => name === last[i]!.name && test === last[i]!.test && future === last[i]!.future,
      );
    if (!same) this.lastForecasts = next;
    return this.lastForecasts;
  });

  readonly scene: Scene | null = $derived.by(() => {
    const { series, plan } = this.workspace;
    const { overview, detail, axis, visible, whole } = series;
    if (!overview || !axis || !visible || !whole) return null;
    return sceneOf({ overview, detail }, axis, visible, plan?.parts ?? null, this.forecasts, whole);
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

  readonly decimals = $derived.by(() => decimalsOf(this.workspace.series.overview?.values ?? []));

  /** Under the hairline, or at the forecast's last step, or at the last row. */
  readonly readout: Readout | null = $derived.by(() => {
    const { scene } = this;
    if (!scene) return null;
    const ends = scene.models.flatMap(({ future }) => future.slice(-1)).map(({ x }) => x);
    return readoutAt(scene, this.hover ?? (ends.length > 0 ? Math.max(...ends) : (scene.now?.x ?? 0)));
  });

  constructor(workspace: Workspace) {
    this.workspace = workspace;
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

  /** A value as this column is written. */
  value(value: number | null): string {
    return this.workspace.format.number(value, this.decimals);
  }

  /** A place on the horizontal axis in words. */
  moment(place: number): string {
    const { format, t, dataset } = this.workspace;
    if (!this.scene?.dated) return t.chart.row(format.integer(place + 1));
    return format.moment(place, !dataset?.inspection.start?.includes('T'));
  }
}

const noForecast: Forecast['future'] = [];
