import type { ClassMetrics, ClassScore } from '../../run';
import { orNull } from '../statistics';

/** Answers over one part beside the truth. Codes are positions in a lesson's labels; those from `classes` on are not learned. */
export interface Answers {
  /** [n] */
  actual: ArrayLike<number>;
  /** [n] */
  predicted: ArrayLike<number>;
  /** [n][V]; null where an answer names a class and nothing more. */
  probabilities: ArrayLike<number> | null;
}

/** Equal bins of the calibration error. */
const bins = 10;

/**
 * Scores of classes told, ĉ, against those that were, c, over n rows, with p(v) the probability given to class v.
 *   accuracy = share with ĉ = c
 *   recall(v) = right among those that are v     precision(v) = right among those called v
 *   F1(v) = 2 · right(v) / (were v + called v)
 *   balanced accuracy = mean recall over the classes that occur     macro F1 = mean F1 over the classes that occur or are called
 *   cross-entropy = mean −ln p(c), in nats     Brier = mean Σᵥ (p(v) − [v = c])², 0 to 2 (Brier 1950)
 *   calibration error = Σ over ten equal bins of p(ĉ) of (rows in the bin / n) · |accuracy there − mean p(ĉ) there| (Guo et al. 2017)
 *   skill = 1 − (1 − accuracy) / (1 − accuracy of the reference on the same rows)
 * A row whose class was not learned counts as wrong, and is left out of cross-entropy, Brier and calibration, where it has no p.
 * Definitions of the first six as in scikit-learn 1.9, with what is divided by zero left out or null.
 */
export function classScores(
  { actual, predicted, probabilities }: Answers,
  names: string[],
  reference: number | null,
): ClassMetrics {
  const V = names.length;
  const n = actual.length;
  const confusion = names.map(() => Array<number>(V).fill(0));
  const called = Array<number>(V).fill(0);
  let right = 0;
  let unseen = 0;
  for (let i = 0; i < n; i++) {
    const [c, told] = [actual[i]!, predicted[i]!];
    if (c === told) right++;
    if (c >= V) unseen++;
    if (told < V) called[told]!++;
    if (c < V && told < V) confusion[c]![told]!++;
  }
  const were = names.map((_, v) => countOf(actual, v));
  return fromConfusion({
    names,
    n,
    unseen,
    right,
    confusion,
    were,
    called,
    reference,
    ...sharp(actual, probabilities, V),
  });
}

const countOf = (codes: ArrayLike<number>, wanted: number): number => {
  let count = 0;
  for (let i = 0; i < codes.length; i++) if (codes[i] === wanted) count++;
  return count;
};

interface Counted {
  names: string[];
  n: number;
  unseen: number;
  right: number;
  /** [V][V] rows that were, columns that were told. */
  confusion: number[][];
  /** [V] */
  were: number[];
  called: number[];
  reference: number | null;
  crossEntropy: number | null;
  brier: number | null;
  calibration: number | null;
}

function fromConfusion(counted: Counted): ClassMetrics {
  const { names, n, unseen, right, confusion, were, called, reference, ...probabilistic } = counted;
  const perClass = scoresPerClass({ names, confusion, were, called });
  const accuracy = right / n;
  return {
    n,
    unseen,
    accuracy: orNull(accuracy),
    balancedAccuracy: meanOf(perClass.map(({ recall }) => recall)),
    macroF1: meanOf(perClass.map(({ f1 }) => f1)),
    ...probabilistic,
    skill: reference === null ? null : orNull(1 - (1 - accuracy) / (1 - reference)),
    perClass,
    confusion,
  };
}

/** How well each class was found, from the counts of answers. */
export function scoresPerClass({
  names,
  confusion,
  were,
  called,
}: Pick<Counted, 'names' | 'confusion' | 'were' | 'called'>): ClassScore[] {
  return names.map((name, v) => {
    const hits = confusion[v]![v]!;
    return {
      name,
      support: were[v]!,
      predicted: called[v]!,
      precision: orNull(hits / called[v]!),
      recall: orNull(hits / were[v]!),
      f1: orNull((2 * hits) / (were[v]! + called[v]!)),
    };
  });
}

/** Of those that are defined. */
function meanOf(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return orNull(known.reduce((sum, value) => sum + value, 0) / known.length);
}

/** Scores of the probabilities. */
function sharp(actual: ArrayLike<number>, p: ArrayLike<number> | null, V: number) {
  if (!p) return { crossEntropy: null, brier: null, calibration: null };
  const held = Array.from({ length: bins }, () => ({ rows: 0, right: 0, sure: 0 }));
  let [entropy, brier, n] = [0, 0, 0];
  for (let i = 0; i < actual.length; i++) {
    const c = actual[i]!;
    if (c >= V) continue;
    n++;
    let likeliest = 0;
    for (let v = 0; v < V; v++) {
      const own = p[i * V + v]!;
      brier += (own - (v === c ? 1 : 0)) ** 2;
      if (own > p[i * V + likeliest]!) likeliest = v;
    }
    entropy -= Math.log(p[i * V + c]!);
    const sure = p[i * V + likeliest]!;
    const bin = held[Math.min(bins - 1, Math.floor(sure * bins))]!;
    bin.rows++;
    bin.sure += sure;
    if (likeliest === c) bin.right++;
  }
  const gap = held.reduce((sum, { right, sure }) => sum + Math.abs(right - sure), 0);
  return { crossEntropy: orNull(entropy / n), brier: orNull(brier / n), calibration: orNull(gap / n) };
}

/**
 * The expected scores of a coin that falls as the classes did in training, whatever it is asked: p(v) = shares[v] in every row, and
 * of the rows that were c a share p(v) is called v.
 */
export function coinScores(
  actual: ArrayLike<number>,
  shares: number[],
  names: string[],
  reference: number | null,
): ClassMetrics {
  const n = actual.length;
  const were = names.map((_, v) => countOf(actual, v));
  const unseen = n - were.reduce((sum, count) => sum + count, 0);
  const confusion = were.map((count) => shares.map((share) => count * share));
  const right = confusion.reduce((sum, row, v) => sum + row[v]!, 0);
  const called = shares.map((share) => n * share);
  const flat = Float64Array.from({ length: n * names.length }, (_, i) => shares[i % names.length]!);
  return fromConfusion({
    names,
    n,
    unseen,
    right,
    confusion,
    were,
    called,
    reference,
    ...sharp(actual, flat, names.length),
  });
}
