// brain.js trains one series at a time, by itself; a batch of B is B series.
import brain from 'brain.js';
import { serve } from './serve.mjs';

const networks = { rnn: 'RNNTimeStep', lstm: 'LSTMTimeStep', gru: 'GRUTimeStep' };

await serve(async ({ task, cell, T, B, D, H, threads }) => {
  if (task !== 'train' || D !== 1 || threads > 1 || H > 128) return null;
  const net = new brain.recurrent[networks[cell]]({ inputSize: 1, hiddenLayers: [H], outputSize: 1 });
  const batch = Array.from({ length: B }, (_, s) => Array.from({ length: T + 1 }, (_, t) => Math.sin((s + t) * 0.37)));
  return () => net.train(batch, { iterations: 1 });
});
