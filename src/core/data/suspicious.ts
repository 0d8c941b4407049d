import type { NumberColumn } from './frame';

/** A value so far from its two neighbours, in a series this smooth, that it may be a slip of the pen. */
const factor = 5;
/** How many times the usual step (its 90th percentile) the jump must be. */
const unusual = 8;
/** Series whose usual steps are larger than this jump by nature. */
const smooth = 0.3;
const sampledSteps = 2000;

/** A zero is only strange among values of this share of the series' median. */
const farFromZero = 0.1;

/**
 * Rows whose value is several times its neighbours', or a fraction of them, while these agree with each other: a
 * decimal mark forgotten, a zero for a missing price. Only in series of positive values that move in small steps.
 * Steps are differences of logarithms.
 */
export function suspiciousRows({ values }: NumberColumn): number[] {
  const usual = usualOf(values);
  if (usual === null || usual.step > smooth) return [];
  const far = Math.max(factor, Math.exp(unusual * usual.step));
  const near = Math.sqrt(far);
  const rows: number[] = [];
  const last = values.length - 1;
  for (let row = 0; row <= last; row++) {
    const value = values[row]!;
    const a = values[row === 0 ? 2 : row - 1]!;
    if (value < a * far && value * far > a) continue;
    const b = values[row === last ? last - 2 : row + 1]!;
    if (!(a > 0 && b > 0) || a > b * near || b > a * near) continue;
    if (value > 0) {
      if (value > Math.max(a, b) * far || value * far < Math.min(a, b)) rows.push(row);
    } else if (value <= 0 && Math.min(a, b) > farFromZero * usual.value) rows.push(row);
  }
  return rows;
}

/** Share of values that may be zero, for a missing price, in a series called positive. */
const zerosAllowed = 0.01;

/** 90th percentile of the steps between neighbours, and the median value; null for a series that is not positive. */
function usualOf(values: Float64Array): { step: number; value: number } | null {
  let [negative, zero] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    if (values[row]! < 0) negative++;
    else if (values[row] === 0) zero++;
  }
  if (negative > 0 || zero > Math.max(1, values.length * zerosAllowed)) return null;
  const stride = Math.max(1, Math.floor(values.length / sampledSteps));
  const steps = new Float64Array(values.length / stride + 1);
  const sampled = new Float64Array(steps.length);
  let length = 0;
  for (let row = 1; row < values.length; row += stride) {
    const [before, value] = [values[row - 1]!, values[row]!];
    if (!(before > 0 && value > 0)) continue;
    steps[length] = Math.abs(Math.log(value / before));
    sampled[length++] = value;
  }
  if (length < 8) return null;
  const middle = sampled.subarray(0, length).sort()[length >> 1]!;
  return { step: steps.subarray(0, length).sort()[Math.floor(length * 0.9)]!, value: middle };
}
