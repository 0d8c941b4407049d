import { createHash } from 'node:crypto';
import { LabError } from '../core/errors';
import { readText, textLimitBytes } from '../core/text/read';
import type { TextRecord } from '../core/text/record';
import { encode } from '../core/text/vocabulary';
import { sourceAt } from './again';
import type { Datasets } from './datasets';

/**
 * The text a language model learned, from where it was read, as its tokens; null where it cannot be had, or has changed
 * since.
 */
export async function tokensOf({ dataset, vocabulary }: TextRecord, datasets: Datasets): Promise<Int32Array | null> {
  if (dataset.path === undefined) return null;
  try {
    const { bytes } = await datasets.bytes(sourceAt(dataset.path, datasets), textLimitBytes);
    if (createHash('sha256').update(bytes).digest('hex') !== dataset.sha256) return null;
    return encode(readText(bytes, dataset.encoding).text, vocabulary);
  } catch (thrown) {
    if (thrown instanceof LabError) return null;
    throw thrown;
  }
}
