import { createHash } from 'node:crypto';
import { createEngine } from '../../../src/core/learn';
import type { CellName } from '../../../src/core/nn/model';
import { runText } from '../../../src/core/text/language';
import { cutText } from '../../../src/core/text/parts';
import { planText } from '../../../src/core/text/plan';
import { type TextRecord, textVersion } from '../../../src/core/text/record';
import type { TextSettings } from '../../../src/core/text/settings';
import { encode, vocabularyOf } from '../../../src/core/text/vocabulary';
import { control } from '../learn/lesson';

export const engine = createEngine({ kernels: 'plain', threads: 1 });

export const verse = 'the "quick" brown fox (the old one) jumps.\nHello again, "hello (there)".\n'.repeat(30);

/** A language model of a text as the Lab would keep it, trained shortly. `path`: where the text lies. */
export async function learnedText(
  cell: CellName,
  chosen: Partial<TextSettings> = {},
  { text = verse, path }: { text?: string; path?: string } = {},
): Promise<{ record: TextRecord; weights: Float32Array; tokens: Int32Array }> {
  const { tokens: vocabulary } = vocabularyOf(text);
  const tokens = encode(text, vocabulary)!;
  const { settings, split } = planText(
    { hidden: 9, epochs: 3, tbptt: 12, streams: 4, kernels: 'plain', models: [cell], ...chosen },
    { characters: tokens.length, vocabulary: vocabulary.length, threads: 1, kernels: 'plain' },
  );
  const parts = cutText(tokens, split);
  const runs = [{ run: `verse-${cell}`, cell, seed: 1 }];
  for await (const event of runText(
    { experiment: 'verse', settings, vocabulary, parts, runs },
    engine,
    () => control,
  )) {
    if (event.type === 'failed') throw new Error(event.error.message);
    if (event.type !== 'learned-text') continue;
    const record: TextRecord = {
      ...{ version: textVersion, kind: 'language', id: event.run, experiment: 'verse', name: cell },
      created: '2026-01-01T00:00:00.000Z',
      dataset: {
        file: path ?? '/home/someone/verse.txt',
        sha256: createHash('sha256').update(text).digest('hex'),
        encoding: 'utf-8',
        characters: tokens.length,
        ...(path && { path }),
      },
      settings,
      ...event.result,
    };
    return { record, weights: new Float32Array(event.weights.slice().buffer), tokens };
  }
  throw new Error('nothing was learned');
}
