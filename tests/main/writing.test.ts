import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { weightsFile } from '../../src/core/export/weights';
import { Lab } from '../../src/main/lab';
import { Store } from '../../src/main/store';
import { learnedText } from '../core/text/learned';
import { TrainerHere } from './trainer-here';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-writing-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a model writes until it is told to stop, and is not told to stop where it never could', async () => {
  const { record, weights } = await learnedText('rnn', { embedding: 0, hidden: 4 });
  const store = new Store(folder);
  await store.saveText(record, weightsFile(record.model, weights, {}));
  const lab = new Lab({ version: '0', store, startTrainer: new TrainerHere().start, examples: [] });
  const asked = { run: record.id, prime: '', length: 200, temperature: 1, seed: 3 };
  const { text } = await lab.call('text.write', asked);
  expect(text).toHaveLength(200);
  const stop = text[50]!;
  const stopped = await lab.call('text.write', { ...asked, stop });
  expect(stopped.text).toBe(text.slice(0, text.indexOf(stop)));
  await expect(lab.call('text.write', { ...asked, stop: '\u2603' })).rejects.toMatchObject({
    code: 'text.never-stops',
    facts: { character: '\u2603' },
  });
  await expect(lab.call('text.write', { ...asked, prime: '\u2603' })).rejects.toMatchObject({ code: 'text.stranger' });
});
