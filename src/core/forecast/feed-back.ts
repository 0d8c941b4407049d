import type { WindowTable } from '../data/windows';
import type { Able } from './predict';

/**
 * Windows carried on with their own forecasts, whatever the network: each is copied out of the table to rows of its own,
 * the first `take` steps of what the network makes of it follow its last row, and the window moves on to them. Columns that
 * are known ahead keep their true values; nothing else of the rows after a window is read.
 *
 * @param starts first rows of the windows in the table
 * @returns [starts.length][reach], scaled, of target column `column`; with quantiles their median
 */
export function fedBack(
  {
    engine,
    model,
    weights,
    lesson: { table },
  }: Pick<Able, 'engine' | 'model' | 'weights'> & {
    lesson: { table: WindowTable };
  },
  starts: Int32Array,
  { take, reach, column = 0 }: { take: number; reach: number; column?: number },
): Float64Array {
  const { T, D, targetColumns: C } = table;
  const n = starts.length;
  const rows = T + Math.ceil(reach / take) * take;
  const inputs = new Float32Array(n * rows * D);
  const knownFrom = D - (table.known ?? 0);
  starts.forEach((start, w) => {
    for (let t = 0; t < rows; t++)
      for (let d = t < T ? 0 : knownFrom; d < D; d++)
        inputs[(w * rows + t) * D + d] = table.inputs[(start + t) * D + d] ?? 0;
  });
  const values = new Float64Array(n * reach);
  const width = model.O;
  for (let done = 0; done < reach; done += take) {
    const own = starts.map((_, w) => w * rows + done);
    // a table of its own each time: what was read before is read anew
    const outputs = engine.predict(model, weights, { ...table, rows: n * rows, inputs }, own);
    for (let w = 0; w < n; w++)
      for (let k = 0; k < take; k++) {
        const at = w * width + k * C;
        for (let c = 0; c < C; c++) inputs[(w * rows + T + done + k) * D + c] = outputs[at + c]!;
        if (done + k < reach) values[w * reach + done + k] = outputs[at + column]!;
      }
  }
  return values;
}
