import type { Arena } from '../kernels/arena';
import { gates, type ModelSpec, parameterTable } from './model';

/** Widths as stored: kernels work on panels of eight columns, so H and O are rounded up; what is added stays zero. */
export interface LayerShape {
  /** Width of the inputs: the model's D, or the width of the layer below. */
  D: number;
  /** Inputs that are real. */
  inputs: number;
  /** Columns of a row before the hidden state: zeros, inputs, 1. */
  E: number;
  H: number;
  /** Blocks of H gate columns kept per step: RNN 1, LSTM 4 (i, f, g, o), GRU 4 (n, r, z, u). */
  blocks: number;
  /** Gates whose pre-activation the state enters. */
  G: number;
}

const up = (n: number, to: number) => Math.ceil(n / to) * to;

export function layerShapes(model: ModelSpec): LayerShape[] {
  const H = up(model.H, 8);
  return Array.from({ length: model.L }, (_, l) => {
    const D = l === 0 ? model.D : H;
    const blocks = model.cell === 'rnn' ? 1 : 4;
    return { D, inputs: l === 0 ? model.D : model.H, E: up(D + 1, 4), H, blocks, G: gates[model.cell] };
  });
}

/**
 * Where gate g of PyTorch's order stands among the blocks: which block its input side and its recurrent side are in.
 * Only the GRU's candidate has two: n (input side) and u (recurrent side).
 */
export function blocksOf(model: ModelSpec, g: number): { input: number; hidden: number } {
  return model.cell === 'gru' ? { input: (g + 1) % 3, hidden: g + 1 } : { input: g, hidden: g };
}

/** The model's numbers as the optimizer sees them (flat, in the order of the parameter table) and as kernels read them. */
export interface ModelBuffers {
  /** Numbers in `weights`, rounded up to a multiple of 4. */
  size: number;
  weights: number;
  layers: { forward: number; backward: number; backwardInput: number }[];
  head: { forward: number; backward: number };
}

export function placeModel(arena: Arena, model: ModelSpec): ModelBuffers {
  const size = up(
    parameterTable(model).reduce((sum, p) => sum + p.size, 0),
    4,
  );
  const O = up(model.O, 8);
  const H = up(model.H, 8);
  return {
    size,
    weights: arena.add('weights', [size]),
    layers: layerShapes(model).map((s, l) => {
      // one panel set per block; the GRU's n reads no state and its u no inputs
      const reads =
        model.cell === 'gru' ? [s.D + 1, s.D + 1 + H, s.D + 1 + H, 1 + H] : Array(s.blocks).fill(s.D + 1 + H);
      return {
        forward: arena.add(`packed weights ${l}`, [reads.reduce((a, b) => a + b, 0), H]),
        backward: arena.add(`packed weights ${l}, recurrent, backward`, [H / 8, s.G * H, 8]),
        backwardInput: arena.add(`packed weights ${l}, input, backward`, [up(s.D, 8) / 8, s.G * H, 8]),
      };
    }),
    head: {
      forward: arena.add('packed head', [O / 8, 1 + H, 8]),
      backward: arena.add('packed head, backward', [H / 8, O, 8]),
    },
  };
}

/** What one thread needs to take one slice of windows through all layers and back. */
export interface Workspace {
  /** Rows of windows at most. */
  S: number;
  /** Steps of a window. */
  T: number;
  /** Steps whose activations are kept for the way back, the last ones; 0: none, for inference. */
  kept: number;
  /** Steps the head looks at, the last ones. */
  headSteps: number;
  layers: { rows: number; gates: number; gatePanel: number; cells: number; cellPanel: number; dx: number }[];
  dxPanel: number;
  y: number;
  target: number;
  dy: number;
  dyRows: number;
  dHead: number;
  dh: number;
  dc: number;
  dzRows: number;
  scratch: number;
  /** [S][D] how far a roll-out's centres have moved. */
  moved: number;
}

export interface WorkspaceOptions {
  S: number;
  T: number;
  kept: number;
  headSteps?: number;
  /** Steps a roll-out goes past the window. */
  extra?: number;
  /** Also the gradient of the first layer's inputs. */
  inputGradient?: boolean;
}

export function placeWorkspace(arena: Arena, model: ModelSpec, name: string, options: WorkspaceOptions): Workspace {
  const { S, T, kept, headSteps = 1, extra = 0, inputGradient = false } = options;
  const shapes = layerShapes(model);
  const H = up(model.H, 8);
  const O = up(model.O, 8);
  const steps = Math.max(kept, 1);
  // one cache line more than the rows need, so that panels do not all fall on the same lines of the cache
  const panelRows = (rows: number) => rows + 2;
  const R = headSteps * S;
  const add = (what: string, ...shape: number[]) => arena.add(`${name} ${what}`, shape);
  const layers = shapes.map((s, l) => ({
    rows: add(`rows ${l}`, T + 1 + (l === 0 ? extra : 0), S, s.E + H),
    gates: add(`gates ${l}`, (s.blocks * H) / 8, panelRows(steps * S), 8),
    gatePanel: panelRows(steps * S) * 32,
    cells: model.cell === 'lstm' ? add(`cells ${l}`, H / 8, panelRows((kept + 1) * S), 8) : 0,
    cellPanel: panelRows((kept + 1) * S) * 32,
    dx: kept && (l > 0 || inputGradient) ? add(`input gradient ${l}`, up(s.D, 8) / 8, panelRows(steps * S), 8) : 0,
  }));
  return {
    S,
    T,
    kept,
    headSteps,
    layers,
    dxPanel: panelRows(steps * S) * 32,
    y: add('outputs', O / 8, R, 8),
    target: add('targets', O / 8, R, 8),
    dy: add('output gradient', O / 8, R, 8),
    dyRows: add('output gradient, rows', R, O),
    moved: add('centres moved', S, model.D),
    ...(kept
      ? {
          dHead: add('head gradient', H / 8, R, 8),
          dh: add('state gradient', H / 8, S, 8),
          dc: add('cell gradient', H / 8, S, 8),
          dzRows: add('gate gradient, rows', S, (shapes[0]?.blocks ?? 1) * H),
          scratch: add('packing', H / 8, 256, 8),
        }
      : { dHead: 0, dh: 0, dc: 0, dzRows: 0, scratch: 0 }),
  };
}

/** The weight gradients of one slice, as the kernels leave them: per layer [blocks·H][E + H], head [O][4 + H]. */
export interface GradientBuffers {
  slices: number;
  layers: { offset: number; sliceBytes: number }[];
  head: { offset: number; sliceBytes: number };
}

export function placeGradients(arena: Arena, model: ModelSpec, slices: number): GradientBuffers {
  const H = up(model.H, 8);
  const place = (name: string, rows: number, columns: number) => ({
    offset: arena.add(name, [slices, rows, columns]),
    sliceBytes: rows * columns * 4,
  });
  return {
    slices,
    layers: layerShapes(model).map((s, l) => place(`slice gradients ${l}`, s.blocks * H, s.E + H)),
    head: place('slice gradients, head', up(model.O, 8), 4 + H),
  };
}
