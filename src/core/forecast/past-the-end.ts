import { formatTime } from '../data/calendar';
import type { Control } from '../learn/engine';
import type { Bands, Edge, ForecastPoint } from '../run';
import { edgesOf } from './intervals';
import { type Able, forecastAfter } from './predict';
import { orNull } from './statistics';
import { shapeOf, startsOf } from './tasks';

/** The forecast after the last row of the series, dated on its calendar; of curves none, unless the inputs of one more are known. */
export async function pastTheEnd(able: Able, bands: Bands | null, control: Control): Promise<ForecastPoint[]> {
  const { series, settings, table } = able.lesson;
  const origin = series.values[0]!.length - 1;
  return startsOf(settings)(origin) >= table.rows ? [] : forecastsAfter(able, Int32Array.of(origin), bands, control);
}

/** The first `count` curves of which nothing but the inputs is known. */
export async function curvesAfter(able: Able, count: number, bands: Bands | null, control: Control) {
  const { series, settings } = able.lesson;
  const first = series.values[0]!.length - 1;
  const origins = Int32Array.from({ length: count }, (_, i) => first + i * settings.horizon);
  return forecastsAfter(able, origins, bands, control);
}

async function forecastsAfter(
  able: Able,
  origins: Int32Array,
  bands: Bands | null,
  control: Control,
): Promise<ForecastPoint[]> {
  const { series, settings } = able.lesson;
  const { firstStep, steps } = shapeOf(settings).judged;
  const target = series.values[0]!;
  const { values, edges: own } = await forecastAfter(able, origins, control);
  const edges = bands ? edgesOf({ values, steps, origins }, target, bands) : own;
  return Array.from(values, (value, i) => {
    const step = firstStep + (i % steps);
    const time = series.future?.[origins[Math.floor(i / steps)]! + step - target.length];
    const end = (edge: Edge) => orNull(edges?.[edge][i] ?? Number.NaN);
    const ends = {
      lower80: end('lower80'),
      upper80: end('upper80'),
      lower95: end('lower95'),
      upper95: end('upper95'),
    };
    const shownTime = time === undefined ? null : formatTime(time, series.dateOnly);
    return { step, time: shownTime, value, ...ends };
  });
}
