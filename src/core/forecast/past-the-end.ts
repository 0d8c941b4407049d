import { formatTime } from '../data/calendar';
import type { Control } from '../learn/engine';
import type { Bands, Edge, ForecastPoint } from '../run';
import { edgesOf } from './intervals';
import { type Able, forecastAfter } from './predict';
import { orNull } from './statistics';
import { shapeOf } from './tasks';

/** The forecast after the last row of the series, dated on its calendar. */
export async function pastTheEnd(able: Able, bands: Bands | null, control: Control): Promise<ForecastPoint[]> {
  const { series, settings } = able.lesson;
  const { firstStep, steps } = shapeOf(settings).judged;
  const origins = Int32Array.of(series.values[0]!.length - 1);
  const { values, edges: own } = await forecastAfter(able, origins, control);
  const edges = bands ? edgesOf({ values, steps, origins }, series.values[0]!, bands) : own;
  return Array.from(values, (value, k) => {
    const time = series.future?.[firstStep + k - 1];
    const end = (edge: Edge) => orNull(edges?.[edge][k] ?? Number.NaN);
    const ends = {
      lower80: end('lower80'),
      upper80: end('upper80'),
      lower95: end('lower95'),
      upper95: end('upper95'),
    };
    const shownTime = time === undefined ? null : formatTime(time, series.dateOnly);
    return { step: firstStep + k, time: shownTime, value, ...ends };
  });
}
