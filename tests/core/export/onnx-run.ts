import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Feeds, RunGraph } from '../../../src/core/export/onnx/check';
import { onnxModel } from '../../../src/core/export/onnx/model';
import { decodeModel, encodeModel } from '../../../src/core/export/onnx/schema';
import { validate } from '../../../src/core/export/onnx/validate';
import { createEngine } from '../../../src/core/learn/index';
import type { Series } from '../../../src/core/protocol';
import type { RunRecord } from '../../../src/core/run';
import type { Settings } from '../../../src/core/settings';
import { experimentOn } from '../forecast/laboratory';

/** Trained models and the runtime that tells what their files are worth. */
export const engine = createEngine({ kernels: 'plain', threads: 1 });
export const control = { breathe: async () => {}, now: () => 0, stopping: false, whileAllowed: async () => {} };

export type Trained = Pick<RunRecord, 'model' | 'settings' | 'preparation' | 'bands' | 'targets'>;

/** One small model per cell that the settings name. */
export async function trained(series: Series, chosen: Partial<Settings>) {
  const { settings, outcomes } = await experimentOn(series, {
    epochs: 1,
    hidden: 5,
    lookback: 8,
    horizon: 3,
    target: 'y',
    inputs: series.names.slice(1),
    ...chosen,
  });
  return outcomes.map(({ model, preparation, bands, targets, weights }) => ({
    record: { model, preparation, bands, targets, settings },
    weights: new Float32Array(weights.slice().buffer),
  }));
}

export const described = { version: '0', metadata: {}, text: '' };
/** The file, which the validator must find sound. */
export function bytesOf(record: Trained, weights: Float32Array): Uint8Array {
  const bytes = encodeModel(onnxModel(record, weights, described));
  const wrong = validate(decodeModel(bytes));
  if (wrong !== null) throw new Error(wrong);
  return bytes;
}

export async function runtime(bytes: Uint8Array): Promise<RunGraph> {
  const session = await InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  return async (feeds: Feeds) => {
    const given = Object.entries(feeds).map(
      ([name, { type, data, dims }]) => [name, new Tensor(type, data, dims)] as const,
    );
    const found = await session.run(Object.fromEntries(given));
    return Object.fromEntries(
      Object.entries(found).map(([name, { data }]) => [
        name,
        data instanceof BigInt64Array ? Float32Array.from(data, Number) : (data as Float32Array),
      ]),
    );
  };
}
