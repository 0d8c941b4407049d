import { createHash } from 'node:crypto';
import type { DataSource } from '../core/protocol';
import type { AppliedLabels, TellingOf } from '../core/text/labelled/contract';
import { judged } from '../core/text/labelled/judge';
import type { ReadText } from '../core/text/labelled/lesson';
import { readPlain } from '../core/text/labelled/plain';
import type { GivenText, LabelledReading, LabelledRecord } from '../core/text/labelled/record';
import { tellTexts } from '../core/text/labelled/tell';
import { tokensOf } from '../core/text/labelled/words';
import { readText, textLimitBytes } from '../core/text/read';
import type { Datasets } from './datasets';
import { forecastingEngine, unhindered } from './forecasting';
import { inFile } from './texts';

/** A model that labels texts, from a run or from a file. */
interface Labeller {
  record: LabelledRecord;
  weights: Float32Array;
}

/** What a model says of the texts of a file, and how well where they have labels. */
export async function applyLabeller(
  { record, weights }: Labeller,
  source: DataSource,
  reading: LabelledReading,
  datasets: Datasets,
): Promise<AppliedLabels> {
  const { bytes, file } = await datasets.bytes(source, textLimitBytes);
  const { text } = inFile(file, () => readText(bytes, reading.encoding));
  const given = inFile(file, () => readPlain(text, record, reading));
  const labelled = given.every(({ labels }) => labels.length > 0);
  const { told, texts, codes, probabilities } = await labelsOf(
    { record, weights },
    given.map(({ content }) => content),
    labelled ? given.map(({ labels }) => labels) : null,
  );
  const own = { kind: record.kind, lexicon: record.lexicon, labels: record.labels, classes: record.labels.length };
  return {
    ...{ file, sha256: createHash('sha256').update(bytes).digest('hex'), record },
    texts: told.map((one, i) => ({ ...one, labels: labelled ? given[i]!.labels : null })),
    metrics: labelled ? judged(own, texts, { told: codes, probabilities }, null) : null,
  };
}

/** What a model says of texts, as words and as numbers. */
export async function labelsOf(
  { record, weights }: Labeller,
  contents: GivenText['content'][],
  labels: string[][] | null = null,
) {
  const { kind, model, settings, labels: names, lexicon } = record;
  const texts = contents.map((content, i): ReadText => {
    const tokens = tokensOf({ content }, settings.input);
    // a label that was not learned has the number behind the last
    const known = labels?.[i]?.map((label) => (names.includes(label) ? names.indexOf(label) : names.length));
    return { tokens, codes: known ?? (kind === 'tagging' ? tokens.map(() => -1) : [-1]) };
  });
  const engine = forecastingEngine(record.kernels);
  try {
    const learned = { engine, model, weights };
    const { told: codes, probabilities } = await tellTexts(learned, texts, { kind, lexicon, settings }, unhindered);
    let i = 0;
    const told = texts.map(({ tokens, codes: { length } }): TellingOf => {
      const places = Array.from({ length }, (_, k) => i + k);
      i += length;
      const all = places.map((at) => [...probabilities.subarray(at * names.length, (at + 1) * names.length)]);
      return {
        tokens,
        told: places.map((at) => names[codes[at]!]!),
        probabilities: places.map((at, k) => all[k]![codes[at]!]!),
        all,
      };
    });
    return { told, texts, codes, probabilities };
  } finally {
    engine.close();
  }
}
