import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { LineLook } from '../../core/draw/dashes';
import { correlationsByShift, peakOf, type Shifted } from '../../core/forecast/lag';
import type { SeriesView } from '../../core/protocol';
import type { Formatter } from '../format';
import { firstAtLeast } from '../state/view';
import { calm, titled, valueScale } from './axes';
import { faded, type Palette } from './palette';
import type { Forecast } from './scene';

/** How like each model's forecasts are to the truth of earlier and later rows. */
export interface ModelLag extends LineLook {
  name: string;
  shifted: Shifted[];
  peak: Shifted;
  /** Steps ahead of the forecasts that are compared: the last one of each window. */
  horizon: number;
}

/** Shifts shown on either side: into the future of the row, and beyond the horizon into its past. */
const beyond = 5;

export function lagsOf(forecasts: Forecast[], tested: SeriesView): ModelLag[] {
  const truth = (row: number): number => {
    const i = firstAtLeast(tested.at, row);
    return tested.at[i] === row ? (tested.values[i] ?? Number.NaN) : Number.NaN;
  };
  return forecasts.flatMap(({ tone, dash, name, test }): ModelLag[] => {
    if (!test || test.origins.length < 10) return [];
    const horizon = test.firstStep + test.steps - 1;
    const said = test.values.map((steps) => steps.at(-1)!);
    const rows = test.origins.map((origin) => origin + horizon);
    const shifted = correlationsByShift(said, rows, truth, [-beyond, horizon + beyond]);
    const peak = peakOf(shifted);
    return peak ? [{ tone, dash, name, shifted, peak, horizon }] : [];
  });
}

/** A bar per shift and model, the highest of each filled; the axis begins just below the lowest, for all are often near 1. */
export function lagChart(
  models: ModelLag[],
  palette: Palette,
  format: Formatter,
  title: string,
): ChartConfiguration<'bar', (number | null)[]> {
  const shifts = models.reduce<number[]>(
    (all, { shifted }) => (shifted.length > all.length ? shifted.map(({ shift }) => shift) : all),
    [],
  );
  const known = models.flatMap(({ shifted }) => shifted.map(({ correlation }) => correlation)).filter(Number.isFinite);
  const low = known.reduce((a, b) => Math.min(a, b), 1);
  const high = known.reduce((a, b) => Math.max(a, b), -1);
  const floor = low < 0 ? low : Math.max(0, low - (high - low) * 0.25);
  const datasets = models.map(
    ({ tone, name, shifted, peak }): ChartDataset<'bar', (number | null)[]> => ({
      label: name,
      data: shifted.map(({ correlation }) => (Number.isNaN(correlation) ? null : correlation)),
      base: low < 0 ? 0 : floor,
      backgroundColor: shifted.map(({ shift }) => (shift === peak.shift ? palette[tone] : faded(palette[tone], 0.3))),
      borderColor: palette[tone],
      borderWidth: shifted.map(({ shift }) => (shift === peak.shift ? 1.5 : 0)),
      maxBarThickness: 28,
    }),
  );
  const font = { size: 11 };
  const options: ChartConfiguration<'bar', (number | null)[]>['options'] = {
    ...calm,
    parsing: undefined,
    layout: { padding: { top: 14, right: 64, bottom: 0, left: 4 } },
    scales: {
      x: {
        type: 'category',
        grid: { display: false },
        border: { color: palette.line },
        title: titled(title, palette),
        ticks: { color: palette.ink3, font, maxRotation: 0, callback: (_, i) => format.integer(shifts[i] ?? 0) },
      },
      y: { ...valueScale(palette, format), min: floor, max: Math.min(1, high + (high - floor) * 0.05) },
    },
  };
  return { type: 'bar', data: { labels: shifts.map(String), datasets }, options };
}
