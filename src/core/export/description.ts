import { rowsRead } from '../forecast/apply';
import type { RunRecord } from '../run';

/**
 * The JSON beside a model's weights: the run's record, which has everything a forecast needs but the weights, without
 * what only its own machine can use.
 */
export type Description = Omit<RunRecord, 'dataset'> & {
  format: typeof descriptionFormat;
  /** Last rows of a file that a forecast reads. */
  rows: number;
  dataset: Omit<RunRecord['dataset'], 'path'>;
};
export const descriptionFormat = 'unroll-model';

export function describe(record: RunRecord): Description {
  const { path: _, ...dataset } = record.dataset;
  return { format: descriptionFormat, ...record, rows: rowsRead(record), dataset };
}
