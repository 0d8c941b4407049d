import type { ChartDataset } from 'chart.js';
import { decimate } from '../../core/data/decimate';
import type { LineLook } from '../../core/draw/dashes';
import { lossPlot } from '../../core/draw/loss';
import { drawingOf } from '../../core/draw/plot';
import type { Drawing } from '../../core/draw/svg';
import type { Formatter } from '../format';
import { calm, placeScale, valueScale } from './axes';
import type { LineConfiguration } from './forecast';
import { faded, type Palette } from './palette';
import { lookOf, paperWidth, plotHeight } from './paper';
import type { Point } from './scene';

export interface LossCurve extends LineLook {
  name: string;
  train: (number | null)[];
  validation: (number | null)[];
  /** 1-based; 0: none yet. */
  bestEpoch: number;
}

/** Loss by epoch on a logarithmic axis: validation strong with the best epoch marked, training thin, both in the model's dash. */
export function lossChart(curves: LossCurve[], epochs: number, palette: Palette, format: Formatter): LineConfiguration {
  return {
    type: 'line',
    // the first is drawn last: dashed lines over solid ones, which show between their dashes
    data: { datasets: curves.toReversed().flatMap((curve) => datasetsOf(curve, palette)) },
    options: {
      ...calm,
      layout: { padding: { top: 6, right: 12, bottom: 0, left: 4 } },
      scales: {
        x: placeScale(null, palette, format, { from: 1, to: Math.max(2, epochs) }),
        y: valueScale(palette, format, true),
      },
    },
  };
}

/** The same on paper, with what its axes and lines mean. */
export function lossPicture(
  curves: LossCurve[],
  words: { title: string; note: string; summary: string; x: string; y: string },
  palette: Palette,
  format: Formatter,
): Drawing {
  const { title, note, summary, x, y } = words;
  const models = curves.map((curve) => ({ ...curve, colour: palette[curve.tone] }));
  const plot = { title, note, summary, bands: [], spans: [], rule: null, ...lossPlot(models, { x, y }) };
  return drawingOf(plot, { width: paperWidth, height: plotHeight }, lookOf(palette), format);
}

/** More epochs than this are thinned, for a window is some thousand pixels wide and a chart is drawn anew at every epoch. */
const mostPoints = 1200;

function datasetsOf(curve: LossCurve, palette: Palette): ChartDataset<'line', Point[]>[] {
  const colour = palette[curve.tone];
  const still = { borderDash: curve.dash, pointRadius: 0, pointHitRadius: 0, pointBorderWidth: 0, tension: 0 } as const;
  const best = curve.validation[curve.bestEpoch - 1];
  return [
    {
      ...still,
      label: `${curve.name} train`,
      data: pointsOf(curve.train),
      borderColor: faded(colour, 0.55),
      borderWidth: 1,
    },
    {
      ...still,
      label: `${curve.name} validation`,
      data: pointsOf(curve.validation),
      borderColor: colour,
      borderWidth: 1.75,
    },
    // a line of its own: a radius that differs by point has Chart.js look up every point's style at every epoch
    {
      ...still,
      label: `${curve.name} best`,
      data: best ? [{ x: curve.bestEpoch, y: best }] : [],
      borderColor: colour,
      pointRadius: 3.5,
      pointBackgroundColor: colour,
    },
  ];
}

/** A logarithm has no place for zero, nor for what was not finite. Peaks and the last epoch are never thinned away. */
function pointsOf(losses: (number | null)[]): Point[] {
  const values = Float64Array.from(losses, (loss) => (loss !== null && loss > 0 ? loss : Number.NaN));
  const drawn = decimate(values, 0, values.length, mostPoints);
  if (drawn.length > 0 && drawn.at(-1) !== values.length - 1) drawn.push(values.length - 1);
  return drawn.map((i) => ({ x: i + 1, y: values[i]! }));
}
