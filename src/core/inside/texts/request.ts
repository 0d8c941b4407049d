import type { Engine, Weights } from '../../learn/engine';
import { gates, type ModelSpec } from '../../nn/model';
import type { LookWindow, NetworkView } from '../look';
import type { Radii } from '../request';
import { type Traces, type Tracking, trackingUnits } from './tracking';

/** What is asked of the trainer's engine about a model of tokens and what it reads. */
export interface TokenLookRequest {
  type: 'tokens';
  model: ModelSpec;
  weights: Weights;
  /** Read from a zero state on. */
  tokens: Int32Array;
  /**
   * `stretch`: everything, with the way back from the last known next character, or from a label said at a step. `units`: which
   * follow the measures after `lead`. `rows`: the tokens are rows of T, each read from a zero state, measured at these places.
   */
  what:
    | { type: 'stretch'; back: boolean; label?: { step: number; code: number } }
    | { type: 'units'; lead: number; measures: Record<string, Float64Array> }
    | { type: 'rows'; T: number; at: Int32Array; measures: Record<string, Float64Array> };
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
  if (what.type === 'rows') {
    const { T, at, measures } = what;
    return { type: 'units', tracking: trackingUnits(tracesOf(engine, { model, weights, tokens }, T, at), measures) };
  }
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

/** The traces of all units at these places of rows that are read one by one. */
function tracesOf(
  engine: Pick<Engine, 'look'>,
  { model, weights, tokens }: Pick<TokenLookRequest, 'model' | 'weights' | 'tokens'>,
  T: number,
  at: Int32Array,
): Traces[] {
  const traces: Traces[] = [];
  let i = 0;
  for (let row = 0; row * T < tokens.length; row++) {
    const read = tokens.subarray(row * T, (row + 1) * T);
    const { layers } = engine.look(model, weights, windowOf(read, null), { back: false }).view.stacks[0]!;
    const from = i;
    while (i < at.length && at[i]! < (row + 1) * T) i++;
    layers.forEach(({ h, c, H }, layer) => {
      for (const [quantity, states] of [['h', h] as const, ['c', c] as const]) {
        if (!states) continue;
        let own = traces.find((one) => one.layer === layer && one.quantity === quantity);
        if (!own) {
          own = { layer, quantity, H, values: new Float64Array(at.length * H) };
          traces.push(own);
        }
        for (let k = from; k < i; k++) {
          const step = at[k]! - row * T;
          own.values.set(states.subarray(step * H, (step + 1) * H), k * H);
        }
      }
    });
  }
  return traces;
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
