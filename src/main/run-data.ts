import { LabError } from '../core/errors';
import type { RunRecord } from '../core/run';
import type { Dataset, Datasets } from './datasets';

/**
 * The data a run was made from: opened already, or where it was read from, as it was read then.
 * @throws LabError inside.no-data, host.file-changed, or what reading the file gives
 */
export async function datasetOf(
  { id: run, dataset: { file, path, sha256, reading } }: RunRecord,
  datasets: Datasets,
): Promise<Dataset> {
  const found = datasets.like(sha256, reading);
  if (found?.same) return found.dataset;
  const example = path?.startsWith('example:') ? path.slice('example:'.length) : null;
  const source =
    found?.dataset.source ??
    (example ? { kind: 'example' as const, name: example } : path && datasets.admit(path, path, false));
  if (!source) throw new LabError('inside.no-data', { run, file });
  const dataset = await datasets.read(source, reading, `data of ${run}`);
  if (dataset.sha256 !== sha256) throw new LabError('host.file-changed', { run, file: dataset.file });
  return dataset;
}
