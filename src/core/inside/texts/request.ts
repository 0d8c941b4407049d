import type { Engine, Weights } from '../../learn/engine';
import { gates, type ModelSpec } from '../../nn/model';
import type { LookWindow, NetworkView } from '../look';
import type { Radii } from '../request';
import type { MeasureName } from './measures';
import { type Traces, type Tracking, trackingUnits } from './tracking';

/** What is asked of the trainer's engine about a language model and the characters it reads. */
export interface TokenLookRequest {
  type: 'tokens';
  model: ModelSpec;
  weights: Weights;
  /** Read from a zero state on. */
  tokens: Int32Array;
  /** `stretch`: everything, with the way back from the last known next character. `units`: which follow the measures after `lead`. */
  what:
    | { type: 'stretch'; back: boolean }
    | { type: 'units'; lead: number; measures: Record<MeasureName, Float64Array> };
}
export type TokenLookAnswer =
  | { type: 'stretch'; view: NetworkView; radius: Radii[] | null }
  | { type: 'units'; tracking: Tracking[] };

/** Numbers of all layers that are held at once. */
const mostNumbers = 8_000_000;

/** Characters of which a model of this size is looked at together. */
export const mostTokens = ({ cell, H, L }: Pick<ModelSpec, 'cell' | 'H' | 'L'>): number =>
  Math.max(1, Math.floor(mostNumbers / (H * L * (gates[cell] + 2))));

export function answerTokens(
  engine: Pick<Engine, 'look'>,
  { model, weights, tokens, what }: TokenLookRequest,
): TokenLookAnswer {
  const back = what.type === 'stretch' && what.back && tokens.length > 1;
  const { view, radius } = engine.look(model, weights, windowOf(tokens, back), { back });
  const layers = view.stacks[0]!.layers;
  if (what.type === 'stretch') return { type: 'stretch', view, radius: radius?.[0] ?? null };
  const traces = layers.flatMap(({ h, c, H }, layer): Traces[] => [
    { layer, quantity: 'h', H, values: h.subarray(what.lead * H) },
    ...(c ? [{ layer, quantity: 'c' as const, H, values: c.subarray(what.lead * H) }] : []),
  ]);
  return { type: 'units', tracking: trackingUnits(traces, what.measures) };
}

/** What comes after the last but one is judged, so that the way back is that of one character through all before it. */
function windowOf(read: Int32Array, back: boolean): LookWindow {
  const labels = new Int32Array(read.length).fill(-1);
  if (back) labels[read.length - 2] = read.at(-1)!;
  return {
    T: read.length,
    table: new Float32Array(),
    centre: 'none',
    columns: 1,
    targets: null,
    loss: 'cross-entropy',
    tokens: { read, labels },
  };
}
