import type { Speaker } from './measure';

/**
 * What counting alone knows: how often each character occurs in the training part (unigram), or occurs after the one before
 * it (bigram). Every count begins at `prior` of a unigram's share, so that nothing is held to be impossible:
 *   p(b) = (n(b) + 1) / (n + V),    p(b | a) = (n(a b) + prior · p(b)) / (n(a) + prior)
 * (additive smoothing, and its interpolated form after Dirichlet: Manning and Schütze 1999, 6.2; MacKay and Peto 1995).
 */
const prior = 5;

export function unigram(train: Int32Array, V: number): Speaker {
  const counts = new Float64Array(V).fill(1);
  for (const token of train) counts[token]!++;
  const scores = counts.map(Math.log);
  return { forget() {}, read: () => scores };
}

export function bigram(train: Int32Array, V: number): Speaker {
  const shares = new Float64Array(V).fill(1 / (train.length + V));
  for (const token of train) shares[token]! += 1 / (train.length + V);
  const after = new Map<number, Map<number, number>>();
  for (let t = 1; t < train.length; t++) {
    const row = after.get(train[t - 1]!) ?? new Map<number, number>();
    row.set(train[t]!, (row.get(train[t]!) ?? 0) + 1);
    after.set(train[t - 1]!, row);
  }
  const known = new Map<number, Float64Array>();
  const scoresAfter = (token: number) => {
    const row = after.get(token);
    const scores = shares.map((share, v) => Math.log((row?.get(v) ?? 0) + prior * share));
    known.set(token, scores);
    return scores;
  };
  return { forget() {}, read: (token) => known.get(token) ?? scoresAfter(token) };
}
