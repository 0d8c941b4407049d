import type { Arena } from '../kernels/arena';
import { type InputMemoryPlace, placeInputMemory } from './input-memory';
import { readsTable } from './input-table';
import { type LinearPlace, placeLinear } from './linear';
import { gates, type ModelSpec } from './model';
import { parameterTable } from './parameters';
import { up } from './round';

/** What recurrent layers are, whatever stands before and after them. */
export type LayersSpec = Pick<ModelSpec, 'cell' | 'memory' | 'D' | 'H' | 'L' | 'tokens'>;

/** Widths as stored: kernels work on panels of eight columns, so H and O are rounded up; what is added stays zero. */
export interface LayerShape {
  /** Width of the inputs: the model's D, 0 where they come from a table (nn/input-table.ts), or the width of the layer below. */
  D: number;
  /** Inputs that are real. */
  inputs: number;
  /** Columns of a row before the hidden state: zeros, inputs, 1. */
  E: number;
  H: number;
  /** Blocks of H gate columns kept per step: RNN 1 (2 with memory after: y, v), LSTM 4 (i, f, g, o), GRU 4 (n, r, z, u). */
  blocks: number;
  /** Gates whose pre-activation the state enters. */
  G: number;
}

export { up };

export function layerShapes(model: LayersSpec): LayerShape[] {
  const H = up(model.H, 8);
  const first = readsTable(model) ? 0 : model.D;
  return Array.from({ length: model.L }, (_, l) => {
    const D = l === 0 ? first : H;
    const blocks = model.cell !== 'rnn' ? 4 : model.memory === 'after' ? 2 : 1;
    return { D, inputs: l === 0 ? first : model.H, E: up(D + 1, 4), H, blocks, G: gates[model.cell] };
  });
}

/**
 * Where gate g of PyTorch's order stands among the blocks: which block its input side and its recurrent side are in.
 * Two have the GRU's candidate, n (input side) and u (recurrent side), and the RNN with memory after the activation.
 */
export function blocksOf(model: Pick<ModelSpec, 'cell' | 'memory'>, g: number): { input: number; hidden: number } {
  if (model.memory === 'after') return { input: 0, hidden: 1 };
  return model.cell === 'gru' ? { input: (g + 1) % 3, hidden: g + 1 } : { input: g, hidden: g };
}

/** Where the weights of recurrent layers lie as kernels read them. */
export type LayersPlace = {
  forward: number;
  backward: number;
  backwardInput: number;
  /** Where memory enters with the input: nn/input-memory.ts. */
  memory: InputMemoryPlace | null;
}[];

/** Numbers each block of a layer reads: the GRU's n and memory's y read no state, and their u and v no inputs. */
function blockReads({ cell, memory }: LayersSpec, { D, H, blocks }: LayerShape): number[] {
  const all = D + 1 + H;
  if (cell === 'gru') return [D + 1, all, all, 1 + H];
  return memory === 'after' ? [D + 1, 1 + H] : Array(blocks).fill(all);
}

export function placeLayers(arena: Arena, model: LayersSpec, name = ''): LayersPlace {
  const H = up(model.H, 8);
  return layerShapes(model).map((s, l) => {
    const reads = blockReads(model, s);
    const add = (what: string, ...shape: number[]) => arena.add(`${name}packed weights ${l}${what}`, shape);
    return {
      forward: add(
        '',
        reads.reduce((a, b) => a + b, 0),
        H,
      ),
      backward: add(', recurrent, backward', H / 8, s.G * H, 8),
      backwardInput: add(', input, backward', up(s.D, 8) / 8, s.G * H, 8),
      memory: model.memory === 'input' ? placeInputMemory(arena, s, `${name}memory ${l}`) : null,
    };
  });
}

/** The model's numbers as the optimizer sees them (flat, in the order of the parameter table) and as kernels read them. */
export interface ModelBuffers {
  /** Numbers in `weights`, rounded up to a multiple of 4. */
  size: number;
  weights: number;
  layers: LayersPlace;
  head: LinearPlace;
}

/** The flat weights of any model. */
export function placeWeights(arena: Arena, model: ModelSpec): { size: number; weights: number } {
  const count = parameterTable(model).reduce((sum, p) => sum + p.size, 0);
  return { size: up(count, 4), weights: arena.add('weights', [up(count, 4)]) };
}

export function placeModel(arena: Arena, model: ModelSpec): ModelBuffers {
  return {
    ...placeWeights(arena, model),
    layers: placeLayers(arena, model),
    head: placeLinear(arena, 'head', model.H, model.O),
  };
}

/** What one thread needs to take one slice of windows through recurrent layers and back. */
export interface LayersWork {
  /** Rows of windows at most. */
  S: number;
  /** Steps of a window. */
  T: number;
  /** Steps whose activations are kept for the way back, the last ones; 0: none, for inference. */
  kept: number;
  layers: {
    rows: number;
    gates: number;
    gatePanel: number;
    cells: number;
    cellPanel: number;
    dx: number;
    /** [H/8][S][8] gradient of the hidden state and of the cell state, on their way back through time. */
    dh: number;
    dc: number;
  }[];
  dxPanel: number;
  dzRows: number;
  scratch: number;
}

export interface LayersWorkOptions {
  S: number;
  T: number;
  kept: number;
  /** Steps a roll-out goes past the window. */
  extra?: number;
  /** Also the gradient of the first layer's inputs. */
  inputGradient?: boolean;
}

// one cache line more than the rows need, so that panels do not all fall on the same lines of the cache
export const panelRows = (rows: number) => rows + 2;

export function placeLayersWork(
  arena: Arena,
  model: LayersSpec,
  name: string,
  { S, T, kept, extra = 0, inputGradient = false }: LayersWorkOptions,
): LayersWork {
  const shapes = layerShapes(model);
  const H = up(model.H, 8);
  const steps = Math.max(kept, 1);
  const add = (what: string, ...shape: number[]) => arena.add(`${name} ${what}`, shape);
  const lstm = model.cell === 'lstm';
  return {
    S,
    T,
    kept,
    layers: shapes.map((s, l) => ({
      rows: add(`rows ${l}`, T + 1 + (l === 0 ? extra : 0), S, s.E + H),
      gates: add(`gates ${l}`, (s.blocks * H) / 8, panelRows(steps * S), 8),
      gatePanel: panelRows(steps * S) * 32,
      cells: lstm ? add(`cells ${l}`, H / 8, panelRows((kept + 1) * S), 8) : 0,
      cellPanel: panelRows((kept + 1) * S) * 32,
      dx: kept && (l > 0 || inputGradient) ? add(`input gradient ${l}`, up(s.D, 8) / 8, panelRows(steps * S), 8) : 0,
      dh: kept ? add(`state gradient ${l}`, H / 8, S, 8) : 0,
      dc: kept && lstm ? add(`cell gradient ${l}`, H / 8, S, 8) : 0,
    })),
    dxPanel: panelRows(steps * S) * 32,
    dzRows: kept ? add('gate gradient, rows', S, (shapes[0]?.blocks ?? 1) * H) : 0,
    scratch: kept ? add('packing', H / 8, 256, 8) : 0,
  };
}

/** Of R rows: [O/8][R][8] outputs, targets, and gradient of the outputs, this also as rows [R][O]. */
export interface Outputs {
  y: number;
  target: number;
  dy: number;
  dyRows: number;
}

export function placeOutputs(arena: Arena, name: string, O: number, R: number): Outputs {
  const place = (what: string) => arena.add(`${name} ${what}`, [up(O, 8) / 8, R, 8]);
  return {
    y: place('outputs'),
    target: place('targets'),
    dy: place('output gradient'),
    dyRows: arena.add(`${name} output gradient, rows`, [R, up(O, 8)]),
  };
}

/** The same for layers with a head on the last states. */
export interface Workspace extends LayersWork, Outputs {
  /** Steps the head looks at, the last ones. */
  headSteps: number;
  dHead: number;
  /** [S][D] at most: how far a roll-out's centres have moved. */
  moved: number;
}

export interface WorkspaceOptions extends LayersWorkOptions {
  headSteps?: number;
}

export function placeWorkspace(arena: Arena, model: ModelSpec, name: string, options: WorkspaceOptions): Workspace {
  const { S, kept, headSteps = 1 } = options;
  const R = headSteps * S;
  const add = (what: string, ...shape: number[]) => arena.add(`${name} ${what}`, shape);
  return {
    ...placeLayersWork(arena, model, name, options),
    headSteps,
    ...placeOutputs(arena, name, model.O, R),
    moved: add('centres moved', S, model.D),
    dHead: kept ? add('head gradient', up(model.H, 8) / 8, R, 8) : 0,
  };
}

/** One weight gradient per slice, as the kernels leave it: `sliceBytes` apart. */
export interface SliceGradient {
  offset: number;
  sliceBytes: number;
}

export function placeSliceGradient(
  arena: Arena,
  name: string,
  slices: number,
  rows: number,
  columns: number,
): SliceGradient {
  return {
    offset: arena.add(`slice gradients, ${name}`, [slices, rows, columns]),
    sliceBytes: rows * columns * 4,
  };
}

/** Of recurrent layers: per layer [blocks·H][E + H]. */
export function placeLayerGradients(arena: Arena, model: LayersSpec, slices: number, name = ''): SliceGradient[] {
  const H = up(model.H, 8);
  return layerShapes(model).map((s, l) =>
    placeSliceGradient(arena, `${name}layer ${l}`, slices, s.blocks * H, s.E + H),
  );
}

/** The weight gradients of all slices: of the layers, and of the head [O][4 + H]. */
export interface GradientBuffers {
  slices: number;
  layers: SliceGradient[];
  head: SliceGradient;
}

export function placeGradients(arena: Arena, model: ModelSpec, slices: number): GradientBuffers {
  return {
    slices,
    layers: placeLayerGradients(arena, model, slices),
    head: placeSliceGradient(arena, 'head', slices, up(model.O, 8), 4 + up(model.H, 8)),
  };
}
