import type { Control } from '../../learn/engine';
import { delayOf, type ReadText, rowsOf, type Way } from '../../text/labelled/lesson';
import { type LearnedLabels, tellTexts } from '../../text/labelled/tell';
import type { RunGraph } from './check';

/**
 * The largest difference between the lab's probabilities of every label of some texts and those of a graph, relative to the
 * lab's, or to 1 / V where that is larger. A told label that is not among the likeliest is an infinite difference.
 */
export async function labelledDifference(
  learned: LearnedLabels,
  texts: readonly ReadText[],
  way: Way,
  control: Pick<Control, 'breathe'>,
  graph: RunGraph,
): Promise<number> {
  const V = learned.model.O;
  const { T, tokens, at } = rowsOf(texts, way);
  const { probabilities: expected } = await tellTexts(learned, texts, way, control);
  const N = tokens.length / T;
  const found = await graph({ tokens: { type: 'int64', data: BigInt64Array.from(tokens, BigInt), dims: [N, T] } });
  const { probabilities, class: told } = found;
  const delay = delayOf(way.kind, way.settings);
  const each = way.kind === 'tagging' ? T - delay : 1;
  if (probabilities?.length !== N * each * V || told?.length !== N * each || at.length === 0)
    return Number.POSITIVE_INFINITY;
  let most = 0;
  for (const [i, place] of at.entries()) {
    const row = Math.floor(place / T);
    const own = way.kind === 'tagging' ? row * each + (place % T) - delay : row;
    const given = probabilities.subarray(own * V, (own + 1) * V);
    for (let v = 0; v < V; v++) {
      const p = expected[i * V + v]!;
      most = Math.max(most, Math.abs(given[v]! - p) / Math.max(p, 1 / V));
    }
    if (!(given[Number(told[own])]! >= Math.max(...given))) return Number.POSITIVE_INFINITY;
  }
  return Number.isNaN(most) ? Number.POSITIVE_INFINITY : most;
}
