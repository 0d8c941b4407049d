import type { TextRecord } from '../text/record';
import { fileName } from './description';

/** The JSON beside a language model's weights: its record, which has the vocabulary, without what only its own machine can use. */
export type LanguageDescription = Omit<TextRecord, 'dataset'> & {
  format: typeof languageFormat;
  dataset: Omit<TextRecord['dataset'], 'path'>;
};
export const languageFormat = 'unroll-language-model';

export function describeLanguage(record: TextRecord): LanguageDescription {
  const { path: _, ...rest } = record.dataset;
  return { format: languageFormat, ...record, dataset: { ...rest, file: fileName(rest.file) } };
}

/** One sentence for who opens a file in a viewer. */
export function languageText({ name, dataset, model, vocabulary }: TextRecord): string {
  return `${name} reads ${fileName(dataset.file)} character by character and scores which of ${vocabulary.length} characters comes next (${model.L} × ${model.H} ${model.cell.toUpperCase()} units).`;
}

/** What a writer begins with where nothing is given: a new line, or the first character there is. */
export const plainPrime = ({ vocabulary }: Pick<TextRecord, 'vocabulary'>): string =>
  vocabulary.includes('\n') ? '\n' : (vocabulary[0] ?? '');
