import type { CellName, ModelSpec } from '../nn/model';
import { gates } from '../nn/model';
import type { TrainOptions, TrainRequest } from './engine';
import { planTraining, type TrainPlan } from './plan';
import { placeTable } from './table';
import { placeTokenTable, planTokens, type TokenRequest } from './tokens';

/** One shape of work that is measured: windows of T steps in batches of B, or with V a text read in B streams. */
export interface Case {
  cell: CellName;
  layers: number;
  T: number;
  B: number;
  /** Inputs, or numbers of a character's learned vector. */
  D: number;
  H: number;
  /** Characters of a text, each scored at every step. */
  V?: number;
}

/**
 * Floating-point operations of one forward pass: 2·G·H·(inputs + H) per sample, layer and step; for a text also the head's
 * 2·H·V, and nothing for the first layer's inputs, which are one row of a matrix.
 */
export function operations({ cell, layers, T, B, D, H, V }: Case): number {
  const first = (V ? 0 : D) + H;
  const above = (layers - 1) * (H + H);
  return 2 * H * (gates[cell] * (first + above) + (V ?? 0)) * T * B;
}

/** What one training step of a case needs, placed and ready to be opened by every thread. */
export interface Work {
  plan: TrainPlan;
  options: TrainOptions;
  /** Puts windows or tokens in their places; returns the training samples there. */
  place(memory: WebAssembly.Memory): Int32Array;
}
export function workOf(about: Case, threads: number): Work {
  if (about.V !== undefined) {
    const asked = textRequest(about, about.V, threads);
    const plan = planTokens(asked, threads);
    return { plan, options: asked.options, place: (memory) => placeTokenTable(plan, memory, asked.table) };
  }
  const asked = request(about, threads);
  const plan = planTraining(asked, threads);
  return { plan, options: asked.options, place: (memory) => placeTable(plan, memory, asked.table) };
}

/** A language model of V characters on four chunks of B streams, as a text is trained by default: Adam, clipped at 5. */
function textRequest({ cell, layers, T, B, D, H }: Case, V: number, threads: number): TokenRequest {
  const chunks = 4;
  const stretch = chunks * T + 1;
  // an odd step through the numbers, so that neighbours differ
  const tokens = Int32Array.from({ length: B * stretch }, (_, i) => Math.floor(V * ((i * 0.618034) % 1)));
  const labels = Int32Array.from(tokens, (_, i) => tokens[i + 1] ?? 0);
  const train = Int32Array.from({ length: chunks * B }, (_, i) => (i % B) * stretch + Math.floor(i / B) * T);
  const model: ModelSpec = {
    cell,
    activation: 'tanh',
    D,
    H,
    L: layers,
    O: V,
    dropout: 0,
    tokens: { V, embedding: 'learned' },
  };
  return {
    model,
    table: { tokens, labels, T, starts: { train, validation: new Int32Array(0) }, carried: true },
    options: { ...options, batch: B, learningRate: 3e-3, clip: 5, threads },
  };
}

const options: TrainOptions = {
  epochs: 1,
  patience: 0,
  batch: 1,
  learningRate: 1e-3,
  optimizer: 'adam',
  clip: 1,
  tbptt: 0,
  loss: 'mse',
  seed: 1,
  threads: 1,
  kernels: 'plain',
  rollout: 1,
};

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
    options: { ...options, batch: B, threads },
  };
}
