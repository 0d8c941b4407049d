import { createHash } from 'node:crypto';
import { LabError } from '../core/errors';
import type { GivenText, LabelledRecord } from '../core/text/labelled/record';
import { partsOf } from '../core/text/labelled/split';
import { readTable } from '../core/text/labelled/table';
import { readTagged } from '../core/text/labelled/tagged';
import { readText, textLimitBytes } from '../core/text/read';
import type { TextFingerprint, TextRecord } from '../core/text/record';
import { encode } from '../core/text/vocabulary';
import { sourceAt } from './again';
import type { Datasets } from './datasets';

/**
 * The text a language model learned, from where it was read, as its tokens; null where it cannot be had, or has changed
 * since.
 */
export async function tokensOf({ dataset, vocabulary }: TextRecord, datasets: Datasets): Promise<Int32Array | null> {
  const text = await textAgain(dataset, datasets);
  return text === null ? null : encode(text, vocabulary);
}

/** The texts that a model of labelled texts was judged on, in the same way. */
export async function testTexts(
  { kind, dataset, settings }: LabelledRecord,
  datasets: Datasets,
): Promise<GivenText[] | null> {
  const text = await textAgain(dataset, datasets);
  if (text === null) return null;
  const { texts } = (kind === 'tagging' ? readTagged : readTable)(text, dataset.reading);
  return partsOf(texts, settings).test.map((i) => texts[i]!);
}

async function textAgain(
  { path, sha256, encoding }: Pick<TextFingerprint, 'path' | 'sha256' | 'encoding'>,
  datasets: Datasets,
): Promise<string | null> {
  if (path === undefined) return null;
  try {
    const { bytes } = await datasets.bytes(sourceAt(path, datasets), textLimitBytes);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) return null;
    return readText(bytes, encoding).text;
  } catch (thrown) {
    if (thrown instanceof LabError) return null;
    throw thrown;
  }
}
