import type { CellName, ModelSpec } from '../../nn/model';
import { delayOf, rowsOf } from '../../text/labelled/lesson';
import { isKnown } from '../../text/labelled/lexicon';
import type { LabelledKind, LabelledRecord } from '../../text/labelled/record';
import { logSumExp } from '../../text/measure';
import { layerOf } from '../present';
import type { InsideLayer, Num } from '../view';
import { quantitiesIn } from './present';
import type { TokenLookAnswer } from './request';
import type { OneQuantity } from './view';

/** What is looked at: a text given, or one of those of the test part that the run keeps to show, by its place. */
export interface LabelStretch {
  run: string;
  text?: string;
  example?: number;
}

/** What a model that labels texts does with one: docs/inside.md. T steps: words or characters, and those a tag waits for. */
export interface LabelProbe {
  run: string;
  kind: LabelledKind;
  cell: CellName;
  model: ModelSpec;
  epoch: number;
  /** Which of the run's own texts; null: one that was given. */
  example: number | null;
  labels: string[];
  /** Words that a tag waits for. */
  delay: number;
  /** Words or characters behind those read at once, which are not looked at. */
  left: number;
  steps: LabelStep[];
  /** The gradient is of −ln p of this label, said at this step. */
  of: { step: number; label: string };
  loss: Num;
  gradientNorm: Num;
  layers: InsideLayer[];
}

export interface LabelStep {
  /** Null behind the text's end. */
  token: string | null;
  /** Whether the vocabulary has it. */
  known: boolean;
  /** The word whose tag is said here, by its step; of classification every step says what the text would be if it ended here. */
  word: number | null;
  /** In the order of `labels`. */
  probabilities: number[];
  label: string;
  /** What it is, where that is known. */
  actual: string | null;
  /** Of the probabilities, bits. */
  entropy: number;
}

/** A text as it is read: of one longer than is read at once, its beginning. */
export interface ReadLabels {
  tokens: string[];
  numbers: Int32Array;
  left: number;
  actual: string[] | null;
  example: number | null;
}

export function readLabels(
  { kind, lexicon, settings }: LabelledRecord,
  all: string[],
  actual: string[] | null,
  example: number | null,
): ReadLabels {
  const tokens = all.slice(0, settings.length);
  const read = { tokens, codes: kind === 'tagging' ? tokens.map(() => -1) : [-1] };
  const { tokens: numbers } = rowsOf([read], { kind, lexicon, settings });
  return { tokens, numbers, left: all.length - tokens.length, actual, example };
}

const stepOfLast = ({ numbers, tokens }: ReadLabels, kind: LabelledKind) =>
  kind === 'tagging' ? numbers.length - 1 : Math.max(0, tokens.length - 1);

/** The label whose loss goes back through the text: the last that is said, what it is or, where that is not known, the likeliest. */
export function labelAimed(
  { kind, labels, model }: LabelledRecord,
  read: ReadLabels,
  outputs: Float64Array,
): { step: number; code: number } {
  const step = stepOfLast(read, kind);
  const scores = outputs.subarray(step * model.O, (step + 1) * model.O);
  const actual = labels.indexOf(read.actual?.at(-1) ?? '');
  return { step, code: actual >= 0 ? actual : scores.indexOf(Math.max(...scores)) };
}

/** What the trainer found of a text, as it is told. */
export function labelProbeOf(
  record: LabelledRecord,
  read: ReadLabels,
  aimed: { step: number; code: number },
  { view, radius }: TokenLookAnswer & { type: 'stretch' },
  only: OneQuantity | null = null,
): LabelProbe {
  const { id, kind, cell, model, bestEpoch, labels, lexicon, settings } = record;
  const delay = delayOf(kind, settings);
  const last = stepOfLast(read, kind);
  const steps = Array.from(read.numbers, (number, t): LabelStep => {
    const scores = view.outputs.subarray(t * model.O, (t + 1) * model.O);
    const all = logSumExp(scores);
    const logs = Array.from(scores, (score) => score - all);
    const word = kind === 'tagging' ? (t >= delay ? t - delay : null) : null;
    return {
      token: read.tokens[t] ?? null,
      known: t < read.tokens.length && isKnown(lexicon, number),
      word,
      probabilities: logs.map(Math.exp),
      label: labels[logs.indexOf(Math.max(...logs))]!,
      actual: (kind === 'tagging' ? word !== null && read.actual?.[word] : t === last && read.actual?.[0]) || null,
      entropy: -logs.reduce((sum, log) => sum + Math.exp(log) * log, 0) / Math.LN2,
    };
  });
  return {
    ...{ run: id, kind, cell, model, epoch: bestEpoch, example: read.example, labels, delay, left: read.left, steps },
    of: { step: aimed.step, label: labels[aimed.code]! },
    ...{ loss: view.loss, gradientNorm: view.gradientNorm },
    layers: view.stacks[0]!.layers.map((layer, l) =>
      layerOf(model, layer, radius?.[l] ?? null, only ? quantitiesIn(only, l) : undefined),
    ),
  };
}
