import type { Kernels } from '../kernels/index';
import { formRecurrent, handBack } from './input-memory';
import { blocksOf, type LayerShape, type LayersPlace, type LayersWork, type SliceGradient } from './layout';
import { activationNames, type ModelSpec } from './model';

/** Recurrent layers over the kernels, one above the other: what every network here is built round. */
export interface Layers {
  k: Kernels;
  model: Pick<ModelSpec, 'cell' | 'activation' | 'memory' | 'H'>;
  shapes: LayerShape[];
  buffers: { weights: number; layers: LayersPlace };
  /** Offset in bytes of each parameter within a flat array, by name. */
  at: Record<string, number>;
  /** Before the names of these layers' parameters. */
  prefix: string;
}

/** The ones that carry the biases. Once per workspace; kernels write around them. */
export function prepareRows(
  memory: Float32Array | Float64Array,
  { shapes }: Pick<Layers, 'shapes'>,
  work: LayersWork,
  extra = 0,
): void {
  shapes.forEach(({ E, H }, l) => {
    const first = (work.layers[l]?.rows ?? 0) / 4;
    const count = (work.T + 1 + (l === 0 ? extra : 0)) * work.S;
    for (let r = 0; r < count; r++) memory[first + r * (E + H) + E - 1] = 1;
  });
}

/** Weights as the kernels read them. Once per step of the optimizer. */
export function packLayers({ k, model, shapes, buffers, at, prefix }: Layers): void {
  const place = (name: string, row: number) => buffers.weights + (at[prefix + name] as number) + row * 4;
  shapes.forEach(({ D, inputs, H, G }, l) => {
    const to = buffers.layers[l] as LayersPlace[number];
    const K = D + 1 + H;
    const real = model.H;
    for (let g = 0; g < G; g++) {
      const { input, hidden } = blocksOf(model, g);
      const Wi = place(`weight_ih_l${l}`, g * real * inputs);
      if (to.memory) formRecurrent({ k, D: inputs, H: real, place: to.memory }, Wi, place(`weight_hx_l${l}`, 0));
      const without = model.memory === 'none';
      const Wh = without ? 0 : to.memory ? to.memory.U : place(`weight_hh_l${l}`, g * real * real);
      const bi = place(`bias_ih_l${l}`, g * real);
      const twoBiases = at[`${prefix}bias_hh_l${l}`] !== undefined;
      const bh = twoBiases ? place(`bias_hh_l${l}`, g * real) : 0;
      if (input === hidden) {
        const panels = to.forward + forwardPanels(model, D, H, input) * 4;
        if (inputs) k.packRows(real, inputs, Wi, inputs, panels, K, 0, 0);
        k.packRows(real, 1, bi, 1, panels, K, D, 0);
        if (twoBiases) k.packRows(real, 1, bh, 1, panels, K, D, 1);
        // where there is no memory the weights of the state stay zero, as memory is when it is new
        if (!without) k.packRows(real, real, Wh, real, panels, K, D + 1, 0);
      } else {
        const n = to.forward + forwardPanels(model, D, H, input) * 4;
        const u = to.forward + forwardPanels(model, D, H, hidden) * 4;
        if (inputs) k.packRows(real, inputs, Wi, inputs, n, D + 1, 0, 0);
        k.packRows(real, 1, bi, 1, n, D + 1, D, 0);
        if (twoBiases) k.packRows(real, 1, bh, 1, u, 1 + H, 0, 0);
        k.packRows(real, real, Wh, real, u, 1 + H, 1, 0);
      }
      if (!without) k.packColumns(real, real, Wh, real, to.backward, G * H, g * H);
      k.packColumns(real, inputs, Wi, inputs, to.backwardInput, G * H, input * H);
    }
  });
}

/** Numbers before the forward panels of a block. */
function forwardPanels(
  { cell, memory }: Pick<ModelSpec, 'cell' | 'memory'>,
  D: number,
  H: number,
  block: number,
): number {
  const K = D + 1 + H;
  if (cell !== 'gru' && memory !== 'after') return block * H * K;
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
  /** Puts what is added to the first layer's pre-activations at step t where its gates will be. */
  given?: (t: number, gates: number, gatePanel: number) => void;
}

/** A coin that falls on one's own side with probability `share`, as kernels read it. */
export const coinThreshold = (share: number): number => Math.min(2 ** 32 - 1, Math.floor(share * 2 ** 32)) | 0;

/** Steps of a workspace: `steps` of them from `first` on. */
export interface Span {
  first: number;
  steps: number;
}

/** First layer's inputs → states of all layers. With `work.kept`, activations of the last steps stay for the way back. */
export function forwardLayers(
  net: Layers,
  work: LayersWork,
  pass: Pass,
  span: Span = { first: 0, steps: work.T },
): void {
  const { k, model, shapes, buffers } = net;
  const { S, drop } = pass;
  const free = work.T - work.kept;
  const step = S * 32;
  const { first } = span;
  const end = first + span.steps;
  shapes.forEach(({ D, E, H }, l) => {
    const at = work.layers[l] as LayersWork['layers'][number];
    const { forward: W } = buffers.layers[l] as LayersPlace[number];
    const rowBytes = S * (E + H) * 4;
    const rows = at.rows + (l === 0 ? pass.shift * rowBytes : 0);
    if (!pass.keepState) clearStates(net, work, l, S, rows);
    const gatePanel = S === 1 ? 32 : at.gatePanel;
    const cellPanel = cellPanelOf(work, l, S);
    const given = l === 0 ? pass.given : undefined;
    const add = given ? 1 : 0;
    const run = (from: number, to: number, time: number) => {
      if (from >= to) return;
      const x = rows + from * rowBytes;
      const kept = Math.max(0, from - free) * time;
      given?.(from, at.gates + kept, gatePanel);
      if (model.cell === 'rnn') {
        const kind = activationNames.indexOf(model.activation);
        const forward = model.memory === 'after' ? k.rnnAfterForward : k.rnnForward;
        forward(kind, to - from, S, D, E, H, x, at.gates + kept, gatePanel, time, W, add);
      } else if (model.cell === 'lstm') {
        const cells = at.cells + kept;
        k.lstmForward(to - from, S, D, E, H, x, at.gates + kept, gatePanel, time, cells, cellPanel, time, W, add);
      } else k.gruForward(to - from, S, D, E, H, x, at.gates + kept, gatePanel, time, W, add);
    };
    const steps = (from: number, to: number, time: number) => {
      if (!given) run(from, to, time);
      // what is given for a step is still in the cache when the step comes
      else for (let t = from; t < to; t++) run(t, t + 1, time);
    };
    steps(first, Math.min(end, free), 0);
    steps(Math.max(first, free), end, step);
    const above = shapes[l + 1];
    if (above) {
      const ld = above.E + above.H;
      const to = (work.layers[l + 1]?.rows ?? 0) + (first * S * ld + above.E - 1 - above.D) * 4;
      const from = rows + (first + 1) * rowBytes + E * 4;
      // a mask is named by layer and step, so that a span's are those of the whole
      const key = drop.key + l + Math.imul(first, 0x632be5ab);
      k.enter(span.steps * S, H, from, E + H, to, ld, key, drop.threshold, drop.scale);
    }
  });
}

function clearStates({ k, shapes }: Layers, work: LayersWork, l: number, S: number, rows: number): void {
  const { E, H } = shapes[l] as LayerShape;
  const { cells } = work.layers[l] as LayersWork['layers'][number];
  k.clearRows(S, H, E + H, rows + E * 4);
  if (cells) for (let u = 0; u < H / 8; u++) k.clear(cells + u * cellPanelOf(work, l, S), S * 32);
}

/** A lone window's panels lie side by side, so that one call of a gate function serves all units. */
function cellPanelOf(work: LayersWork, l: number, S: number): number {
  return S === 1 ? 32 : (work.layers[l]?.cellPanel ?? 0);
}

/** What reaches the top layer's states from above: panels `d` of the kept steps from `from` on, steps S·32 bytes apart. */
export interface Above {
  d: number;
  panel: number;
  from: number;
}

/**
 * Gradients of the top layer's states → weight gradients of slice `slice`, of the kept steps or some of them. Follows
 * `forwardLayers` with the same pass.
 *
 * @param more `carry`: the gradients of the last states are given in each layer's dh and dc, which else begin at zero and
 * always end as those of the first states; `add`: weight gradients are added to what is there.
 */
export function backwardLayers(
  net: Layers,
  work: LayersWork,
  grads: { layers: SliceGradient[] },
  slice: number,
  pass: Pass,
  above: Above,
  more: { carry?: boolean; add?: boolean; span?: Span } = {},
): void {
  const { k, model, shapes, buffers } = net;
  const { S, drop } = pass;
  const { T, kept } = work;
  const free = T - kept;
  const step = S * 32;
  const first = more.span ? more.span.first - free : 0;
  const last = more.span ? first + more.span.steps : kept;
  let { d: dOut, panel: outPanel, from: outFrom } = above;
  for (let l = shapes.length - 1; l >= 0; l--) {
    const { D, E, H, blocks, G } = shapes[l] as LayerShape;
    const U = H / 8;
    const at = work.layers[l] as LayersWork['layers'][number];
    const { backward: W, backwardInput: Wx } = buffers.layers[l] as LayersPlace[number];
    const { offset, sliceBytes } = grads.layers[l] as SliceGradient;
    const dW = offset + slice * sliceBytes;
    const skip = (blocks - G) * U;
    const ld = E + H;
    const X = at.dx ? Math.ceil(D / 8) : 0;
    if (!more.carry) {
      k.clear(at.dh, H * S * 4);
      if (at.cells) k.clear(at.dc, H * S * 4);
    }
    // some steps back, then their weight gradients while they are still in the cache
    const block = Math.max(1, Math.floor(256 / S));
    for (let end = last; end > first; end -= block) {
      const t = Math.max(first, end - block);
      const steps = end - t;
      const rows = at.rows + ((l === 0 ? pass.shift : 0) + free + t) * S * ld * 4;
      const gates = [at.gates + t * step, at.gatePanel, step] as const;
      const out = [dOut + t * step, outPanel, step, outFrom - t, at.dh] as const;
      const dx = [W, X, Wx, at.dx + t * step, work.dxPanel, step] as const;
      if (model.cell === 'rnn') {
        const backward = model.memory === 'after' ? k.rnnAfterBackward : k.rnnBackward;
        backward(activationNames.indexOf(model.activation), steps, S, H, ...gates, ...out, work.dzRows, ...dx);
      } else if (model.cell === 'lstm') {
        const cells = [at.cells + t * step, at.cellPanel, step] as const;
        k.lstmBackward(steps, S, H, ...gates, ...cells, ...out, at.dc, work.dzRows, ...dx);
      } else k.gruBackward(steps, S, E, H, rows, ...gates, ...out, work.dzRows, ...dx);
      const add = more.add || end < last ? 1 : 0;
      k.weightGradient(steps * S, blocks * U, skip, D, E, H, gates[0], at.gatePanel, rows, ld, dW, work.scratch, add);
    }
    if (l > 0) maskBack(net, work, l, pass, more.span ?? { first: 0, steps: T }, drop);
    dOut = at.dx;
    outPanel = work.dxPanel;
    outFrom = first;
  }
}

/** The mask between layers l−1 and l on the gradients that pass it. */
function maskBack({ k, shapes }: Layers, work: LayersWork, l: number, { S }: Pass, span: Span, drop: Drop): void {
  const { H } = shapes[l] as LayerShape;
  const { dx } = work.layers[l] as LayersWork['layers'][number];
  const free = work.T - work.kept;
  const first = Math.max(0, span.first - free);
  const skipped = Math.max(0, free - span.first) * S;
  const key = drop.key + l - 1 + Math.imul(span.first, 0x632be5ab);
  const at = dx + first * S * 32;
  k.enterBack(skipped, span.steps * S - skipped, H, at, work.dxPanel, key, drop.threshold, drop.scale);
}

/** The gradients of `slices` slices, added in their order, into `to`: flat, in the order of the parameter table. */
export function collectLayers(net: Layers, grads: { layers: SliceGradient[] }, slices: number, to: number): void {
  const { k, model, shapes, buffers, at, prefix } = net;
  const place = (name: string, row: number) => to + (at[prefix + name] as number) + row * 4;
  const real = model.H;
  shapes.forEach(({ D, inputs, E, H, G }, l) => {
    const memory = buffers.layers[l]?.memory ?? null;
    const { offset, sliceBytes } = grads.layers[l] as SliceGradient;
    const ld = E + H;
    const part = (block: number, column: number) => offset + (block * H * ld + column) * 4;
    for (let g = 0; g < G; g++) {
      const { input, hidden } = blocksOf(model, g);
      const sum = (columns: number, from: number, out: number) =>
        k.sumSlices(real, columns, slices, from, ld, sliceBytes, out, columns);
      sum(inputs, part(input, E - 1 - D), place(`weight_ih_l${l}`, g * real * inputs));
      sum(1, part(input, E - 1), place(`bias_ih_l${l}`, g * real));
      if (model.memory !== 'none')
        sum(real, part(hidden, E), memory ? memory.U : place(`weight_hh_l${l}`, g * real * real));
      if (at[`${prefix}bias_hh_l${l}`] !== undefined) sum(1, part(hidden, E - 1), place(`bias_hh_l${l}`, g * real));
    }
    if (!memory) return;
    const weights = (name: string) => buffers.weights + (at[`${prefix}${name}_l${l}`] as number);
    const gradient = (name: string) => to + (at[`${prefix}${name}_l${l}`] as number);
    const W = weights('weight_ih');
    const back = { W, V: weights('weight_hx'), dW: gradient('weight_ih'), dV: gradient('weight_hx') };
    handBack({ k, D: inputs, H: real, place: memory }, back);
  });
}
