import { logSumExp } from '../../text/measure';
import type { TextRecord } from '../../text/record';
import { layerOf } from '../present';
import type { QuantityName } from '../reading';
import type { InsideLayer } from '../view';
import type { TokenLookAnswer } from './request';
import type { OneQuantity, TextProbe, TextStep } from './view';

/** Next characters told of at each step. */
const mostGuesses = 5;

/** What was asked for: the stretch within the tokens that were read. */
export interface Aimed {
  tokens: Int32Array;
  lead: number;
  at: number | null;
  whole: TextProbe['whole'];
}

/** What the trainer found of a stretch, as it is told: the lead is left out, but that the state comes from it. */
export function textProbeOf(
  { id, cell, model, bestEpoch, vocabulary }: TextRecord,
  { tokens, lead, at, whole }: Aimed,
  { view, radius }: TokenLookAnswer & { type: 'stretch' },
  only: OneQuantity | null,
): TextProbe {
  const T = tokens.length;
  const back = radius !== null;
  const steps = Array.from({ length: T - lead }, (_, t) => {
    const scores = view.outputs.subarray((lead + t) * model.O, (lead + t + 1) * model.O);
    return stepOf(vocabulary, tokens[lead + t]!, tokens[lead + t + 1] ?? null, scores);
  });
  return {
    ...{ run: id, cell, model, epoch: bestEpoch, at, lead, whole, steps },
    of: back ? T - lead - 2 : null,
    loss: back ? view.loss : null,
    gradientNorm: view.gradientNorm,
    layers: view.stacks[0]!.layers.map((layer, l) =>
      cut(layerOf(model, layer, radius?.[l] ?? null, only ? quantitiesIn(only, l) : undefined), lead),
    ),
  };
}

function stepOf(vocabulary: string[], token: number, next: number | null, scores: Float64Array): TextStep {
  const all = logSumExp(scores);
  const logs = scores.map((score) => score - all);
  const order = Array.from(logs.keys()).sort((a, b) => logs[b]! - logs[a]!);
  return {
    character: vocabulary[token]!,
    entropy: -logs.reduce((sum, log) => sum + Math.exp(log) * log, 0) / Math.LN2,
    nats: next === null ? null : -logs[next]!,
    guesses: order.slice(0, mostGuesses).map((v) => ({ character: vocabulary[v]!, p: Math.exp(logs[v]!) })),
  };
}

/** What is told of one layer where one quantity is enough. */
export const quantitiesIn = ({ layer, quantity }: OneQuantity, l: number): QuantityName[] =>
  l === layer ? [quantity] : [];

/** Without the first `lead` steps. */
function cut(layer: InsideLayer, lead: number): InsideLayer {
  if (lead === 0) return layer;
  const { states, saturated, gradient } = layer;
  const later = <T>(values: T[] | null): T[] | null => values?.slice(lead) ?? null;
  const part = (of: NonNullable<InsideLayer['gradient']>['recurrent']) => ({
    ...of,
    norm: of.norm.slice(lead),
    share: of.share.slice(lead),
  });
  return {
    ...layer,
    states: Object.fromEntries(Object.entries(states).map(([name, values]) => [name, values.slice(lead)])),
    saturated: saturated && { ...saturated, steps: saturated.steps.slice(lead) },
    gradient: gradient && {
      h: later(gradient.h),
      c: later(gradient.c),
      recurrent: part(gradient.recurrent),
      input: part(gradient.input),
    },
  };
}
