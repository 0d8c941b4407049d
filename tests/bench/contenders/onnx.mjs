// onnxruntime-node: the forecast of a model as it would be exported, recurrent layer and linear head.
import ort from 'onnxruntime-node';
import { recurrentModel } from '../onnx-model.mjs';
import { serve } from './serve.mjs';

await serve(async ({ task, cell, T, B, D, H, threads }) => {
  if (task !== 'infer') return null;
  const session = await ort.InferenceSession.create(recurrentModel({ cell, T, B, D, H }), {
    intraOpNumThreads: threads,
    executionMode: 'sequential',
  });
  const x = new ort.Tensor('float32', Float32Array.from({ length: T * B * D }, Math.random), [T, B, D]);
  return () => session.run({ x });
});
