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
  /** `stretch`: everything, with the way back from the last known next character, or from a label said at a step. `units`: which follow the measures after `lead`. */
  what:
    | { type: 'stretch'; back: boolean; label?: { step: number; code: number } }
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
  const label = what.type === 'stretch' ? what.label : undefined;
  const back = what.type === 'stretch' && what.back && (label !== undefined || tokens.length > 1);
  const said = back ? (label ?? { step: tokens.length - 2, code: tokens.at(-1)! }) : null;
  const { view, radius } = engine.look(model, weights, windowOf(tokens, said), { back });
  const layers = view.stacks[0]!.layers;
  if (what.type === 'stretch') return { type: 'stretch', view, radius: radius?.[0] ?? null };
  const traces = layers.flatMap(({ h, c, H }, layer): Traces[] => [
    { layer, quantity: 'h', H, values: h.subarray(what.lead * H) },
    ...(c ? [{ layer, quantity: 'c' as const, H, values: c.subarray(what.lead * H) }] : []),
  ]);
  return { type: 'units', tracking: trackingUnits(traces, what.measures) };
}

/** One step is judged, for a language model the last but one, so that the way back is that of one loss through all before it. */
function windowOf(read: Int32Array, said: { step: number; code: number } | null): LookWindow {
  const labels = new Int32Array(read.length).fill(-1);
  if (said) labels[said.step] = said.code;
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
