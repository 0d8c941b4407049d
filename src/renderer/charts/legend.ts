import type { Entry } from '../../core/draw/legend';
import type { Messages } from '../messages';
import type { View } from '../state/bench.svelte';
import { dashes, type Palette } from './palette';
import type { Forecast } from './scene';

/** What each view of the chart draws beside the models; dots and bars have no dash. */
const drawn: Partial<Record<View, { actual?: true; naive?: true; lines: boolean }>> = {
  series: { actual: true, naive: true, lines: true },
  returns: { actual: true, naive: true, lines: true },
  residuals: { lines: true },
  steps: { naive: true, lines: true },
  scatter: { lines: false },
  lag: { lines: false },
};

/** The legend of a view's picture: exactly what is in it, by colour and by dash. */
export function legendOf(
  view: View,
  forecasts: Pick<Forecast, 'name' | 'tone' | 'dash' | 'future'>[],
  palette: Palette,
  t: Messages,
): Entry[] {
  const { actual, naive, lines } = drawn[view] ?? { lines: true };
  const carried = view === 'steps' || forecasts.some(({ future }) => future.length > 0);
  return [
    ...(actual ? [{ word: t.chart.actual, colour: palette.actual, dash: dashes.actual }] : []),
    ...forecasts.map(({ name, tone, dash }) => ({ word: name, colour: palette[tone], dash: lines ? dash : [] })),
    ...(naive && carried ? [{ word: t.models.baselines.naive!, colour: palette.naive, dash: dashes.naive }] : []),
  ];
}
