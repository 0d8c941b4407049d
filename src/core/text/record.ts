import type { CellName, ModelSpec } from '../nn/model';
import type { Stopped } from '../run';
import type { KernelName } from '../settings';
import type { TextSettings } from './settings';

/** How well what comes next is known, over one part of a text. */
export interface LanguageMetrics {
  /** Characters judged. */
  n: number;
  /** Mean −ln p of the character that came. */
  nats: number;
  /** The same to base 2: bits per character. */
  bits: number;
  /** Share of characters that were thought the likeliest, 0–1. */
  accuracy: number;
}

export interface TextParts<T> {
  train: T;
  validation: T;
  test: T;
}

/** What a model wrote after an epoch. */
export interface Sample {
  epoch: number;
  text: string;
}

export interface TextFingerprint {
  file: string;
  sha256: string;
  encoding: string;
  characters: number;
  /** Where it was read from on this machine, or `example:NAME`; absent where it came through a browser. */
  path?: string;
}

/** TextRecord: a language model as `run.json` keeps it, beside `weights.safetensors`. Told from a forecast's run by `kind`. */
export const textVersion = 1;
export interface TextRecord {
  version: typeof textVersion;
  kind: 'language';
  id: string;
  experiment: string;
  name: string;
  /** ISO 8601, UTC. */
  created: string;
  dataset: TextFingerprint;
  settings: TextSettings;
  cell: CellName;
  seed: number;
  model: ModelSpec;
  kernels: KernelName;
  /** The characters, by their numbers as tokens. */
  vocabulary: string[];
  /** Characters of each part. */
  split: TextParts<number>;
  parameters: number;
  epochs: number;
  bestEpoch: number;
  seconds: number;
  charactersPerSecond: number;
  stopped: Stopped;
  /** As of a RunRecord. */
  resumed?: number[];
  trouble: { code: string; facts: Record<string, string | number> } | null;
  /** Nats per character. */
  loss: { train: (number | null)[]; validation: (number | null)[] };
  metrics: { validation: LanguageMetrics; test: LanguageMetrics };
  /** What counting alone reaches on the same characters. */
  baselines: { name: 'unigram' | 'bigram'; metrics: { validation: LanguageMetrics; test: LanguageMetrics } }[];
  samples: Sample[];
}
/** What the trainer found; the Lab adds identity, file and date. */
export type TextResult = Omit<
  TextRecord,
  'version' | 'kind' | 'id' | 'experiment' | 'name' | 'created' | 'dataset' | 'settings' | 'resumed'
>;
