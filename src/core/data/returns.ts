/** Row-to-row log returns: r(t) = ln(y(t) / y(t − 1)). NaN at the first row, and where either value is missing or not positive. */
export function logReturns(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values, (value, row) => logReturn(row > 0 ? values[row - 1]! : Number.NaN, value));
}

/** ln(to / from); NaN unless both are positive. */
export function logReturn(from: number, to: number): number {
  return from > 0 && to > 0 ? Math.log(to / from) : Number.NaN;
}
