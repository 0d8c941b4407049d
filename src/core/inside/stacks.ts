import { type LayerShape, type LayersSpec, type LayersWork, layerShapes } from '../nn/layout';
import { type ModelSpec, segmentsOf } from '../nn/model';
import type { NetworkPlaces } from '../nn/network';
import { decoderLayers } from '../nn/seq2seq-layout';

/** A run of recurrent layers in a network: the whole of it, or its encoder and its decoder. */
export interface Stack {
  name: 'network' | 'encoder' | 'decoder';
  /** Before the names of its parameters. */
  prefix: string;
  shapes: LayerShape[];
  work: LayersWork;
  steps: number;
  /** Whether its steps stand side by side, each from the same states, as the segments of a horizon do. */
  side: boolean;
}

export function stacksOf(model: ModelSpec, places: NetworkPlaces): Stack[] {
  const stack = (name: Stack['name'], prefix: string, spec: LayersSpec, work: LayersWork): Stack => ({
    name,
    prefix,
    shapes: layerShapes(spec),
    work,
    steps: work.T,
    side: false,
  });
  if (places.kind === 'last-state' || places.kind === 'tokens') return [stack('network', '', model, places.seats[0]!)];
  if (places.kind === 'uniform' || places.kind === 'gated') throw new Error('tasks that share are not looked into');
  const { encoder, decoder } = places.seats[0]!;
  if (places.kind === 'seq2seq')
    return [stack('encoder', 'encoder.', model, encoder), stack('decoder', 'decoder.', decoderLayers(model), decoder)];
  const spec = { ...model, D: model.H };
  return [
    stack('encoder', '', spec, encoder),
    { ...stack('decoder', '', spec, decoder), steps: segmentsOf(model), side: true },
  ];
}
