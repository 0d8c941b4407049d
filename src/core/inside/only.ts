import type { Outputs } from '../nn/layout';

/** O outputs of S rows together, quantile after quantile, each of them step by step, and `columns` of them side by side. */
interface Sizes {
  O: number;
  Q: number;
  S: number;
  columns: number;
  only: number;
}

/**
 * Makes the loss that is taken next that of one column alone, where heads of several columns lie side by side: the outputs of
 * the others become their own targets, which is no error and has no gradient. Nothing reads the outputs again.
 */
export function onlyColumn(
  f: Float32Array | Float64Array,
  { y, target }: Outputs,
  { O, Q, S, columns, only }: Sizes,
): void {
  const at = (panels: number, o: number) => panels / 4 + (o >> 3) * S * 8 + (o & 7);
  for (let o = 0; o < O; o++) if (o % columns !== only) f[at(y, o)] = f[at(target, o % (O / Q))]!;
}
