import { decodeSafetensors, encodeSafetensors } from '../core/export/safetensors';
import type { KeptEpoch } from '../core/inside/album';

/** Weights of some epochs as one file: a flat tensor `epoch.N` each, in the order of the model's parameter table. */
export function epochsAsFile(epochs: KeptEpoch[]): Uint8Array {
  const tensors = epochs.map(({ epoch, weights }) => ({
    name: `epoch.${epoch}`,
    shape: [weights.length],
    values: weights,
  }));
  return encodeSafetensors({ tensors, metadata: {} });
}

/** What of the file fits a model of `count` numbers; a look back is none of what a run needs, so that the rest is let go. */
export function epochsFrom(file: Uint8Array, count: number): KeptEpoch[] {
  const pages = decodeSafetensors(file).tensors.map(({ name, values }) => ({
    epoch: Number(/^epoch\.(\d+)$/.exec(name)?.[1]),
    weights: values,
  }));
  return pages
    .filter(({ epoch, weights }) => epoch > 0 && weights.length === count && weights.every(Number.isFinite))
    .sort((a, b) => a.epoch - b.epoch);
}
