import type { CellName, ModelSpec } from '../../nn/model';
import type { ClassBalance, ClassMetrics, Stopped } from '../../run';
import type { KernelName } from '../../settings';
import type { TextFingerprint, TextParts } from '../record';
import type { Lexicon } from './lexicon';
import type { LabelledSettings } from './settings';

/** Tagging: a label for every word of a sentence. Classification: one label for a whole text. */
export const labelledKinds = ['tagging', 'classification'] as const;
export type LabelledKind = (typeof labelledKinds)[number];

/** A text as it came: of tagging its words, of classification all of it as one string; with its labels, none where it has none. */
export interface GivenText {
  content: string | string[];
  /** As many as words, or one. */
  labels: string[];
}

/** Which columns of the file were read, and how. Columns are named by their heading, or by their number from 1 on. */
export interface LabelledReading {
  encoding?: string;
  delimiter?: string;
  /** 1-based line of the header of a table; 0 where there is none. */
  headerLine?: number;
  /** Of words, or of texts. */
  text?: string;
  label?: string;
}

export interface LabelledFingerprint extends Omit<TextFingerprint, 'characters'> {
  /** Sentences, or rows with a text and a label. */
  texts: number;
  /** Texts of the same words as an earlier one. All of them stand in one part. */
  repeated: number;
  reading: LabelledReading;
}

/** How well one part is labelled. `n` of the class metrics counts labels. */
export interface LabelledMetrics extends ClassMetrics {
  /** Texts judged, and the share of them without any error, 0–1. */
  texts: number;
  wholly: number | null;
  /** Words judged that the vocabulary does not have, and the share of them that was right. Of tagging alone. */
  unknown: { n: number; accuracy: number | null } | null;
}
export interface LabelledPartMetrics {
  validation: LabelledMetrics;
  test: LabelledMetrics;
}

export const labelledBaselineNames = ['majority', 'word-tag', 'naive-bayes'] as const;
export interface LabelledBaseline {
  name: (typeof labelledBaselineNames)[number];
  metrics: LabelledPartMetrics;
}

/** Texts of the test part as the model told them, for looking at. */
export interface ToldText {
  tokens: string[];
  labels: string[];
  told: string[];
  /** The probability of each label told. */
  probabilities: number[];
}

/** A model of labelled texts as `run.json` keeps it, beside `weights.safetensors`. */
export const labelledVersion = 1;
export interface LabelledRecord {
  version: typeof labelledVersion;
  kind: LabelledKind;
  id: string;
  experiment: string;
  name: string;
  /** ISO 8601, UTC. */
  created: string;
  dataset: LabelledFingerprint;
  settings: LabelledSettings;
  cell: CellName;
  seed: number;
  model: ModelSpec;
  kernels: KernelName;
  lexicon: Lexicon;
  /** The learned labels, by their numbers. */
  labels: string[];
  /** Texts of each part. */
  split: TextParts<number>;
  /** Labels of each part. */
  balance: ClassBalance;
  /** Of the training part: words or characters, those that the vocabulary has, and texts that were too long. */
  read: { tokens: number; known: number; long: number };
  parameters: number;
  epochs: number;
  bestEpoch: number;
  seconds: number;
  /** Words or characters. */
  tokensPerSecond: number;
  stopped: Stopped;
  /** As of a RunRecord. */
  resumed?: number[];
  trouble: { code: string; facts: Record<string, string | number> } | null;
  /** Cross-entropy, nats per label. */
  loss: { train: (number | null)[]; validation: (number | null)[] };
  metrics: LabelledPartMetrics;
  baselines: LabelledBaseline[];
  /** What speaks against chance: paired by text on the share of wrong labels (Diebold–Mariano). */
  evidence: { name: LabelledBaseline['name']; statistic: number; p: number; windows: number }[];
  examples: ToldText[];
}
/** What the trainer found; the Lab adds identity, file and date. */
export type LabelledResult = Omit<
  LabelledRecord,
  'version' | 'kind' | 'id' | 'experiment' | 'name' | 'created' | 'dataset' | 'settings' | 'resumed'
>;
