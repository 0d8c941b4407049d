import type { Kernels } from '../kernels/index';
import {
  blocksOf,
  type GradientBuffers,
  type LayerShape,
  layerShapes,
  type ModelBuffers,
  type Workspace,
} from './layout';
import { activationNames, type ModelSpec, parameterCount, parameterTable } from './model';

/**
 * A model over the kernels: packing of weights, forward, backward, gradients in the order of the parameter table.
 * All state is in the arena's buffers; the objects here only hold where things are.
 */
export interface Network {
  k: Kernels;
  model: ModelSpec;
  shapes: LayerShape[];
  buffers: ModelBuffers;
  /** Offset in bytes of each parameter within a flat array, by name. */
  at: Record<string, number>;
  /** Numbers the model learns. */
  count: number;
}

export function network(k: Kernels, model: ModelSpec, buffers: ModelBuffers): Network {
  const at = Object.fromEntries(parameterTable(model).map(({ name, offset }) => [name, offset * 4]));
  return { k, model, shapes: layerShapes(model), buffers, at, count: parameterCount(model) };
}

/** The ones that carry the biases. Once per workspace; kernels write around them. */
export function prepareRows(memory: Float32Array | Float64Array, net: Network, work: Workspace, extra = 0): void {
  net.shapes.forEach(({ E, H }, l) => {
    const first = (work.layers[l]?.rows ?? 0) / 4;
    const count = (work.T + 1 + (l === 0 ? extra : 0)) * work.S;
    for (let r = 0; r < count; r++) memory[first + r * (E + H) + E - 1] = 1;
  });
}

/** Weights as the kernels read them. Once per step of the optimizer. */
export function pack(net: Network): void {
  const { k, model, shapes, buffers, at } = net;
  const { weights } = buffers;
  const place = (name: string, row = 0) => weights + (at[name] as number) + row * 4;
  shapes.forEach(({ D, inputs, H, G }, l) => {
    const to = buffers.layers[l] as ModelBuffers['layers'][number];
    const K = D + 1 + H;
    const real = model.H;
    for (let g = 0; g < G; g++) {
      const { input, hidden } = blocksOf(model, g);
      const Wi = place(`weight_ih_l${l}`, g * real * inputs);
      const Wh = place(`weight_hh_l${l}`, g * real * real);
      const bi = place(`bias_ih_l${l}`, g * real);
      const bh = place(`bias_hh_l${l}`, g * real);
      if (input === hidden) {
        const panels = to.forward + forwardPanels(model, D, H, input) * 4;
        k.packRows(real, inputs, Wi, inputs, panels, K, 0, 0);
        k.packRows(real, 1, bi, 1, panels, K, D, 0);
        k.packRows(real, 1, bh, 1, panels, K, D, 1);
        k.packRows(real, real, Wh, real, panels, K, D + 1, 0);
      } else {
        const n = to.forward + forwardPanels(model, D, H, input) * 4;
        const u = to.forward + forwardPanels(model, D, H, hidden) * 4;
        k.packRows(real, inputs, Wi, inputs, n, D + 1, 0, 0);
        k.packRows(real, 1, bi, 1, n, D + 1, D, 0);
        k.packRows(real, 1, bh, 1, u, 1 + H, 0, 0);
        k.packRows(real, real, Wh, real, u, 1 + H, 1, 0);
      }
      k.packColumns(real, real, Wh, real, to.backward, G * H, g * H);
      k.packColumns(real, inputs, Wi, inputs, to.backwardInput, G * H, input * H);
    }
  });
  const { H } = shapes[0] as LayerShape;
  const O = Math.ceil(model.O / 8) * 8;
  k.packRows(model.O, 1, place('head.bias'), 1, buffers.head.forward, 1 + H, 0, 0);
  k.packRows(model.O, model.H, place('head.weight'), model.H, buffers.head.forward, 1 + H, 1, 0);
  k.packColumns(model.O, model.H, place('head.weight'), model.H, buffers.head.backward, O, 0);
}

/** Numbers before the forward panels of a block. */
function forwardPanels(model: ModelSpec, D: number, H: number, block: number): number {
  const K = D + 1 + H;
  if (model.cell !== 'gru') return block * H * K;
  return block === 0 ? 0 : (D + 1 + (block - 1) * K) * H;
}

/** Dropout of one slice in one step: key per layer, or none. */
export interface Drop {
  key: number;
  threshold: number;
  scale: number;
}
export const noDrop: Drop = { key: 0, threshold: 0, scale: 1 };
export function dropOf(p: number, key: number): Drop {
  return p > 0 ? { key, threshold: Math.floor(p * 2 ** 32) | 0, scale: 1 / (1 - p) } : noDrop;
}

export interface Pass {
  /** Rows, a multiple of 4 (1: one window, inference only). */
  S: number;
  drop: Drop;
  /** Time steps the first layer's window has moved on (roll-out). */
  shift: number;
  /** Begin from the states in the buffers instead of zero. */
  keepState: boolean;
}

/** First layer's inputs → the head's outputs `y`. With `work.kept`, activations of the last steps stay for `backward`. */
export function forward(net: Network, work: Workspace, pass: Pass): void {
  const { k, model, shapes, buffers } = net;
  const { S, drop } = pass;
  const { T, kept } = work;
  const free = T - kept;
  const step = S * 32;
  shapes.forEach(({ D, E, H }, l) => {
    const at = work.layers[l] as Workspace['layers'][number];
    const { forward: W } = buffers.layers[l] as ModelBuffers['layers'][number];
    const rowBytes = S * (E + H) * 4;
    const rows = at.rows + (l === 0 ? pass.shift * rowBytes : 0);
    if (!pass.keepState) {
      k.clearRows(S, H, E + H, rows + E * 4);
      if (at.cells) for (let u = 0; u < H / 8; u++) k.clear(at.cells + u * cellPanelOf(work, l, S), step);
    }
    const gatePanel = S === 1 ? 32 : at.gatePanel;
    const run = (steps: number, from: number, time: number) => {
      if (steps === 0) return;
      if (model.cell === 'rnn')
        k.rnnForward(activationNames.indexOf(model.activation), steps, S, D, E, H, from, at.gates, gatePanel, time, W);
      else if (model.cell === 'lstm')
        k.lstmForward(steps, S, D, E, H, from, at.gates, gatePanel, time, at.cells, cellPanelOf(work, l, S), time, W);
      else k.gruForward(steps, S, D, E, H, from, at.gates, gatePanel, time, W);
    };
    run(free, rows, 0);
    run(kept, rows + free * rowBytes, step);
    const above = shapes[l + 1];
    if (above) {
      const to = (work.layers[l + 1]?.rows ?? 0) + (above.E - 1 - above.D) * 4;
      const from = rows + rowBytes + E * 4;
      k.enter(T * S, H, from, E + H, to, above.E + above.H, drop.key + l, drop.threshold, drop.scale);
    }
  });
  const { rows, ld, H } = headRows(net, work, pass);
  const R = work.headSteps * S;
  k.product(R, Math.ceil(model.O / 8), 1 + H, rows, ld * 4, buffers.head.forward, work.y, R * 32, 0);
}

/** A lone window's panels lie side by side, so that one call of a gate function serves all units. */
function cellPanelOf(work: Workspace, l: number, S: number): number {
  return S === 1 ? 32 : (work.layers[l]?.cellPanel ?? 0);
}

/** The rows the head reads, from their column of ones on. */
function headRows(net: Network, work: Workspace, pass: { S: number; shift: number }) {
  const top = net.shapes.length - 1;
  const { E, H } = net.shapes[top] as LayerShape;
  const ld = E + H;
  const step = work.T - work.headSteps + 1 + (top === 0 ? pass.shift : 0);
  return { rows: (work.layers[top]?.rows ?? 0) + (step * pass.S * ld + E - 1) * 4, ld, H };
}

/** Gradients of the outputs (dy, dyRows) → weight gradients of slice `slice`. Follows `forward` with the same pass. */
export function backward(net: Network, work: Workspace, grads: GradientBuffers, slice: number, pass: Pass): void {
  const { k, model, shapes, buffers } = net;
  const { S, drop } = pass;
  const { T, kept } = work;
  const free = T - kept;
  const step = S * 32;
  const R = work.headSteps * S;
  const O = Math.ceil(model.O / 8) * 8;
  const { rows: headAt, ld: headLd, H } = headRows(net, work, pass);
  const U = H / 8;
  const dWhead = grads.head.offset + slice * grads.head.sliceBytes;
  // three columns of zeros or inputs stand before the ones; what they give is not read
  k.weightGradient(R, O / 8, 0, 4, H, work.dy, R * 32, headAt - 12, headLd, dWhead, work.scratch, 0);
  k.product(R, U, O, work.dyRows, O * 4, buffers.head.backward, work.dHead, R * 32, 0);
  let outFrom = kept - work.headSteps;
  let dOut = work.dHead - outFrom * step;
  let outPanel = R * 32;
  for (let l = shapes.length - 1; l >= 0; l--) {
    const { D, E, blocks, G } = shapes[l] as LayerShape;
    const at = work.layers[l] as Workspace['layers'][number];
    const { backward: W, backwardInput: Wx } = buffers.layers[l] as ModelBuffers['layers'][number];
    const { offset, sliceBytes } = grads.layers[l] as GradientBuffers['head'];
    const dW = offset + slice * sliceBytes;
    const skip = (blocks - G) * U;
    const ld = E + H;
    const X = at.dx ? Math.ceil(D / 8) : 0;
    k.clear(work.dh, H * S * 4);
    if (at.cells) k.clear(work.dc, H * S * 4);
    // some steps back, then their weight gradients while they are still in the cache
    const span = Math.max(1, Math.floor(256 / S));
    for (let end = kept; end > 0; end -= span) {
      const t = Math.max(0, end - span);
      const steps = end - t;
      const rows = at.rows + (free + t) * S * ld * 4;
      const gates = [at.gates + t * step, at.gatePanel, step] as const;
      const out = [dOut + t * step, outPanel, step, outFrom - t, work.dh] as const;
      const dx = [W, X, Wx, at.dx + t * step, work.dxPanel, step] as const;
      if (model.cell === 'rnn')
        k.rnnBackward(activationNames.indexOf(model.activation), steps, S, H, ...gates, ...out, work.dzRows, ...dx);
      else if (model.cell === 'lstm') {
        const cells = [at.cells + t * step, at.cellPanel, step] as const;
        k.lstmBackward(steps, S, H, ...gates, ...cells, ...out, work.dc, work.dzRows, ...dx);
      } else k.gruBackward(steps, S, E, H, rows, ...gates, ...out, work.dzRows, ...dx);
      const add = end < kept ? 1 : 0;
      k.weightGradient(steps * S, blocks * U, skip, E, H, gates[0], at.gatePanel, rows, ld, dW, work.scratch, add);
    }
    if (l > 0) k.enterBack(free * S, kept * S, H, at.dx, work.dxPanel, drop.key + l - 1, drop.threshold, drop.scale);
    dOut = at.dx;
    outPanel = work.dxPanel;
    outFrom = 0;
  }
}

/** The gradients of `slices` slices, added in their order, into `to`: flat, in the order of the parameter table. */
export function collect(net: Network, grads: GradientBuffers, slices: number, to: number): void {
  const { k, model, shapes, at } = net;
  const place = (name: string, row = 0) => to + (at[name] as number) + row * 4;
  const real = model.H;
  shapes.forEach(({ D, inputs, E, H, G }, l) => {
    const { offset, sliceBytes } = grads.layers[l] as GradientBuffers['head'];
    const ld = E + H;
    const part = (block: number, column: number) => offset + (block * H * ld + column) * 4;
    for (let g = 0; g < G; g++) {
      const { input, hidden } = blocksOf(model, g);
      const sum = (columns: number, from: number, out: number) =>
        k.sumSlices(real, columns, slices, from, ld, sliceBytes, out, columns);
      sum(inputs, part(input, E - 1 - D), place(`weight_ih_l${l}`, g * real * inputs));
      sum(1, part(input, E - 1), place(`bias_ih_l${l}`, g * real));
      sum(real, part(hidden, E), place(`weight_hh_l${l}`, g * real * real));
      sum(1, part(hidden, E - 1), place(`bias_hh_l${l}`, g * real));
    }
  });
  const { offset, sliceBytes } = grads.head;
  const ld = 4 + (shapes[0] as LayerShape).H;
  k.sumSlices(model.O, real, slices, offset + 16, ld, sliceBytes, place('head.weight'), real);
  k.sumSlices(model.O, 1, slices, offset + 12, ld, sliceBytes, place('head.bias'), 1);
}
