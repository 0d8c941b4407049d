import type { Engine, Weights } from '../../learn/engine';
import type { ModelSpec } from '../../nn/model';
import { logSumExp } from '../../text/measure';
import type { Fed, Feeds, RunGraph } from './check';

/**
 * The largest difference between the lab's probabilities of what comes next and those of a graph, after every character of
 * stretches [N][T] that each begin with a zero state; relative to the lab's, or to 1 / V where that is larger. The graph reads
 * them side by side in two parts, and takes its states from one to the other.
 */
export async function languageDifference(
  { engine, model, weights }: { engine: Pick<Engine, 'reader'>; model: ModelSpec; weights: Weights },
  stretches: Int32Array[],
  graph: RunGraph,
): Promise<number> {
  const N = stretches.length;
  const T = stretches[0]?.length ?? 0;
  const half = Math.ceil(T / 2);
  const first = await graph(feedsOf(model, part(stretches, 0, half), null));
  const second = await graph(feedsOf(model, part(stretches, half, T), first));
  const reader = engine.reader(model, weights);
  let most = 0;
  stretches.forEach((stretch, n) => {
    reader.forget();
    stretch.forEach((token, t) => {
      const expected = reader.read(token);
      const [found, at] = t < half ? [first.logits, n * half + t] : [second.logits, n * (T - half) + t - half];
      const given = found?.subarray(at * model.O, (at + 1) * model.O) ?? new Float32Array();
      most = Math.max(most, differenceOf(expected, given));
    });
  });
  return N * T === 0 || Number.isNaN(most) ? Number.POSITIVE_INFINITY : most;
}

function differenceOf(expected: Float32Array, given: Float32Array): number {
  if (given.length !== expected.length) return Number.POSITIVE_INFINITY;
  const [all, other] = [logSumExp(expected), logSumExp(given)];
  let most = 0;
  for (const [v, score] of expected.entries()) {
    const p = Math.exp(score - all);
    most = Math.max(most, Math.abs(Math.exp(given[v]! - other) - p) / Math.max(p, 1 / expected.length));
  }
  return most;
}

const part = (stretches: Int32Array[], from: number, to: number) => stretches.map((one) => one.subarray(from, to));

/** Stretches of equal length, after what the graph left of those before. */
export function feedsOf(
  { cell, L, H }: ModelSpec,
  tokens: Int32Array[],
  left: Record<string, Float32Array> | null,
): Feeds {
  const N = tokens.length;
  const state = (name: string): Fed => ({
    type: 'float32',
    data: left?.[`${name}_after`] ?? new Float32Array(L * N * H),
    dims: [L, N, H],
  });
  const numbers = BigInt64Array.from(tokens.flatMap((one) => Array.from(one, BigInt)));
  return {
    tokens: { type: 'int64', data: numbers, dims: [N, tokens[0]?.length ?? 0] },
    h_before: state('h'),
    ...(cell === 'lstm' && { c_before: state('c') }),
  };
}
