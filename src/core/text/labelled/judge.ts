import { classScores } from '../../forecast/classes/metrics';
import type { Lesson, ReadText } from './lesson';
import { isKnown, numbering } from './lexicon';
import type { LabelledMetrics } from './record';

/** Answers to the labels of some texts, one after another: classes, and [labels][classes] probabilities where there are any. */
export interface Told {
  told: ArrayLike<number>;
  probabilities: ArrayLike<number> | null;
}

/** Scores over one part; a label that was not learned counts as wrong. */
export function judged(
  { kind, lexicon, labels, classes }: Pick<Lesson, 'kind' | 'lexicon' | 'labels' | 'classes'>,
  texts: readonly ReadText[],
  { told, probabilities }: Told,
  reference: number | null,
): LabelledMetrics {
  const actual = texts.flatMap(({ codes }) => codes);
  const scores = classScores({ actual, predicted: told, probabilities }, labels.slice(0, classes), reference);
  const wrong = errorsByText(texts, told);
  const right = wrong.filter((share) => share === 0).length;
  return {
    ...scores,
    texts: texts.length,
    wholly: texts.length > 0 ? right / texts.length : null,
    unknown: kind === 'tagging' ? unknownWords(lexicon, texts, told) : null,
  };
}

/** Share of a text's labels that are wrong. [texts] */
export function errorsByText(texts: readonly ReadText[], told: ArrayLike<number>): number[] {
  let i = 0;
  return texts.map(({ codes }) => {
    let wrong = 0;
    for (const code of codes) if (code !== told[i++]) wrong++;
    return codes.length > 0 ? wrong / codes.length : 0;
  });
}

function unknownWords(lexicon: Lesson['lexicon'], texts: readonly ReadText[], told: ArrayLike<number>) {
  const numberOf = numbering(lexicon);
  let [i, n, right] = [0, 0, 0];
  for (const { tokens, codes } of texts)
    tokens.forEach((token, t) => {
      const own = told[i++];
      if (isKnown(lexicon, numberOf(token))) return;
      n++;
      if (own === codes[t]) right++;
    });
  return { n, accuracy: n > 0 ? right / n : null };
}
