import type { CellName, ModelSpec } from '../../nn/model';
import type { QuantityName } from '../reading';
import type { InsideLayer, Num } from '../view';
import type { MeasureName } from './measures';
import type { Tracking } from './tracking';

/** What is looked at: characters given, or a stretch of the run's own text that begins at character `at`. */
export interface TextStretch {
  run: string;
  text?: string;
  at?: number;
  length?: number;
}

/** What a language model does with a stretch of text: docs/inside.md. T characters. */
export interface TextProbe {
  run: string;
  cell: CellName;
  model: ModelSpec;
  epoch: number;
  /** Where the stretch begins in the run's own text, and how many characters were read before it; null: characters given. */
  at: number | null;
  lead: number;
  /** Characters of the run's text, and where its test part begins; null where the text cannot be had. */
  whole: { characters: number; test: number } | null;
  steps: TextStep[];
  /** The gradient is of −ln p of this step's next character; null: none was asked for, or no next character is known. */
  of: number | null;
  loss: Num;
  gradientNorm: Num;
  layers: InsideLayer[];
}

export interface TextStep {
  character: string;
  /** Entropy of what may come next, bits. */
  entropy: Num;
  /** −ln p of the character that came next, nats; null after the last. */
  nats: Num;
  /** The likeliest next characters. */
  guesses: { character: string; p: number }[];
}

/** Units that follow what can be measured of a text. */
export interface TextUnits {
  run: string;
  /** Of the run's own test part, or of the characters given. */
  of: 'test' | 'given';
  characters: number;
  tracking: Tracking<MeasureName>[];
  /** Measures that keep still in this text. */
  still: MeasureName[];
}

/** One quantity of one layer is enough for a heat map. */
export interface OneQuantity {
  layer: number;
  quantity: QuantityName;
}
