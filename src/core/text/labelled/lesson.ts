import { classWeights } from '../../forecast/classes/lesson';
import type { TokenTable } from '../../learn/tokens';
import type { CellName, ModelSpec } from '../../nn/model';
import type { ClassBalance } from '../../run';
import type { TextParts } from '../record';
import { isKnown, type Lexicon, lexiconOf, nothing, numbering, sizeOf } from './lexicon';
import type { GivenText, LabelledKind, LabelledRecord } from './record';
import type { LabelledSettings } from './settings';
import { tokensOf } from './words';

/** A text as its tokens and the numbers of its labels; from `classes` on they are not learned, −1 where there is none. */
export interface ReadText {
  tokens: string[];
  codes: number[];
}

/** Everything that is learned and judged. */
export interface Lesson {
  kind: LabelledKind;
  lexicon: Lexicon;
  /** The learned labels, then those that the training part lacks. */
  labels: string[];
  classes: number;
  parts: TextParts<ReadText[]>;
  balance: ClassBalance;
  read: LabelledRecord['read'];
  settings: LabelledSettings;
}

/** Texts as rows of T numbers for a network. */
export interface Rows {
  T: number;
  /** [rows][T] */
  tokens: Int32Array;
  /** [rows][T]; −1 where nothing is judged. */
  labels: Int32Array;
  /** Where each label is said, in the order of the texts: row · T + step. */
  at: Int32Array;
}

/** How texts are read, in training as after it. */
export interface Way {
  kind: LabelledKind;
  lexicon: Lexicon;
  settings: Pick<LabelledSettings, 'length' | 'delay'>;
}

export function lessonOf(kind: LabelledKind, given: TextParts<GivenText[]>, settings: LabelledSettings): Lesson {
  const { input: unit, vocabulary: most, rare } = settings;
  const tokens = {
    train: given.train.map((text) => tokensOf(text, unit)),
    validation: given.validation.map((text) => tokensOf(text, unit)),
    test: given.test.map((text) => tokensOf(text, unit)),
  };
  const lexicon = lexiconOf(tokens.train, { unit, most, rare });
  const learned = counted(given.train);
  const others = [...counted([...given.validation, ...given.test]).keys()].filter((label) => !learned.has(label));
  const labels = [...[...learned.keys()].sort(), ...others.sort()];
  const codeOf = new Map(labels.map((label, code) => [label, code]));
  const readOf = (part: keyof typeof tokens): ReadText[] =>
    given[part].map(({ labels: own }, i) => ({
      tokens: tokens[part][i]!,
      codes: own.map((label) => codeOf.get(label) ?? -1),
    }));
  const parts = { train: readOf('train'), validation: readOf('validation'), test: readOf('test') };
  const balanceOf = (texts: GivenText[]) => {
    const counts = counted(texts);
    return labels.map((label) => counts.get(label) ?? 0);
  };
  const numberOf = numbering(lexicon);
  const all = tokens.train.flat();
  return {
    ...{ kind, lexicon, labels, classes: learned.size, parts, settings },
    balance: {
      classes: labels,
      train: balanceOf(given.train),
      validation: balanceOf(given.validation),
      test: balanceOf(given.test),
    },
    read: {
      tokens: all.length,
      known: all.filter((token) => isKnown(lexicon, numberOf(token))).length,
      long: tokens.train.filter(({ length }) => length > settings.length).length,
    },
  };
}

export const delayOf = (kind: LabelledKind, { delay }: Pick<LabelledSettings, 'delay'>): number =>
  kind === 'tagging' ? delay : 0;

/** Steps that hold every one of these texts, or as much of it as is read at once. */
export function stepsOf(texts: readonly ReadText[], { kind, settings }: Omit<Way, 'lexicon'>): number {
  const longest = texts.reduce((most, { tokens }) => Math.max(most, tokens.length), 1);
  return Math.min(longest, settings.length) + delayOf(kind, settings);
}

function counted(texts: GivenText[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { labels } of texts) for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/**
 * Texts as rows of T steps, which hold as much of a text as is read at once. Of tagging, a sentence is as many rows as it needs, and the tag of word t is said at step t + delay, the
 * words up to there (or nothing, behind the end) being read; of classification, a text is one row, what is too long cut off,
 * and its label is said at its last token. Behind a text's end stands nothing, and nothing there is judged.
 */
export function rowsOf(texts: readonly ReadText[], way: Way, T = stepsOf(texts, way)): Rows {
  const { kind, lexicon } = way;
  const delay = delayOf(kind, way.settings);
  const numberOf = numbering(lexicon);
  const piece = T - delay;
  const pieces = texts.map(({ tokens }) => (kind === 'tagging' ? Math.max(1, Math.ceil(tokens.length / piece)) : 1));
  const rows = pieces.reduce((sum, count) => sum + count, 0);
  const numbers = new Int32Array(rows * T).fill(nothing);
  const labels = new Int32Array(rows * T).fill(-1);
  const at: number[] = [];
  let row = 0;
  texts.forEach(({ tokens, codes }, i) => {
    for (let p = 0; p < pieces[i]!; p++, row++) {
      const some = tokens.slice(p * piece, p * piece + T);
      some.forEach((token, t) => {
        numbers[row * T + t] = numberOf(token);
      });
      const said = kind === 'tagging' ? Math.min(piece, tokens.length - p * piece) : Math.min(1, codes.length);
      for (let k = 0; k < said; k++) {
        const place = row * T + (kind === 'tagging' ? k + delay : Math.max(0, some.length - 1));
        labels[place] = codes[p * piece + k] ?? -1;
        at.push(place);
      }
    }
  });
  return { T, tokens: numbers, labels, at: Int32Array.from(at) };
}

/** What is trained on: rows of the training and of the validation part, labels that are not learned left out. */
export function tableOf(lesson: Lesson): TokenTable {
  const { parts, classes, balance, settings } = lesson;
  const T = stepsOf([...parts.train, ...parts.validation], lesson);
  const [train, validation] = [rowsOf(parts.train, lesson, T), rowsOf(parts.validation, lesson, T)];
  const joined = (key: 'tokens' | 'labels') => {
    const all = new Int32Array(train[key].length + validation[key].length);
    all.set(train[key]);
    all.set(validation[key], train[key].length);
    return all;
  };
  const starts = (from: number, length: number) => Int32Array.from({ length: length / T }, (_, row) => from + row * T);
  return {
    tokens: joined('tokens'),
    labels: joined('labels').map((code) => (code < classes ? code : -1)),
    T,
    starts: {
      train: starts(0, train.tokens.length),
      validation: starts(train.tokens.length, validation.tokens.length),
    },
    carried: false,
    ...(settings.classWeights === 'balanced' && {
      weights: classWeights(balance.train.slice(0, classes), 'balanced'),
    }),
  };
}

/** The network a cell name stands for. */
export function labelModel(
  cell: CellName,
  settings: LabelledSettings,
  { lexicon, classes }: Pick<Lesson, 'lexicon' | 'classes'>,
): ModelSpec {
  const { hidden: H, layers: L, dropout, embedding: D, activation } = settings;
  return {
    ...{ cell, activation: cell === 'rnn' ? activation : 'tanh', D, H, L, O: classes, dropout },
    tokens: { V: sizeOf(lexicon), embedding: 'learned' },
  };
}
