import type { Random } from '../nn/random';
import { logSumExp, type Speaker } from './measure';

export interface Saying {
  /** Tokens read before the first is written; at least one. */
  prime: Int32Array;
  /** Most tokens written. */
  length: number;
  /** Scores are divided by it: below 1 the likely becomes likelier, towards 0 only the likeliest is said; above 1 all evens out. */
  temperature: number;
  /** Ends before the token whose writing makes the end of what was written equal these tokens. */
  stop?: Int32Array;
}

/** Writes token after token, each drawn by its probability softmax(scores / temperature) and then read in its turn. */
export function* say(speaker: Speaker, { prime, length, temperature, stop }: Saying, random: Random) {
  speaker.forget();
  let scores: ArrayLike<number> = [];
  for (const token of prime) scores = speaker.read(token);
  const last: number[] = [];
  for (let i = 0; i < length; i++) {
    const token = draw(scores, temperature, random.uniform());
    last.push(token);
    if (stop && stop.length > 0) {
      if (last.length > stop.length) last.shift();
      if (last.length === stop.length && last.every((each, k) => each === stop[k])) return;
    }
    yield token;
    scores = speaker.read(token);
  }
}

/** The token at share `u` (0 ≤ u < 1) of the probabilities. */
export function draw(scores: ArrayLike<number>, temperature: number, u: number): number {
  if (temperature < 1e-3) {
    let best = 0;
    for (let v = 1; v < scores.length; v++) if (scores[v]! > scores[best]!) best = v;
    return best;
  }
  const scaled = Array.from(scores, (score) => score / temperature);
  const total = logSumExp(scaled);
  let left = u;
  for (let v = 0; v < scaled.length; v++) {
    left -= Math.exp(scaled[v]! - total);
    if (left < 0) return v;
  }
  return scaled.length - 1;
}
