import type { CellName, ModelSpec } from '../nn/model';
import { gates } from '../nn/model';
import type { TrainRequest } from './engine';

/** One shape of work that is measured: windows of T steps in batches of B. */
export interface Case {
  cell: CellName;
  layers: number;
  T: number;
  B: number;
  D: number;
  H: number;
}

/** Floating-point operations of one forward pass: 2·G·H·(inputs + H) per sample, layer and step. */
export function operations({ cell, layers, T, B, D, H }: Case): number {
  const first = D + H;
  const above = (layers - 1) * (H + H);
  return 2 * gates[cell] * H * (first + above) * T * B;
}

/** A training on waves of four batches an epoch: Adam, clipped, squared error of the step after the window. */
export function request({ cell, layers, T, B, D, H }: Case, threads: number): TrainRequest {
  const windows = 4 * B;
  const rows = windows + T;
  const model: ModelSpec = { cell, activation: 'tanh', D, H, L: layers, O: 1, dropout: 0 };
  return {
    model,
    table: {
      rows,
      D,
      targetColumns: 1,
      inputs: Float32Array.from({ length: rows * D }, (_, i) => 1.4 * Math.sin(i * 12.9898)),
      T,
      firstStep: 1,
      steps: 1,
      centre: 'none',
      starts: {
        train: Int32Array.from({ length: windows }, (_, s) => s),
        validation: new Int32Array(0),
        test: new Int32Array(0),
      },
    },
    options: {
      epochs: 1,
      patience: 0,
      batch: B,
      learningRate: 1e-3,
      optimizer: 'adam',
      clip: 1,
      tbptt: 0,
      loss: 'mse',
      seed: 1,
      threads,
      kernels: 'plain',
      rollout: 1,
    },
  };
}
