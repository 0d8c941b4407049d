import type { WindowTable } from '../data/windows';
import type { Engine, Weights } from '../learn/engine';
import type { ModelSpec } from '../nn/model';
import type { LookWindow, NetworkView } from './look';
import type { QuantityName } from './reading';

/** What is asked of the trainer's engine: one window through the network, under one or several sets of weights. */
export interface LookRequest {
  model: ModelSpec;
  window: LookWindow;
  /** `window`: everything, with or without the way back. `epochs`: of each set of weights the gradients and radii alone. */
  what: { type: 'window'; back: boolean } | { type: 'epochs' };
  weights: Weights[];
  /** Steps rolled out for the forecast, each output fed back; 1: the network's own outputs. */
  rollout: number;
}

/** Spectral radius of W_hh by the name of the block it is of. */
export type Radii = Partial<Record<QuantityName, number>>;

export interface EpochLook {
  loss: number | null;
  gradientNorm: number | null;
  /** Per stack and layer. */
  stacks: { name: string; layers: { gradient: Float64Array | null; radius: Radii }[] }[];
}
export type LookAnswer =
  | {
      type: 'window';
      view: NetworkView;
      /** Per stack and layer; null without the way back. */
      radius: Radii[][] | null;
      /** [steps][targetColumns] in the table's units. */
      forecast: Float32Array;
    }
  | { type: 'epochs'; epochs: EpochLook[] };

/** Answers one request with the engine that trains. */
export function answerLook(engine: Engine, request: LookRequest): LookAnswer {
  const { model, window, weights, what } = request;
  if (what.type === 'epochs')
    return { type: 'epochs', epochs: weights.map((each) => epochOf(engine.look(model, each, window, { back: true }))) };
  const [own] = weights;
  if (!own) throw new Error('a look needs weights');
  const { view, radius } = engine.look(model, own, window, { back: what.back });
  return { type: 'window', view, radius, forecast: forecastOf(engine, own, request) };
}

function epochOf({ view, radius }: ReturnType<Engine['look']>): EpochLook {
  const { loss, gradientNorm, stacks } = view;
  return {
    loss,
    gradientNorm,
    stacks: stacks.map(({ name, layers }, s) => ({
      name,
      layers: layers.map(({ gradient }, l) => ({ gradient: gradient?.h ?? null, radius: radius?.[s]?.[l] ?? {} })),
    })),
  };
}

function forecastOf(engine: Engine, weights: Weights, { model, window, rollout }: LookRequest): Float32Array {
  const { T, table, centre, known = 0 } = window;
  const none = new Int32Array(0);
  const alone: WindowTable = {
    rows: table.length / model.D,
    D: model.D,
    known,
    targetColumns: window.columns,
    inputs: table,
    T,
    firstStep: 1,
    steps: 1,
    centre,
    starts: { train: none, validation: none, test: none },
  };
  const first = Int32Array.of(0);
  if (rollout > 1) return engine.rollOut(model, weights, alone, first, rollout);
  return engine.predict(model, weights, alone, first);
}
