import { delayOf } from '../text/labelled/lesson';
import type { LabelledRecord } from '../text/labelled/record';
import { fileName } from './description';

/**
 * The JSON beside the weights of a model that labels texts: its record, which has vocabulary and labels, without what only its
 * own machine can use and without the sentences of the test part.
 */
export type LabelledDescription = Omit<LabelledRecord, 'dataset'> & {
  format: typeof labelledFormat;
  dataset: Omit<LabelledRecord['dataset'], 'path'>;
};
export const labelledFormat = 'unroll-text-labels';

export function describeLabelled(record: LabelledRecord): LabelledDescription {
  const { path: _, ...rest } = record.dataset;
  return { format: labelledFormat, ...record, dataset: { ...rest, file: fileName(rest.file) }, examples: [] };
}

/** One sentence for who opens a file in a viewer. */
export function labelledText({ kind, name, dataset, model, labels, settings }: LabelledRecord): string {
  const units = `${model.L} × ${model.H} ${model.cell.toUpperCase()} units`;
  const what =
    kind === 'tagging'
      ? `tags each word of a sentence with one of ${labels.length} tags`
      : `reads a text ${settings.input} by ${settings.input} and tells which of ${labels.length} classes it is`;
  return `${name}, learned from ${fileName(dataset.file)}, ${what} (${units}).`;
}

/** What a stranger needs beside the graph or the weights, to turn words into numbers and numbers into labels. */
export function lexiconFacts({ kind, lexicon, labels, settings }: LabelledRecord) {
  return { kind, ...lexicon, labels, length: settings.length, delay: delayOf(kind, settings) };
}
