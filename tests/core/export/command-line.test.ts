import { Command } from 'commander';
import { expect, test } from 'vitest';
import { commandOf, wordsOf } from '../../../src/core/export/command-line';
import { readingOf, readingOptions, settingsOf, settingsOptions } from '../../../src/main/commands/options';
import { record, settings } from '../../renderer/fake-lab';

const base = record('r-lstm');

/** What the command line makes of the words. */
function understood(words: string[]) {
  const command = settingsOptions(readingOptions(new Command('forecast')))
    .argument('<file>')
    .option('--refit');
  command.option('--leak').parse(words.slice(1), { from: 'user' });
  const texts = command.opts();
  return { file: command.args[0], reading: readingOf(texts), settings: settingsOf(texts, []) };
}

test('the command line understands the words as exactly this run', () => {
  const odd = record('r', {
    cell: 'gru',
    seed: 7,
    kernels: 'relaxed',
    settings: {
      ...settings,
      target: 'net sales',
      inputs: ['price', 'rain mm'],
      transform: 'auto',
      scale: 'auto',
      splitRows: [100, 50, 50],
      calendar: true,
      refit: true,
      seeds: 3,
      seed: 5,
    },
    preparation: { transform: 'log-diff', scale: 'robust', columns: [] },
    dataset: {
      ...base.dataset,
      reading: { delimiter: '\t', decimal: ',', asMissing: [-999, 9999.9], kinds: { 'a,b': 'text' } },
    },
  });
  const { file, reading, settings: told } = understood(wordsOf(odd));
  const { date: _, threads: __, leak: ___, split: ____, ...expected } = odd.settings;
  expect(file).toBe('prices.csv');
  expect(told).toEqual({
    ...expected,
    models: ['gru'],
    seed: 7,
    seeds: 1,
    kernels: 'relaxed',
    transform: 'log-diff',
    scale: 'robust',
  });
  expect(reading).toEqual({
    delimiter: '\t',
    decimal: ',',
    asMissing: [-999, 9999.9],
    kinds: { 'a,b': 'text' },
    missing: 'leave-out',
    target: 'net sales',
  });
});

test('switches that are off are not written, and no inputs are said to be none', () => {
  const words = wordsOf(base);
  for (const option of ['--calendar', '--refit', '--leak', '--split-rows']) expect(words).not.toContain(option);
  expect(understood(words).settings).toMatchObject({ inputs: [], split: [0.7, 0.15, 0.15] });
});

test('the file is named by its path where that is known, and words are quoted for a shell', () => {
  const at = (path: string) => commandOf({ ...base, dataset: { ...base.dataset, path } });
  expect(at('example:sp500')).toMatch(/^unroll forecast example:sp500 --/);
  expect(at('/data/my file.csv')).toContain(' "/data/my file.csv" ');
  expect(at("/data/$it's.csv")).toContain(` '/data/$it'\\''s.csv' `);
});
