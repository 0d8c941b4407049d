import type { ChartDataset } from 'chart.js';
import type { LineLook } from '../../core/draw/dashes';
import type { Formatter } from '../format';
import { calm, placeScale, valueScale } from './axes';
import type { LineConfiguration } from './forecast';
import { faded, type Palette } from './palette';
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
    data: { datasets: curves.flatMap((curve) => datasetsOf(curve, palette)) },
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

function datasetsOf(curve: LossCurve, palette: Palette): ChartDataset<'line', Point[]>[] {
  const colour = palette[curve.tone];
  const still = { borderDash: curve.dash, pointHitRadius: 0, pointBorderWidth: 0, tension: 0 } as const;
  return [
    {
      ...still,
      label: `${curve.name} train`,
      data: pointsOf(curve.train),
      borderColor: faded(colour, 0.55),
      borderWidth: 1,
      pointRadius: 0,
    },
    {
      ...still,
      label: `${curve.name} validation`,
      data: pointsOf(curve.validation),
      borderColor: colour,
      borderWidth: 1.75,
      pointRadius: curve.validation.map((_, i) => (i + 1 === curve.bestEpoch ? 3.5 : 0)),
      pointBackgroundColor: colour,
    },
  ];
}

/** A logarithm has no place for zero, nor for what was not finite. */
function pointsOf(losses: (number | null)[]): Point[] {
  return losses.map((loss, i) => ({ x: i + 1, y: loss !== null && loss > 0 ? loss : Number.NaN }));
}
