import { recentShare } from '../../forecast/intervals';
import type { Bands, Edge } from '../../run';
import type { GraphWriter } from './graph';
import { slice } from './layers';

/** Forecast and edges of its bands: [N][K] each, double. */
export type Ends = { forecast: string } & Partial<Record<Edge, string>>;

/** Rows whose changes a band's width is made of: one more than changes. */
export const rowsForBands = (bands: Bands | null): number => (bands ? bands.rows + 1 : 0);

/** Conformal bands round the forecast (forecast/intervals.ts): NaN where none was promised, or beyond the steps judged. */
export function conformalEnds(
  g: GraphWriter,
  forecast: string,
  target: string,
  bands: Bands,
  steps: number | string,
): Ends {
  const spread = bands.rows > 0 ? spreadOf(g, target, bands) : g.double(bands.usual);
  const edge = (name: Edge, half: (number | null)[], sign: 1 | -1): string => {
    const reach = g.op('Mul', `${name}_reach`, [spread, halves(g, name, half, sign, steps)]);
    if (!bands.log) return g.op('Add', `${name}_end`, [forecast, reach]);
    return g.op('Mul', `${name}_end`, [forecast, g.op('Exp', `${name}_ratio`, [reach])]);
  };
  return {
    forecast,
    lower80: edge('lower80', bands.half80, -1),
    upper80: edge('upper80', bands.half80, 1),
    lower95: edge('lower95', bands.half95, -1),
    upper95: edge('upper95', bands.half95, 1),
  };
}

/** [N][1] of the raw target [N][rows]. */
function spreadOf(g: GraphWriter, target: string, { log, floor, rows, usual }: Bands): string {
  const recent = slice(g, 'recent', target, 1, -rows - 1);
  const level = log ? g.op('Log', 'recent_logs', [g.op('Max', 'recent_floored', [recent, g.double(floor)])]) : recent;
  const later = slice(g, 'later', level, 1, 1);
  const moves = g.op('Abs', 'moves', [g.op('Sub', 'moves_signed', [later, slice(g, 'earlier', level, 1, 0, -1)])]);
  const lately = g.op('ReduceMean', 'lately', [moves], { axes: [1], keepdims: 1 });
  const weighted = g.op('Mul', 'lately_weighted', [lately, g.double(recentShare)]);
  return g.op('Add', 'spread', [weighted, g.double((1 - recentShare) * usual)]);
}

/** [K] how many spreads a band reaches, signed. */
function halves(g: GraphWriter, name: Edge, half: (number | null)[], sign: 1 | -1, steps: number | string): string {
  const known = g.doubles(half.map((value) => (value === null ? Number.NaN : sign * value)));
  if (typeof steps === 'number') return known;
  const past = g.op('Max', `${name}_past`, [g.op('Sub', `${name}_more`, [steps, g.int(half.length)]), g.int(0)]);
  const pads = g.op('Concat', `${name}_pads`, [g.ints(0), g.op('Unsqueeze', `${name}_pad`, [past, g.ints(0)])], {
    axis: 0,
  });
  const padded = g.op('Pad', `${name}_padded`, [known, pads, g.double(Number.NaN)]);
  const end = g.op('Unsqueeze', `${name}_last`, [steps, g.ints(0)]);
  return g.op('Slice', `${name}_halves`, [padded, g.ints(0), end, g.ints(0)]);
}

/** Quantiles [N][5][K] in order of size (forecast/quantiles.ts). */
export function quantileEnds(g: GraphWriter, levels: string): Ends {
  const [sorted] = g.ops('TopK', ['sorted', 'order'], [levels, g.ints(5)], { axis: 1, largest: 0, sorted: 1 });
  const at = (place: number, name: string) =>
    g.op('Squeeze', name, [slice(g, `${name}_row`, sorted as string, 1, place, place + 1), g.ints(1)]);
  return {
    lower95: at(0, 'lower95_end'),
    lower80: at(1, 'lower80_end'),
    forecast: at(2, 'median'),
    upper80: at(3, 'upper80_end'),
    upper95: at(4, 'upper95_end'),
  };
}
