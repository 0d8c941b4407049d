import type { Edge, Edges } from '../run';

/**
 * What a model learns under the quantile loss (Koenker and Bassett 1978): the median, which is its forecast, and the edges
 * of the bands of 95 and 80 %. Nothing but the data the model was trained on speaks for them, so they promise less than
 * conformal bands; the coverage measured on the test part says what they are worth. Where a transform adds up forecast
 * differences, edges are sums of edges, which is wider than the edge of a sum.
 */
export const quantileLevels = [0.5, 0.025, 0.1, 0.9, 0.975];
const edgeOrder: Edge[] = ['lower95', 'lower80', 'upper80', 'upper95'];

/**
 * The median and its edges from `levels` [quantile][windows · steps] in the order of `quantileLevels`. Quantiles learned one
 * by one may cross; in order of size they are no worse at any level (Chernozhukov et al. 2010).
 */
export function medianAndEdges(levels: Float64Array[]): { values: Float64Array; edges: Edges } {
  const [median, low95, low80, high80, high95] = levels as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const values = new Float64Array(median.length);
  const edges = Object.fromEntries(edgeOrder.map((edge) => [edge, new Float64Array(median.length)])) as Edges;
  for (let i = 0; i < median.length; i++) {
    const sorted = Float64Array.of(low95[i]!, low80[i]!, median[i]!, high80[i]!, high95[i]!).sort();
    values[i] = sorted[2]!;
    edges.lower95[i] = sorted[0]!;
    edges.lower80[i] = sorted[1]!;
    edges.upper80[i] = sorted[3]!;
    edges.upper95[i] = sorted[4]!;
  }
  return { values, edges };
}
