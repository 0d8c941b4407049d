import type { Kernels } from '../kernels/index';
import { backwardLayers, collectLayers, forwardLayers, type Layers, type Pass, packLayers } from './layers';
import { type GradientBuffers, type LayerShape, layerShapes, type ModelBuffers, type Workspace } from './layout';
import {
  collectLinear,
  forwardLinear,
  inputsBackLinear,
  type Linear,
  linear,
  packLinear,
  weightsBackLinear,
} from './linear';
import type { ModelSpec } from './model';
import { parameterCount, parameterTable } from './parameters';

export { dropOf, noDrop, type Pass, prepareRows } from './layers';

/**
 * Recurrent layers and a linear head on their last states, over the kernels: packing of weights, forward, backward,
 * gradients in the order of the parameter table. All state is in the arena's buffers; the objects here only hold where
 * things are.
 */
export interface Stack extends Layers {
  model: ModelSpec;
  buffers: ModelBuffers;
  head: Linear;
  /** Numbers the model learns. */
  count: number;
}

export function stack(k: Kernels, model: ModelSpec, buffers: ModelBuffers): Stack {
  const at = Object.fromEntries(parameterTable(model).map(({ name, offset }) => [name, offset * 4]));
  const head = linear(k, 'head', { I: model.H, O: model.O, place: buffers.head, at });
  return { k, model, shapes: layerShapes(model), buffers, at, prefix: '', head, count: parameterCount(model) };
}

/** Weights as the kernels read them. Once per step of the optimizer. */
export function pack(net: Stack): void {
  packLayers(net);
  packLinear(net.head, net.buffers.weights);
}

/** First layer's inputs → the head's outputs `y`. With `work.kept`, activations of the last steps stay for `backward`. */
export function forward(net: Stack, work: Workspace, pass: Pass): void {
  forwardLayers(net, work, pass);
  const { rows, ld } = headRows(net, work, pass);
  forwardLinear(net.head, work.headSteps * pass.S, rows, ld, work.y);
}

/** The rows the head reads: the hidden state and the numbers before it, a constant 1 the last. */
function headRows(net: Stack, work: Workspace, pass: { S: number; shift: number }) {
  const top = net.shapes.length - 1;
  const { E, H } = net.shapes[top] as LayerShape;
  const ld = E + H;
  const step = work.T - work.headSteps + 1 + (top === 0 ? pass.shift : 0);
  return { rows: (work.layers[top]?.rows ?? 0) + (step * pass.S * ld + E - 4) * 4, ld };
}

/** Gradients of the outputs (dy, dyRows) → weight gradients of slice `slice`, or added to them. Follows `forward` with the same pass. */
export function backward(
  net: Stack,
  work: Workspace,
  grads: GradientBuffers,
  slice: number,
  pass: Pass,
  add = false,
): void {
  const { dy, dyRows, dHead, scratch, headSteps, kept } = work;
  const R = headSteps * pass.S;
  const dW = grads.head.offset + slice * grads.head.sliceBytes;
  weightsBackLinear(net.head, { R, ...headRows(net, work, pass), dy, dW, scratch, add: add ? 1 : 0 });
  inputsBackLinear(net.head, { R, dyRows, dx: dHead });
  const from = kept - headSteps;
  backwardLayers(net, work, grads, slice, pass, { d: dHead - from * pass.S * 32, panel: R * 32, from }, { add });
}

/** The gradients of `slices` slices, added in their order, into `to`: flat, in the order of the parameter table. */
export function collect(net: Stack, grads: GradientBuffers, slices: number, to: number): void {
  collectLayers(net, grads, slices, to);
  collectLinear(net.head, grads.head, slices, to);
}
