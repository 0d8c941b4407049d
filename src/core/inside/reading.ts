import type { LayerShape, LayersWork } from '../nn/layout';
import { gates, type ModelSpec } from '../nn/model';

/** The quantities of a cell that are shown, by the letters of its equations (docs/inside.md). */
export const quantityNames = ['h', 'c', 'i', 'f', 'g', 'o', 'r', 'z', 'n', 'a'] as const;
export type QuantityName = (typeof quantityNames)[number];
/** What may be asked for: the gates of a task's layer are as many as there are states to let in. */
export const askedNames = [...quantityNames, 'entrances'] as const;
export type AskedName = (typeof askedNames)[number];

/** Gates as the kernels keep them, block after block. The GRU's fourth block, u = U h + b of the candidate, is not shown. */
const kept: Record<ModelSpec['cell'], QuantityName[]> = { rnn: [], lstm: ['i', 'f', 'g', 'o'], gru: ['n', 'r', 'z'] };

/** One recurrent layer of one window after the forward pass: all arrays are [steps][H] of real units, double precision. */
export interface LayerStates {
  steps: number;
  H: number;
  /** Inputs the layer reads: [steps][inputs]. */
  inputs: number;
  x: Float64Array;
  /** The state each step begins from, and the state it ends with. */
  before: Float64Array;
  h: Float64Array;
  /** LSTM: the cell states likewise. */
  cellBefore: Float64Array | null;
  c: Float64Array | null;
  gates: Partial<Record<QuantityName, Float64Array>>;
  /** RNN: the activation's values, which are h but where memory enters after it. */
  y: Float64Array | null;
}

/**
 * Which steps are read: the memory, the rows that go through the network together and which of them is meant, and whether
 * the steps follow one another (T of them) or stand side by side as groups of one step (a segment decoder's M).
 */
export interface Place {
  f: Float32Array | Float64Array;
  S: number;
  row: number;
  steps: number;
  side: boolean;
}

/** Where the numbers of one layer lie: rows of inputs and of states `ld` numbers apart, panels of gates and cell states. */
export interface LayerPlace {
  inputs: number;
  /** H as it is stored. */
  width: number;
  x: { at: number; ld: number };
  h: { at: number; ld: number };
  gates: number;
  gatePanel: number;
  cells: number;
  cellPanel: number;
}

export function layerPlace(work: LayersWork, { E, D, inputs, H: width }: LayerShape, l: number): LayerPlace {
  const { rows, gates, gatePanel, cells, cellPanel } = work.layers[l]!;
  const ld = E + width;
  const x = { at: rows + (E - 1 - D) * 4, ld };
  return { inputs, width, x, h: { at: rows + E * 4, ld }, gates, gatePanel, cells, cellPanel };
}

/** [steps][columns] of one window from panels of eight columns; step t's row is t·S and the window's own. */
export function fromPanels(
  { f, S, steps, row = 0 }: Pick<Place, 'f' | 'S' | 'steps'> & { row?: number },
  { at, panel, column = 0, columns }: { at: number; panel: number; column?: number; columns: number },
): Float64Array {
  const out = new Float64Array(steps * columns);
  for (let t = 0; t < steps; t++)
    for (let j = 0; j < columns; j++) {
      const stored = column + j;
      out[t * columns + j] = f[at / 4 + (stored >> 3) * (panel / 4) + (t * S + row) * 8 + (stored & 7)] as number;
    }
  return out;
}

/** [steps][columns] from rows `ld` numbers apart, beginning `skip` rows of windows further on. */
function fromRows(
  { f, S, row, steps }: Place,
  { at, ld }: { at: number; ld: number },
  columns: number,
  skip: number,
): Float64Array {
  const out = new Float64Array(steps * columns);
  for (let t = 0; t < steps; t++) {
    const from = at / 4 + ((t + skip) * S + row) * ld;
    out.set(f.subarray(from, from + columns), t * columns);
  }
  return out;
}

/** What one layer did with a window. Before `backward`, which puts gradients where gates were. */
export function statesOf(place: Place, model: Pick<ModelSpec, 'cell' | 'H'>, at: LayerPlace): LayerStates {
  const { steps, side } = place;
  const { inputs, width } = at;
  const { H } = model;
  const after = side ? steps : 1;
  const cells = (skip: number) =>
    at.cells ? fromPanels(place, { at: at.cells + skip * place.S * 32, panel: at.cellPanel, columns: H }) : null;
  const read = (block: number) =>
    fromPanels(place, { at: at.gates, panel: at.gatePanel, column: block * width, columns: H });
  return {
    steps,
    H,
    inputs,
    x: fromRows(place, at.x, inputs, 0),
    before: fromRows(place, at.h, H, 0),
    h: fromRows(place, at.h, H, after),
    cellBefore: cells(0),
    c: cells(after),
    gates: Object.fromEntries(kept[model.cell].map((name, block) => [name, read(block)])),
    y: model.cell === 'rnn' ? read(0) : null,
  };
}

/**
 * Gradients δ of the pre-activations, which `backward` leaves where the gates were: [steps][G·H], on the side of the inputs
 * and on the side of the state, each in the order of the rows of weight_ih and weight_hh.
 */
export function deltasOf(
  place: Place,
  model: Pick<ModelSpec, 'cell' | 'H'>,
  at: LayerPlace,
  blocksOf: (g: number) => { input: number; hidden: number },
): { input: Float64Array; hidden: Float64Array } {
  const G = gates[model.cell];
  const { H } = model;
  const gather = (side: 'input' | 'hidden') => {
    const all = new Float64Array(place.steps * G * H);
    for (let g = 0; g < G; g++) {
      const column = blocksOf(g)[side] * at.width;
      const part = fromPanels(place, { at: at.gates, panel: at.gatePanel, column, columns: H });
      for (let t = 0; t < place.steps; t++) all.set(part.subarray(t * H, (t + 1) * H), (t * G + g) * H);
    }
    return all;
  };
  return { input: gather('input'), hidden: gather('hidden') };
}
