/** The classes of a change, in their order. */
export const directionNames = ['down', 'flat', 'up'];
const [down, flatCode, up] = [0, 1, 2];

/** The share of the training windows from which on "flat" is a class of its own. */
export const rareShare = 0.01;

/**
 * The direction of each row: of the change y(t) − y(t − horizon), flat up to a size of `flat` in the target's units.
 * @returns [rows] positions in `directionNames`, −1 for the first `horizon` rows
 */
export function directions(values: Float64Array, horizon: number, flat: number): Int32Array {
  return Int32Array.from(values, (value, row) => {
    if (row < horizon) return -1;
    const change = value - values[row - horizon]!;
    if (Math.abs(change) <= flat) return flatCode;
    return change > 0 ? up : down;
  });
}

/** Whether a direction is too rare among the learned ones to be a class: flat alone can be. */
export const tooRare = (code: number, count: number, of: number): boolean =>
  code === flatCode && count < rareShare * of;
