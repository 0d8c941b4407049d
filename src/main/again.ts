import { LabError } from '../core/errors';
import type { RunRecord } from '../core/run';
import type { Settings } from '../core/settings';
import type { LabelledRecord } from '../core/text/labelled/record';
import type { LabelledSettings } from '../core/text/labelled/settings';
import type { Dataset, Datasets } from './datasets';

/** The settings that repeat one run on labelled texts alone. */
export const labelledAgain = ({ settings, cell, seed, kernels }: LabelledRecord): Partial<LabelledSettings> => ({
  ...settings,
  models: [cell],
  seed,
  seeds: 1,
  kernels,
});

/** The settings that repeat one run alone; what a search among several found is given. */
export function settingsAgain({ settings, cell, seed, kernels, preparation }: RunRecord): Partial<Settings> {
  const { transform, scale } = preparation;
  return { ...settings, models: [cell], seed, seeds: 1, transform, scale, kernels };
}

/**
 * The data a run was made from, read as it was then: the file that is open where it is the same, else the place it was
 * read from, which the host wrote down itself.
 */
export async function datasetAgain(
  record: Pick<RunRecord, 'id' | 'dataset'>,
  datasets: Datasets,
  open: Dataset | null,
): Promise<Dataset> {
  const { path, file, sha256, reading } = record.dataset;
  const same = open?.sha256 === sha256 ? open : null;
  if (same && JSON.stringify(same.reading.choices) === JSON.stringify(reading)) return same;
  const source = same?.source ?? (path === undefined ? null : sourceAt(path, datasets));
  if (!source) throw new LabError('host.not-kept', { file }, { file });
  const dataset = await datasets.read(source, reading, `again-${record.id}`);
  if (dataset.sha256 !== sha256) throw new LabError('host.file-changed', { run: record.id, file }, { file });
  return dataset;
}

const example = 'example:';
/** What is opened again by the place it was read from. */
export const sourceAt = (path: string, datasets: Datasets) =>
  path.startsWith(example)
    ? ({ kind: 'example', name: path.slice(example.length) } as const)
    : datasets.admit(path, path, false);
