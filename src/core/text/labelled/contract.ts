import type { LabelUnits } from '../../inside/texts/label-units';
import type { LabelProbe, LabelStretch } from '../../inside/texts/labels';
import type { OneQuantity } from '../../inside/texts/view';
import type { CellName } from '../../nn/model';
import type { Checkpoint, DataSource } from '../../protocol';
import type { TextStarted } from '../contract';
import type { TextParts } from '../record';
import type { LabelledPlan } from './plan';
import type { GivenText, LabelledKind, LabelledMetrics, LabelledReading, LabelledRecord, ToldText } from './record';
import type { LabelledSettings } from './settings';

/** The contract's part on labelled texts. Types only. */
export interface LabelledCalls {
  /** Sentences with tags, or a table of texts with labels; named by its id in later calls. */
  'labelled.open': {
    input: { source: DataSource; kind: LabelledKind; reading?: LabelledReading };
    output: LabelledView;
  };
  /** Every setting as it would be used, with what does not fit; nothing is started. */
  'labelled.plan': { input: { texts: string; settings: Partial<LabelledSettings> }; output: LabelledPlan };
  'labelled.start': { input: { texts: string; settings: Partial<LabelledSettings> }; output: LabelledStarted };
  /** What a trained model says of texts that are typed in. */
  'labelled.tell': { input: { run: string; texts: string[] }; output: { told: TellingOf[] } };
  /** What it says of a file, and how well where that has labels. */
  /** What the model does with one text: states, gates, gradients, what it would say at every step. */
  'labelled.inside': { input: LabelStretch & { only?: OneQuantity }; output: LabelProbe };
  /** Units that follow what is to be said of the texts of the run's test part. */
  'labelled.units': { input: { run: string }; output: LabelUnits };
}

export interface LabelledView {
  texts: string;
  kind: LabelledKind;
  file: string;
  sha256: string;
  encoding: string;
  /** How the file was read, with every choice as it was made. */
  reading: LabelledReading;
  /** Columns that can be chosen. */
  columns: string[];
  /** Sentences or rows, and words of the sentences. */
  count: number;
  words: number;
  /** Texts of the same words as an earlier one. */
  repeated: number;
  labels: { label: string; count: number }[];
  /** What is to be said of the file, as catalogue entries. */
  notes: { code: string; facts: Record<string, string | number> }[];
  /** The first texts. */
  begins: GivenText[];
}

export interface LabelledStarted extends Omit<TextStarted, 'settings'> {
  settings: LabelledSettings;
}

/** A text as a model told it: a label for every token, or one; `all` [labels told][labels of the model] probabilities. */
export interface TellingOf extends Omit<ToldText, 'labels'> {
  all: number[][];
}
export interface AppliedLabels {
  file: string;
  sha256: string;
  record: LabelledRecord;
  texts: (TellingOf & { labels: string[] | null })[];
  /** Null where the file has no labels. */
  metrics: LabelledMetrics | null;
}

/** One experiment on labelled texts, posted once. */
export interface LabelledJob {
  experiment: string;
  kind: LabelledKind;
  settings: LabelledSettings;
  parts: TextParts<GivenText[]>;
  runs: { run: string; cell: CellName; seed: number; from?: Checkpoint | null }[];
}
