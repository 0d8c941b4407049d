import { gates, type ModelSpec } from '../../nn/model';
import { type Parameter, parameterTable } from '../../nn/parameters';

/**
 * A model's weights as ONNX wants them. Its recurrent operators take per layer W [1][G·H][D], R [1][G·H][H] and
 * B [1][2·G·H] (both biases, one after the other), with the gates in another order than PyTorch's:
 *
 *   RNN h            LSTM i, o, f, g (PyTorch: i, f, g, o)            GRU z, r, h (PyTorch: r, z, n)
 *
 * A plain RNN whose memory does not enter before the activation (nn/model.ts) has one bias only, which keeps its name.
 * Source: https://onnx.ai/onnx/operators/onnx__LSTM.html and onnx__GRU.html. All else keeps its name and shape.
 */
const gateOrder = { rnn: [0], lstm: [0, 3, 1, 2], gru: [1, 0, 2] } as const;

/** One array of a file: where each of its parts comes from in the flat weights. */
export interface Stored {
  name: string;
  dims: number[];
  /** Runs of `size` numbers from `offset` of the flat weights, one after the other. */
  parts: { offset: number; size: number }[];
}

/** Every weight of the model is in exactly one of these. */
export function storedArrays(model: ModelSpec): Stored[] {
  const table = parameterTable(model);
  const arrays: Stored[] = [];
  for (const parameter of table) {
    const found = /^(.*)(weight_ih|weight_hh|bias_ih|bias_hh)_l(\d+)$/.exec(parameter.name);
    if (!found) {
      arrays.push({ name: parameter.name, dims: parameter.shape, parts: [parameter] });
      continue;
    }
    const [, prefix = '', kind = '', layer = ''] = found;
    // B is the pair of biases, and the operator wants both
    if (kind === 'bias_hh') continue;
    const parts = gateBlocks(parameter, model);
    const suffix = `_l${layer}`;
    if (kind === 'weight_ih') arrays.push({ name: `${prefix}W${suffix}`, dims: [1, ...parameter.shape], parts });
    else if (kind === 'weight_hh') arrays.push({ name: `${prefix}R${suffix}`, dims: [1, ...parameter.shape], parts });
    else {
      const other = table.find(({ name }) => name === `${prefix}bias_hh${suffix}`);
      if (other)
        arrays.push({
          name: `${prefix}B${suffix}`,
          dims: [1, parameter.size + other.size],
          parts: [...parts, ...gateBlocks(other, model)],
        });
      else arrays.push({ name: parameter.name, dims: parameter.shape, parts });
    }
  }
  return arrays;
}

/** A parameter's gates in ONNX's order. */
function gateBlocks({ offset, size }: Parameter, { cell }: ModelSpec): Stored['parts'] {
  const block = size / gates[cell];
  return gateOrder[cell].map((gate) => ({ offset: offset + gate * block, size: block }));
}

/** The values of one array, taken out of the flat weights. */
export function valuesOf({ parts }: Stored, weights: Float32Array): Float32Array {
  const values = new Float32Array(parts.reduce((sum, { size }) => sum + size, 0));
  let at = 0;
  for (const { offset, size } of parts) {
    values.set(weights.subarray(offset, offset + size), at);
    at += size;
  }
  return values;
}

/** The values of one array, put back into the flat weights. */
export function putBack({ parts }: Stored, values: Float32Array, weights: Float32Array): void {
  let at = 0;
  for (const { offset, size } of parts) {
    weights.set(values.subarray(at, at + size), offset);
    at += size;
  }
}
