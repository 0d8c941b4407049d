import { type LayersSpec, type LayersWork, layerShapes, up } from '../nn/layout';
import { type ModelSpec, segmentsOf } from '../nn/model';
import type { NetworkPlaces } from '../nn/network';
import { decoderLayers } from '../nn/seq2seq-layout';
import { taskInputs, ways } from '../nn/sharing/parameters';
import { type LayerPlace, layerPlace, type Place } from './reading';

/** Which recurrent layers of a network: the whole of it, its encoder or decoder, one task's, or a direction of the common one. */
export interface StackName {
  name: 'network' | 'encoder' | 'decoder' | 'task' | 'common';
  task?: number;
  way?: (typeof ways)[number];
}

/** A run of recurrent layers in a network, and where one window's numbers lie in it. */
export interface Stack extends StackName, Omit<Place, 'f'> {
  /** The name of layer l's parameter. */
  parameter: (name: string, l: number) => string;
  layers: LayerPlace[];
  /** Of the usual layers; the gated layer of a task has its own (nn/sharing/task-layer.ts). */
  work: LayersWork | null;
}

/** @param S rows that go through the network together, of which the first is looked at */
export function stacksOf(model: ModelSpec, places: NetworkPlaces, S: number): Stack[] {
  const stack = (called: StackName, prefix: string, spec: LayersSpec, work: LayersWork): Stack => ({
    ...called,
    parameter: (name, l) => `${prefix}${name}_l${l}`,
    layers: layerShapes(spec).map((shape, l) => layerPlace(work, shape, l)),
    work,
    S,
    row: 0,
    steps: work.T,
    side: false,
  });
  switch (places.kind) {
    case 'last-state':
    case 'tokens':
      return [stack({ name: 'network' }, '', model, places.seats[0]!)];
    case 'uniform': {
      // the tasks' rows go through the same layers, task by task
      const { tasks } = model.sharing!;
      const spec = { ...model, D: taskInputs(model, model.sharing!) };
      return Array.from({ length: tasks }, (_, task) => ({
        ...stack({ name: 'task', task }, '', spec, places.seats[0]!.layers),
        S: tasks * S,
        row: task * S,
      }));
    }
    case 'gated': {
      const { common } = places.seats[0]!;
      const spec = { ...model, L: 1 };
      const directions = common
        ? ways.map((way, w) => stack({ name: 'common', way }, `shared.${way}.`, spec, common.layers[w]!))
        : [];
      return [...places.seats[0]!.tasks.map((_, m) => gatedStack(model, places, S, m)), ...directions];
    }
    case 'seq2seq': {
      const { encoder, decoder } = places.seats[0]!;
      const read = stack({ name: 'encoder' }, 'encoder.', model, encoder);
      return [read, stack({ name: 'decoder' }, 'decoder.', decoderLayers(model), decoder)];
    }
    case 'segments': {
      const { encoder, decoder } = places.seats[0]!;
      const spec = { ...model, D: model.H };
      const told = stack({ name: 'decoder' }, '', spec, decoder);
      return [stack({ name: 'encoder' }, '', spec, encoder), { ...told, steps: segmentsOf(model), side: true }];
    }
  }
}

/** The layer of task m, whose inputs and states lie apart from each other. */
function gatedStack(model: ModelSpec, places: NetworkPlaces & { kind: 'gated' }, S: number, m: number): Stack {
  const { x, ldX, h, z, panel, cells, cellPanel, T } = places.seats[0]!.tasks[m]!;
  const width = up(model.H, 8);
  const layer: LayerPlace = {
    inputs: taskInputs(model, model.sharing!),
    width,
    x: { at: x + 16, ld: ldX },
    h: { at: h + 16, ld: 4 + width },
    gates: z,
    gatePanel: panel,
    cells,
    cellPanel,
  };
  const parameter = (name: string) => `task${m}.${name}`;
  return { name: 'task', task: m, parameter, layers: [layer], work: null, S, row: 0, steps: T, side: false };
}
