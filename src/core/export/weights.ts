import { LabError } from '../errors';
import type { ModelSpec } from '../nn/model';
import { parameterTable } from '../nn/parameters';
import { decodeSafetensors, encodeSafetensors, type Tensor } from './safetensors';

/** A run's flat fp32 weights as a safetensors file of its parameters, by PyTorch's names and shapes. */
export function weightsFile(model: ModelSpec, weights: Float32Array, metadata: Record<string, string>): Uint8Array {
  const tensors = parameterTable(model).map(({ name, shape, offset, size }) => ({
    name,
    shape,
    values: weights.subarray(offset, offset + size),
  }));
  return encodeSafetensors({ tensors, metadata });
}

/**
 * The flat weights of `model` in the order of its parameter table.
 * @throws LabError host.weights when the file is not that of such a model, or a weight is not a finite number
 */
export function weightsFrom(model: ModelSpec, file: Uint8Array): Float32Array {
  const { tensors } = decodeSafetensors(file);
  const known = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const table = parameterTable(model);
  for (const { name, shape } of table) refuseOther(name, shape, known.get(name));
  const [extra] = tensors.filter(({ name }) => !table.some((parameter) => parameter.name === name));
  if (extra) throw new LabError('host.weights', { reason: `this model has no "${extra.name}"` });
  const last = table.at(-1);
  const weights = new Float32Array(last ? last.offset + last.size : 0);
  for (const { name, offset } of table) weights.set(known.get(name)!.values, offset);
  return weights;
}

function refuseOther(name: string, shape: number[], found: Tensor | undefined): void {
  if (!found) throw new LabError('host.weights', { reason: `"${name}" is missing` });
  if (found.shape.join() !== shape.join())
    throw new LabError('host.weights', {
      reason: `"${name}" is ${found.shape.join('×') || 'a single number'} where its model has ${shape.join('×')}`,
    });
  const odd = found.values.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) throw new LabError('host.weights', { reason: `number ${odd + 1} of "${name}" is not finite` });
}
