import { LabError } from '../../errors';
import type { ModelSpec } from '../../nn/model';
import { textIn } from './metadata';
import { putBack, type Stored, storedArrays } from './parameters';
import { decodeModel, elementTypes, type Proto } from './schema';
import { validate } from './validate';

/** An ONNX file that Unroll wrote, checked: the run's description, and its weights for who has understood that. */
export interface OnnxFile {
  description: string;
  /** @throws LabError host.weights when they are not those of such a model, or not finite */
  weightsOf(model: ModelSpec): Float32Array;
}

/** @returns the file, or in a few words why it is none */
export function readOnnx(bytes: Uint8Array): OnnxFile | string {
  let model: Proto<'ModelProto'>;
  try {
    model = decodeModel(bytes);
  } catch {
    // cut short, not protobuf at all, or nested until the stack ends
    return 'it is damaged, or no ONNX file';
  }
  const description = textIn(model, 'unroll');
  if (description === null) return 'it has no description by Unroll';
  const wrong = validate(model);
  if (wrong !== null) return wrong;
  const tensors = new Map((model.graph?.initializer ?? []).map((tensor) => [tensor.name ?? '', tensor]));
  return { description, weightsOf: (spec) => weightsIn(tensors, spec) };
}

function weightsIn(tensors: Map<string, Proto<'TensorProto'>>, model: ModelSpec): Float32Array {
  const arrays = storedArrays(model).map((stored) => [stored, valuesIn(tensors, stored)] as const);
  const weights = new Float32Array(arrays.reduce((sum, [, values]) => sum + values.length, 0));
  for (const [stored, values] of arrays) putBack(stored, values, weights);
  return weights;
}

function valuesIn(tensors: Map<string, Proto<'TensorProto'>>, { name, dims }: Stored): Float32Array {
  const broken = (reason: string) => new LabError('host.weights', { reason });
  const tensor = tensors.get(name);
  if (!tensor?.rawData) throw broken(`"${name}" is missing`);
  const shape = (tensor.dims ?? []).join('×');
  if (tensor.dataType !== elementTypes.float || shape !== dims.join('×'))
    throw broken(`"${name}" is ${shape || 'a single number'} where its model has ${dims.join('×')}`);
  const values = new Float32Array(new Uint8Array(tensor.rawData).buffer);
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) throw broken(`number ${odd + 1} of "${name}" is not finite`);
  return values;
}
