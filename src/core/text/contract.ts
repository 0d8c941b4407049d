import type { OneQuantity, TextProbe, TextStretch, TextUnits } from '../inside/texts/view';
import type { CellName } from '../nn/model';
import type { Checkpoint, DataSource } from '../protocol';
import type { TextPlan } from './plan';
import type { FileKind } from './recognise';
import type { TextParts } from './record';
import type { TextSettings } from './settings';

/** The contract's part on texts. Types only. */
export interface TextCalls {
  /** What a file is by its first lines, before it is opened as that. */
  'text.recognise': { input: { source: DataSource }; output: { kind: FileKind } };
  /** A text to learn to write; named by its id in later calls. */
  'text.open': { input: { source: DataSource; encoding?: string }; output: TextView };
  /** Every setting as it would be used, with what does not fit; nothing is started. */
  'text.plan': { input: { text: string; settings: Partial<TextSettings> }; output: TextPlan };
  'text.start': { input: { text: string; settings: Partial<TextSettings> }; output: TextStarted };
  /** What a language model writes after `prime`, each character drawn by its probability. */
  'text.write': {
    input: { run: string; prime: string; length: number; temperature: number; seed: number; stop?: string };
    output: { text: string };
  };
  /** What the model does with a stretch of text: states, gates, gradients, what may come next. */
  'text.inside': { input: TextStretch & { only?: OneQuantity }; output: TextProbe };
  /** Units that follow what can be measured of the run's test part, or of characters given. */
  'text.units': { input: { run: string; text?: string }; output: TextUnits };
}

export interface TextView {
  text: string;
  file: string;
  encoding: string;
  characters: number;
  lines: number;
  vocabulary: { token: string; count: number }[];
  /** The first characters. */
  begins: string;
}
export interface TextStarted {
  experiment: string;
  settings: TextSettings;
  runs: { run: string; cell: CellName; seed: number }[];
}

/** One experiment on a text, posted once: the characters of each part as tokens. */
export interface TextJob {
  experiment: string;
  settings: TextSettings;
  vocabulary: string[];
  parts: TextParts<Int32Array>;
  runs: { run: string; cell: CellName; seed: number; from?: Checkpoint | null }[];
}
