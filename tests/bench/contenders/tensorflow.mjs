// TensorFlow.js: `node tensorflow.mjs wasm` or `cpu`. Trains by `trainOnBatch`, the way its users do.
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { serve } from './serve.mjs';

await tf.setBackend(process.argv[2]);
await tf.ready();
const layers = { rnn: 'simpleRNN', lstm: 'lstm', gru: 'gru' };

/**
 * A chunk of a text: layers over one-hot characters (an embedding has no gradient on `wasm`), cross-entropy at every step; every
 * chunk begins with a zero state.
 */
function text({ cell, depth, T, B, H, V }) {
  const model = tf.sequential();
  for (let l = 0; l < depth; l++) {
    const options = { units: H, returnSequences: true, recurrentInitializer: 'glorotUniform' };
    model.add(tf.layers[layers[cell]]({ ...options, ...(l === 0 && { inputShape: [T, V] }) }));
  }
  model.add(tf.layers.dense({ units: V, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.adam(3e-3), loss: 'categoricalCrossentropy' });
  const characters = () =>
    tf
      .oneHot(tf.randomUniform([B * T], 0, V, 'int32'), V)
      .reshape([B, T, V])
      .toFloat();
  const [x, y] = [characters(), characters()];
  return () => model.trainOnBatch(x, y);
}

await serve(async ({ task, cell, layers: depth = 1, T, B, D, H, V, threads }) => {
  if (threads > 1 || 6 * T * B * H * H > 8e8) return null;
  tf.disposeVariables();
  if (task === 'text') return text({ cell, depth, T, B, H, V });
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
