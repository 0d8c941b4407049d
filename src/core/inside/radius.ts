import type { Arena } from '../kernels/arena';
import type { Kernels } from '../kernels/index';
import { up } from '../nn/layout';

/** Where a square matrix of width ≤ H is squared: rows [H][H] and twice the same in panels of eight columns. */
export interface RadiusPlace {
  rows: number;
  packed: number;
  product: number;
}

export function placeRadius(arena: Arena, H: number): RadiusPlace {
  const width = up(H, 8);
  const add = (what: string) => arena.add(`spectral radius, ${what}`, [width / 8, width, 8]);
  return { rows: add('rows'), packed: add('panels'), product: add('product') };
}

/** Squarings at most: the power reached is 2 to this. */
const mostSquarings = 18;

/**
 * The spectral radius of a square matrix [H][H]: the largest absolute value among its eigenvalues, by which a state that
 * is only multiplied grows or shrinks per step in the long run. By Gelfand's formula ρ = lim ‖Aᵏ‖^(1/k), with k doubled by
 * squaring: ρ ≈ (‖A²ᵏ‖ / ‖Aᵏ‖)^(1/k), in which what is constant in the norms cancels. Powers are kept at norm 1 and their
 * logarithms summed, so that nothing overflows. A matrix with no eigenvalue but 0 gives 0; one that is not finite, NaN.
 */
export function spectralRadius(
  k: Kernels,
  f: Float32Array | Float64Array,
  { rows, packed, product }: RadiusPlace,
  values: ArrayLike<number>,
  H: number,
): number {
  const width = up(H, 8);
  const A = f.subarray(rows / 4, rows / 4 + width * width);
  A.fill(0);
  for (let i = 0; i < H; i++) for (let j = 0; j < H; j++) A[i * width + j] = values[i * H + j] as number;
  let norm = normalise(A);
  let logarithm = Math.log(norm);
  let radius = norm;
  for (let power = 1; power <= 2 ** mostSquarings; power *= 2) {
    if (norm === 0) return 0;
    if (!Number.isFinite(norm)) return Number.NaN;
    k.packColumns(width, width, rows, width, packed, width, 0);
    k.product(width, width / 8, width, rows, width * 4, packed, product, width * 32, 0);
    k.toRows(width, 0, width, product, width * 32, rows, width);
    norm = normalise(A);
    const next = 2 * logarithm + Math.log(norm);
    const better = Math.exp((next - logarithm) / power);
    logarithm = next;
    if (power >= 64 && Math.abs(better - radius) < 1e-7 * better) return better;
    radius = better;
  }
  return radius;
}

/** To Frobenius norm 1; returns the norm it had. */
function normalise(A: Float32Array | Float64Array): number {
  let square = 0;
  for (const value of A) square += value * value;
  const norm = Math.sqrt(square);
  if (norm > 0) for (let i = 0; i < A.length; i++) A[i] = A[i]! / norm;
  return norm;
}
