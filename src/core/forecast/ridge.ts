/**
 * Linear regression with a small penalty on its weights (ridge: Hoerl & Kennard 1970), by the normal equations. Columns of X
 * are standardised, both sides centred, so that the intercept goes free:
 *
 *   B = (XᵀX + λ I)⁻¹ Xᵀ Y       ŷ = ȳ + ((x − x̄) / s) B
 *
 * @param x [n][p]
 * @param y [n][K]
 * @returns the K values for a row [p]
 */
export function ridge(x: Float64Array[], y: Float64Array[], lambda = 1): (row: ArrayLike<number>) => Float64Array {
  const p = x[0]?.length ?? 0;
  const K = y[0]?.length ?? 0;
  const centre = meansOf(x, p);
  const levels = meansOf(y, K);
  const spread = Float64Array.from({ length: p }, (_, d) => {
    const square = x.reduce((sum, row) => sum + (row[d]! - centre[d]!) ** 2, 0) / Math.max(1, x.length);
    return Math.sqrt(square) || 1;
  });
  const standard = (row: ArrayLike<number>) =>
    Float64Array.from({ length: p }, (_, d) => (row[d]! - centre[d]!) / spread[d]!);
  const gram = Array.from({ length: p }, (_, d) => Float64Array.from({ length: p }, (_, e) => (d === e ? lambda : 0)));
  const sides = Array.from({ length: p }, () => new Float64Array(K));
  x.forEach((row, i) => {
    const u = standard(row);
    for (let d = 0; d < p; d++) {
      for (let e = 0; e <= d; e++) gram[d]![e]! += u[d]! * u[e]!;
      for (let k = 0; k < K; k++) sides[d]![k]! += u[d]! * (y[i]![k]! - levels[k]!);
    }
  });
  solve(gram, sides);
  return (row) => {
    const u = standard(row);
    return levels.map((level, k) => u.reduce((sum, value, d) => sum + value * sides[d]![k]!, level));
  };
}

function meansOf(rows: Float64Array[], width: number): Float64Array {
  const sums = new Float64Array(width);
  for (const row of rows) for (let d = 0; d < width; d++) sums[d]! += row[d]!;
  return sums.map((sum) => sum / Math.max(1, rows.length));
}

/** A X = B for a symmetric positive definite A, given by its lower half, by Cholesky's decomposition; X in the place of B. */
function solve(a: Float64Array[], b: Float64Array[]): void {
  const n = a.length;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = a[i]![j]!;
      for (let k = 0; k < j; k++) sum -= a[i]![k]! * a[j]![k]!;
      a[i]![j] = i === j ? Math.sqrt(sum) : sum / a[j]![j]!;
    }
  const columns = b[0]?.length ?? 0;
  for (let c = 0; c < columns; c++) {
    for (let i = 0; i < n; i++) {
      let sum = b[i]![c]!;
      for (let k = 0; k < i; k++) sum -= a[i]![k]! * b[k]![c]!;
      b[i]![c] = sum / a[i]![i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = b[i]![c]!;
      for (let k = i + 1; k < n; k++) sum -= a[k]![i]! * b[k]![c]!;
      b[i]![c] = sum / a[i]![i]!;
    }
  }
}
