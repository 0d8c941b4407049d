import { decoderInputs, type ModelSpec, quantilesOf, segmentsOf } from './model';
import { type Add, addLayers, addLinear } from './parameter-lists';
import { addSharing } from './sharing/parameters';

/** One named array of a model, as PyTorch names and shapes it, and where it lies in the flat `Weights`. */
export interface Parameter {
  name: string;
  shape: number[];
  offset: number;
  size: number;
}

/**
 * The parameters in their order in `Weights`: per layer weight_ih [G·H][D], weight_hh [G·H][H], bias_ih, bias_hh [G·H]
 * (both added, as in PyTorch), then head.weight [O][H], head.bias [O]. A weight [out][in] is applied as x·Wᵀ + b. A plain RNN
 * whose memory does not enter before the activation has bias_ih alone, and with memory `input` weight_hx [D][H] in place of
 * weight_hh, with memory `none` neither.
 *
 * With segments: first segment.weight [H][W·D] and segment.bias [H], which project a segment to the inputs of the layers
 * (so that weight_ih_l0 is [G·H][H]), then the layers, position [segments of the horizon][H], and a head of W outputs (W
 * per quantile).
 *
 * With tokens: first embedding.weight [V][D], where it is learned.
 *
 * With a decoder: the layers of both, as encoder.weight_ih_l0 and decoder.weight_ih_l0 and so on, the attention's
 * (nn/attention.ts), and a head of one step's outputs.
 *
 * With sharing: those of nn/sharing/parameters.ts.
 */
export function parameterTable(model: ModelSpec): Parameter[] {
  const { D, H, O, segment } = model;
  const table: Parameter[] = [];
  const add: Add = (name, ...shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const last = table.at(-1);
    table.push({ name, shape, offset: last ? last.offset + last.size : 0, size });
  };
  if (model.decoder) {
    addSeq2seq(add, model, model.decoder);
    return table;
  }
  if (model.sharing) {
    addSharing(add, model, model.sharing);
    return table;
  }
  if (model.tokens?.embedding === 'learned') add('embedding.weight', model.tokens.V, D);
  if (segment) addLinear(add, 'segment', segment * D, H);
  addLayers(add, '', { ...model, D: segment ? H : D });
  if (segment) add('position', segmentsOf(model), H);
  addLinear(add, 'head', H, segment ? segment * quantilesOf(model) : O);
  return table;
}

function addSeq2seq(add: Add, model: ModelSpec, decoder: NonNullable<ModelSpec['decoder']>): void {
  const { H, O } = model;
  const { steps, attention } = decoder;
  addLayers(add, 'encoder.', model);
  addLayers(add, 'decoder.', { ...model, D: decoderInputs(model, decoder) });
  if (attention === 'bahdanau' || attention === 'luong') add('attention.query.weight', H, H);
  if (attention === 'bahdanau') {
    addLinear(add, 'attention.key', H, H);
    add('attention.score', H);
  } else if (attention !== 'none') {
    add('attention.context.weight', H, H);
    addLinear(add, 'attention.state', H, H);
  }
  addLinear(add, 'head', H, O / steps);
}

/** How many numbers a model learns. */
export function parameterCount(model: ModelSpec): number {
  return parameterTable(model).reduce((sum, { size }) => sum + size, 0);
}
