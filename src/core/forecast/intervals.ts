import type { Bands, Edges, Predictions } from '../run';
import type { Rows } from './split';
import { mean, orNull } from './statistics';

/**
 * Prediction bands by split conformal prediction (Vovk et al. 2005; Lei et al. 2018): at level 1 − a the half width is
 * the ⌈(n + 1)(1 − a)⌉-th smallest of n scores of forecasts that training did not use, here the validation part's.
 * A score is the absolute residual over the spread of its origin (locally weighted, Lei et al. 2018, 5.2): how much the
 * series has lately changed from row to row. So bands widen when a series becomes restless, which prices do for weeks on
 * end. The promise holds for exchangeable scores, of whatever distribution; a series that changes its ways breaks it,
 * which is why the coverage measured on the test part stands beside it. Taken per step ahead, as errors grow with it.
 */
type Scale = Pick<Bands, 'log' | 'floor' | 'rows' | 'usual'>;

/** Rows whose changes make the spread, and the share they have in it beside the training part's mean. */
const recentRows = 20;
export const recentShare = 0.8;

export function conformalBands(
  validation: Predictions,
  target: Float64Array,
  train: Rows,
  { log, floor }: { log: boolean; floor: number },
): Bands {
  // what came before a curve that is an example of its own says nothing of it
  const bare = { log, floor, rows: validation.naive ? 0 : recentRows, usual: 0 };
  const changes = changesIn(target.subarray(train.first, train.end), bare).subarray(1);
  const scale = { ...bare, usual: mean(changes) };
  const spread = spreadsAt(target, validation.origins, scale);
  const { steps, origins, values, actual } = validation;
  const scores = Array.from({ length: steps }, (_, k) =>
    Float64Array.from(origins, (_, w) => {
      const i = w * steps + k;
      return Math.abs(on(actual[i]!, scale) - on(values[i]!, scale)) / spread[w]!;
    }),
  );
  const half = (level: number) => scores.map((list) => conformalQuantile(list, level));
  return { ...scale, half80: half(0.8), half95: half(0.95) };
}

const on = (value: number, { log, floor }: Pick<Scale, 'log' | 'floor'>): number =>
  log ? Math.log(Math.max(value, floor)) : value;

/** |g(y(t)) − g(y(t−1))| for each row; 0 for the first. */
function changesIn(target: Float64Array, scale: Scale): Float64Array {
  return target.map((value, t) => (t === 0 ? 0 : Math.abs(on(value, scale) - on(target[t - 1]!, scale))));
}

/** The spread after each of `origins`: [origins]. Reads no row after an origin. */
export function spreadsAt(target: Float64Array, origins: Int32Array, scale: Scale): Float64Array {
  const changes = changesIn(target, scale);
  return Float64Array.from(origins, (origin) => {
    const recent = changes.subarray(Math.max(1, origin - scale.rows + 1), origin + 1);
    const lately = recent.length > 0 ? mean(recent) : scale.usual;
    return recentShare * lately + (1 - recentShare) * scale.usual;
  });
}

/** The ⌈(n + 1) level⌉-th smallest of n scores; null where n is too small to promise the level, or a score not a number. */
export function conformalQuantile(scores: Float64Array, level: number): number | null {
  // (n + 1) · level may land a rounding error above a whole number, which must not cost a rank.
  const rank = Math.ceil((scores.length + 1) * level - 1e-9);
  if (rank > scores.length) return null;
  return orNull(scores.toSorted()[rank - 1]!);
}

/** Lower and upper end of a band that reaches `half` spreads to both sides of a value. */
export function bandAround(
  value: number,
  half: number | null,
  spread: number,
  log: boolean,
): [number | null, number | null] {
  if (half === null) return [null, null];
  const reach = half * spread;
  return log
    ? [orNull(value * Math.exp(-reach)), orNull(value * Math.exp(reach))]
    : [orNull(value - reach), orNull(value + reach)];
}

/** The bands of conformal prediction round given forecasts. */
export function edgesOf(
  { values, steps, origins }: Pick<Predictions, 'values' | 'steps' | 'origins'>,
  target: Float64Array,
  bands: Bands,
): Edges {
  const spread = spreadsAt(target, origins, bands);
  const edge = (half: (number | null)[], end: 0 | 1) =>
    values.map((value, i) => {
      const ends = bandAround(value, half[i % steps]!, spread[Math.floor(i / steps)]!, bands.log);
      return ends[end] ?? Number.NaN;
    });
  const { half80, half95 } = bands;
  return { lower80: edge(half80, 0), upper80: edge(half80, 1), lower95: edge(half95, 0), upper95: edge(half95, 1) };
}

/** Share of what came that lies inside its band; null where there is no band for some value. */
export function coverage(actual: Float64Array, lower: Float64Array, upper: Float64Array): number | null {
  if (actual.length === 0) return null;
  let inside = 0;
  for (let i = 0; i < actual.length; i++) {
    if (Number.isNaN(lower[i]!) || Number.isNaN(upper[i]!)) return null;
    if (actual[i]! >= lower[i]! && actual[i]! <= upper[i]!) inside++;
  }
  return inside / actual.length;
}
