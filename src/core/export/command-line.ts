import type { ReadingChoices } from '../data/frame';
import type { RunRecord } from '../run';

/** The command line that trains a run anew: the same file, reading, settings and seed, nothing left to be chosen. */
export function commandOf(record: RunRecord): string {
  return inOne(wordsOf(record));
}

/** The command lines of one model under several seeds: a single one where they follow each other. */
export function commandsOf(records: RunRecord[]): string[] {
  const sorted = records.toSorted((a, b) => a.seed - b.seed);
  const [first] = sorted;
  if (!first) return [];
  const rest = (record: RunRecord) => commandOf({ ...record, seed: 0 });
  const together = sorted.every((record, i) => record.seed === first.seed + i && rest(record) === rest(first));
  if (!together) return sorted.map((record) => commandOf(record));
  return [inOne(wordsOf(first, sorted.length))];
}

/** The command's words, not yet quoted. `threads` and `date` are for the machine and the reading to say. */
export function wordsOf(record: RunRecord, seeds = 1): string[] {
  const { dataset, settings, cell, seed, kernels, preparation } = record;
  const { date: _, threads: __, split, splitRows, also, outputs, inputs, future, ...plain } = settings;
  const options: Record<string, string | number | boolean | undefined> = {
    ...readingOptions(dataset.reading),
    ...plain,
    // what a search among several found, as `rerun` takes it
    transform: preparation.transform,
    scale: preparation.scale,
    models: cell,
    inputs: inputs.length > 0 ? inputs.join(',') : 'none',
    outputs: outputs.length > 0 ? outputs.join(',') : 'none',
    also: also.length > 0 ? also.join(',') : 'none',
    future: future.length > 0 ? future.join(',') : 'none',
    [splitRows ? 'splitRows' : 'split']: (splitRows ?? split).join(','),
    seed,
    seeds,
    kernels,
  };
  const words = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    const option = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return value === true ? [option] : [option, String(value)];
  });
  return ['forecast', dataset.path ?? dataset.file, ...words];
}

function readingOptions({ delimiter, kinds, asMissing, ...choices }: ReadingChoices) {
  const pairs = Object.entries(kinds ?? {}).map(([column, kind]) => `${column}=${kind}`);
  return {
    ...choices,
    delimiter: delimiter === '\t' ? '\\t' : delimiter === ' ' ? 'blank' : delimiter,
    asMissing: asMissing?.join(','),
    kinds: pairs.length > 0 ? pairs.join(',') : undefined,
  };
}

const inOne = (words: string[]): string => ['unroll', ...words].map(quoted).join(' ');

/** As POSIX shells and PowerShell take a word that holds more than plain characters. */
function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return /["$`!\\]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;
}
