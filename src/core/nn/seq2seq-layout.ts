import type { Arena } from '../kernels/arena';
import { type AttentionPlaces, type AttentionWork, placeAttention, placeAttentionWork } from './attention';
import {
  type LayersPlace,
  type LayersSpec,
  type LayersWork,
  type Outputs,
  placeLayerGradients,
  placeLayers,
  placeLayersWork,
  placeOutputs,
  placeSliceGradient,
  placeWeights,
  type SliceGradient,
  up,
} from './layout';
import { type LinearPlace, placeLinear } from './linear';
import { decoderInputs, type ModelSpec } from './model';
import type { NetworkOptions } from './network';

export const decoderOf = (model: ModelSpec) => model.decoder as NonNullable<ModelSpec['decoder']>;
/** The decoder's recurrent layers. */
export const decoderLayers = (model: ModelSpec): LayersSpec => ({
  ...model,
  D: decoderInputs(model, decoderOf(model)),
});

/** Where encoder, decoder and attention lie (nn/seq2seq.ts). */
export interface Seq2seqPlaces {
  kind: 'seq2seq';
  size: number;
  weights: number;
  encoder: LayersPlace;
  decoder: LayersPlace;
  attention: AttentionPlaces;
  context: LinearPlace;
  state: LinearPlace;
  head: LinearPlace;
  gradients: {
    encoder: SliceGradient[];
    decoder: SliceGradient[];
    context: SliceGradient;
    state: SliceGradient;
    head: SliceGradient;
  };
  seats: Seq2seqWork[];
}

export interface Seq2seqWork {
  encoder: LayersWork;
  decoder: LayersWork;
  attention: AttentionWork;
  /** tanh(A c + B s + b): [H/8][K·S][8], and as rows [K·S][4 + H]. */
  mixedPanels: number;
  mixed: number;
  /** [C/8][K·S][8] */
  out: number;
  dOut: number;
  dOutRows: number;
  /** [H/8][K·S][8] gradients of the top states, of what the head reads, of the contexts. */
  dTop: number;
  dMixed: number;
  dMixedRows: number;
  dContext: number;
  dContextRows: number;
  scratch: number;
  outputs: Outputs;
}

export function placeSeq2seq(arena: Arena, model: ModelSpec, options: NetworkOptions): Seq2seqPlaces {
  const { slices, seats } = options;
  const { H, O } = model;
  const C = O / decoderOf(model).steps;
  const width = up(H, 8);
  const layers = decoderLayers(model);
  return {
    kind: 'seq2seq',
    ...placeWeights(arena, model),
    encoder: placeLayers(arena, model, 'encoder, '),
    decoder: placeLayers(arena, layers, 'decoder, '),
    attention: placeAttention(arena, model, slices),
    context: placeLinear(arena, 'context', H, H),
    state: placeLinear(arena, 'state', H, H),
    head: placeLinear(arena, 'head', H, C),
    gradients: {
      encoder: placeLayerGradients(arena, model, slices, 'encoder, '),
      decoder: placeLayerGradients(arena, layers, slices, 'decoder, '),
      context: placeSliceGradient(arena, 'context', slices, width, 4 + width),
      state: placeSliceGradient(arena, 'state', slices, width, 4 + width),
      head: placeSliceGradient(arena, 'head', slices, up(C, 8), 4 + width),
    },
    seats: Array.from({ length: seats }, (_, i) => placeWork(arena, model, `thread ${i}:`, options)),
  };
}

function placeWork(arena: Arena, model: ModelSpec, name: string, { S, T, kept }: NetworkOptions): Seq2seqWork {
  const K = decoderOf(model).steps;
  const width = up(model.H, 8);
  const C = up(model.O / K, 8);
  const R = K * S;
  const add = (what: string, ...shape: number[]) => arena.add(`${name} ${what}`, shape);
  const back = (what: string, ...shape: number[]) => (kept ? add(what, ...shape) : 0);
  const decoding = { S, T: K, kept: kept ? K : 0, inputGradient: true };
  return {
    encoder: placeLayersWork(arena, model, `${name} encoder,`, { S, T, kept }),
    decoder: placeLayersWork(arena, decoderLayers(model), `${name} decoder,`, decoding),
    attention: placeAttentionWork(arena, name, { S, T, K, H: model.H, kept }),
    mixedPanels: add('mixed states', width / 8, R, 8),
    mixed: add('mixed states, rows', R, 4 + width),
    out: add('decoded', C / 8, R, 8),
    dOut: back('decoded gradient', C / 8, R, 8),
    dOutRows: back('decoded gradient, rows', R, C),
    dTop: back('top state gradient', width / 8, R, 8),
    dMixed: back('mixed gradient', width / 8, R, 8),
    dMixedRows: back('mixed gradient, rows', R, width),
    dContext: back('context gradient', width / 8, R, 8),
    dContextRows: back('context gradient, rows', S, width),
    scratch: back('packing of linear layers', width / 8, 256, 8),
    outputs: placeOutputs(arena, name, model.O, S),
  };
}
