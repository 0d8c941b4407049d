import type { AppliedLabels } from '../../core/text/labelled/contract';
import type { LabelledRecord } from '../../core/text/labelled/record';
import { labelledAgain } from '../again';
import { Datasets } from '../datasets';
import { bundledExamples } from '../examples';
import { appliedDocument, labelledDocument } from '../labelled-documents';
import { applyLabeller } from '../labelling';
import { figure, table } from '../terminal';
import { print, printJson, sourceIn } from './context';
import { performLabelled } from './labelled';
import { labelledReadingOf } from './labelled-options';
import type { Texts } from './options';

/** `unroll predict MODEL FILE` of a model that tags or classifies: what it says of new texts, and how well where they have labels. */
export async function applyLabels(
  model: { record: LabelledRecord; weights: Float32Array },
  file: string,
  texts: Texts,
): Promise<number> {
  const datasets = new Datasets(bundledExamples, () => {});
  const applied = await applyLabeller(model, sourceIn(datasets, file), labelledReadingOf(texts), datasets);
  if (texts.json) printJson(appliedDocument(applied));
  else print(inWords(applied));
  return 0;
}

function inWords({ record, texts, metrics }: AppliedLabels): string {
  const told =
    record.kind === 'tagging'
      ? texts.map(({ tokens, told }) => tokens.map((token, t) => `${token}\t${told[t]}`).join('\n')).join('\n\n')
      : texts.map(({ told, probabilities }) => `${told[0]}\t${figure(probabilities[0]!)}`).join('\n');
  if (!metrics) return told;
  const { n, accuracy, balancedAccuracy, macroF1 } = metrics;
  const row = [String(n), ...[accuracy, balancedAccuracy, macroF1].map(figure)];
  return `${told}\n\n${table(['labels', 'right', 'balanced', 'F1'], [row])}`;
}

/** `unroll rerun RUN` of such a model: the same file, settings and seed once more, and whether the numbers are the same. */
export function rerunLabels(record: LabelledRecord, file: string, check: (sha256: string) => void, texts: Texts) {
  const { kind, dataset, id } = record;
  const order = { kind, file, reading: dataset.reading, settings: labelledAgain(record), check };
  return performLabelled(order, texts, (records, failures) => {
    const same = records[0] !== undefined && numbers(records[0]) === numbers(record);
    if (texts.json) printJson({ ...labelledDocument(records, failures), rerun: { of: id, same } });
    else print(same ? `The numbers are those of ${id}.` : `The numbers differ from those of ${id}.`);
  });
}

const numbers = ({ loss, metrics, bestEpoch }: LabelledRecord) => JSON.stringify({ loss, metrics, bestEpoch });
