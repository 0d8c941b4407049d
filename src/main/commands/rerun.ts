import { LabError } from '../../core/errors';
import type { Comparison } from '../../core/protocol';
import type { RunRecord } from '../../core/run';
import { isLabelled } from '../../core/text/any-record';
import { settingsAgain } from '../again';
import { forecastDocument } from '../documents';
import { findRun } from '../find-run';
import { isText } from '../store';
import { rerunLabels } from './apply-labels';
import { openLab, print, printJson } from './context';
import { comparisonOf, inWords } from './forecast';
import type { Texts } from './options';
import { perform } from './perform';

/** `unroll rerun RUN`: the same file, settings and seed once more, and whether the numbers are the same. */
export async function rerun(said: string, texts: Texts): Promise<number> {
  const { store } = openLab(texts.project as string | undefined);
  const run = await findRun(store, said);
  const found = await store.any(run);
  const { dataset } = found;
  const file = (texts.file as string | undefined) ?? dataset.path;
  if (file === undefined) throw new LabError('host.file-unknown', { run, file: dataset.file });
  const check = (sha256: string) => {
    if (sha256 !== dataset.sha256) throw new LabError('host.file-changed', { run, file }, { file });
  };
  if (isText(found) && isLabelled(found)) return rerunLabels(found, file, check, texts);
  const { record } = await store.read(run);
  const order = {
    file,
    reading: record.dataset.reading,
    settings: () => settingsAgain(record),
    check,
  };
  return perform(order, texts, async (done) => {
    const comparison = await comparisonOf(done);
    if (!comparison) return false;
    const same = sameNumbers(record, comparison);
    const paths = (id: string) => store.predictionsPath(id);
    if (texts.json) printJson({ ...forecastDocument(comparison, done.failures, paths), rerun: { of: run, same } });
    else
      print(
        `${inWords(comparison)}\n\n${same ? 'The numbers are those of' : 'The numbers differ from those of'} ${run}.`,
      );
    return true;
  });
}

/** Everything that was learned, judged and forecast; how long it took may differ. */
function sameNumbers(record: RunRecord, { runs }: Comparison): boolean {
  const numbers = ({ loss, metrics, forecast, bestEpoch, classes }: RunRecord) =>
    JSON.stringify({ loss, metrics, forecast, bestEpoch, classes });
  return runs[0] !== undefined && numbers(runs[0]) === numbers(record);
}
