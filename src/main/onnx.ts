import type { Feeds, RunGraph } from '../core/export/onnx/check';

/**
 * Runs an ONNX file in onnxruntime's WebAssembly build, on this thread. It is loaded when first wanted: no other command
 * has to wait for it.
 */
export async function startOnnx(bytes: Uint8Array): Promise<{ run: RunGraph; close(): Promise<void> }> {
  const { env, InferenceSession, Tensor } = await import('onnxruntime-web');
  env.wasm.numThreads = 1;
  const session = await InferenceSession.create(bytes, { executionProviders: ['wasm'], logSeverityLevel: 3 });
  const run = async (feeds: Feeds) => {
    const given = Object.entries(feeds).map(([name, { type, data, dims }]) => [name, new Tensor(type, data, dims)]);
    const found = await session.run(Object.fromEntries(given));
    return Object.fromEntries(
      Object.entries(found).map(([name, { data }]) => [
        name,
        data instanceof BigInt64Array ? Float32Array.from(data, Number) : (data as Float32Array),
      ]),
    );
  };
  return { run, close: () => session.release() };
}
