/** A trace of every unit of one layer: [T][H]. */
export interface Traces {
  layer: number;
  quantity: 'h' | 'c';
  H: number;
  values: Float64Array;
}

/** A unit beside one measure. */
export interface TrackingUnit {
  layer: number;
  quantity: 'h' | 'c';
  unit: number;
  /** Correlation over the first half, by which the unit was found among all of them. */
  found: number;
  /** Correlation over the second half, which nothing was chosen by: what the unit is worth. */
  r: number;
}

export interface Tracking<M extends string = string> {
  measure: M;
  /** Those that follow it best, by |found|. */
  units: TrackingUnit[];
}

/** Told of one measure at most. */
const mostUnits = 5;

/**
 * Which units follow what can be measured. The best of many units follows anything a little by chance alone, so units are
 * chosen on the first half of the characters and their correlation is told of the second. A measure that keeps still in
 * either half is left out. Pearson's r = Σ (x − x̄)(y − ȳ) / √(Σ (x − x̄)² Σ (y − ȳ)²); 0 where the unit keeps still.
 */
export function trackingUnits(traces: Traces[], measures: Record<string, Float64Array>): Tracking[] {
  return Object.entries(measures).flatMap(([measure, values]) => {
    const half = Math.floor(values.length / 2);
    if (!moves(values.subarray(0, half)) || !moves(values.subarray(half))) return [];
    const units = traces.flatMap((trace) =>
      Array.from({ length: trace.H }, (_, unit) => ({ trace, unit, found: correlation(trace, unit, values, 0, half) })),
    );
    units.sort((a, b) => Math.abs(b.found) - Math.abs(a.found));
    return {
      measure,
      units: units.slice(0, mostUnits).map(({ trace, unit, found }) => {
        const { layer, quantity } = trace;
        return { layer, quantity, unit, found, r: correlation(trace, unit, values, half, values.length) };
      }),
    };
  });
}

const moves = (values: Float64Array): boolean => values.some((value) => value !== values[0]);

/** Of unit `j` with `values` over the steps from `from` to `to`. */
export function correlation({ values: x, H }: Traces, j: number, y: Float64Array, from: number, to: number): number {
  const n = to - from;
  let still = true;
  for (let t = from + 1; t < to && still; t++) still = x[t * H + j] === x[from * H + j];
  if (still) return 0;
  let [meanX, meanY] = [0, 0];
  for (let t = from; t < to; t++) {
    meanX += x[t * H + j]! / n;
    meanY += y[t]! / n;
  }
  let [xy, xx, yy] = [0, 0, 0];
  for (let t = from; t < to; t++) {
    const [dx, dy] = [x[t * H + j]! - meanX, y[t]! - meanY];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
