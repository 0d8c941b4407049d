import { createHash } from 'node:crypto';
import type { CellName } from '../../../../src/core/nn/model';
import { runLabelled } from '../../../../src/core/text/labelled/learn';
import { planLabelled } from '../../../../src/core/text/labelled/plan';
import { type LabelledKind, type LabelledRecord, labelledVersion } from '../../../../src/core/text/labelled/record';
import type { LabelledSettings } from '../../../../src/core/text/labelled/settings';
import { repeatedIn } from '../../../../src/core/text/labelled/split';
import { readTable } from '../../../../src/core/text/labelled/table';
import { readTagged } from '../../../../src/core/text/labelled/tagged';
import { control } from '../../learn/lesson';
import { engine } from '../learned';

const nouns = ['Dogs', 'cats', 'we', 'Anna', 'robots', 'birds', 'trains', 'rivers'];
const verbs = ['walking', 'sang', 'jumped', 'running', 'slept', 'stopped'];
const sentences = Array.from({ length: 60 }, (_, i) =>
  [
    `${nouns[i % 8]}\tN`,
    `${verbs[(i * 5) % 6]}\tV`,
    ...(i % 3 === 0 ? [`${i}-fold\tA`, 'and\tC', `${verbs[(i * 7) % 6]}\tV`] : []),
    `.\tP`,
  ].join('\n'),
).join('\n\n');
const reviews = `text,label\n${Array.from(
  { length: 60 },
  (_, i) =>
    `"${nouns[i % 8]} don't ${verbs[(i * 5) % 6]}, ${i % 2 ? 'not' : 'so'} good${'!'.repeat(i % 4)}",${i % 2 ? 'bad' : 'good'}`,
).join('\n')}\n`;
export const files: Record<LabelledKind, string> = { tagging: `${sentences}\n`, classification: reviews };

/** A model of labelled texts as the Lab would keep it, trained shortly. `path`: where the file lies. */
export async function learnedLabels(
  kind: LabelledKind,
  cell: CellName,
  chosen: Partial<LabelledSettings> = {},
  path?: string,
): Promise<{ record: LabelledRecord; weights: Float32Array }> {
  const file = files[kind];
  const { texts, reading } = (kind === 'tagging' ? readTagged : readTable)(file);
  const some = { hidden: 7, embedding: 5, epochs: 3, rare: 2, models: [cell], kernels: 'plain' as const, ...chosen };
  const { settings, parts } = planLabelled(kind, texts, some, { threads: 1, kernels: 'plain' });
  const runs = [{ run: `${kind}-${cell}`, cell, seed: 1 }];
  const job = { experiment: 'labels', kind, settings, parts: parts!, runs };
  for await (const event of runLabelled(job, engine, () => control)) {
    if (event.type === 'failed') throw new Error(event.error.message);
    if (event.type !== 'learned-labels') continue;
    const record: LabelledRecord = {
      ...{ version: labelledVersion, kind, id: event.run, experiment: 'labels', name: cell },
      created: '2026-01-01T00:00:00.000Z',
      dataset: {
        file: path ?? '/home/someone/texts.csv',
        sha256: createHash('sha256').update(file).digest('hex'),
        encoding: 'utf-8',
        ...{ texts: texts.length, repeated: repeatedIn(texts), reading },
        ...(path && { path }),
      },
      settings,
      ...event.result,
    };
    return { record, weights: new Float32Array(event.weights.slice().buffer) };
  }
  throw new Error('nothing was learned');
}
