// TensorFlow.js: `node tensorflow.mjs wasm` or `cpu`. Trains by `trainOnBatch`, the way its users do.
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { serve } from './serve.mjs';

await tf.setBackend(process.argv[2]);
await tf.ready();
const layers = { rnn: 'simpleRNN', lstm: 'lstm', gru: 'gru' };

await serve(async ({ task, cell, T, B, D, H, threads }) => {
  if (threads > 1 || 6 * T * B * H * H > 8e8) return null;
  tf.disposeVariables();
  const model = tf.sequential();
  // its default, orthogonal, takes minutes to draw for wide layers
  model.add(tf.layers[layers[cell]]({ units: H, inputShape: [T, D], recurrentInitializer: 'glorotUniform' }));
  model.add(tf.layers.dense({ units: 1 }));
  model.compile({ optimizer: tf.train.adam(1e-3), loss: 'meanSquaredError' });
  const x = tf.randomNormal([B, T, D]);
  const y = tf.randomNormal([B, 1]);
  if (task === 'infer') return async () => tf.dispose(await model.predict(x).data());
  return () => model.trainOnBatch(x, y);
});
