import type { LanguageMetrics } from './record';

/** Something that reads one token and then says how likely each is to come next, as scores before the softmax. */
export interface Speaker {
  forget(): void;
  read(token: number): ArrayLike<number>;
}

/** ln Σ e^s, the largest score taken out first so that none overflows. */
export function logSumExp(scores: ArrayLike<number>): number {
  let most = -Infinity;
  for (let v = 0; v < scores.length; v++) most = Math.max(most, scores[v]!);
  let total = 0;
  for (let v = 0; v < scores.length; v++) total += Math.exp(scores[v]! - most);
  return most + Math.log(total);
}

/** Adds up what is known of the characters of one part. */
export class Tally {
  private n = 0;
  private nats = 0;
  private right = 0;

  add(scores: ArrayLike<number>, next: number): void {
    let best = 0;
    for (let v = 1; v < scores.length; v++) if (scores[v]! > scores[best]!) best = v;
    this.n++;
    this.nats += logSumExp(scores) - scores[next]!;
    if (best === next) this.right++;
  }

  get metrics(): LanguageMetrics {
    const nats = this.nats / this.n;
    return { n: this.n, nats, bits: nats / Math.LN2, accuracy: this.right / this.n };
  }
}

/**
 * Reads `lead` and then `part` without a break, and judges every character of `part` by what came before it. `breathe` lets
 * the host work now and then.
 */
export async function measure(
  speaker: Speaker,
  lead: Int32Array,
  part: Int32Array,
  breathe: () => Promise<void>,
): Promise<LanguageMetrics> {
  const tally = new Tally();
  speaker.forget();
  let scores: ArrayLike<number> | null = null;
  for (const token of lead) scores = speaker.read(token);
  for (let t = 0; t < part.length; t++) {
    if (scores) tally.add(scores, part[t]!);
    scores = speaker.read(part[t]!);
    if (t % 500 === 0) await breathe();
  }
  return tally.metrics;
}
