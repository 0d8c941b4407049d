import { classScores } from '../../forecast/classes/metrics';
import { judged } from './judge';
import type { Lesson, ReadText } from './lesson';
import type { LabelledBaseline, LabelledPartMetrics } from './record';
import { wordsOf } from './words';

/** A way to label by counting alone: a class for every label of a text, and probabilities where it has them. */
export interface Counter {
  name: LabelledBaseline['name'];
  /** [labels] classes; probabilities [labels][classes] or null. */
  tell(text: ReadText): { told: number[]; probabilities: number[] | null };
}

/** How often each class occurs in training; a label that is not learned does not occur there. */
const sharesOf = ({ balance, classes }: Lesson) => balance.train.slice(0, classes);
const commonest = (counts: readonly number[]): number => counts.indexOf(Math.max(...counts));

/** Always the commonest label. */
export function majority(lesson: Lesson): Counter {
  const common = commonest(sharesOf(lesson));
  return { name: 'majority', tell: ({ codes }) => ({ told: codes.map(() => common), probabilities: null }) };
}

/**
 * For every word the tag it most often had in training, of equals the commoner tag; for a word never seen the commonest tag
 * (the baseline of part-of-speech tagging: Jurafsky and Martin, 8.2).
 */
export function wordTag(lesson: Lesson): Counter {
  const shares = sharesOf(lesson);
  const common = commonest(shares);
  const counts = new Map<string, Map<number, number>>();
  for (const { tokens, codes } of lesson.parts.train)
    tokens.forEach((token, t) => {
      const own = counts.get(token) ?? new Map<number, number>();
      own.set(codes[t]!, (own.get(codes[t]!) ?? 0) + 1);
      counts.set(token, own);
    });
  const best = new Map(
    [...counts].map(([token, own]) => [
      token,
      [...own].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && shares[b[0]]! > shares[a[0]]!) ? b : a))[0],
    ]),
  );
  return {
    name: 'word-tag',
    tell: ({ tokens }) => ({ told: tokens.map((token) => best.get(token) ?? common), probabilities: null }),
  };
}

/**
 * The bag of words: multinomial naive Bayes with one added to every count (Manning, Raghavan and Schütze 2008, 13.2).
 *   P(c) = texts of c / texts      P(w | c) = (n(w, c) + 1) / (n(c) + V)      score(c) = ln P(c) + Σ over the text's words ln P(w | c)
 * n(w, c) are occurrences of w in training texts of class c, V the different words of the training part; words that are not among
 * them are passed over. Words are counted in small letters and over the whole text, whatever the network reads of it.
 */
export function naiveBayes(lesson: Lesson): Counter {
  const { classes, parts, settings } = lesson;
  const words = (tokens: string[]) =>
    settings.input === 'character' ? wordsOf(tokens.join('').toLowerCase()) : tokens;
  const texts = Array<number>(classes).fill(0);
  const sizes = Array<number>(classes).fill(0);
  const counts = new Map<string, Int32Array>();
  for (const { tokens, codes } of parts.train) {
    const c = codes[0]!;
    texts[c]!++;
    for (const word of words(tokens)) {
      const own = counts.get(word) ?? new Int32Array(classes);
      own[c]!++;
      sizes[c]!++;
      counts.set(word, own);
    }
  }
  const prior = texts.map((count) => Math.log(count / parts.train.length));
  return {
    name: 'naive-bayes',
    tell({ tokens }) {
      const scores = [...prior];
      for (const word of words(tokens)) {
        const own = counts.get(word);
        if (!own) continue;
        for (let c = 0; c < classes; c++) scores[c]! += Math.log((own[c]! + 1) / (sizes[c]! + counts.size));
      }
      const most = Math.max(...scores);
      const powers = scores.map((score) => Math.exp(score - most));
      const total = powers.reduce((sum, power) => sum + power, 0);
      // a text of many words leaves nothing to the other classes; what is given no chance at all has no finite −ln p
      const probabilities = powers.map((power) => Math.max(power / total, Number.MIN_VALUE));
      return { told: [scores.indexOf(most)], probabilities };
    },
  };
}

export const countersOf = (lesson: Lesson): Counter[] =>
  lesson.kind === 'tagging' ? [majority(lesson), wordTag(lesson)] : [majority(lesson), naiveBayes(lesson)];

/** What counting reaches on both parts, with the better of the two on each as the accuracy that counts as no skill. */
export function countedBaselines(lesson: Lesson) {
  const counters = countersOf(lesson);
  const over = (part: 'validation' | 'test') =>
    counters.map(({ tell }) => {
      const said = lesson.parts[part].map(tell);
      const probable = said.every(({ probabilities }) => probabilities);
      return {
        told: said.flatMap(({ told }) => told),
        probabilities: probable ? said.flatMap(({ probabilities }) => probabilities!) : null,
      };
    });
  const answers = { validation: over('validation'), test: over('test') };
  const names = lesson.labels.slice(0, lesson.classes);
  const accuracies = (part: 'validation' | 'test') => {
    const actual = lesson.parts[part].flatMap(({ codes }) => codes);
    return answers[part].map(
      ({ told }) => classScores({ actual, predicted: told, probabilities: null }, names, null).accuracy ?? 0,
    );
  };
  const reference = { validation: Math.max(...accuracies('validation')), test: Math.max(...accuracies('test')) };
  const baselines = counters.map(({ name }, i): LabelledBaseline & { told: number[] } => {
    const metrics = (part: 'validation' | 'test') =>
      judged(lesson, lesson.parts[part], answers[part][i]!, reference[part]);
    const both: LabelledPartMetrics = { validation: metrics('validation'), test: metrics('test') };
    return { name, metrics: both, told: answers.test[i]!.told };
  });
  return { baselines, reference };
}
