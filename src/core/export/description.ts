import { rowsRead } from '../forecast/apply';
import type { RunRecord } from '../run';

/**
 * The JSON beside a model's weights: the run's record, which has everything a forecast needs but the weights, without
 * what only its own machine can use: of the data's file its name alone.
 */
export type Description = Omit<RunRecord, 'dataset'> & {
  format: typeof descriptionFormat;
  /** Last rows of a file that a forecast reads. */
  rows: number;
  dataset: Omit<RunRecord['dataset'], 'path'>;
};
export const descriptionFormat = 'unroll-model';

export function describe(record: RunRecord): Description {
  const { path: _, ...rest } = record.dataset;
  const dataset = { ...rest, file: fileName(rest.file) };
  return { format: descriptionFormat, ...record, rows: rowsRead(record), dataset };
}

/** A file's name without its folders, which tell of the machine and its user and are no business of whoever gets the model. */
export const fileName = (file: string): string => file.replace(/^.*[\\/]/, '');

/** In what columns the programs say the forecasts of several targets; empty where there is one. */
export const severalTargets = ({ target, also }: RunRecord['settings']): string =>
  also.length === 0
    ? ''
    : `Forecasts ${target}, and ${also.map((one, i) => `${one} in the columns ending in _${i + 2}`).join(', ')}.`;
